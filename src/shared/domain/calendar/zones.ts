import { DAY, MINUTE, startOfYear, wallNumber, wallText } from './walls.ts'

/** From an instant on, the clock is this far ahead of UTC. Milliseconds, both. */
interface Era {
  readonly from: number
  readonly ahead: number
}

/** Around the ends of a year, so that a wall time near midnight on 31 December finds both neighbours. */
const MARGIN = 3 * DAY
/**
 * The shortest time after which a clock was changed back since 1970 is a week (Boa Vista, October 2000), and since
 * 2012 a month (Morocco's Ramadan); tests/unit/calendar/zones.test.ts goes through every zone.
 */
const stepIn = (year: number): number => (year < 2012 ? 5 : 20) * DAY
/** Nearly all changes are on one, in UTC. */
const QUARTER = 15 * MINUTE
const SECOND = 1000

interface Zone {
  readonly ahead: (instant: number) => number
  readonly years: Map<number, readonly Era[]>
}

const zones = new Map<string, Zone | null>()

/**
 * Asking Intl for an offset takes microseconds, and ten years of a practice ask twenty thousand times: each zone's
 * changes are found once for each year and kept.
 */
function zoneOf(name: string): Zone | null {
  let zone = zones.get(name)
  if (zone === undefined) {
    // A hostile file may name any number of zones.
    if (zones.size > 1000) zones.clear()
    zone = openZone(name)
    zones.set(name, zone)
  }
  return zone
}

function openZone(name: string): Zone | null {
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset', year: 'numeric' })
  } catch {
    return null
  }
  return { ahead: (instant) => readOffset(format.format(instant)), years: new Map() }
}

/** "2026, GMT-05:00", "2026, GMT", "1890, GMT-00:25:21" */
function readOffset(text: string): number {
  const parts = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(text)
  if (parts === null) throw new Error('a time zone offset could not be read')
  const seconds = Number(parts[2] ?? 0) * 3600 + Number(parts[3] ?? 0) * 60 + Number(parts[4] ?? 0)
  return (parts[1] === '-' ? -seconds : seconds) * 1000
}

/** The eras that touch a year (with a margin on both sides), in order. */
function erasOf(zone: Zone, year: number): readonly Era[] {
  const known = zone.years.get(year)
  if (known !== undefined) return known
  if (zone.years.size > 2000) zone.years.clear()
  const end = startOfYear(year + 1) + MARGIN
  let at = startOfYear(year) - MARGIN
  const eras: Era[] = [{ from: Number.NEGATIVE_INFINITY, ahead: zone.ahead(at) }]
  const step = stepIn(year)
  while (at < end) {
    const next = Math.min(at + step, end)
    let before = eras.at(-1)?.ahead ?? 0
    if (zone.ahead(next) !== before) {
      let high = between(at, next, QUARTER, (instant) => zone.ahead(instant) !== before)
      if (zone.ahead(high - SECOND) !== before)
        high = between(high - QUARTER, high, SECOND, (instant) => zone.ahead(instant) !== before)
      before = zone.ahead(high)
      eras.push({ from: high, ahead: before })
      at = high
    } else at = next
  }
  zone.years.set(year, eras)
  return eras
}

/** The first whole `unit` after `low` that is `after`; `high` is, `low` is not, and both are whole ones. */
function between(low: number, high: number, unit: number, after: (instant: number) => boolean): number {
  while (high - low > unit) {
    const middle = low + Math.floor((high - low) / (2 * unit)) * unit
    if (after(middle)) high = middle
    else low = middle
  }
  return high
}

function known(name: string): Zone {
  const zone = zoneOf(name)
  if (zone === null) throw new RangeError('unknown time zone')
  return zone
}

/** Whether this machine can tell the time there. */
export const isZone = (name: string): boolean => name !== '' && zoneOf(name) !== null

/** How far the clock there is ahead of UTC at an instant, in milliseconds. Throws RangeError on an unknown zone. */
export function aheadAt(instant: number, zone: string): number {
  const eras = erasOf(known(zone), new Date(instant).getUTCFullYear())
  for (let at = eras.length - 1; at > 0; at -= 1) {
    const era = eras[at]
    if (era !== undefined && instant >= era.from) return era.ahead
  }
  return eras[0]?.ahead ?? 0
}

/** What the clock on the wall there shows: "2026-01-13T15:00:00". */
export const wallOf = (instant: number, zone: string): string =>
  wallText(Math.floor((instant + aheadAt(instant, zone)) / 1000) * 1000)

/**
 * When the clock on the wall there shows this. Of the two times in a doubled hour the first; a time in a missing
 * hour is taken by the clock of before, so that it moves forward by the gap (RFC 5545, 3.3.5).
 * Throws RangeError on an unknown zone or an impossible date.
 */
export const instantOf = (wall: string, zone: string): number => instantOfNumber(wallNumber(wall), zone)

/** As `instantOf`, from a wall's number. */
export const instantOfNumber = (wall: number, zone: string): number => clockIn(zone)(wall)

/** `instantOfNumber` for many walls of one zone: it remembers the year. */
export function clockIn(zone: string): (wall: number) => number {
  const its = known(zone)
  let eras: readonly Era[] = []
  let from = Number.POSITIVE_INFINITY
  let to = Number.NEGATIVE_INFINITY
  return (wall) => {
    if (wall < from || wall >= to) {
      const year = new Date(wall).getUTCFullYear()
      from = startOfYear(year)
      to = startOfYear(year + 1)
      eras = erasOf(its, year)
    }
    let before = eras[0]?.ahead ?? 0
    for (let at = 0; at < eras.length; at += 1) {
      const { from: since, ahead } = eras[at] as Era
      const instant = wall - ahead
      const next = eras[at + 1]
      if (next === undefined || instant < next.from) return instant >= since ? instant : wall - before
      before = ahead
    }
    return wall - before
  }
}

/**
 * The same instant on two walls, for a client who lives elsewhere. Null where both clocks show the same.
 * `days`: how many days the date there is ahead (-1, 0 or 1).
 */
export function elsewhere(
  instant: number,
  here: string,
  there: string,
): { readonly here: string; readonly there: string; readonly days: number } | null {
  const [near, far] = [wallOf(instant, here), wallOf(instant, there)]
  if (near === far) return null
  const days = Math.round((wallNumber(far.slice(0, 10)) - wallNumber(near.slice(0, 10))) / DAY)
  return { here: near, there: far, days }
}

/** Minutes ahead of UTC, for labels such as "UTC−5". */
export const minutesAhead = (instant: number, zone: string): number => aheadAt(instant, zone) / MINUTE
