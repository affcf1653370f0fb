import { Component, type ReactNode } from 'react'
import { sentenceFor } from '../api/sentences.ts'
import css from './ErrorBoundary.module.css'

/** A fault of ours, or a refusal on the way to a screen: a sentence and a way out, never a blank window. */
export function Trouble({ error }: { error?: unknown }) {
  return (
    <div className={css.trouble} role="alert">
      <h1>This screen could not be shown</h1>
      <p>{sentenceFor(error)} Your last saved words are safe.</p>
      <button type="button" className={css.reload} onClick={() => window.location.reload()}>
        Load it again
      </button>
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
