import { Notification } from 'electron'
import type { Clock } from '../../shared/domain/clock.ts'
import type { OpenRecord } from '../services/record/openRecord.ts'
import { createReminders } from './reminders.ts'

const HOUR = 3_600_000

export interface RemindingPorts {
  clock: Clock
  /** The open record; null while it is locked. */
  record(): OpenRecord | null
  isTyping(): boolean
  /** A notification was clicked: the window comes forward. */
  focus(): void
  /** Its session's review, while the record is open. */
  review(sessionId: string): void
}

/** From the record's schedule to the system's notifications, and back to the session that was clicked. */
export function createReminding({ clock, record, isTyping, focus, review }: RemindingPorts) {
  // Chosen while locked: after unlocking straight into its review.
  let chosen: string | null = null
  const shown = new Set<Notification>()
  const reminders = createReminders({
    clock,
    isTyping,
    notify: (title, onClick) => {
      const notification = new Notification({ title, silent: true })
      // Held until it is gone: a collected one would not hear its click.
      shown.add(notification)
      notification.on('close', () => shown.delete(notification))
      notification.on('click', () => {
        shown.delete(notification)
        onClick()
      })
      notification.show()
    },
    onChosen: (sessionId) => {
      focus()
      if (record() === null) chosen = sessionId
      else review(sessionId)
    },
  })

  return {
    tick: reminders.tick,

    /** The sessions of about the next day, anew. Never rejects. */
    async refresh(): Promise<void> {
      const opened = record()
      if (opened === null) return
      const now = clock.now()
      const sessions = await opened.sessions.around(now - 12 * HOUR, now + 24 * HOUR).catch(() => [])
      const firstOf = new Map([...sessions].reverse().map(({ id, group }) => [group?.event ?? id, id]))
      reminders.set(
        sessions
          // A contact is over as soon as it exists; one that was started early is running.
          .filter((s) => s.status === 'scheduled' && s.endedAt === null && s.kind !== 'contact')
          // A group's is announced once, not for every member.
          .filter(({ id, group }) => group === null || firstOf.get(group.event) === id)
          .map((s) => ({
            sessionId: s.id,
            startsAt: Math.min(s.startedAt ?? s.startsAt, s.startsAt),
            endsAt: s.endsAt,
          })),
        opened.preferences.current().notify,
      )
    },

    /** The sample is over: none of its sessions is announced, or opened, any more. */
    forget(): void {
      chosen = null
      reminders.set([], false)
    },

    /** The session that was chosen while everything was locked, once. */
    takeChosen(): string | null {
      const taken = chosen
      chosen = null
      return taken
    },
  }
}
