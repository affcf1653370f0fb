import { useState } from 'react'
import { refusal, vaultApi } from '../api/client.ts'
import { sentenceFor } from '../api/sentences.ts'
import { Frame } from './Frame.tsx'
import { Form, Push, SecretField, Trouble } from './parts.tsx'
import { dismiss, useEscape } from './PrivateRoom.tsx'
import { Sheets, type Codes } from './Sheets.tsx'
import { TypeBack } from './TypeBack.tsx'
import { useWait, Waiting } from './waiting.tsx'
import restore from './Restore.module.css'
import css from './Unlock.module.css'

/**
 * Passphrase → two new sheets → three words of each typed back. Until then the old sheets hold. `withKeys`: new keys
 * are what the person came for.
 */
export function NewSheets({ waitMs, withKeys = false }: { waitMs: number; withKeys?: boolean }) {
  const [codes, setCodes] = useState<Codes | null>(null)
  const [checking, setChecking] = useState(false)
  if (codes === null) return <Ask waitMs={waitMs} withKeys={withKeys} onCodes={setCodes} />
  if (!checking) {
    return (
      <Sheets codes={codes} branded={false} onNext={() => setChecking(true)} onBack={dismiss} back="Cancel" />
    )
  }
  return (
    <TypeBack
      codes={codes}
      branded={false}
      confirm={(typed) => vaultApi.vault.confirmSheets(typed)}
      onBack={() => setChecking(false)}
    />
  )
}

function Ask({
  waitMs,
  withKeys,
  onCodes,
}: {
  waitMs: number
  withKeys: boolean
  onCodes: (codes: Codes) => void
}) {
  const [passphrase, setPassphrase] = useState('')
  const [wrong, setWrong] = useState<string>()
  const [trouble, setTrouble] = useState<string>()
  const [newKeys, setNewKeys] = useState(withKeys)
  const [busy, setBusy] = useState(false)
  const { left, refresh } = useWait(waitMs)
  useEscape()

  const submit = async () => {
    if (left > 0) return
    setWrong(undefined)
    setTrouble(undefined)
    if (passphrase === '') return setWrong('Please type your passphrase.')
    setBusy(true)
    try {
      onCodes(await vaultApi.vault.renewSheets({ passphrase, newKeys }))
    } catch (error) {
      setBusy(false)
      const { code } = refusal(error)
      if (code === 'WRONG_PASSPHRASE') setWrong(sentenceFor(error))
      else if (code !== 'WAIT') setTrouble(sentenceFor(error))
      if (code === 'WRONG_PASSPHRASE' || code === 'WAIT') await refresh().catch(() => undefined)
    }
  }

  return (
    <Frame
      title="New recovery sheets"
      branded={false}
      lead="For sheets that were lost, or seen by somebody. The old ones hold until three words of each new one are typed back; after that they open nothing here. They still open backups made before."
    >
      <Form onSubmit={() => void submit()} busy={busy}>
        <SecretField
          label="Passphrase"
          value={passphrase}
          onChange={setPassphrase}
          error={left > 0 ? <Waiting left={left} /> : wrong}
          autoFocus
        />
        <div className={restore.by}>
          <label>
            <input
              type="checkbox"
              checked={newKeys}
              onChange={(event) => setNewKeys(event.target.checked)}
              aria-describedby="new-keys-mean"
            />
            New keys for both files as well
          </label>
        </div>
        <p id="new-keys-mean" className={css.small}>
          The old sheets still open backups and copies of the files from before. With new keys they open
          nothing of what is written from now on. Bracket closes your notes, rewrites both files, checks every
          page, and opens them again. A backup passphrase has to be set again after that.
        </p>
        <Trouble>{trouble}</Trouble>
        <div className={css.buttons}>
          <Push type="submit" look="primary" busy={busy || left > 0}>
            {busy ? 'Making the sheets…' : 'Make new sheets'}
          </Push>
          <Push onClick={dismiss} busy={busy}>
            Cancel
          </Push>
        </div>
      </Form>
    </Frame>
  )
}
