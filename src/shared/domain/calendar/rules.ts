import { dayNumber, DAY, readWall } from './walls.ts'

export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** A rule of RFC 5545, 3.3.10, read. Weekdays count from Monday as 0; empty lists are parts that were not given. */
export interface Rule {
  readonly freq: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY'
  readonly interval: number
  readonly count: number | null
  readonly until: Until | null
  /** `nth` is 0 for every such weekday, negative from the end. */
  readonly byDay: readonly { readonly nth: number; readonly day: number }[]
  readonly byMonth: readonly number[]
  readonly byMonthDay: readonly number[]
  readonly byYearDay: readonly number[]
  readonly byWeekNo: readonly number[]
  readonly bySetPos: readonly number[]
  readonly byHour: readonly number[]
  readonly byMinute: readonly number[]
  readonly bySecond: readonly number[]
  readonly weekStart: number
}

/** The last moment that counts: epoch milliseconds, or a wall's number (a date means the whole of that day). */
export type Until =
  | { readonly kind: 'instant'; readonly at: number }
  | { readonly kind: 'wall'; readonly at: number }
  | { readonly kind: 'date'; readonly at: number }

export type RuleTrouble = 'RULE_UNREADABLE' | 'RULE_TOO_OFTEN'

/** Nobody has more sessions of one kind than hours in a day; a rule that says so is a mistake or an attack. */
export const TIMES_A_DAY = 24

const FINER = new Set(['HOURLY', 'MINUTELY', 'SECONDLY'])
const LISTS = {
  BYMONTH: [1, 12, false],
  BYMONTHDAY: [1, 31, true],
  BYYEARDAY: [1, 366, true],
  BYWEEKNO: [1, 53, true],
  BYSETPOS: [1, 366, true],
  BYHOUR: [0, 23, false],
  BYMINUTE: [0, 59, false],
  BYSECOND: [0, 60, false],
} as const
/** Seen in real files, and without meaning here. */
const IGNORED = /^(X-.*|DTSTART|TZID)$/
const LONGEST = 4000

/** A rule, or why it is none of ours: it cannot be read, or it repeats more often than a day's work can. */
export function readRule(text: string): Rule | RuleTrouble {
  if (text.length > LONGEST) return 'RULE_UNREADABLE'
  const parts = new Map<string, string>()
  for (const part of text
    .replace(/^RRULE:/i, '')
    .toUpperCase()
    .split(';')) {
    const [name, value, more] = part.split('=').map((piece) => piece.trim())
    if (name === '' && value === undefined) continue
    if (name === undefined || value === undefined || more !== undefined || parts.has(name)) {
      return 'RULE_UNREADABLE'
    }
    if (!IGNORED.test(name)) parts.set(name, value)
  }
  if (FINER.has(parts.get('FREQ') ?? '')) return 'RULE_TOO_OFTEN'
  try {
    const rule = assemble(parts)
    if (timesOf(rule, 0).length > TIMES_A_DAY) return 'RULE_TOO_OFTEN'
    return rule
  } catch {
    return 'RULE_UNREADABLE'
  }
}

/** As `readRule`, for a rule that is known to be sound; throws RangeError where it is not. */
export function soundRule(text: string): Rule {
  const rule = readRule(text)
  if (typeof rule === 'string') throw new RangeError(rule)
  return rule
}

class Unreadable extends Error {}

function assemble(parts: Map<string, string>): Rule {
  const take = (name: string): string | undefined => {
    const value = parts.get(name)
    parts.delete(name)
    return value
  }
  const list = (name: keyof typeof LISTS): number[] => {
    const [least, most, backwards] = LISTS[name]
    const values = (take(name)?.split(',') ?? []).map((value) => whole(value))
    const fits = (value: number): boolean =>
      (value >= least && value <= most) || (backwards && -value >= least && -value <= most)
    if (!values.every(fits)) throw new Unreadable()
    return [...new Set(values)].toSorted((a, b) => a - b)
  }
  const freq = take('FREQ')
  if (freq !== 'DAILY' && freq !== 'WEEKLY' && freq !== 'MONTHLY' && freq !== 'YEARLY') throw new Unreadable()
  const interval = whole(take('INTERVAL') ?? '1')
  const count = take('COUNT')
  const until = take('UNTIL')
  if ((take('RSCALE') ?? 'GREGORIAN') !== 'GREGORIAN' || (take('SKIP') ?? 'OMIT') !== 'OMIT') {
    throw new Unreadable()
  }
  const rule: Rule = {
    freq,
    interval,
    count: count === undefined ? null : whole(count),
    until: until === undefined ? null : readUntil(until),
    byDay: (take('BYDAY')?.split(',') ?? []).map(readDay),
    byMonth: list('BYMONTH'),
    byMonthDay: list('BYMONTHDAY'),
    byYearDay: list('BYYEARDAY'),
    byWeekNo: list('BYWEEKNO'),
    bySetPos: list('BYSETPOS'),
    byHour: list('BYHOUR'),
    byMinute: list('BYMINUTE'),
    bySecond: list('BYSECOND').filter((second) => second < 60),
    weekStart: weekday(take('WKST') ?? 'MO'),
  }
  if (parts.size > 0 || interval < 1 || (rule.count ?? 1) < 1 || forbidden(rule)) throw new Unreadable()
  return rule
}

/** What RFC 5545 says must not stand together, and what has no meaning. */
function forbidden(rule: Rule): boolean {
  const { freq } = rule
  const often = freq === 'DAILY' || freq === 'WEEKLY'
  const nth = rule.byDay.some((one) => one.nth !== 0)
  const others = [rule.byDay, rule.byMonth, rule.byMonthDay, rule.byYearDay, rule.byWeekNo]
  return (
    (nth && (often || rule.byWeekNo.length > 0)) ||
    (freq === 'WEEKLY' && rule.byMonthDay.length > 0) ||
    (freq !== 'YEARLY' && (rule.byYearDay.length > 0 || rule.byWeekNo.length > 0)) ||
    // "The last of these times of the day" is in no calendar's form, and BYSETPOS alone picks from nothing.
    (rule.bySetPos.length > 0 &&
      (timesOf(rule, 0).length > 1 || others.every((part) => part.length === 0))) ||
    rule.interval > 10_000 ||
    (rule.count ?? 0) > 10_000_000
  )
}

/** The times of day that a rule gives, in milliseconds, in order; what it does not say is as at the first start. */
export function timesOf(rule: Rule, startTime: number): readonly number[] {
  const { byHour, byMinute, bySecond } = rule
  if (byHour.length + byMinute.length + bySecond.length === 0) return [startTime]
  const or = (given: readonly number[], own: number): readonly number[] => (given.length > 0 ? given : [own])
  const seconds = Math.floor(startTime / 1000)
  const times: number[] = []
  for (const hour of or(byHour, Math.floor(seconds / 3600))) {
    for (const minute of or(byMinute, Math.floor(seconds / 60) % 60)) {
      for (const second of or(bySecond, seconds % 60)) {
        times.push((hour * 3600 + minute * 60 + second) * 1000)
      }
    }
  }
  return times
}

function whole(text: string): number {
  if (!/^[+-]?\d{1,9}$/.test(text)) throw new Unreadable()
  return Number(text)
}

function weekday(text: string): number {
  const day = WEEKDAYS.indexOf(text as Weekday)
  if (day < 0) throw new Unreadable()
  return day
}

function readDay(text: string): { nth: number; day: number } {
  const parts = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(text.trim())
  const nth = Number(parts?.[1] ?? 0)
  if (parts === null || Math.abs(nth) > 53 || (parts[1] !== undefined && nth === 0)) throw new Unreadable()
  return { nth, day: weekday(parts[2] ?? '') }
}

function readUntil(text: string): Until {
  const parts = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/.exec(text)
  if (parts === null) throw new Unreadable()
  const [year, month, date, hour, minute, second, utc] = parts.slice(1)
  const day = dayNumber(Number(year), Number(month), Number(date))
  if (day === null) throw new Unreadable()
  if (hour === undefined) return { kind: 'date', at: day * DAY + DAY - 1 }
  const at = readWall(`${year}-${month}-${date}T${hour}:${minute}:${second}`)
  if (at === null) throw new Unreadable()
  return { kind: utc === 'Z' ? 'instant' : 'wall', at }
}
