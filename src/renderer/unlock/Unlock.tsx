import { useEffect, useState } from 'react'
import type { VaultView } from '../../shared/contract/vault.ts'
import { refusal, vaultApi } from '../api/client.ts'
import { elapsedText } from '../api/duration.ts'
import { sentenceFor } from '../api/sentences.ts'
import { Frame } from './Frame.tsx'
import { Form, Push, SecretField, Trouble } from './parts.tsx'
import { Recover } from './Recover.tsx'
import { useWait, Waiting } from './waiting.tsx'
import css from './Unlock.module.css'

export function Unlock({ view, onRestore }: { view: VaultView; onRestore: () => void }) {
  const [wanted, setWanted] = useState(false)
  // What main says about the keychain holds at every moment, not only when this came on the screen.
  return wanted || view.keychain !== 'ready' ? (
    <Recover
      keychain={view.keychain}
      waitMs={view.waitMs}
      onRestore={onRestore}
      {...(view.keychain === 'ready' ? { onBack: () => setWanted(false) } : {})}
    />
  ) : (
    <Passphrase view={view} onRecover={() => setWanted(true)} onRestore={onRestore} />
  )
}

interface PassphraseProps {
  view: VaultView
  onRecover: () => void
  onRestore: () => void
}

function Passphrase({ view, onRecover, onRestore }: PassphraseProps) {
  const [passphrase, setPassphrase] = useState('')
  const [wrong, setWrong] = useState<string>()
  const [trouble, setTrouble] = useState<string>()
  const [busy, setBusy] = useState(false)
  const { left, refresh } = useWait(view.waitMs)

  const submit = async () => {
    if (left > 0) return
    if (passphrase === '') return setWrong('Please type your passphrase.')
    setBusy(true)
    setWrong(undefined)
    setTrouble(undefined)
    try {
      await vaultApi.vault.unlock({ passphrase })
    } catch (error) {
      setBusy(false)
      const { code } = refusal(error)
      if (code === 'WRONG_PASSPHRASE') setWrong(sentenceFor(error))
      else if (code !== 'WAIT') setTrouble(sentenceFor(error))
      if (code === 'WRONG_PASSPHRASE' || code === 'WAIT') await refresh().catch(() => undefined)
    }
  }

  return (
    <Frame title="Locked" lead="Your notes are on this computer, encrypted.">
      <Running key={view.sessionRunningMs} since={view.sessionRunningMs} />
      <Form onSubmit={() => void submit()} busy={busy}>
        <SecretField
          label="Passphrase"
          value={passphrase}
          onChange={setPassphrase}
          error={left > 0 ? <Waiting left={left} /> : wrong}
          autoFocus
        />
        <Trouble>{trouble}</Trouble>
        <div className={css.buttons}>
          <Push type="submit" look="primary" busy={busy || left > 0}>
            {busy ? 'Opening…' : 'Unlock'}
          </Push>
          <Push look="quiet" onClick={onRecover} busy={busy}>
            Use a recovery sheet
          </Push>
          <Push look="quiet" onClick={onRestore} busy={busy}>
            Restore from a backup
          </Push>
        </div>
      </Form>
    </Frame>
  )
}

/** The session's quiet card stays through a lock: a time, no name. */
function Running({ since }: { since: number | null }) {
  const [start] = useState(() => Date.now() - (since ?? 0))
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (since === null) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [since])
  if (since === null) return null
  return (
    <section className={css.running} aria-label="Session">
      <span>In session</span>
      <span role="timer" aria-live="off" className={css.elapsed}>
        {elapsedText(now - start)}
      </span>
    </section>
  )
}
