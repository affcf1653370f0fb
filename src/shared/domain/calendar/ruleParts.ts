import { readRule, WEEKDAYS, type Rule, type Weekday } from './rules.ts'
import { DAY, dateOf, dayText, daysInMonth, wallNumber, weekdayOf } from './walls.ts'

/** A rule as a form asks for it. What a form cannot say (`rulePartsOf` gives null) is kept as it is. */
export interface RuleParts {
  /** 1 is each, 2 every other. */
  readonly every: number
  readonly unit: 'day' | 'week' | 'month'
  /** For weeks; empty or missing: the weekday of the first start. In the order of the week. */
  readonly days?: readonly Weekday[]
  /** For months: the same date, or the same weekday of the month ("second Tuesday", the last where it is a fifth). */
  readonly monthly?: 'date' | 'weekday'
  /** The last day that counts, "2026-06-30". */
  readonly until?: string
  /** How many times in all. Not beside `until`. */
  readonly count?: number
}

/** `starts` is the first start on the wall. Throws RangeError on what makes no rule. */
export function ruleFrom(parts: RuleParts, starts: string): string {
  if (!Number.isInteger(parts.every) || parts.every < 1) throw new RangeError('every')
  if (parts.until !== undefined && parts.count !== undefined) throw new RangeError('until and count')
  const first = Math.floor(wallNumber(starts) / DAY)
  const written = [`FREQ=${{ day: 'DAILY', week: 'WEEKLY', month: 'MONTHLY' }[parts.unit]}`]
  if (parts.every > 1) written.push(`INTERVAL=${parts.every}`)
  if (parts.unit === 'week') {
    const chosen = parts.days !== undefined && parts.days.length > 0 ? parts.days : [weekdayName(first)]
    written.push(`BYDAY=${WEEKDAYS.filter((day) => chosen.includes(day)).join(',')}`)
  }
  if (parts.unit === 'month') {
    const { year, month, date } = dateOf(first)
    const nth = Math.ceil(date / 7)
    written.push(
      parts.monthly === 'weekday'
        ? `BYDAY=${nth === 5 || date + 7 > daysInMonth(year, month) ? -1 : nth}${weekdayName(first)}`
        : `BYMONTHDAY=${date}`,
    )
  }
  if (parts.until !== undefined)
    written.push(`UNTIL=${dayText(wallNumber(parts.until) / DAY).replaceAll('-', '')}`)
  if (parts.count !== undefined) written.push(`COUNT=${parts.count}`)
  const rule = written.join(';')
  if (typeof readRule(rule) === 'string') throw new RangeError('rule')
  return rule
}

const weekdayName = (day: number): Weekday => WEEKDAYS[weekdayOf(day)] ?? 'MO'

/** What a form would show for a rule; null when the rule says more, or other, than a form can. */
export function rulePartsOf(text: string, starts: string): RuleParts | null {
  const rule = readRule(text)
  if (typeof rule === 'string') return null
  const unit = unitOf(rule)
  if (unit === null) return null
  const ending = endingOf(rule, wallNumber(starts))
  if (ending === null) return null
  const day = Math.floor(wallNumber(starts) / DAY)
  const base = { every: rule.interval, unit, ...ending }
  if (unit === 'day') return rule.byDay.length === 0 ? base : null
  if (unit === 'week') {
    // A week that begins on another day changes what "every other week" means where several days are chosen.
    if (rule.weekStart !== 0 && rule.interval > 1 && rule.byDay.length > 1) return null
    const days = rule.byDay.length === 0 ? [weekdayOf(day)] : rule.byDay.map((one) => one.day)
    return { ...base, days: WEEKDAYS.filter((_, at) => days.includes(at)) }
  }
  const monthly = monthlyOf(rule, day)
  return monthly === null ? null : { ...base, monthly }
}

function unitOf(rule: Rule): RuleParts['unit'] | null {
  const more = [
    rule.byMonth,
    rule.byYearDay,
    rule.byWeekNo,
    rule.bySetPos,
    rule.byHour,
    rule.byMinute,
    rule.bySecond,
  ]
  if (more.some((part) => part.length > 0) || (rule.freq === 'DAILY' && rule.byMonthDay.length > 0))
    return null
  return ({ DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: null } as const)[rule.freq]
}

function endingOf(rule: Rule, first: number): { until?: string; count?: number } | null {
  if (rule.count !== null) return { count: rule.count }
  if (rule.until === null) return {}
  if (rule.until.kind !== 'instant') return { until: dayText(lastDay(rule.until.at, first)) }
  // A moment in UTC is a day's end for a form only where the zone is known: `untilAsDay` of ending.ts makes it one.
  return null
}

/** The last day on which a start by the first one's clock is not after the moment. */
const lastDay = (until: number, first: number): number => {
  const day = Math.floor(until / DAY)
  return until - day * DAY >= first - Math.floor(first / DAY) * DAY ? day : day - 1
}

function monthlyOf(rule: Rule, day: number): 'date' | 'weekday' | null {
  const { year, month, date } = dateOf(day)
  if (rule.byDay.length === 0) {
    return rule.byMonthDay.length === 0 || (rule.byMonthDay.length === 1 && rule.byMonthDay[0] === date)
      ? 'date'
      : null
  }
  const [one, more] = rule.byDay
  if (one === undefined || more !== undefined || rule.byMonthDay.length > 0 || one.day !== weekdayOf(day))
    return null
  const last = date + 7 > daysInMonth(year, month)
  return (one.nth === -1 && last) || (one.nth === Math.ceil(date / 7) && !last) ? 'weekday' : null
}
