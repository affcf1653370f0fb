import { useState } from 'react'
import type { VaultView } from '../../shared/contract/vault.ts'
import { vaultApi } from '../api/client.ts'
import { useAsking } from './asking.tsx'
import { Frame } from './Frame.tsx'
import { Form, Push, SecretField, Trouble } from './parts.tsx'
import { OpenAtOnce } from './OpenAtOnce.tsx'
import { Recover } from './Recover.tsx'
import { Running } from './Running.tsx'
import css from './Unlock.module.css'

export function Unlock({ view, onRestore }: { view: VaultView; onRestore: () => void }) {
  const [wanted, setWanted] = useState(false)
  /** Asked for instead of opening at once: by the person, or because that did not open it. */
  const [instead, setInstead] = useState<{ why: string | undefined } | null>(null)
  // What main says about the keychain holds at every moment, not only when this came on the screen.
  if (wanted || view.keychain !== 'ready') {
    return (
      <Recover
        keychain={view.keychain}
        waitMs={view.waitMs}
        onRestore={onRestore}
        {...(view.keychain === 'ready' ? { onBack: () => setWanted(false) } : {})}
      />
    )
  }
  if (view.withoutPassphrase && instead === null) {
    return <OpenAtOnce since={view.sessionRunningMs} onPassphrase={(why) => setInstead({ why })} />
  }
  return (
    <Passphrase
      view={view}
      why={instead?.why}
      onRecover={() => setWanted(true)}
      onRestore={onRestore}
      {...(view.withoutPassphrase ? { onBack: () => setInstead(null) } : {})}
    />
  )
}

interface PassphraseProps {
  view: VaultView
  /** Why it is asked for, where it need not be. */
  why: string | undefined
  onBack?: () => void
  onRecover: () => void
  onRestore: () => void
}

function Passphrase({ view, why, onBack, onRecover, onRestore }: PassphraseProps) {
  const [passphrase, setPassphrase] = useState('')
  const { attempt, atSecret, trouble, busy, paused } = useAsking(view.waitMs, 'passphrase', why)

  const submit = () =>
    attempt({
      lacking: passphrase === '' ? { passphrase: 'Please type your passphrase.' } : null,
      act: () => vaultApi.vault.unlock({ passphrase }),
    })

  return (
    <Frame title="Locked" lead="Your notes are on this computer, encrypted.">
      <Running key={view.sessionRunningMs} since={view.sessionRunningMs} />
      <Form onSubmit={() => void submit()} busy={busy}>
        <SecretField
          label="Passphrase"
          value={passphrase}
          onChange={setPassphrase}
          error={atSecret}
          autoFocus
        />
        <Trouble>{trouble}</Trouble>
        <div className={css.buttons}>
          <Push type="submit" look="primary" busy={busy || paused}>
            {busy ? 'Opening…' : 'Unlock'}
          </Push>
          <Push look="quiet" onClick={onRecover} busy={busy}>
            Use a recovery sheet
          </Push>
          <Push look="quiet" onClick={onRestore} busy={busy}>
            Restore from a backup
          </Push>
          {onBack !== undefined && (
            <Push look="quiet" onClick={onBack} busy={busy}>
              Back
            </Push>
          )}
        </div>
      </Form>
    </Frame>
  )
}
