import type { Arrangement } from './arrangement.ts'
import { untilAsDay } from './ending.ts'
import { readRule, timesOf, type Rule } from './rules.ts'
import { DAY, dateOf, readWall, wallNumber, wallText, weekdayOf } from './walls.ts'

const DAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const NTH: Readonly<Record<string, string>> = {
  1: 'first',
  2: 'second',
  3: 'third',
  4: 'fourth',
  5: 'fifth',
  [-1]: 'last',
  [-2]: 'last but one',
}

export interface Saying {
  /** How a time is said, from "15:00:00": 12 or 24 hours, as the system has it. 24 where it is left out. */
  readonly time?: (wall: string) => string
  /** The day from which it is said, "2026-01-13": a date within a year of it needs no year. The first start's. */
  readonly on?: string
  /** Whose order of day and month, "en-US". The system's where it is left out. */
  readonly locale?: string
}

/**
 * An arrangement in plain English, for the middle of a sentence: "every other Tuesday at 15:00 until Jun 30, not on
 * Dec 24". A rule that no words are known for is "by a rule of its own".
 */
export function wordsFor(arrangement: Arrangement, saying: Saying = {}): string {
  const first = wallNumber(arrangement.starts)
  const day = Math.floor(first / DAY)
  const on = saying.on === undefined ? day : Math.floor((readWall(saying.on) ?? first) / DAY)
  const say = (one: number): string => dateWords(one, one < on || one >= on + 365, saying.locale)
  const time = saying.time ?? ((wall: string) => wall.slice(0, 5))
  const clock = (of: number): string => time(wallText(of).slice(11))

  const rule = arrangement.rule === '' ? null : readRule(untilAsDay(arrangement))
  const words: string[] = []
  if (rule === null) words.push(`on ${say(day)} at ${clock(first)}`)
  else if (typeof rule === 'string') words.push(`from ${say(day)} by a rule of its own`)
  else {
    const how = howOften(rule, day, saying.locale)
    const times = timesOf(rule, first - day * DAY).map((of) => clock(of))
    words.push(how === null ? `from ${say(day)} by a rule of its own` : `${how} at ${listed(times)}`)
    if (rule.count !== null) words.push(rule.count === 1 ? ', once' : `, ${rule.count} times`)
    if (rule.until !== null) words.push(` until ${say(Math.floor(rule.until.at / DAY))}`)
  }
  const days = (walls: readonly string[]): string =>
    listed(
      [...new Set(walls.map((wall) => Math.floor((readWall(wall) ?? first) / DAY)))]
        .toSorted((a, b) => a - b)
        .map(say),
    )
  if (arrangement.dates.length > 0) words.push(`, also on ${days(arrangement.dates)}`)
  if (arrangement.except.length > 0) words.push(`, not on ${days(arrangement.except)}`)
  return words.join('')
}

/** "Jun 30", as dates stand elsewhere. */
function dateWords(day: number, withYear: boolean, locale: string | undefined): string {
  const year = withYear ? ({ year: 'numeric' } as const) : {}
  return new Date(day * DAY).toLocaleDateString(locale, {
    month: 'short',
    day: 'numeric',
    ...year,
    timeZone: 'UTC',
  })
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

function howOften(rule: Rule, first: number, locale: string | undefined): string | null {
  const { freq, interval, byDay, byMonth, byMonthDay, byYearDay, byWeekNo, bySetPos } = rule
  if (byYearDay.length + byWeekNo.length > 0) return null
  const names = [...byDay].toSorted((a, b) => a.day - b.day).map((one) => DAY_NAMES[one.day] ?? '')
  const workdays = byDay.length === 5 && byDay.every((one) => one.nth === 0 && one.day < 5)
  if (freq === 'DAILY' && byMonth.length + byMonthDay.length + bySetPos.length === 0) {
    if (byDay.length === 0) return every(interval, 'day')
    return interval === 1 ? (workdays ? 'every weekday' : `every ${listed(names)}`) : null
  }
  if (freq === 'WEEKLY' && byMonth.length + bySetPos.length === 0) {
    const days = names.length === 0 ? [DAY_NAMES[weekdayOf(first)] ?? ''] : names
    if (workdays && interval === 1) return 'every weekday'
    if (interval <= 2) return every(interval, listed(days))
    return `${every(interval, 'week')} on ${listed(days)}`
  }
  if (freq === 'MONTHLY' && byMonth.length === 0) {
    const which = whichOfMonth(rule, first)
    if (which === null) return null
    return interval === 1 ? `on ${which} of every month` : `on ${which} of ${every(interval, 'month')}`
  }
  if (freq === 'YEARLY' && byDay.length + bySetPos.length + byMonth.length + byMonthDay.length === 0) {
    return `${every(interval, 'year')} on ${dateWords(first, false, locale)}`
  }
  return null
}

const every = (interval: number, unit: string): string =>
  interval === 1 ? `every ${unit}` : interval === 2 ? `every other ${unit}` : `every ${interval} ${unit}s`

function whichOfMonth(rule: Rule, first: number): string | null {
  const { byDay, byMonthDay, bySetPos } = rule
  if (byDay.length === 0 && bySetPos.length === 0) {
    const dates = byMonthDay.length === 0 ? [dateOf(first).date] : byMonthDay
    if (dates.some((date) => date < -1)) return null
    return listed(dates.toSorted((a, b) => (a < 0 ? 99 : a) - (b < 0 ? 99 : b)).map(dateOfMonth))
  }
  if (byMonthDay.length > 0) return null
  const [position, another] = bySetPos
  if (position !== undefined) {
    const workdays = byDay.length === 5 && byDay.every((one) => one.nth === 0 && one.day < 5)
    const nth = NTH[position]
    return workdays && nth !== undefined && another === undefined ? `the ${nth} weekday` : null
  }
  const words = byDay.map((one) => [NTH[one.nth], DAY_NAMES[one.day]] as const)
  if (words.some(([nth]) => nth === undefined)) return null
  return `the ${listed(words.map((pair) => pair.join(' ')))}`
}

function dateOfMonth(date: number): string {
  if (date < 0) return 'the last day'
  const ending =
    date % 10 > 3 || Math.floor(date / 10) === 1 ? 'th' : (['th', 'st', 'nd', 'rd'][date % 10] ?? 'th')
  return `the ${date}${ending}`
}
