import { useState } from 'react'
import { refusal, vaultApi } from '../api/client.ts'
import { sentenceFor } from '../api/sentences.ts'
import { Done } from './Done.tsx'
import { Frame } from './Frame.tsx'
import { Form, Push, SecretField, Trouble } from './parts.tsx'
import { dismiss, useEscape } from './PrivateRoom.tsx'
import { Strength, strengthSentence, useStrength } from './strength.tsx'
import { useWait, Waiting } from './waiting.tsx'
import css from './Unlock.module.css'

export function ChangePassphrase({ waitMs }: { waitMs: number }) {
  const [old, setOld] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [wrong, setWrong] = useState<{ old?: string; passphrase?: string; again?: string }>({})
  const [trouble, setTrouble] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [done, setDone] = useState<{ privateChanged: boolean } | null>(null)
  const { left, refresh } = useWait(waitMs)
  const verdict = useStrength(passphrase)
  useEscape()

  const submit = async () => {
    if (left > 0) return
    setWrong({})
    setTrouble(undefined)
    if (old === '') return setWrong({ old: 'Please type your present passphrase.' })
    if (passphrase === '') return setWrong({ passphrase: 'Please choose a new passphrase.' })
    if (verdict?.accepted === false) return setWrong({ passphrase: strengthSentence(verdict) })
    if (passphrase === old) return setWrong({ passphrase: 'That is the present one. Please choose another.' })
    if (again !== passphrase)
      return setWrong({ again: 'The two are not the same. Please type it once more.' })
    setBusy(true)
    try {
      setDone(await vaultApi.vault.changePassphrase({ passphrase: old, replacement: passphrase }))
      setOld('')
      setPassphrase('')
      setAgain('')
    } catch (error) {
      const { code } = refusal(error)
      if (code === 'WRONG_PASSPHRASE') setWrong({ old: sentenceFor(error) })
      else if (code === 'WEAK_PASSPHRASE') setWrong({ passphrase: sentenceFor(error) })
      else if (code !== 'WAIT') setTrouble(sentenceFor(error))
      if (code === 'WRONG_PASSPHRASE' || code === 'WAIT') await refresh().catch(() => undefined)
    }
    setBusy(false)
  }

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
          error={left > 0 ? <Waiting left={left} /> : wrong.old}
          autoFocus
        />
        <div>
          <SecretField
            label="New passphrase"
            value={passphrase}
            onChange={(text) => {
              setPassphrase(text)
              setWrong({})
            }}
            error={wrong.passphrase}
          />
          <Strength verdict={verdict} empty={passphrase === ''} />
        </div>
        <SecretField label="Type it again" value={again} onChange={setAgain} error={wrong.again} />
        <Trouble>{trouble}</Trouble>
        <div className={css.buttons}>
          <Push type="submit" look="primary" busy={busy || left > 0}>
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
