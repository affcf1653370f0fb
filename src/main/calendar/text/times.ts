/** A time of the clock on the wall, counted as if that clock were UTC: epoch milliseconds. */
export type Wall = number

export interface ReadTime {
  readonly wall: Wall
  /** Only a day was given. */
  readonly day: boolean
  /** Minutes east of UTC that stand in the value itself (0 for "Z"); null: by the property's zone, or floating. */
  readonly offset: number | null
}

const TIME =
  /^(\d{4})-?(\d\d)-?(\d\d)(?:[Tt ]\s*(\d{1,2})(?::?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?)?\s*(Z|z|[+-]\d\d:?\d\d)?)?$/

/** DATE or DATE-TIME, also in ISO's long form, without seconds, or with an offset. Null: no date. */
export function readTime(text: string): ReadTime | null {
  const found = TIME.exec(text.trim())
  if (found === null) return null
  const [, year, month, day, hour, minute, second, zone] = found
  const y = Number(year)
  const m = Number(month)
  const d = Number(day)
  const h = Number(hour ?? 0)
  const min = Number(minute ?? 0)
  // A leap second is the second after (RFC 5545 3.3.12 lets it be taken as 59; both are the same minute's end).
  const s = Math.min(Number(second ?? 0), 59)
  if (y < 1 || m < 1 || m > 12 || d < 1 || d > daysIn(y, m) || h > 24 || min > 59 || Number(second ?? 0) > 60)
    return null
  if (h === 24 && (min > 0 || s > 0)) return null
  return {
    wall: wallAt(y, m, d) + ((h * 60 + min) * 60 + s) * 1000,
    day: hour === undefined,
    offset: offsetOf(zone),
  }
}

function offsetOf(zone: string | undefined): number | null {
  if (zone === undefined) return null
  if (zone === 'Z' || zone === 'z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))
  return zone.startsWith('-') ? -minutes : minutes
}

/** Midnight of that day; `Date.UTC` takes the years 0 to 99 for the twentieth century. */
export function wallAt(year: number, month: number, day: number): Wall {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.getTime()
}

export const daysIn = (year: number, month: number): number =>
  new Date(wallAt(year, month + 1, 0)).getUTCDate()

export const basicUtc = (instant: number): string =>
  `${new Date(instant).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`

const DURATION = /^([+-])?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i

export interface ReadDuration {
  /** Days of the calendar: a day that is an hour short is still a day. */
  readonly days: number
  readonly ms: number
}

export function readDuration(text: string): ReadDuration | null {
  const found = DURATION.exec(text.trim())
  if (found === null || !/\d/.test(text)) return null
  const [, sign, weeks, days, hours, minutes, seconds] = found
  const by = sign === '-' ? -1 : 1
  const number = (part: string | undefined): number => Math.min(Number(part ?? 0), 1e9)
  return {
    days: by * (number(weeks) * 7 + number(days)),
    ms: by * ((number(hours) * 60 + number(minutes)) * 60 + number(seconds)) * 1000,
  }
}

const OFFSET = /^([+-])(\d\d):?(\d\d)(?::?(\d\d))?$/

/** TZOFFSETFROM and TZOFFSETTO in milliseconds east of UTC. */
export function readOffset(text: string): number | null {
  const found = OFFSET.exec(text.trim())
  if (found === null) return null
  const [, sign, hours, minutes, seconds] = found
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds ?? 0)) * 1000
  return ms > 26 * 3_600_000 ? null : sign === '-' ? -ms : ms
}

/** Seconds do not matter to a session, but nothing becomes nothing by rounding. */
export const toMinutes = (length: number): number =>
  length === 0 ? 0 : Math.max(1, Math.round(length / 60_000))
