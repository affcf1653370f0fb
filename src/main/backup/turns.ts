import type { BackupView } from '../../shared/contract/backup.ts'
import { Refusal } from '../../shared/contract/result.ts'
import { endedSoonAfter } from './patience.ts'

/** What is under way. */
export interface Turn {
  readonly signal: AbortSignal
  onWork(now: BackupView['work']): void
}

export type TurnKind = 'backup' | 'private part' | 'drill'

/** One thing at a time, with how far it is, and a way to end it. */
export function createTurns(changed: () => void) {
  let now: { readonly kind: TurnKind; readonly abort: AbortController } | null = null
  let work: BackupView['work'] = null
  let running: Promise<unknown> = Promise.resolve()

  return {
    /** @throws Refusal NOT_NOW while something else is under way; CANCELLED; what the task throws. */
    alone<T>(kind: TurnKind, task: (turn: Turn) => Promise<T>): Promise<T> {
      if (now !== null) return Promise.reject(new Refusal('NOT_NOW'))
      const mine = { kind, abort: new AbortController() }
      const { signal } = mine.abort
      now = mine
      changed()
      const onWork = (done: BackupView['work']): void => {
        if (now === mine) work = done
      }
      // What is left to itself, because a folder does not answer, has no say any more: each step asks the signal.
      const result = endedSoonAfter(signal, task({ signal, onWork })).finally(() => {
        now = null
        work = null
        changed()
      })
      running = result.catch(() => undefined)
      return result
    },

    kind: (): TurnKind | null => now?.kind ?? null,
    work: (): BackupView['work'] => work,
    cancel: (): void => now?.abort.abort(),
    /** Resolves when what is under way has ended, however. */
    async settled(): Promise<void> {
      await running
    },
  }
}
