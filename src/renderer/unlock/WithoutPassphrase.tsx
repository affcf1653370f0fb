import { useEffect, useState } from 'react'
import { vaultApi } from '../api/client.ts'
import { sentenceFor } from '../api/sentences.ts'
import { useAsking } from './asking.tsx'
import { dismiss, useEscape } from './dismiss.ts'
import { Done } from './Done.tsx'
import { Frame } from './Frame.tsx'
import { Form, Push, SecretField, Trouble } from './parts.tsx'
import css from './Unlock.module.css'

/** Turns opening by the keychain alone on, and off again: by the passphrase, both ways. */
export function WithoutPassphrase({ waitMs }: { waitMs: number }) {
  const [on, setOn] = useState<boolean | null>(null)
  const [trouble, setTrouble] = useState<string>()
  const [done, setDone] = useState<'on' | 'off' | null>(null)
  useEscape()
  useEffect(() => {
    vaultApi.vault.keys({}).then(
      ({ withoutPassphrase }) => setOn(withoutPassphrase === 'on'),
      (error: unknown) => setTrouble(sentenceFor(error)),
    )
  }, [])

  if (done !== null) return <After now={done} />
  return (
    <Frame
      title="Open without a passphrase"
      branded={false}
      lead={
        on === true
          ? 'It is on: one press opens the record on this computer. The private notes ask for the passphrase.'
          : 'One press, or Enter, then opens the record on this computer, whether it locked by itself or you have locked it yourself.'
      }
    >
      {on === false && (
        <p className={css.notice}>
          Whoever can sign in to this computer account can then open the record. The private notes still ask
          for the passphrase. The passphrase and the sheets keep working.
        </p>
      )}
      <Trouble>{trouble}</Trouble>
      {on !== null && <Ask on={on} waitMs={waitMs} onDone={setDone} />}
    </Frame>
  )
}

interface AskProps {
  on: boolean
  waitMs: number
  onDone: (done: 'on' | 'off') => void
}

function Ask({ on, waitMs, onDone }: AskProps) {
  const [passphrase, setPassphrase] = useState('')
  const { attempt, atSecret, trouble, busy, paused } = useAsking(waitMs, 'passphrase')

  const submit = () =>
    attempt({
      lacking: passphrase === '' ? { passphrase: 'Please type your present passphrase.' } : null,
      act: async () => {
        await vaultApi.vault.setWithoutPassphrase({ passphrase, on: !on })
        onDone(on ? 'off' : 'on')
      },
    })

  return (
    <Form onSubmit={() => void submit()} busy={busy}>
      <SecretField
        label="Present passphrase"
        hint={
          on
            ? 'Asked for so that it is not turned off when the passphrase is long forgotten.'
            : 'Keep it in mind: turning this off again asks for it as well.'
        }
        value={passphrase}
        onChange={setPassphrase}
        error={atSecret}
        autoFocus
      />
      <Trouble>{trouble}</Trouble>
      <div className={css.buttons}>
        <Push type="submit" look="primary" busy={busy || paused}>
          {busy ? 'One moment…' : on ? 'Turn off' : 'Turn on'}
        </Push>
        <Push onClick={dismiss} busy={busy}>
          Cancel
        </Push>
      </div>
    </Form>
  )
}

function After({ now }: { now: 'on' | 'off' }) {
  return (
    <Done title={now === 'on' ? 'It opens without a passphrase' : 'It asks for the passphrase again'}>
      {now === 'on'
        ? 'From the next lock on, one press opens the record on this computer. New keys, a recovery sheet and a restored backup turn it off again, and so can you.'
        : 'From the next lock on. A copy of the files made while it was on still opens for whoever can sign in to this account. If somebody may have one, make new keys along with new recovery sheets: it opens nothing of what is written after that.'}
    </Done>
  )
}
