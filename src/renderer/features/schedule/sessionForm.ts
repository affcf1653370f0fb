import { Temporal } from 'temporal-polyfill'
import type { SessionKind } from '../../../shared/contract/sessions.ts'
import { daysToEnd, LONGEST_SESSION_MS } from '../../../shared/domain/sessionLife.ts'
import { endSentence } from '../../api/sentences.ts'

/** What the dialog holds: 'YYYY-MM-DD' and 'HH:MM' as typed, null while unfinished. */
export interface SessionTimes {
  readonly date: string | null
  readonly starts: string | null
  readonly ends: string | null
  /** Days from start to end: 1 for a session over midnight, else 0. */
  readonly endDays: number
}

export interface SessionFields extends SessionTimes {
  readonly kind: SessionKind
}

/** The clinical hour; a school's periods are shorter. */
export const usualMinutes = (setting: 'practice' | 'school'): number => (setting === 'school' ? 30 : 50)

export type FieldName = 'client' | 'date' | 'starts' | 'ends'
export type FieldErrors = Readonly<Partial<Record<FieldName, string>>>

const missing: Readonly<Record<Exclude<keyof SessionTimes, 'endDays'>, string>> = {
  date: 'Please give the whole date.',
  starts: 'Please give the time it starts.',
  ends: 'Please give the time it ends.',
}

/** The end that goes with a start, past midnight too. */
const endAfter = (starts: string, minutes: number): string =>
  Temporal.PlainTime.from(starts).add({ minutes }).toString({ smallestUnit: 'minute' })

const timesFrom = (date: string | null, starts: string | null, ends: string | null): SessionTimes => ({
  date,
  starts,
  ends,
  endDays: daysToEnd(starts, ends),
})

/** The next half hour from `now` (epoch milliseconds) in `zone`, for a new session of so many minutes on that day. */
export function firstTimes(now: number, zone: string, minutes: number): SessionTimes {
  const wall = Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(zone)
    .round({ smallestUnit: 'minute', roundingIncrement: 30, roundingMode: 'ceil' })
  const starts = wall.toPlainTime().toString({ smallestUnit: 'minute' })
  return timesFrom(wall.toPlainDate().toString(), starts, endAfter(starts, minutes))
}

/** The dialog's fields for a session that exists. */
export function timesOf(startsAt: number, endsAt: number, zone: string): SessionTimes {
  const wall = (instant: number) => Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone)
  const time = (instant: number) => wall(instant).toPlainTime().toString({ smallestUnit: 'minute' })
  return {
    date: wall(startsAt).toPlainDate().toString(),
    starts: time(startsAt),
    ends: time(endsAt),
    endDays: wall(startsAt).toPlainDate().until(wall(endsAt).toPlainDate()).days,
  }
}

/** A start as an arrangement has it, or null while date or time is unfinished. */
export const wallStart = ({ date, starts }: SessionTimes): string | null =>
  date === null || starts === null ? null : `${date}T${starts}:00`

/** Wall time in `zone` to an instant, or null while one of the two is unfinished. */
export function instantOfFields(date: string | null, time: string | null, zone: string): number | null {
  if (date === null || time === null) return null
  const plainTime = Temporal.PlainTime.from(time)
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds
}

/** A changed start takes the end along, `minutes` after it; null where the end was meant as it is. */
export const withStart = (times: SessionTimes, starts: string | null, minutes: number | null): SessionTimes =>
  timesFrom(times.date, starts, minutes === null || starts === null ? times.ends : endAfter(starts, minutes))

export const withEnd = (times: SessionTimes, ends: string | null): SessionTimes =>
  timesFrom(times.date, times.starts, ends)

export type Checked =
  | { readonly ok: true; readonly startsAt: number; readonly endsAt: number }
  | { readonly ok: false; readonly errors: FieldErrors }

/** Wall times in `zone` to instants; where the clock jumps, the time that a person would mean. */
export function checkTimes(times: SessionTimes, zone: string): Checked {
  const { date, starts, ends, endDays } = times
  if (date === null || starts === null || ends === null) {
    const errors: Partial<Record<FieldName, string>> = {}
    if (date === null) errors.date = missing.date
    if (starts === null) errors.starts = missing.starts
    if (ends === null) errors.ends = missing.ends
    return { ok: false, errors }
  }
  const day = Temporal.PlainDate.from(date)
  const at = (date: Temporal.PlainDate, time: string) =>
    date.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds
  const startsAt = at(day, starts)
  const endsAt = at(day.add({ days: endDays }), ends)
  if (endsAt <= startsAt) return { ok: false, errors: { ends: endSentence(endsAt === startsAt) } }
  if (endsAt - startsAt > LONGEST_SESSION_MS)
    return { ok: false, errors: { ends: 'That is longer than 24 hours. Please check the times.' } }
  return { ok: true, startsAt, endsAt }
}
