import type { Arrangement } from './arrangement.ts'
import { DAY, dayText, readWall, wallNumber, wallText, weekdayOf } from './walls.ts'
import { clockIn, wallOf } from './zones.ts'

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
const DAYS_OF_MONTH = ['BYMONTHDAY', 'BYMONTH', 'BYYEARDAY', 'BYWEEKNO', 'BYSETPOS']
const TIMES = ['BYHOUR', 'BYMINUTE', 'BYSECOND']

function partsOf(rule: string): Map<string, string> {
  const parts = new Map<string, string>()
  for (const part of rule.split(';')) {
    const [name = '', value = ''] = part.split('=', 2)
    if (name !== '') parts.set(name.toUpperCase(), value.toUpperCase())
  }
  return parts
}

const ruleOf = (parts: ReadonlyMap<string, string>): string =>
  [...parts].map(([name, value]) => `${name}=${value}`).join(';')

/** It goes on for ever. */
export const isEndless = (rule: string): boolean => {
  const parts = partsOf(rule)
  return rule !== '' && !parts.has('COUNT') && !parts.has('UNTIL')
}

/** Epoch milliseconds as RFC 5545 writes them: 20260630T200000Z. */
const utcStamp = (instant: number): string => new Date(instant).toISOString().replace(/[-:]|\.\d+/g, '')

/**
 * Every start by as much as from one wall to another, and `minutes` long. Null where the rule names its days in a
 * way that cannot follow (the second Tuesday, the 15th, several weekdays across the end of a week).
 */
export function shifted(a: Arrangement, from: string, to: string, minutes: number): Arrangement | null {
  const [begin, end] = [wallNumber(from), wallNumber(to)]
  const parts = partsOf(a.rule)
  const days = Math.floor(end / DAY) - Math.floor(begin / DAY)
  const time = end - begin - days * DAY
  const weekday = weekdayOf(Math.floor(begin / DAY))
  const named = parts.get('BYDAY')?.split(',') ?? []
  if (time !== 0 && TIMES.some((part) => parts.has(part))) return null
  if (days !== 0) {
    if (DAYS_OF_MONTH.some((part) => parts.has(part))) return null
    if (named.length > 0 && !dayFollows(parts, named, weekday, days)) return null
  }
  const move = (wall: string): string => {
    // A day that is left out altogether is left out whatever the time.
    if (wall.length === 10) return wall
    const at = wallNumber(wall)
    // Of several weekdays the one that was dragged goes; the others change their time of day alone.
    const goes = named.length < 2 || weekdayOf(Math.floor(at / DAY)) === weekday
    return wallText(at + time + (goes ? days * DAY : 0))
  }
  const until = parts.get('UNTIL')
  if (until !== undefined) {
    const late = shiftedUntil(until, a.zone, time + (named.length < 2 ? days : Math.max(0, days)) * DAY)
    if (late === null) return null
    parts.set('UNTIL', late)
  }
  return {
    ...a,
    starts: move(a.starts),
    minutes,
    rule: a.rule === '' ? '' : ruleOf(parts),
    dates: a.dates.map(move),
    except: a.except.map(move),
  }
}

/** Writes the weekday that follows into `parts`; false where none can. */
function dayFollows(parts: Map<string, string>, named: string[], weekday: number, days: number): boolean {
  const next = (((weekday + days) % 7) + 7) % 7
  const [old, becomes] = [DAYS[weekday] ?? '', DAYS[next] ?? '']
  if (parts.get('FREQ') !== 'WEEKLY' || !named.includes(old)) return false
  // Among several the week they stand in counts; alone, the day takes its week along.
  if (named.length > 1 && (weekday + days !== next || named.includes(becomes))) return false
  parts.set('BYDAY', named.map((day) => (day === old ? becomes : day)).join(','))
  return true
}

/** UNTIL is the last start, or a little after it: it goes along, or the last one would be lost. */
function shiftedUntil(until: string, zone: string, by: number): string | null {
  const found = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/.exec(until)
  if (found === null) return null
  const [, year, month, date, hour, minute, second, utc] = found
  const wall = readWall(`${year}-${month}-${date}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}`)
  if (wall === null) return null
  if (hour === undefined) return dayText(Math.floor((wall + by) / DAY)).replaceAll('-', '')
  if (utc === '') return wallText(wall + by).replace(/[-:]/g, '')
  const hung = wallNumber(wallOf(wall, zone)) + by
  return utcStamp(clockIn(zone)(hung))
}
