import { useState } from 'react'
import { vaultApi } from '../api/client.ts'
import { useAsking } from './asking.tsx'
import { dismiss, useEscape } from './dismiss.ts'
import { Done } from './Done.tsx'
import { Frame } from './Frame.tsx'
import { Form, Push, SecretField, Trouble } from './parts.tsx'
import { Strength, strengthSentence, useStrength } from './strength.tsx'
import css from './Unlock.module.css'

export function ChangePassphrase({ waitMs }: { waitMs: number }) {
  const [old, setOld] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [done, setDone] = useState<{ privateChanged: boolean } | null>(null)
  const asking = useAsking<'old' | 'passphrase' | 'again'>(waitMs, 'old')
  const { wrong, busy, paused } = asking
  const verdict = useStrength(passphrase)
  useEscape()

  const lacking = () => {
    if (old === '') return { old: 'Please type your present passphrase.' }
    if (passphrase === '') return { passphrase: 'Please choose a new passphrase.' }
    if (verdict?.accepted === false) return { passphrase: strengthSentence(verdict) }
    if (passphrase === old) return { passphrase: 'That is the present one. Please choose another.' }
    return again === passphrase ? null : { again: 'The two are not the same. Please type it once more.' }
  }
  const submit = () =>
    asking.attempt({
      lacking: lacking(),
      act: async () => {
        setDone(await vaultApi.vault.changePassphrase({ passphrase: old, replacement: passphrase }))
        setOld('')
        setPassphrase('')
        setAgain('')
      },
      told: ({ code }, sentence) => (code === 'WEAK_PASSPHRASE' ? { passphrase: sentence } : null),
    })

  if (done !== null) return <Changed {...done} />
  return (
    <Frame
      title="Change passphrase"
      branded={false}
      lead="The recovery sheets stay as they are. Backups made before keep the locks they were made with."
    >
      <Form onSubmit={() => void submit()} busy={busy}>
        <SecretField
          label="Present passphrase"
          value={old}
          onChange={setOld}
          error={asking.atSecret}
          autoFocus
        />
        <div>
          <SecretField
            label="New passphrase"
            value={passphrase}
            onChange={(text) => {
              setPassphrase(text)
              asking.clear()
            }}
            error={wrong.passphrase}
          />
          <Strength verdict={verdict} empty={passphrase === ''} />
        </div>
        <SecretField label="Type it again" value={again} onChange={setAgain} error={wrong.again} />
        <Trouble>{asking.trouble}</Trouble>
        <div className={css.buttons}>
          <Push type="submit" look="primary" busy={busy || paused}>
            {busy ? 'Changing…' : 'Change passphrase'}
          </Push>
          <Push onClick={dismiss} busy={busy}>
            Cancel
          </Push>
        </div>
      </Form>
    </Frame>
  )
}

function Changed({ privateChanged }: { privateChanged: boolean }) {
  return (
    <Done title="Passphrase changed">
      {privateChanged
        ? 'The new one opens the record and the private room from now on.'
        : 'The new one opens the record from now on. The private room keeps the passphrase it had, or opens with sheet B.'}
    </Done>
  )
}
