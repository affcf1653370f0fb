import type { Rule } from './rules.ts'
import { dateOf, dayNumber, daysInMonth, isLeap, weekdayOf } from './walls.ts'

/** Called with each day of a rule in order; false stops. */
type Visit = (day: number) => boolean

/** What the rule leaves open is as it was on its first day. */
interface First {
  readonly day: number
  readonly weekday: number
  readonly year: number
  readonly month: number
  readonly date: number
}

/**
 * No rule is followed further than this past where one began to look: one that gives a day in four hundred years,
 * or none, would otherwise be followed for ever.
 */
export const YEARS_AT_MOST = 200

/**
 * The days that a rule gives, without COUNT, UNTIL and times of day (those are occurrences.ts's): each day from
 * `start` on that fits, beginning to look at `from`, until `to` (inclusive). Day numbers; INTERVAL counts from the
 * period that holds `start`. Every period (day, week, month, year) is gone through day by day: a day belongs to
 * the rule when it fits all of its parts (the table of RFC 5545, 3.3.10), and then BYSETPOS picks among them.
 */
export function eachDay(rule: Rule, start: number, from: number, to: number, visit: Visit): void {
  const first: First = { day: start, weekday: weekdayOf(start), ...dateOf(start) }
  const begin = Math.max(start, from)
  const week = rule.freq === 'WEEKLY' ? plainWeek(rule, first) : null
  // Nothing may come of it: a start after the end of the window.
  for (let at = periodBefore(rule, first, begin); ; at += rule.interval) {
    const period = week === null ? periodAt(rule, first, at) : week(at)
    if (period.from > to) return
    for (const day of chosen(period.days, rule.bySetPos)) {
      if (day > to) return
      if (day >= begin && !visit(day)) return
    }
  }
}

/**
 * Whether the rule can never give a day (30 February, the fifth of three weekdays), INTERVAL aside. Forty years
 * from the start hold every kind of year there is, also around 1900 and 2100.
 */
export function neverFits(rule: Rule, start: number): boolean {
  let any = false
  eachDay({ ...rule, interval: 1 }, start, start, start + 40 * 366, () => {
    any = true
    return false
  })
  return !any
}

/** The number (a multiple of INTERVAL, 0 holds the start) of the last period that begins on that day or before. */
function periodBefore(rule: Rule, first: First, day: number): number {
  const then = dateOf(day)
  const now = first
  const between = {
    DAILY: day - first.day,
    WEEKLY: Math.floor((day - weekStart(first.day, rule.weekStart)) / 7),
    MONTHLY: (then.year - now.year) * 12 + then.month - now.month,
    YEARLY: then.year - now.year,
  }[rule.freq]
  return Math.floor(between / rule.interval) * rule.interval
}

const weekStart = (day: number, startsOn: number): number => day - ((weekdayOf(day) - startsOn + 7) % 7)

interface Period {
  readonly from: number
  readonly days: readonly number[]
}

function periodAt(rule: Rule, first: First, at: number): Period {
  const { year, month } = first
  switch (rule.freq) {
    case 'DAILY': {
      const day = first.day + at
      return { from: day, days: shortPeriod(rule, first, day, 1) }
    }
    case 'WEEKLY': {
      const from = weekStart(first.day, rule.weekStart) + at * 7
      return { from, days: shortPeriod(rule, first, from, 7) }
    }
    case 'MONTHLY': {
      const months = year * 12 + month - 1 + at
      return monthOf(rule, first, Math.floor(months / 12), (months % 12) + 1)
    }
    case 'YEARLY':
      return yearOf(rule, first, year + at)
  }
}

/** Nearly every series of a practice: the same days in each of its weeks, found once. Null: it is not so plain. */
function plainWeek(rule: Rule, first: First): ((at: number) => Period) | null {
  if (rule.byMonth.length + rule.byMonthDay.length > 0) return null
  const { from: begins, days } = periodAt(rule, first, 0)
  return (at) => ({ from: begins + at * 7, days: days.map((day) => day + at * 7) })
}

function shortPeriod(rule: Rule, first: First, from: number, length: number): number[] {
  const days: number[] = []
  const dated = rule.byMonth.length + rule.byMonthDay.length > 0
  const anyWeekday = rule.byDay.length === 0
  for (let day = from; day < from + length; day += 1) {
    const weekday = weekdayOf(day)
    const wanted = anyWeekday
      ? rule.freq === 'DAILY' || weekday === first.weekday
      : rule.byDay.some((one) => one.day === weekday)
    if (wanted && (!dated || fitsDate(rule, dateOf(day)))) days.push(day)
  }
  return days
}

function fitsDate(rule: Rule, on: { year: number; month: number; date: number }): boolean {
  return (
    (rule.byMonth.length === 0 || rule.byMonth.includes(on.month)) &&
    among(rule.byMonthDay, on.date, daysInMonth(on.year, on.month))
  )
}

/** Counted from the front or, negative, from the back; everything when nothing is asked for. */
const among = (wanted: readonly number[], value: number, of: number): boolean =>
  wanted.length === 0 || wanted.includes(value) || wanted.includes(value - of - 1)

function monthOf(rule: Rule, first: First, year: number, month: number): Period {
  const from = dayNumber(year, month, 1) ?? 0
  const length = daysInMonth(year, month)
  const days: number[] = []
  if (rule.byMonth.length > 0 && !rule.byMonth.includes(month)) return { from, days }
  const open = rule.byMonthDay.length + rule.byDay.length === 0
  for (let date = 1; date <= length; date += 1) {
    const day = from + date - 1
    const fits = open
      ? date === first.date
      : among(rule.byMonthDay, date, length) && fitsWeekday(rule, day, date, length)
    if (fits) days.push(day)
  }
  return { from, days }
}

/** `at` of `of`: the day's place in its month or year, for "the second Tuesday". */
function fitsWeekday(rule: Rule, day: number, at: number, of: number): boolean {
  if (rule.byDay.length === 0) return true
  const weekday = weekdayOf(day)
  return rule.byDay.some(
    (one) =>
      one.day === weekday &&
      (one.nth === 0 || one.nth === Math.ceil(at / 7) || -one.nth === Math.ceil((of - at + 1) / 7)),
  )
}

function yearOf(rule: Rule, first: First, year: number): Period {
  const { byDay, byMonth, byMonthDay, byWeekNo, byYearDay } = rule
  const from = dayNumber(year, 1, 1) ?? 0
  const length = isLeap(year) ? 366 : 365
  const open = byDay.length + byMonthDay.length + byYearDay.length === 0
  const fitsWeek = byWeekNo.length === 0 ? null : weeksOf(rule, year)
  const days: number[] = []
  let at = 0
  for (let month = 1; month <= 12; month += 1) {
    const inMonth = daysInMonth(year, month)
    const wanted = byMonth.length === 0 || byMonth.includes(month)
    for (let date = 1; date <= inMonth; date += 1) {
      at += 1
      if (!wanted || !among(byMonthDay, date, inMonth) || !among(byYearDay, at, length)) continue
      const day = from + at - 1
      if (fitsWeek !== null && !fitsWeek(day)) continue
      // "The second Tuesday" is one of the month where months are named, else of the year.
      const fits = open
        ? fitsFirst(rule, first, day, month, date)
        : byMonth.length > 0
          ? fitsWeekday(rule, day, date, inMonth)
          : fitsWeekday(rule, day, at, length)
      if (fits) days.push(day)
    }
  }
  return { from, days }
}

function fitsFirst(rule: Rule, first: First, day: number, month: number, date: number): boolean {
  if (rule.byWeekNo.length > 0) return weekdayOf(day) === first.weekday
  return date === first.date && (rule.byMonth.length > 0 || month === first.month)
}

/**
 * The first week of a year is the first with four of its days in it. A day at either end of a year may be in a week
 * of the next or the last one: it counts by that week's number, and INTERVAL by the year that the day is in.
 */
function weeksOf(rule: Rule, year: number): (day: number) => boolean {
  const weekOne = (of: number): number => weekStart((dayNumber(of, 1, 1) ?? 0) + 3, rule.weekStart)
  const starts = [year - 1, year, year + 1, year + 2].map(weekOne)
  return (day) => {
    const own = starts.findLastIndex((start) => start <= day)
    const [begin, next] = [starts[own] ?? 0, starts[own + 1] ?? 0]
    return among(rule.byWeekNo, Math.floor((day - begin) / 7) + 1, (next - begin) / 7)
  }
}

function chosen(days: readonly number[], positions: readonly number[]): readonly number[] {
  if (positions.length === 0) return days
  return days.filter((_, at) => positions.includes(at + 1) || positions.includes(at - days.length))
}
