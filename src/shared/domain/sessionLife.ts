import type { SessionView } from '../contract/sessions.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** The review is offered ten minutes before (source 000: ten to fifteen minutes around each session). */
export const REVIEW_LEAD_MS = 10 * MINUTE
export const SEALING_MS = 10_000
/** Our target, adjustable, not a law (source 001: within 24 hours of each session). */
export const DUE_HOURS = 24
export const LONGEST_SESSION_MS = 24 * HOUR

export type Phase =
  | 'upcoming'
  | 'review'
  | 'in-session'
  | 'to-write'
  | 'draft'
  | 'overdue'
  | 'signed'
  | 'amended'
  | 'cancelled'
  | 'no-show'

type Lived = Pick<SessionView, 'kind' | 'startsAt' | 'endsAt' | 'startedAt' | 'endedAt' | 'status' | 'note'>

/** When the session's time is over: the pressed End, or the scheduled one. */
export const overAt = (s: Lived): number => s.endedAt ?? s.endsAt

/** When its progress note is due, in epoch milliseconds. */
export const dueAt = (s: Lived, dueHours: number = DUE_HOURS): number => overAt(s) + dueHours * HOUR

/**
 * Where a session stands at `now`. The clock moves it on by itself; Start and End only make it sharper.
 * A contact (a call, a word in the corridor) is over as soon as it exists.
 */
export function phaseOf(s: Lived, now: number, dueHours: number = DUE_HOURS): Phase {
  if (s.status !== 'scheduled') return s.status
  if (s.note?.state === 'sealed') return s.note.addenda > 0 ? 'amended' : 'signed'
  if (s.note?.state === 'sealing') return 'signed'
  const over = s.kind === 'contact' || s.endedAt !== null || now >= s.endsAt
  if (over) {
    if (now >= dueAt(s, dueHours)) return 'overdue'
    return s.note !== null && !s.note.blank ? 'draft' : 'to-write'
  }
  if (s.startedAt !== null || now >= s.startsAt) return 'in-session'
  return now >= s.startsAt - REVIEW_LEAD_MS ? 'review' : 'upcoming'
}

/** Does the note at signing time count as a late entry? */
export const isLate = (overMs: number, signedAt: number, dueHours: number): boolean =>
  signedAt > overMs + dueHours * HOUR

/** A typed stretch over midnight is believed up to eight hours: a slip between a.m. and p.m. makes it twelve or more. */
const LONGEST_OVERNIGHT_MINUTES = 8 * 60

/** Days from start to end of two wall times ('HH:MM'): 1 where the end can only be meant on the next day, else 0. */
export function daysToEnd(starts: string | null, ends: string | null): 0 | 1 {
  if (starts === null || ends === null || ends >= starts) return 0
  return minutesOf(ends) + 24 * 60 - minutesOf(starts) <= LONGEST_OVERNIGHT_MINUTES ? 1 : 0
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
