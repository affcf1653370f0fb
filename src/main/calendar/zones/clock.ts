import { aheadAt, isZone } from '../../../shared/domain/calendar/zones.ts'
import type { Wall } from '../text/times.ts'

/** What the clocks of one place show, and when they change. */
export interface ZoneClock {
  /** IANA name, or null for rules that no IANA zone has. */
  readonly name: string | null
  /** Milliseconds east of UTC at an instant. */
  offsetAt(instant: number): number
  /** Every change from `from` (included) to `to`, in order. */
  changes(from: number, to: number): readonly Change[]
}

export interface Change {
  readonly at: number
  /** The offset from then on. */
  readonly offset: number
}

const DAY = 86_400_000

/**
 * RFC 5545 3.3.5: a time that the clocks skip is read with the offset before the gap; of a time that comes twice
 * the first is meant.
 */
export function instantOf(wall: Wall, clock: ZoneClock): number {
  const before = clock.offsetAt(wall - DAY)
  const after = clock.offsetAt(wall + DAY)
  const early = wall - Math.max(before, after)
  const late = wall - Math.min(before, after)
  if (early === late) {
    // Two changes within two days would be missed here; only wartime clocks did that.
    return early
  }
  if (clock.offsetAt(early) === wall - early) return early
  if (clock.offsetAt(late) === wall - late) return late
  return wall - before
}

export const wallOf = (instant: number, clock: ZoneClock): Wall => instant + clock.offsetAt(instant)

export function fixedClock(offset: number, name: string | null): ZoneClock {
  return { name, offsetAt: () => offset, changes: () => [] }
}

export const UTC = fixedClock(0, 'UTC')

const known = new Map<string, ZoneClock | null>()

/** The clock of an IANA zone (any capitals), or null where there is no such zone. */
export function ianaClock(name: string): ZoneClock | null {
  const key = name.toLowerCase()
  let clock = known.get(key)
  if (clock === undefined) {
    clock = makeIana(name)
    // Names come from files: what a hostile one makes up is not kept.
    if (clock !== null || known.size < 1_000) known.set(key, clock)
  }
  return clock
}

const SHAPE = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+){0,2}$/

function makeIana(name: string): ZoneClock | null {
  if (!SHAPE.test(name) || name.length > 64) return null
  if (/^(?:etc\/)?(?:utc|zulu|uct|universal|gmt|greenwich|gmt[+-]?0)$/i.test(name)) {
    return { ...UTC, name: /^(?:etc\/)?(?:utc|zulu|uct|universal)$/i.test(name) ? 'UTC' : 'Etc/GMT' }
  }
  if (!isZone(name)) return null
  const resolved = new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone
  // "europe/berlin" is written as it should be; "US/Eastern" stays the name that the file gave it.
  const proper = resolved.toLowerCase() === name.toLowerCase() ? resolved : name
  return {
    name: proper,
    offsetAt: (instant) => aheadAt(instant, proper),
    changes: (from, to) => changesOf(proper, from, to),
  }
}

function changesOf(zone: string, from: number, to: number): Change[] {
  const found: Change[] = []
  let at = from - 1000
  let offset = aheadAt(at, zone)
  // Ten days: Morocco's clocks change twice within a month.
  while (at < to) {
    const next = Math.min(at + 10 * DAY, to)
    const then = aheadAt(next, zone)
    if (then !== offset) {
      let low = at
      let high = next
      while (high - low > 1000) {
        const middle = Math.floor((low + high) / 2000) * 1000
        if (aheadAt(middle, zone) === offset) low = middle
        else high = middle
      }
      found.push({ at: high, offset: then })
      offset = then
    }
    at = next
  }
  return found
}

/** Whether two clocks show the same all the time from `from` to `to`. */
export function agree(one: ZoneClock, other: ZoneClock, from: number, to: number): boolean {
  const middle = from + (to - from) / 2
  for (const at of [from, from + 182 * DAY, middle, to]) {
    if (at <= to && one.offsetAt(at) !== other.offsetAt(at)) return false
  }
  const a = one.changes(from, to)
  const b = other.changes(from, to)
  return (
    a.length === b.length &&
    a.every((change, at) => change.at === b[at]?.at && change.offset === b[at].offset)
  )
}
