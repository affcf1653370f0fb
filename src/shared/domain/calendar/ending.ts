import type { Arrangement } from './arrangement.ts'
import { followRule, occurrences } from './occurrences.ts'
import { readRule, soundRule } from './rules.ts'
import { DAY, dayText, wallNumber, wallText } from './walls.ts'
import { clockIn, wallOf } from './zones.ts'

const FOREVER = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }

/**
 * The same arrangement, with nothing that starts at that instant or later. Null when nothing is left of it.
 * A rule that counts goes on counting, one without an end gets one.
 */
export function endBefore(arrangement: Arrangement, instant: number): Arrangement | null {
  const toInstant = clockIn(arrangement.zone)
  const before = (wall: string): boolean => toInstant(wallNumber(wall)) < instant
  const dates = arrangement.dates.filter(before)
  const ended = before(arrangement.starts)
    ? { ...arrangement, dates, rule: ruleBefore(arrangement, instant) }
    : datesOnly(arrangement, dates)
  return ended === null || occurrences(ended, FOREVER.from, instant, 1).found.length === 0 ? null : ended
}

/** What was only added to a series, without the series. */
function datesOnly(arrangement: Arrangement, dates: readonly string[]): Arrangement | null {
  const [starts, ...others] = dates.toSorted()
  return starts === undefined ? null : { ...arrangement, starts, rule: '', dates: others }
}

function ruleBefore({ rule: text, starts, zone }: Arrangement, instant: number): string {
  if (text === '') return ''
  const rule = soundRule(text)
  const toInstant = clockIn(zone)
  const first = wallNumber(starts)
  if (rule.count !== null) {
    let given = 0
    followRule(rule, first, toInstant, { from: FOREVER.from, to: instant }, (_, startsAt) => {
      if (startsAt < instant) given += 1
      return startsAt < instant
    })
    if (given >= rule.count) return text
    // A rule cannot count to nothing; the first start alone, which stood outside it, needs none.
    return given === 0 ? '' : text.replace(/COUNT=[^;]*/i, `COUNT=${given}`)
  }
  const last = instant - 1000
  if (rule.until !== null) {
    const until = rule.until.kind === 'instant' ? rule.until.at : toInstant(rule.until.at)
    if (until <= last) return text
  }
  const kept = text.split(';').filter((part) => !/^\s*UNTIL=/i.test(part))
  return [...kept, `UNTIL=${utc(last)}`].join(';')
}

/** "20260630T140000Z" */
const utc = (instant: number): string =>
  `${wallText(Math.floor(instant / 1000) * 1000).replaceAll(/[-:]/g, '')}Z`

/**
 * "This and following": what starts before that instant, and what starts then or later, as two arrangements. Both
 * together give what the one gave. Null for a part in which nothing is left.
 */
export function split(
  arrangement: Arrangement,
  instant: number,
): { readonly before: Arrangement | null; readonly after: Arrangement | null } {
  return { before: endBefore(arrangement, instant), after: beginAt(arrangement, instant) }
}

function beginAt(arrangement: Arrangement, instant: number): Arrangement | null {
  const toInstant = clockIn(arrangement.zone)
  const dates = arrangement.dates.filter((wall) => toInstant(wallNumber(wall)) >= instant)
  const first = wallNumber(arrangement.starts)
  if (toInstant(first) >= instant) return { ...arrangement, dates }
  const rule = arrangement.rule === '' ? null : soundRule(arrangement.rule)
  let skipped = 0
  let begins: number | null = null
  if (rule !== null) {
    const window = { from: rule.count === null ? instant : FOREVER.from, to: FOREVER.to }
    followRule(rule, first, toInstant, window, (wall, startsAt) => {
      if (startsAt < instant) skipped += 1
      else begins = wall
      return begins === null
    })
  }
  if (begins === null || rule === null) return datesOnly(arrangement, dates)
  const left = rule.count === null ? arrangement.rule : countDown(arrangement.rule, rule.count - skipped)
  const after = { ...arrangement, starts: wallText(begins), rule: left, dates }
  return occurrences(after, FOREVER.from, FOREVER.to, 1).found.length === 0 ? null : after
}

const countDown = (rule: string, count: number): string => rule.replace(/COUNT=[^;]*/i, `COUNT=${count}`)

/** The first start that the rule itself gives, on the wall; null where it gives none. A form begins a series there. */
export function firstByRule(arrangement: Arrangement): string | null {
  if (arrangement.rule === '') return arrangement.starts
  let wall: number | null = null
  followRule(
    soundRule(arrangement.rule),
    wallNumber(arrangement.starts),
    clockIn(arrangement.zone),
    FOREVER,
    (one) => {
      wall = one
      return false
    },
  )
  return wall === null ? null : wallText(wall)
}

/** A rule whose UNTIL is a moment in UTC, with the last day that counts instead: what a form and people's words say. */
export function untilAsDay({ rule: text, starts, zone }: Arrangement): string {
  const rule = readRule(text)
  if (typeof rule === 'string' || rule.until?.kind !== 'instant') return text
  const wall = wallNumber(wallOf(rule.until.at, zone))
  const time = (at: number): number => at - Math.floor(at / DAY) * DAY
  // Two o'clock is not over at noon: the last start was the day before.
  const day = Math.floor(wall / DAY) - (time(wall) < time(wallNumber(starts)) ? 1 : 0)
  return text.replace(/UNTIL=[^;]*/i, `UNTIL=${dayText(day).replaceAll('-', '')}`)
}

/** The other way round, as RFC 5545 wants it in a file beside a start with a zone. */
export function untilAsInstant({ rule: text, zone }: Arrangement): string {
  const rule = readRule(text)
  if (typeof rule === 'string' || rule.until === null || rule.until.kind === 'instant') return text
  return text.replace(/UNTIL=[^;]*/i, `UNTIL=${utc(clockIn(zone)(rule.until.at))}`)
}
