import { expect } from 'vitest'
import { readCalendar, type ReadingOptions } from '../../../src/main/calendar/reading.ts'
import { occurrences } from '../../../src/shared/domain/calendar/occurrences.ts'
import type { CalendarReading, TakenEvent } from '../../../src/shared/domain/calendar/taken.ts'
import { calendar, event } from './products.ts'

export const NEW_YORK = { homeZone: 'America/New_York' }
export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

export function read(text: string | Uint8Array, options: ReadingOptions = NEW_YORK): CalendarReading {
  const reading = readCalendar(typeof text === 'string' ? bytes(text) : text, options)
  if ('unreadable' in reading) throw new Error(reading.unreadable)
  return reading
}

/** Every start of a year as UTC minutes, moved ones where they were moved to. */
export function starts(one: TakenEvent | undefined, year = 2026): string[] {
  if (one === undefined) throw new Error('no event')
  const from = Date.UTC(year, 0, 1)
  const to = Date.UTC(year + 1, 0, 1)
  const moved = new Map(one.overrides.map((it) => [it.occurrence, it]))
  const found = occurrences(one.arrangement, from - 40 * 86_400_000, to + 40 * 86_400_000, 5_000).found
  return found
    .flatMap(({ wall, startsAt }) => {
      const it = moved.get(wall)
      if (it === undefined) return [startsAt]
      return it.cancelled ? [] : [it.startsAt]
    })
    .filter((at) => at >= from && at < to)
    .toSorted((a, b) => a - b)
    .map((at) => new Date(at).toISOString().slice(0, 16))
}
export const only = (text: string | Uint8Array, options?: ReadingOptions): TakenEvent => {
  const { events } = read(text, options)
  expect(events).toHaveLength(1)
  return events[0] as TakenEvent
}
export const reasons = (text: string): string[] => read(text).leftOut.map((one) => one.reason)
export const one = (...lines: string[]): string => calendar(...event('UID:a', 'SUMMARY:A', ...lines))
