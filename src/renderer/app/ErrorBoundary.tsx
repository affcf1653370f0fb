import { Component, useState, type ReactNode } from 'react'
import { api } from '../api/client.ts'
import { sentenceFor } from '../api/sentences.ts'
import css from './ErrorBoundary.module.css'

/** A fault of ours, or a refusal on the way to a screen: a sentence and a way out, never a blank window. */
export function Trouble({ error }: { error?: unknown }) {
  const [trouble, setTrouble] = useState('')
  // A page may not load itself again; a lock takes it away, and unlocking brings a new one.
  const lock = () =>
    void api.app
      .lock({})
      .catch(() => setTrouble('Bracket does not answer. Please close it and start it again.'))
  return (
    <div className={css.trouble} role="alert">
      <h1>This screen could not be shown</h1>
      <p>{sentenceFor(error)} Your last saved words are safe.</p>
      <button type="button" className={css.reload} onClick={lock}>
        Lock, then open again
      </button>
      <p role="alert">{trouble}</p>
    </div>
  )
}

export class ErrorBoundary extends Component<{ children: ReactNode }, { error: unknown; failed: boolean }> {
  override state = { error: undefined as unknown, failed: false }

  static getDerivedStateFromError(error: unknown) {
    return { error, failed: true }
  }

  override render() {
    return this.state.failed ? <Trouble error={this.state.error} /> : this.props.children
  }
}
