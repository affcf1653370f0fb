import type { RawZone } from '../text/components.ts'
import { readProperty, readTimes } from '../text/property.ts'
import { readOffset, readTime, type Wall, wallAt } from '../text/times.ts'
import type { Change, ZoneClock } from './clock.ts'
import { yearly } from './yearly.ts'

interface Observance {
  readonly start: Wall
  readonly before: number
  readonly after: number
  readonly rules: readonly string[]
  readonly dates: readonly Wall[]
}

/** The years whose changes are worked out; before and after them the nearest offset stays. */
const FROM = 1900
const TO = 2200
/** Two a year for these three centuries, many times over. What says more describes no clock. */
const MAX_CHANGES = 10_000

/** The clock that a VTIMEZONE describes, whatever eras it has. Null: it says nothing that can be read. */
export function ownClock(zone: RawZone): ZoneClock | null {
  const observances = zone.observances.map(readObservance).filter((one) => one !== null)
  if (observances.length === 0) return null
  let changes: Change[] | null = null
  let first = 0
  const work = (): Change[] => {
    if (changes === null) {
      const earliest = observances.toSorted((a, b) => a.start - a.before - (b.start - b.before))[0]
      first = earliest === undefined ? 0 : earliest.before
      changes = allChanges(observances)
    }
    return changes
  }
  return {
    name: null,
    offsetAt(instant) {
      const list = work()
      let low = 0
      let high = list.length
      while (low < high) {
        const middle = (low + high) >> 1
        if ((list[middle]?.at ?? 0) <= instant) low = middle + 1
        else high = middle
      }
      return low === 0 ? first : (list[low - 1]?.offset ?? first)
    },
    changes(from, to) {
      const list = work()
      let before = this.offsetAt(from - 1)
      // What changes nothing (Microsoft repeats the standard time's rule under both names) is no change.
      return list.filter((change) => {
        if (change.at < from || change.at > to || change.offset === before) return false
        before = change.offset
        return true
      })
    },
  }
}

function readObservance(raw: { readonly lines: ReadonlyMap<string, readonly string[]> }): Observance | null {
  const value = (name: string): string => {
    const line = raw.lines.get(name)?.at(-1)
    return line === undefined ? '' : (readProperty(line)?.value ?? '')
  }
  const after = readOffset(value('TZOFFSETTO'))
  const start = readTime(value('DTSTART'))
  if (after === null || start === null) return null
  const dates: Wall[] = []
  for (const line of raw.lines.get('RDATE') ?? []) {
    for (const part of (readTimes(line)?.value ?? '').split(',').slice(0, 1_000)) {
      const date = readTime(part.split('/')[0] ?? '')
      if (date !== null) dates.push(date.wall)
    }
  }
  const rules = (raw.lines.get('RRULE') ?? []).slice(0, 4).map((line) => line.slice(line.indexOf(':') + 1))
  return { start: start.wall, before: readOffset(value('TZOFFSETFROM')) ?? after, after, rules, dates }
}

function allChanges(observances: readonly Observance[]): Change[] {
  const found: Change[] = []
  for (const { start, before, after, rules, dates } of observances) {
    const add = (wall: Wall): void => void found.push({ at: wall - before, offset: after })
    const year = new Date(start).getUTCFullYear()
    if (year >= FROM - 1 || rules.length === 0) add(start)
    for (const date of dates) add(date)
    for (const rule of rules) {
      if (found.length > MAX_CHANGES) return found.slice(0, MAX_CHANGES).toSorted((a, b) => a.at - b.at)
      const walls = yearly(rule, start, FROM - 1, TO, MAX_CHANGES)
      if (walls === null) add(start)
      else
        for (const wall of walls.walls)
          if (wall !== start && (walls.until === null || wall - before <= walls.until)) add(wall)
    }
  }
  const ordered = found.toSorted((a, b) => a.at - b.at)
  return ordered.filter((change) => change.at >= wallAt(1, 1, 1))
}
