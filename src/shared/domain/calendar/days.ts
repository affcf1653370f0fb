import { RRuleTemporal } from 'rrule-temporal'
import { WEEKDAYS, type Rule } from './rules.ts'
import { DAY, dateOf, dayNumber, dayText, daysInMonth, isLeap, weekdayOf } from './walls.ts'

/** Called with each day of a rule in order; false stops. */
type Visit = (day: number) => boolean

/**
 * No rule is followed further than this past where one began to look: one that gives a day in four hundred years,
 * or none, would otherwise be followed for ever.
 */
export const YEARS_AT_MOST = 200

/**
 * The days that a rule gives, without COUNT, UNTIL and times of day (those are occurrences.ts's): every day from
 * `start` on that fits, beginning to look at `from`, until `to` (inclusive). Day numbers; WKST and INTERVAL count
 * from `start`. Returns false when `visit` ended it.
 *
 * Two ways. FREQ=DAILY and WEEKLY with nothing but BYDAY, which is nearly all there is, is a matter of adding up
 * and is done here: rrule-temporal takes two hundred times as long. Everything else is rrule-temporal's.
 * tests/unit/calendar/days.test.ts shows that both say the same.
 */
export function eachDay(rule: Rule, start: number, from: number, to: number, visit: Visit): boolean {
  if (isPlain(rule)) {
    return rule.freq === 'DAILY'
      ? plainDaily(rule, start, from, to, visit)
      : plainWeekly(rule, start, from, to, visit)
  }
  return byLibrary(rule, start, from, to, visit)
}

export const isPlain = (rule: Rule): boolean =>
  (rule.freq === 'DAILY' || rule.freq === 'WEEKLY') &&
  rule.byMonth.length + rule.byMonthDay.length + rule.bySetPos.length === 0

function plainDaily(rule: Rule, start: number, from: number, to: number, visit: Visit): boolean {
  const wanted = rule.byDay.length === 0 ? null : new Set(rule.byDay.map((one) => one.day))
  const skipped = Math.max(0, Math.ceil((from - start) / rule.interval))
  for (let day = start + skipped * rule.interval; day <= to; day += rule.interval) {
    if ((wanted === null || wanted.has(weekdayOf(day))) && !visit(day)) return false
  }
  return true
}

function plainWeekly(rule: Rule, start: number, from: number, to: number, visit: Visit): boolean {
  const sinceWeekStart = (weekday: number): number => (weekday - rule.weekStart + 7) % 7
  const weekdays = rule.byDay.length > 0 ? rule.byDay.map((one) => one.day) : [weekdayOf(start)]
  const steps = [...new Set(weekdays.map(sinceWeekStart))].toSorted((a, b) => a - b)
  const firstWeek = start - sinceWeekStart(weekdayOf(start))
  const stride = rule.interval * 7
  const skipped = Math.max(0, Math.floor((from - firstWeek) / stride))
  for (let week = firstWeek + skipped * stride; week <= to; week += stride) {
    for (const step of steps) {
      const day = week + step
      if (day > to) return true
      if (day >= start && day >= from && !visit(day)) return false
    }
  }
  return true
}

/**
 * Not for a rule that never fits: the library may look for its days for ever.
 *
 * In UTC, at midnight: no clock is ever changed there, so that a start in a missing hour is not left out (the
 * library would). Year by year, because the library can only be stopped between two questions.
 */
export function byLibrary(rule: Rule, start: number, from: number, to: number, visit: Visit): boolean {
  const library = new RRuleTemporal({
    rruleString: `DTSTART:${dayText(start).replaceAll('-', '')}T000000Z\nRRULE:${daysText(rule)}`,
    maxIterations: 100_000,
    cache: false,
  })
  let begin = Math.max(start, from)
  while (begin <= to) {
    const end = Math.min(to, (dayNumber(dateOf(begin).year, 12, 31) ?? begin) as number)
    // Its bounds are inclusive; half a day more on both sides asks about the same days without touching them.
    const found = library.between(new Date((begin - 0.5) * DAY), new Date((end + 0.5) * DAY))
    for (const one of found) if (!visit(one.epochMilliseconds / DAY)) return false
    begin = end + 1
  }
  return true
}

/** The rule as far as it is about days. */
function daysText(rule: Rule): string {
  const lists = { BYMONTH: rule.byMonth, BYMONTHDAY: rule.byMonthDay, BYYEARDAY: rule.byYearDay }
  const more = { BYWEEKNO: rule.byWeekNo, BYSETPOS: rule.bySetPos }
  const byDay = rule.byDay.map(({ nth, day }) => `${nth === 0 ? '' : nth}${WEEKDAYS[day]}`)
  const parts = Object.entries({ ...lists, ...more, BYDAY: byDay }).filter(([, values]) => values.length > 0)
  return [
    `FREQ=${rule.freq}`,
    `INTERVAL=${rule.interval}`,
    `WKST=${WEEKDAYS[rule.weekStart]}`,
    ...parts.map(([name, values]) => `${name}=${values.join(',')}`),
  ].join(';')
}

/**
 * Whether no day can ever fit, as 30 February. A year is one of fourteen kinds (the weekday it begins on, leap or
 * not), and every day that a rule gives fits each of its parts; so a look at fourteen years decides. Parts that
 * pick by position are taken for fitting: they are stopped by YEARS_AT_MOST.
 */
export function neverFits(rule: Rule): boolean {
  const { byMonth, byMonthDay, byYearDay, byWeekNo, byDay } = rule
  if (byMonthDay.length + byYearDay.length + byWeekNo.length === 0) return false
  const weekdays = new Set(byDay.map((one) => one.day))
  const among = (given: readonly number[], value: number, ofAll: number): boolean =>
    given.length === 0 || given.includes(value) || given.includes(value - ofAll - 1)
  for (const year of KINDS_OF_YEAR) {
    const days = isLeap(year) ? 366 : 365
    const first = dayNumber(year, 1, 1) ?? 0
    for (let at = 0; at < days; at += 1) {
      const { month, date } = dateOf(first + at)
      if (
        (byMonth.length === 0 || byMonth.includes(month)) &&
        among(byMonthDay, date, daysInMonth(year, month)) &&
        among(byYearDay, at + 1, days) &&
        (weekdays.size === 0 || weekdays.has(weekdayOf(first + at))) &&
        (byWeekNo.length === 0 || fitsWeek(byWeekNo, year, first, at, rule.weekStart))
      ) {
        return false
      }
    }
  }
  return true
}

const KINDS_OF_YEAR = Array.from({ length: 28 }, (_, at) => 2000 + at)

/** The first week of a year is the first with four of its days in it; the rest of its last may be in the next. */
function fitsWeek(weeks: readonly number[], year: number, first: number, at: number, weekStart: number): boolean {
  const weekOne = (jan1: number): number => {
    const since = (weekdayOf(jan1) - weekStart + 7) % 7
    return since <= 3 ? jan1 - since : jan1 + 7 - since
  }
  const starts = [year - 1, year, year + 1, year + 2].map((one) => weekOne(dayNumber(one, 1, 1) ?? 0))
  const day = first + at
  const own = starts.findLastIndex((start) => start <= day)
  const [begin, next] = [starts[own] ?? 0, starts[own + 1] ?? 0]
  const week = Math.floor((day - begin) / 7) + 1
  return weeks.includes(week) || weeks.includes(week - (next - begin) / 7 - 1)
}
