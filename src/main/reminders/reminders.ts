import type { Clock } from '../../shared/domain/clock.ts'
import { REVIEW_LEAD_MS } from '../../shared/domain/sessionLife.ts'

const MINUTE = 60_000

/** A session to come, as far as a reminder may know it: when, and an id. No name. */
export interface Coming {
  readonly sessionId: string
  readonly startsAt: number
  readonly endsAt: number
}

export interface ReminderPorts {
  clock: Clock
  /** Shows a notification of the system's; `onClick` when a person clicks it. */
  notify(title: string, onClick: () => void): void
  /** Somebody typed within the last seconds: nothing may come over what a person is doing. */
  isTyping(): boolean
  onChosen(sessionId: string): void
}

/**
 * The notification at T−10. It is held back while a session runs (its client may still be in the room) or
 * somebody types, and given up once the session itself has begun. Each session is announced once.
 */
export function createReminders({ clock, notify, isTyping, onChosen }: ReminderPorts) {
  let coming: readonly Coming[] = []
  let enabled = true
  const announced = new Set<string>()

  return {
    /** The sessions of about the next day; kept through a lock. Ids and times alone. */
    set(next: readonly Coming[], on: boolean): void {
      coming = next
      enabled = on
    },

    /** To be called every few seconds. */
    tick(): void {
      if (!enabled || isTyping()) return
      const now = clock.now()
      if (coming.some((s) => s.startsAt <= now && now < s.endsAt)) return
      for (const session of coming) {
        const left = session.startsAt - now
        // A session moved to another time is announced again: the key holds both.
        const key = `${session.sessionId}@${session.startsAt}`
        if (left <= 0 || left > REVIEW_LEAD_MS || announced.has(key)) continue
        announced.add(key)
        notify(titleOf(left), () => onChosen(session.sessionId))
      }
    },
  }
}

/** No name, whatever the settings say elsewhere: the screen may be shared. */
export function titleOf(left: number): string {
  const minutes = Math.max(1, Math.round(left / MINUTE))
  return minutes === 1 ? 'Session in 1 minute' : `Session in ${minutes} minutes`
}
