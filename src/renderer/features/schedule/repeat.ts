import { Temporal } from 'temporal-polyfill'
import { readRule, WEEKDAYS } from '../../../shared/domain/calendar/rules.ts'

export const UNITS = ['day', 'week', 'month'] as const
export type Unit = (typeof UNITS)[number]

/** How often, as the dialog asks for it. */
export interface Repeat {
  readonly every: number
  readonly unit: Unit
  /** Of a week: 0 for Monday. Never empty; counts for `week` alone. */
  readonly days: readonly number[]
  /** Of a month: by its date, by the weekday's place in it ("the second Tuesday"), or by the last such weekday. */
  readonly monthly: 'date' | 'place' | 'last'
  /** The last day that counts, 'YYYY-MM-DD'; null goes on. */
  readonly until: string | null
}

export const LONGEST_EVERY = 52

/** Every week on the weekday of `date`. */
export const weekly = (date: string): Repeat => ({
  every: 1,
  unit: 'week',
  days: [weekdayOf(date)],
  monthly: 'place',
  until: null,
})

/** 0 for Monday. */
export const weekdayOf = (date: string): number => Temporal.PlainDate.from(date).dayOfWeek - 1

/** Which Tuesday of its month a Tuesday is: 1 to 5. */
export const placeInMonth = (date: string): number => Math.ceil(Temporal.PlainDate.from(date).day / 7)

export const isLastInMonth = (date: string): boolean => {
  const day = Temporal.PlainDate.from(date)
  return day.day + 7 > day.daysInMonth
}

/** The rule of RFC 5545 for sessions that begin on `date`. */
export function ruleOf(repeat: Repeat, date: string): string {
  const { every, unit, days, monthly, until } = repeat
  const weekday = WEEKDAYS[weekdayOf(date)] ?? 'MO'
  const parts = [
    `FREQ=${{ day: 'DAILY', week: 'WEEKLY', month: 'MONTHLY' }[unit]}`,
    ...(every > 1 ? [`INTERVAL=${every}`] : []),
    ...(unit === 'week'
      ? [
          `BYDAY=${[...days]
            .sort((a, b) => a - b)
            .map((day) => WEEKDAYS[day])
            .join(',')}`,
        ]
      : []),
    ...(unit === 'month' && monthly === 'date' ? [`BYMONTHDAY=${Temporal.PlainDate.from(date).day}`] : []),
    ...(unit === 'month' && monthly === 'place' ? [`BYDAY=${placeInMonth(date)}${weekday}`] : []),
    ...(unit === 'month' && monthly === 'last' ? [`BYDAY=-1${weekday}`] : []),
    // A date means the whole of that day, whatever the zone.
    ...(until === null ? [] : [`UNTIL=${until.replaceAll('-', '')}`]),
  ]
  return parts.join(';')
}

/** The rule as the dialog shows it, or null for one that says more than the dialog can ask. */
export function repeatOf(rule: string, date: string, zone: string): Repeat | null {
  const read = readRule(rule)
  if (typeof read === 'string' || read.count !== null || read.weekStart !== 0) return null
  const more = [
    read.byMonth,
    read.byYearDay,
    read.byWeekNo,
    read.bySetPos,
    read.byHour,
    read.byMinute,
    read.bySecond,
  ]
  if (more.some((list) => list.length > 0) || read.interval > LONGEST_EVERY) return null
  const unit = ({ DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: null } as const)[read.freq]
  if (unit === null) return null
  const until = read.until === null ? null : untilDate(read.until, zone)
  const start = { ...weekly(date), every: read.interval, unit, until }
  const { byDay, byMonthDay } = read
  if (unit === 'day') return byDay.length + byMonthDay.length === 0 ? start : null
  if (unit === 'week') {
    if (byMonthDay.length > 0 || byDay.some(({ nth }) => nth !== 0)) return null
    return byDay.length === 0 ? start : { ...start, days: byDay.map(({ day }) => day) }
  }
  const day = Temporal.PlainDate.from(date).day
  if (byDay.length === 0 && byMonthDay.every((one) => one === day)) return { ...start, monthly: 'date' }
  const [only] = byDay
  if (only === undefined || byDay.length > 1 || byMonthDay.length > 0 || only.day !== weekdayOf(date))
    return null
  if (only.nth === -1) return { ...start, monthly: 'last' }
  return only.nth === placeInMonth(date) ? { ...start, monthly: 'place' } : null
}

function untilDate(until: { kind: 'instant' | 'wall' | 'date'; at: number }, zone: string): string {
  const at = Temporal.Instant.fromEpochMilliseconds(until.at)
  return at
    .toZonedDateTimeISO(until.kind === 'instant' ? zone : 'UTC')
    .toPlainDate()
    .toString()
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth'] as const
export const ordinalOf = (date: string): string => ORDINALS[placeInMonth(date) - 1] ?? 'first'
