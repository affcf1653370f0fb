import { useState } from 'react'
import { vaultApi } from '../api/client.ts'
import { sentenceFor } from '../api/sentences.ts'
import { Frame } from './Frame.tsx'
import { Push, Trouble } from './parts.tsx'
import css from './Unlock.module.css'

export interface WelcomeProps {
  setAside: boolean
  onStart: () => void
  onRestore: () => void
}

export function Welcome({ setAside, onStart, onRestore }: WelcomeProps) {
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  const look = async () => {
    setBusy(true)
    setTrouble(undefined)
    try {
      await vaultApi.vault.lookAround({})
    } catch (error) {
      setTrouble(sentenceFor(error))
      setBusy(false)
    }
  }
  return (
    <Frame
      wide="middle"
      title="The minutes around each session"
      lead="Ten minutes before, what matters is in front of you. Right after, the pen is in your hand. Everything stays on this computer, encrypted."
    >
      {setAside && (
        <p className={css.notice}>
          An unfinished set-up was found and put aside. Nothing had been written in it.
        </p>
      )}
      <div className={css.ways}>
        <div className={css.way}>
          <Push look="primary" onClick={onStart} busy={busy} aria-describedby="start-means">
            Start my own
          </Push>
          <p id="start-means">A passphrase, two recovery sheets, and an empty book. Under two minutes.</p>
        </div>
        <div className={css.way}>
          <Push onClick={() => void look()} busy={busy} aria-describedby="look-means">
            Look around
          </Push>
          <p id="look-means">
            {busy
              ? 'Setting the table…'
              : 'A sample caseload with invented people, at once. It goes when you lock or close Bracket.'}
          </p>
        </div>
        <div className={css.way}>
          <Push onClick={onRestore} busy={busy} aria-describedby="restore-means">
            Restore
          </Push>
          <p id="restore-means">
            From a backup, with its recovery sheet. On a new computer, or after a loss.
          </p>
        </div>
      </div>
      <Trouble>{trouble}</Trouble>
    </Frame>
  )
}
