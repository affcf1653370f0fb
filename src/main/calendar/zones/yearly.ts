import { daysIn, readTime, wallAt, type Wall } from '../text/times.ts'

const DAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']
const DAY = 86_400_000

/**
 * The days on which clocks change by a rule of a VTIMEZONE, as walls from year to year. Such rules are yearly and of
 * few shapes; what is of no such shape gives null.
 */
export function yearly(
  rule: string,
  start: Wall,
  from: number,
  to: number,
  most: number,
): { walls: Wall[]; until: number | null } | null {
  const parts = new Map<string, string>()
  for (const part of rule.toUpperCase().replace(/\s+/g, '').split(';')) {
    const [key, value] = part.split('=')
    if (key !== undefined && value !== undefined) parts.set(key, value)
  }
  if (parts.get('FREQ') !== 'YEARLY' || parts.has('BYWEEKNO') || parts.has('BYYEARDAY')) return null
  const first = new Date(start)
  const startYear = first.getUTCFullYear()
  const time = start - wallAt(startYear, first.getUTCMonth() + 1, first.getUTCDate())
  const interval = Math.max(1, Number(parts.get('INTERVAL') ?? 1) || 1)
  const count = parts.has('COUNT') ? Number(parts.get('COUNT')) || 0 : Infinity
  const until = readTime(parts.get('UNTIL') ?? '')
  const months = (parts.get('BYMONTH') ?? String(first.getUTCMonth() + 1)).split(',').slice(0, 12).map(Number)
  const days = parts.get('BYDAY')?.split(',').slice(0, 40)
  const monthDays = parts.get('BYMONTHDAY')?.split(',').slice(0, 62).map(Number)
  const walls: Wall[] = []
  // Windows counts its eras from 1601; the years before those asked for only matter where they are counted.
  let year = startYear
  let given = 0
  if (count === Infinity && from > startYear)
    year = startYear + Math.floor((from - startYear) / interval) * interval
  for (; year <= to && given < count && walls.length < most; year += interval) {
    const ofYear: Wall[] = []
    for (const month of months) {
      if (!Number.isInteger(month) || month < 1 || month > 12) return null
      for (const day of daysOf(year, month, days, monthDays, first.getUTCDate()))
        ofYear.push(wallAt(year, month, day) + time)
    }
    for (const wall of ofYear.toSorted((a, b) => a - b)) {
      if (wall < start || given >= count) continue
      given += 1
      if (year >= from) walls.push(wall)
    }
  }
  // A date stands for the whole day; an instant is compared in UTC by whoever knows the offset.
  const end = until === null ? null : until.day ? until.wall + DAY - 1 : until.wall
  return { walls, until: end }
}

function daysOf(
  year: number,
  month: number,
  days: string[] | undefined,
  monthDays: number[] | undefined,
  own: number,
): number[] {
  const last = daysIn(year, month)
  const allowed = monthDays
    ?.map((day) => (day < 0 ? last + 1 + day : day))
    .filter((day) => day >= 1 && day <= last)
  if (days === undefined) return allowed ?? (own <= last ? [own] : [])
  const found: number[] = []
  for (const text of days) {
    const parsed = /^([+-]?\d+)?(SU|MO|TU|WE|TH|FR|SA)$/.exec(text)
    if (parsed === null) continue
    const weekday = DAYS.indexOf(parsed[2] ?? '')
    const all: number[] = []
    for (let day = 1; day <= last; day++)
      if (new Date(wallAt(year, month, day)).getUTCDay() === weekday) all.push(day)
    const nth = parsed[1] === undefined ? 0 : Number(parsed[1])
    const chosen =
      nth === 0 ? all : nth > 0 ? all.slice(nth - 1, nth) : all.slice(nth, nth === -1 ? undefined : nth + 1)
    found.push(...chosen.filter((day) => allowed === undefined || allowed.includes(day)))
  }
  return found
}
