import { cleanText, readProperty, unescaped } from '../text/property.ts'
import type { RawZone } from '../text/components.ts'
import { wallAt } from '../text/times.ts'
import { agree, fixedClock, ianaClock, UTC, type ZoneClock } from './clock.ts'
import { ownClock } from './ownClock.ts'
import { shownName, windowsZone, WINDOWS_ZONES } from './windows.ts'

/** Abbreviations are IANA names too, but a product that writes one means its own VTIMEZONE. */
const ABBREVIATION = /^[A-Z]{1,5}(?:\d[A-Z]{3})?$/i

/** The zones that the names in one file mean. */
export interface ZoneBook {
  readonly home: ZoneClock
  /** What times without a zone are read by: the calendar's own zone (X-WR-TIMEZONE), else home. */
  readonly floating: ZoneClock
  /**
   * The clock that a TZID means for times between two walls' years. Its name is null when only the file knows
   * such a clock. Null: there is no such zone.
   */
  find(tzid: string, fromYear: number, toYear: number): ZoneClock | null
}

export function zoneBook(raw: readonly RawZone[], homeZone: string, calendarZone: string): ZoneBook {
  const home = ianaClock(homeZone) ?? UTC
  const own = new Map<string, { clock: ZoneClock; location: string }>()
  for (const zone of raw) {
    const named = clean(valueOf(zone, 'TZID'))
    const clock = ownClock(zone)
    // The first of two of one name stands, as in every reader that looks names up as it goes.
    if (clock !== null && !own.has(named))
      own.set(named, { clock, location: clean(valueOf(zone, 'X-LIC-LOCATION')) })
  }
  const found = new Map<string, ZoneClock | null>()

  const find = (tzid: string, fromYear: number, toYear: number): ZoneClock | null => {
    const name = clean(tzid)
    const described = own.get(name)
    const key = described === undefined ? name : `${fromYear} ${toYear} ${name}`
    let clock = found.get(key)
    if (clock === undefined) {
      clock = look(name, described, fromYear, toYear)
      if (found.size > 20_000) found.clear()
      found.set(key, clock)
    }
    return clock
  }

  const look = (
    name: string,
    described: { clock: ZoneClock; location: string } | undefined,
    fromYear: number,
    toYear: number,
  ): ZoneClock | null => {
    if (name === '') return described?.clock ?? null
    const byName = named(name, home)
    if (described === undefined) return byName.sure ?? byName.guessed
    if (byName.sure !== null && !ABBREVIATION.test(name)) return byName.sure
    const candidates = [byName.sure?.name, home.name, described.location, byName.guessed?.name]
    return sameAs(described.clock, candidates, fromYear, toYear) ?? described.clock
  }

  const floating = calendarZone === '' ? home : (find(calendarZone, 2000, 2037) ?? home)
  // A calendar's zone that only its VTIMEZONE knows cannot name an arrangement's clock.
  return { home, floating: floating.name === null ? home : floating, find }
}

const valueOf = (zone: RawZone, property: string): string => {
  const line = zone.lines.get(property)?.at(-1)
  return line === undefined ? '' : (readProperty(line)?.value ?? '')
}

const clean = (name: string): string =>
  cleanText(unescaped(name.slice(0, 300)), 200)
    .replace(/^["']+|["']+$/g, '')
    .replace(/\s+/g, ' ')
    .trim()

/** `sure`: the name says it. `guessed`: read out of what was meant for people. */
function named(name: string, home: ZoneClock): { sure: ZoneClock | null; guessed: ZoneClock | null } {
  const sure = bySpelling(name, home)
  if (sure !== null) return { sure, guessed: null }
  const shown = shownName(name)
  for (const zone of shown.zones) {
    const clock = ianaClock(zone)
    if (clock !== null && (shown.offset === null || standardOffset(clock) === shown.offset * 60_000)) {
      return { sure: null, guessed: clock }
    }
  }
  if (shown.offset === null) return { sure: null, guessed: null }
  const offset = shown.offset * 60_000
  if (/^\(?\s*(?:UTC|GMT)\s*(?:[+-]\s*\d{1,2}(?::?\d\d)?)?\s*\)?$/i.test(name))
    return { sure: null, guessed: fixedZone(offset) }
  return { sure: null, guessed: standardOffset(home) === offset ? home : null }
}

function bySpelling(name: string, home: ZoneClock): ZoneClock | null {
  const plain = name.replace(/^\/+/, '')
  const exact = ianaClock(plain.replace(/ /g, '_'))
  if (exact !== null) return exact
  // "/freeassociation.sourceforge.net/Tzfile/Europe/Berlin", "tzone://Microsoft/Utc", "http://tzurl.org/…".
  const segments = plain.split('/')
  for (let count = Math.min(3, segments.length - 1); count >= 1; count--) {
    const tail = segments.slice(-count).join('/')
    const clock = count === 1 && !/^utc$/i.test(tail) ? null : ianaClock(tail)
    if (clock !== null) return clock
  }
  const windows = windowsZone(plain, home.name ?? '') ?? windowsZone(segments.at(-1) ?? '', home.name ?? '')
  if (windows !== null) return ianaClock(windows)
  const offset = /^(?:UTC|GMT)?([+-])(\d\d?):?(\d\d)?$/i.exec(plain)
  if (offset === null) return null
  const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0)
  return minutes > 14 * 60 ? null : fixedZone((offset[1] === '-' ? -minutes : minutes) * 60_000)
}

const standardOffset = (clock: ZoneClock): number =>
  Math.min(clock.offsetAt(wallAt(2026, 1, 15)), clock.offsetAt(wallAt(2026, 7, 15)))

/** Whole hours have a name of their own (with its sign the other way round); others keep a nameless clock. */
function fixedZone(offset: number): ZoneClock {
  const hours = offset / 3_600_000
  if (offset === 0) return UTC
  if (Number.isInteger(hours) && hours >= -12 && hours <= 14) {
    return fixedClock(offset, `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`)
  }
  return fixedClock(offset, null)
}

/** The IANA zone whose clocks change when those of a VTIMEZONE do, over the years that matter. */
function sameAs(
  clock: ZoneClock,
  candidates: readonly (string | null | undefined)[],
  fromYear: number,
  toYear: number,
): ZoneClock | null {
  const from = wallAt(fromYear, 1, 1)
  // A VTIMEZONE that lists its changes ends somewhere: the nearer years decide where the farther ones cannot.
  for (const last of new Set([toYear, Math.min(toYear, fromYear + 3), fromYear])) {
    const to = wallAt(last + 1, 1, 1)
    const changing = clock.changes(from, to).length > 0
    const fixed = changing ? null : fixedZone(clock.offsetAt(from))
    const names = [...candidates, fixed?.name, ...WINDOWS_ZONES, ...ALL]
    const tried = new Set<string>()
    for (const name of names) {
      if (name === null || name === undefined || name === '' || tried.has(name)) continue
      tried.add(name)
      const other = ianaClock(name)
      if (other !== null && agree(clock, other, from, to)) return other
    }
  }
  return null
}
const ALL = Intl.supportedValuesOf('timeZone')
