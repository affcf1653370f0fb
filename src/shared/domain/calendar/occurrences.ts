import type { Arrangement, Occurrence } from './arrangement.ts'
import { eachDay, neverFits, YEARS_AT_MOST } from './days.ts'
import { readRule, soundRule, timesOf, type Rule, type RuleTrouble, type Until } from './rules.ts'
import { readWall, DAY, MINUTE, wallNumber, wallText } from './walls.ts'
import { clockIn, isZone } from './zones.ts'

export interface Occurrences {
  /** In order of their start, each start once. */
  readonly found: readonly Occurrence[]
  /** There are more in the window than `limit`, or the rule was not followed to its end. */
  readonly cut: boolean
}

/** A window never gives more, whatever limit is asked for. */
export const OCCURRENCES_AT_MOST = 100_000

/** Clocks differ by 26 hours at most, all over the world. */
const CLOCKS_APART = 26 * 3_600_000

/**
 * What an arrangement gives from `from` (inclusive) to `to` (exclusive), epoch milliseconds, by its start.
 *
 * The first start counts whether or not the rule gives it (RFC 5545, 3.8.5.3, and what Google and Apple show), and
 * then COUNT is what the rule gives besides; but a rule that can never give anything (30 February) gives nothing at
 * all, and neither does one that ended before its first. What EXDATE leaves out has been counted. RDATE comes on top. See docs/adr/0018-recurrence.md.
 *
 * Never more than `limit`, never further than 200 years from the first start or the window's: `cut` says so.
 * Throws RangeError on an unknown zone, an impossible date or a rule that cannot be read: ask `refusalOf` first.
 */
export function occurrences(arrangement: Arrangement, from: number, to: number, limit: number): Occurrences {
  const toInstant = clockIn(arrangement.zone)
  const first = wallNumber(arrangement.starts)
  const leftOut = leavingOut(arrangement.except)
  const most = Math.min(Math.max(0, limit), OCCURRENCES_AT_MOST)
  const rule = arrangement.rule === '' ? null : soundRule(arrangement.rule)
  const inWindow: { wall: number; startsAt: number }[] = []
  const take = (wall: number, startsAt: number): void => {
    if (startsAt >= from && startsAt < to && !leftOut(wall)) inWindow.push({ wall, startsAt })
  }

  let whole = true
  const never = rule !== null && neverFits(rule, Math.floor(first / DAY))
  // A series that was ended before it began is what is left where "this and following" was said of its first.
  if (!never && !isOver(rule?.until ?? null, first, toInstant(first))) take(first, toInstant(first))
  for (const date of arrangement.dates) {
    const wall = wallNumber(date)
    take(wall, toInstant(wall))
  }
  if (rule !== null && !never) {
    const room = inWindow.length + most
    whole = followRule(rule, first, toInstant, { from, to }, (wall, startsAt) => {
      if (wall !== first) take(wall, startsAt)
      return inWindow.length <= room
    })
  }

  inWindow.sort((a, b) => a.startsAt - b.startsAt || a.wall - b.wall)
  const found: Occurrence[] = []
  let cut = !whole
  let last = Number.NaN
  for (const { wall, startsAt } of inWindow) {
    // RDATE may say again what the rule says, and a missing hour's start may move onto the next one.
    if (startsAt === last) continue
    if (found.length === most) {
      cut = true
      break
    }
    last = startsAt
    found.push({ wall: wallText(wall), startsAt, endsAt: startsAt + arrangement.minutes * MINUTE })
  }
  return { found, cut }
}

/**
 * Every start that the rule itself gives from its first on, in the order of the wall, COUNT and UNTIL observed.
 * Before the window only as far as counting needs it. False when it stopped before it was known that nothing more
 * comes in the window.
 */
export function followRule(
  rule: Rule,
  first: number,
  toInstant: (wall: number) => number,
  window: { readonly from: number; readonly to: number },
  visit: (wall: number, startsAt: number) => boolean,
): boolean {
  const firstDay = Math.floor(first / DAY)
  const times = timesOf(rule, first - firstDay * DAY)
  const { until, count } = rule
  const lastWall = Math.min(window.to, until?.at ?? Number.POSITIVE_INFINITY) + CLOCKS_APART
  const wanted =
    count === null ? Math.max(firstDay, Math.floor((window.from - CLOCKS_APART) / DAY)) : firstDay
  const horizon = wanted + Math.floor(YEARS_AT_MOST * 365.25)
  const lastDay = Math.floor(Math.max(lastWall, first - DAY) / DAY)

  let given = 0
  let stopped = false
  eachDay(rule, firstDay, wanted, Math.min(lastDay, horizon), (day) => {
    for (const time of times) {
      const wall = day * DAY + time
      if (wall < first) continue
      given += 1
      if (count !== null && given > count) return false
      const startsAt = toInstant(wall)
      if (isOver(until, wall, startsAt)) return false
      if (visit(wall, startsAt)) continue
      stopped = true
      return false
    }
    return true
  })
  return !stopped && (lastDay <= horizon || (count !== null && given >= count))
}

const isOver = (until: Until | null, wall: number, startsAt: number): boolean =>
  until !== null && (until.kind === 'instant' ? startsAt : wall) > until.at

/** By the clock on the wall; a date alone leaves out the whole day ("not on 24 December"). */
function leavingOut(except: readonly string[]): (wall: number) => boolean {
  if (except.length === 0) return () => false
  const walls = new Set<number>()
  const days = new Set<number>()
  for (const one of except) {
    const wall = readWall(one)
    if (wall === null) continue
    if (one.length === 10) days.add(wall / DAY)
    else walls.add(wall)
  }
  return (wall) => walls.has(wall) || days.has(Math.floor(wall / DAY))
}

export type Refusal = RuleTrouble | 'NO_START' | 'UNKNOWN_ZONE' | 'NEVER_OCCURS'

/** Why an arrangement cannot be kept, or null. At once, whatever the rule says. */
export function refusalOf(arrangement: Arrangement): Refusal | null {
  if (![arrangement.starts, ...arrangement.dates].every((wall) => readWall(wall) !== null)) return 'NO_START'
  if (!isZone(arrangement.zone)) return 'UNKNOWN_ZONE'
  const rule = arrangement.rule === '' ? null : readRule(arrangement.rule)
  if (typeof rule === 'string') return rule
  const any = occurrences(arrangement, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 1)
  return any.found.length === 0 ? 'NEVER_OCCURS' : null
}
