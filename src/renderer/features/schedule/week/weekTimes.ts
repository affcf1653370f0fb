import type { Temporal } from 'temporal-polyfill'
import type { SessionView } from '../../../../shared/contract/sessions.ts'
import { zoned } from '../../../api/clock.ts'

/** Which day begins a week where the person lives: 1 Monday … 7 Sunday. */
export function firstWeekday(locale: string = navigator.language): number {
  const asked = new Intl.Locale(locale) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number }
    weekInfo?: { firstDay: number }
  }
  return (asked.getWeekInfo?.() ?? asked.weekInfo)?.firstDay ?? 1
}

/** The day on which the week of `day` begins. */
export const weekOf = (day: Temporal.PlainDate, first: number): Temporal.PlainDate =>
  day.subtract({ days: (day.dayOfWeek - first + 7) % 7 })

const MINUTES_OF_DAY = 24 * 60

/** The hours that the grid shows: eight to six, and whatever a session of this week takes beyond it. */
export function hoursOf(sessions: readonly SessionView[], zone: string): { from: number; to: number } {
  let [from, to] = [8, 18]
  for (const { startsAt, endsAt } of sessions) {
    const [start, end] = [zoned(startsAt, zone), zoned(endsAt, zone)]
    const endMinute = end.hour * 60 + end.minute
    const sameDay = end.toPlainDate().equals(start.toPlainDate())
    // What lies after midnight stands at the top of the next day.
    from = Math.min(from, sameDay || endMinute === 0 ? start.hour : 0)
    to = Math.max(to, Math.ceil((sameDay ? endMinute : MINUTES_OF_DAY) / 60))
  }
  return { from, to }
}

/** Whether anything of these takes place on a Saturday or a Sunday. */
export const onWeekend = (sessions: readonly SessionView[], zone: string): boolean =>
  sessions.some(({ startsAt, endsAt }) => [startsAt, endsAt].some((at) => zoned(at, zone).dayOfWeek >= 6))

/** Before it nobody's day begins: a session that starts then is the end of a long one. */
const EARLY = 6

/**
 * The hour a week opens at: one before now, where today is in it; else that of its first session, those in the night
 * left out; else eight.
 */
export function openingHour(
  sessions: readonly SessionView[],
  week: Temporal.PlainDate,
  now: number,
  zone: string,
): number {
  const here = zoned(now, zone)
  const days = week.until(here.toPlainDate()).days
  if (days >= 0 && days < 7) return Math.max(0, here.hour - 1)
  const hours = sessions.map(({ startsAt }) => zoned(startsAt, zone).hour).filter((hour) => hour >= EARLY)
  return hours.length === 0 ? 8 : Math.min(...hours)
}

/** 7 → "07:00:00", as the grid wants it. */
export const clockOf = (hour: number): string => `${String(hour).padStart(2, '0')}:00:00`

/** What the grid snaps to. */
export const SNAP_MINUTES = 5

/**
 * Where a dragged start was meant to go. The grid goes by the middle of a block, which for fifty minutes lies on the
 * border between two snaps: a hand that goes sideways to another day would take it along by one of them.
 */
export function meantStart(from: number, to: number): number {
  const [was, is] = [zoned(from), zoned(to)]
  if (was.toPlainDate().equals(is.toPlainDate())) return to
  const same = is.toPlainDate().toZonedDateTime({ timeZone: is.timeZoneId, plainTime: was.toPlainTime() })
  return Math.abs(same.epochMilliseconds - to) <= SNAP_MINUTES * 60_000 ? same.epochMilliseconds : to
}
