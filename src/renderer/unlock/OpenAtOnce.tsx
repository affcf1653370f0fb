import { useState } from 'react'
import { vaultApi } from '../api/client.ts'
import { sentenceFor } from '../api/sentences.ts'
import { Frame } from './Frame.tsx'
import { Form, Push } from './parts.tsx'
import { Running } from './Running.tsx'
import css from './Unlock.module.css'

export interface OpenAtOnceProps {
  /** Milliseconds since the running session started. */
  since: number | null
  /** With a sentence where it did not open: the passphrase is asked for then, as ever. */
  onPassphrase: (why?: string) => void
}

/** Its owner chose that the keychain alone opens the record: one press, or Enter. */
export function OpenAtOnce({ since, onPassphrase }: OpenAtOnceProps) {
  const [busy, setBusy] = useState(false)
  const open = async () => {
    setBusy(true)
    try {
      await vaultApi.vault.open({})
    } catch (error) {
      onPassphrase(sentenceFor(error))
    }
  }
  return (
    <Frame
      title="Locked"
      lead="Your notes are on this computer, encrypted. As you have chosen, they open here without the passphrase; the private notes ask for it."
    >
      <Running key={since} since={since} />
      <Form onSubmit={() => void open()} busy={busy}>
        <div className={css.buttons}>
          <Push type="submit" look="primary" busy={busy} autoFocus>
            {busy ? 'Opening…' : 'Open'}
          </Push>
          <Push look="quiet" onClick={() => onPassphrase()} busy={busy}>
            Use the passphrase instead
          </Push>
        </div>
      </Form>
    </Frame>
  )
}
