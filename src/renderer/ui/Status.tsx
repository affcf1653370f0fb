import { useSyncExternalStore } from 'react'
import css from './Parts.module.css'

export interface Message {
  readonly text: string
  /** What it is about: an older message about the same goes, and its Undo, which would take back more than it says. */
  readonly about?: string
  readonly action?: { readonly label: string; readonly onAction: () => void }
}

interface Shown extends Message {
  readonly id: number
}

let shown: readonly Shown[] = []
let next = 1
const listeners = new Set<() => void>()
const change = (messages: readonly Shown[]) => {
  shown = messages
  for (const listener of listeners) listener()
}

/** Says one line at the foot of the window, and aloud. It goes by itself; an action keeps it longer. */
export function announce(message: Message): () => void {
  const id = next++
  const close = () => change(shown.filter((m) => m.id !== id))
  const others = shown.filter(({ about }) => about === undefined || about !== message.about)
  change([...others.slice(-2), { ...message, id }])
  setTimeout(close, message.action === undefined ? 5000 : 10_000)
  return close
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Once, at the end of the page. */
export function StatusRegion() {
  const messages = useSyncExternalStore(subscribe, () => shown)
  return (
    <div role="status" aria-label="Messages" className={css.statusRegion}>
      {messages.map(({ id, text, action }) => (
        <div key={id} className={css.toast}>
          <span>{text}</span>
          {action !== undefined && (
            <button
              type="button"
              onClick={() => {
                change(shown.filter((m) => m.id !== id))
                action.onAction()
              }}
            >
              {action.label}
            </button>
          )}
        </div>
      ))}
    </div>
  )
}
