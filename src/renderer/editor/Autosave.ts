import type { Code } from '../../shared/contract/result.ts'
import { refusal } from '../api/client.ts'

/** After the last change. */
export const QUIET_MS = 500
/** Into continuous typing. */
export const LONGEST_MS = 2000
const FIRST_RETRY_MS = 1000
const LAST_RETRY_MS = 30_000

/** Another try of the same words may go better: the disk, the folder's rights, the lock may have changed. */
const PASSING: ReadonlySet<Code> = new Set([
  'DISK_FULL',
  'READ_ONLY',
  'LOCKED',
  'INTERNAL',
  'NOT_NOW',
  'IN_USE',
])

export type SaveState =
  | { readonly kind: 'clean' }
  | { readonly kind: 'dirty' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly at: number }
  /** What was typed is only on the screen; it is tried again. */
  | { readonly kind: 'failed'; readonly code: Code }
  /** The stored note is not the one this text began from. Nothing is written until a person has chosen. */
  | { readonly kind: 'conflict' }

/** What shows a saved state needs of an autosave. */
export interface SaveStates {
  readonly state: SaveState
  subscribe(listener: () => void): () => void
}

export interface Saved {
  readonly revision: number
  readonly savedAt: number
}

export interface AutosaveOptions<C, S extends Saved> {
  /** The revision that the text on the screen began from. */
  readonly revision: number
  /** Reads everything that is written off the screen. Called once per save, never per key. */
  readonly content: () => C
  /** Resolves after COMMIT; rejects with `Refused`. */
  readonly save: (content: C, revision: number) => Promise<S>
  readonly onSaved?: (answer: S, content: C) => void
  readonly now?: () => number
}

/**
 * Saves by itself: `QUIET_MS` after the last change and at the latest `LONGEST_MS` into continuous typing,
 * one save at a time, each with the revision it expects. "Saved" is said only when nothing newer is on the
 * screen than what the answered save carried.
 */
export class Autosave<C, S extends Saved = Saved> implements SaveStates {
  readonly #options: AutosaveOptions<C, S>
  readonly #now: () => number
  readonly #listeners = new Set<() => void>()
  #state: SaveState = { kind: 'clean' }
  #revision: number
  /** How many changes were seen, and how many of them the last answered save carried. */
  #seen = 0
  #committed = 0
  #dirtySince = 0
  #lastChange = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #running: Promise<void> | undefined
  /** How many changes the save under way carries. */
  #carried = 0
  #sent: readonly C[] = []
  #retryMs = FIRST_RETRY_MS
  #disposed = false

  constructor(options: AutosaveOptions<C, S>) {
    this.#options = options
    this.#revision = options.revision
    this.#now = options.now ?? Date.now
  }

  get state(): SaveState {
    return this.#state
  }

  get revision(): number {
    return this.#revision
  }

  /** Something on the screen is not in the store yet. */
  get unsaved(): boolean {
    return this.#committed < this.#seen
  }

  /** What went out since the last answered save: any of it may be in the store, if an answer was lost. */
  get sent(): readonly C[] {
    return this.#sent
  }

  /** Called for every change; does nothing but note it and, if need be, set a timer. */
  readonly changed = (): void => {
    const time = this.#now()
    if (!this.unsaved || this.#carriedBySave()) this.#dirtySince = time
    this.#lastChange = time
    this.#seen += 1
    if (this.#state.kind === 'conflict' || this.#running !== undefined || this.#disposed) return
    // While a passing failure is being retried its sentence stays; a lasting one is tried again with new words.
    if (this.#state.kind === 'failed' && PASSING.has(this.#state.code)) return
    if (this.#state.kind !== 'failed') this.#set({ kind: 'dirty' })
    this.#timer ??= setTimeout(this.#due, QUIET_MS)
  }

  /** Saves now what there is to save (Mod+S), also in the middle of waiting for another try. */
  readonly saveNow = (): Promise<boolean> => this.flush()

  /** Resolves when everything typed until now is committed (true) or could not be (false). */
  async flush(): Promise<boolean> {
    const target = this.#seen
    while (this.#committed < target) {
      if (this.#running !== undefined) {
        await this.#running
        continue
      }
      if (this.#state.kind === 'conflict' || this.#disposed) return false
      await this.#save()
      if (this.#failed()) return false
    }
    return true
  }

  /** After a conflict: the person has seen both, and what is on the screen now follows `revision`. */
  settle(revision: number, outcome: 'changed' | 'as-stored'): void {
    this.#revision = revision
    if (outcome === 'changed') {
      this.#set({ kind: 'dirty' })
      this.changed()
    } else {
      this.#committed = this.#seen
      this.#set({ kind: 'clean' })
    }
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Stops the timers. What is not saved by then must have been flushed. */
  dispose(): void {
    this.#disposed = true
    this.#stopTimer()
  }

  #failed(): boolean {
    return this.#state.kind === 'failed' || this.#state.kind === 'conflict'
  }

  /** Of the unsaved changes, all travel with the save that is under way. */
  #carriedBySave(): boolean {
    return this.#running !== undefined && this.#carried === this.#seen
  }

  readonly #due = (): void => {
    this.#timer = undefined
    const wait = this.#nextDue() - this.#now()
    if (wait > 0) this.#timer = setTimeout(this.#due, wait)
    else void this.#save()
  }

  #nextDue(): number {
    return Math.min(this.#lastChange + QUIET_MS, this.#dirtySince + LONGEST_MS)
  }

  #save(): Promise<void> {
    this.#stopTimer()
    this.#running = this.#saveOnce().finally(() => {
      this.#running = undefined
      this.#afterSave()
    })
    return this.#running
  }

  async #saveOnce(): Promise<void> {
    this.#carried = this.#seen
    if (this.#state.kind !== 'failed') this.#set({ kind: 'saving' })
    let answer: S
    let content: C
    try {
      content = this.#options.content()
      this.#sent = [...this.#sent.slice(-1), content]
      answer = await this.#options.save(content, this.#revision)
    } catch (error) {
      const { code } = refusal(error)
      this.#set(code === 'CONFLICT' ? { kind: 'conflict' } : { kind: 'failed', code })
      return
    }
    this.#revision = answer.revision
    this.#committed = this.#carried
    this.#sent = []
    this.#retryMs = FIRST_RETRY_MS
    this.#set(this.unsaved ? { kind: 'dirty' } : { kind: 'saved', at: answer.savedAt })
    this.#options.onSaved?.(answer, content)
  }

  #afterSave(): void {
    if (this.#disposed || this.#state.kind === 'conflict' || this.#timer !== undefined) return
    if (this.#state.kind === 'failed') {
      if (!PASSING.has(this.#state.code) && this.#carried === this.#seen) return
      this.#timer = setTimeout(() => {
        this.#timer = undefined
        void this.#save()
      }, this.#retryMs)
      this.#retryMs = Math.min(this.#retryMs * 2, LAST_RETRY_MS)
    } else if (this.unsaved) {
      this.#timer = setTimeout(this.#due, Math.max(0, this.#nextDue() - this.#now()))
    }
  }

  #stopTimer(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #set(state: SaveState): void {
    const before = this.#state
    if (before.kind === state.kind && before.kind !== 'saved' && before.kind !== 'failed') return
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}
