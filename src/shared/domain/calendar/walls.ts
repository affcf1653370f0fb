/**
 * Times by the clock on the wall, without a zone: "2026-01-13T15:00:00" as text, and as a number for counting with
 * (milliseconds since 1970 as if the wall hung in Greenwich). A day is a number too: days since 1 January 1970.
 */
export const DAY = 86_400_000
export const MINUTE = 60_000

const WALL = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?)?$/

/** Null unless the text is a real date (no 30 February), with or without a time; a date alone is its midnight. */
export function readWall(text: string): number | null {
  const parts = WALL.exec(text)
  if (parts === null) return null
  const [year, month, date, hour, minute, second] = parts.slice(1).map((part) => Number(part ?? 0))
  const day = dayNumber(year ?? 0, month ?? 0, date ?? 0)
  if (day === null || (hour ?? 0) > 23 || (minute ?? 0) > 59 || (second ?? 0) > 59) return null
  return day * DAY + ((hour ?? 0) * 3600 + (minute ?? 0) * 60 + (second ?? 0)) * 1000
}

/** Throws RangeError where `readWall` says null. */
export function wallNumber(text: string): number {
  const wall = readWall(text)
  if (wall === null) throw new RangeError('not a time on a wall')
  return wall
}

const dayTexts = new Map<number, string>()
const timeTexts = new Map<number, string>()

function kept(texts: Map<number, string>, key: number, make: () => string): string {
  let text = texts.get(key)
  if (text === undefined) {
    // Lists of sessions ask for the same few thousand days and the same few times over and over.
    if (texts.size > 20_000) texts.clear()
    text = make()
    texts.set(key, text)
  }
  return text
}

/** "2026-01-13" */
export const dayText = (day: number): string =>
  kept(dayTexts, day, () => new Date(day * DAY).toISOString().slice(0, -14))

/** "2026-01-13T15:00:00" */
export function wallText(wall: number): string {
  const day = Math.floor(wall / DAY)
  const time = wall - day * DAY
  return dayText(day) + kept(timeTexts, time, () => new Date(time).toISOString().slice(10, 19))
}

/** Null where the month has no such day. Month 1 to 12. */
export function dayNumber(year: number, month: number, date: number): number | null {
  const at = new Date(0)
  at.setUTCFullYear(year, month - 1, date)
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === date ? at.getTime() / DAY : null
}

/** 0 is Monday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7

/** Month 1 to 12. */
export function dateOf(day: number): { year: number; month: number; date: number } {
  const at = new Date(day * DAY)
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, date: at.getUTCDate() }
}

export const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31

export const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** `Date.UTC` takes the years 0 to 99 for 1900 to 1999. */
export const startOfYear = (year: number): number => (dayNumber(year, 1, 1) ?? 0) * DAY
