import { followRule, occurrences } from '../../shared/domain/calendar/occurrences.ts'
import { readRule } from '../../shared/domain/calendar/rules.ts'
import { wallText } from '../../shared/domain/calendar/walls.ts'
import { basicUtc, readTime, type Wall } from './text/times.ts'
import { instantOf, type ZoneClock } from './zones/clock.ts'

export interface ReadRule {
  /** As `Arrangement.rule`: UNTIL in UTC. */
  readonly rule: string
  /** Starts that took the rule's place, since no rule of ours says them. */
  readonly dates: readonly Wall[]
  /** It ends before it begins: Google leaves such a series behind where "this and following" was deleted. */
  readonly never: boolean
}

export type RuleTrouble = 'RULE_UNREADABLE' | 'RULE_TOO_OFTEN'

const ORDER = [
  'FREQ',
  'INTERVAL',
  'COUNT',
  'UNTIL',
  'BYMONTH',
  'BYWEEKNO',
  'BYYEARDAY',
  'BYMONTHDAY',
  'BYDAY',
  'BYHOUR',
  'BYMINUTE',
  'BYSECOND',
  'BYSETPOS',
  'WKST',
]
const DAY = 86_400_000
const STEP: Readonly<Record<string, number>> = { HOURLY: 3_600_000, MINUTELY: 60_000, SECONDLY: 1000 }

/** The year of UNTIL, for choosing a zone by the years that matter. */
export function untilYear(line: string): number | null {
  const found = /UNTIL\s*=\s*(\d{4})/i.exec(line.slice(0, 4_000))
  return found === null ? null : Number(found[1])
}

/** An RRULE's value as products write it, made one that stands in an arrangement starting at `start` on `clock`. */
export function readRuleText(text: string, start: Wall, clock: ZoneClock): ReadRule | RuleTrouble {
  if (text.length > 4_000) return 'RULE_UNREADABLE'
  const parts = new Map<string, string>()
  const bare = text
    .replace(/\s+/g, '')
    .replace(/^(?:RRULE:)+/i, '')
    .toUpperCase()
  for (const part of bare.split(';')) {
    if (part === '') continue
    const at = part.indexOf('=')
    if (at < 1) return 'RULE_UNREADABLE'
    const name = part.slice(0, at)
    const value = part.slice(at + 1).replace(/^,+|,+$/g, '')
    if (name.startsWith('X-') || value === '') continue
    // Said twice, the first counts.
    if (!parts.has(name)) parts.set(name, value)
  }
  tidy(parts)
  let never = false
  const until = parts.get('UNTIL')
  if (until !== undefined) {
    const end = readTime(until)
    if (end === null) return 'RULE_UNREADABLE'
    // A date, and a time without "Z", are by the clock of the series; a date means the whole of that day.
    const at =
      end.offset !== null
        ? end.wall - end.offset * 60_000
        : instantOf(end.day ? end.wall + DAY - 1000 : end.wall, clock)
    if (at < instantOf(start, clock)) never = true
    if (at > Date.UTC(2200, 0, 1)) parts.delete('UNTIL')
    else parts.set('UNTIL', basicUtc(at))
  }
  const rule = ORDER.filter((name) => parts.has(name))
    .map((name) => `${name}=${parts.get(name) ?? ''}`)
    .join(';')
  if ([...parts.keys()].some((name) => !ORDER.includes(name))) return 'RULE_UNREADABLE'
  const fine = fineRule(parts, start, clock)
  if (fine !== null) return typeof fine === 'string' ? fine : { rule: '', dates: fine, never }
  const read = readRule(rule)
  if (typeof read === 'string') return read
  if (read.count !== null && read.until !== null)
    return { rule: earlier(parts, rule, start, clock), dates: [], never }
  return { rule, dates: [], never }
}

/** What RFC 5545 forbids and products write nonetheless, read as they mean it. */
function tidy(parts: Map<string, string>): void {
  const freq = parts.get('FREQ') ?? ''
  // An interval of nothing; a count below nothing, which stands for "without end" in some exports.
  if (/^[+-]?0+$/.test(parts.get('INTERVAL') ?? '')) parts.delete('INTERVAL')
  if (/^-\d+$/.test(parts.get('COUNT') ?? '')) parts.delete('COUNT')
  const days = parts.get('BYDAY')
  if (days !== undefined) {
    const list = days.split(',').filter((day) => day !== '')
    const plain = freq === 'WEEKLY' || freq === 'DAILY' || parts.has('BYWEEKNO')
    parts.set('BYDAY', [...new Set(plain ? list.map((day) => day.replace(/^[+-]?\d+/, '')) : list)].join(','))
  }
  if (freq === 'WEEKLY') parts.delete('BYMONTHDAY')
  if (freq !== 'YEARLY') parts.delete('BYWEEKNO')
  if (freq === 'DAILY' || freq === 'WEEKLY' || freq === 'MONTHLY') parts.delete('BYYEARDAY')
  if (parts.get('RSCALE') === 'GREGORIAN') parts.delete('RSCALE')
  if (parts.get('SKIP') === 'OMIT') parts.delete('SKIP')
  const others = ['BYDAY', 'BYMONTH', 'BYMONTHDAY', 'BYYEARDAY', 'BYWEEKNO']
  if (parts.has('BYSETPOS') && !others.some((name) => parts.has(name))) {
    // The first of the one time in each period is that time.
    if (/^(?:1|-1)$/.test(parts.get('BYSETPOS') ?? '')) parts.delete('BYSETPOS')
  }
}

/** A few times within hours or minutes are written out; a rule of that kind without a near end is none of ours. */
function fineRule(
  parts: ReadonlyMap<string, string>,
  start: Wall,
  clock: ZoneClock,
): Wall[] | RuleTrouble | null {
  const unit = STEP[parts.get('FREQ') ?? '']
  if (unit === undefined) return null
  if ([...parts.keys()].some((name) => name.startsWith('BY'))) return 'RULE_TOO_OFTEN'
  const count = parts.get('COUNT') ?? ''
  const interval = parts.get('INTERVAL') ?? '1'
  if (!/^\d*$/.test(count) || !/^\d{1,6}$/.test(interval)) return 'RULE_UNREADABLE'
  const until = readTime(parts.get('UNTIL') ?? '')
  const times = count === '' ? Infinity : Number(count)
  if (times === 0) return 'RULE_UNREADABLE'
  const dates: Wall[] = []
  for (let given = 0; given < times; given++) {
    const wall = start + given * unit * Number(interval)
    if (until !== null && instantOf(wall, clock) > until.wall) return dates
    if (given >= 200) return 'RULE_TOO_OFTEN'
    dates.push(wall)
  }
  return dates
}

/** COUNT and UNTIL must not stand together; where they do, whichever ends it first. */
function earlier(parts: ReadonlyMap<string, string>, rule: string, start: Wall, clock: ZoneClock): string {
  const by = (dropped: string): string => rule.replace(new RegExp(`;${dropped}=[^;]*`), '')
  const count = Number(parts.get('COUNT'))
  const until = readTime(parts.get('UNTIL') ?? '')?.wall ?? Infinity
  if (count > 5_000) return by('COUNT')
  const read = readRule(by('UNTIL'))
  if (typeof read === 'string') return rule
  let last = start
  followRule(
    read,
    start,
    (wall) => wall,
    { from: -Infinity, to: Infinity },
    (wall) => {
      last = wall
      return true
    },
  )
  return instantOf(last, clock) > until ? by('COUNT') : by('UNTIL')
}

/**
 * Every start of a rule one by one, from its first on, at most `most`. For what no rule of ours can say:
 * a second rule, a rule of exceptions, a clock that only the file knows.
 */
export function writtenOut(rule: string, start: Wall, clock: ZoneClock, most: number): Wall[] {
  // On paper the clock hangs in Greenwich, so UNTIL has to be told as that clock's time.
  const local = rule.replace(/UNTIL=(\d{8}T\d{6}Z)/, (_, text: string) => {
    const at = readTime(text)?.wall ?? 0
    return `UNTIL=${basicUtc(at + clock.offsetAt(at))}`
  })
  const arrangement = { starts: wallText(start), zone: 'UTC', minutes: 1, rule: local, dates: [], except: [] }
  return occurrences(arrangement, -Infinity, Infinity, most).found.map((one) => one.startsAt)
}
