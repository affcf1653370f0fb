import { useState } from 'react'
import { vaultApi } from '../api/client.ts'
import { useAsking } from './asking.tsx'
import { dismiss, useEscape } from './dismiss.ts'
import { Frame } from './Frame.tsx'
import { Form, Push, SecretField, Trouble } from './parts.tsx'
import { Sheets, type Codes } from './Sheets.tsx'
import { TypeBack } from './TypeBack.tsx'
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
  const [newKeys, setNewKeys] = useState(withKeys)
  const { attempt, atSecret, trouble, busy, paused } = useAsking(waitMs, 'passphrase')
  useEscape()

  const submit = () =>
    attempt({
      lacking: passphrase === '' ? { passphrase: 'Please type your passphrase.' } : null,
      act: async () => onCodes(await vaultApi.vault.renewSheets({ passphrase, newKeys })),
    })

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
          error={atSecret}
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
          <Push type="submit" look="primary" busy={busy || paused}>
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
