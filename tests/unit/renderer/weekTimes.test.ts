import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import type { SessionView } from '../../../src/shared/contract/sessions.ts'
import { hoursOf, openingHour } from '../../../src/renderer/features/schedule/week/weekTimes.ts'

const ZONE = 'America/New_York'
const WEEK = Temporal.PlainDate.from('2026-01-11')
const at = (wall: string): number => Temporal.PlainDateTime.from(wall).toZonedDateTime(ZONE).epochMilliseconds
const sessions = (...walls: string[]): SessionView[] =>
  walls.map((wall) => ({ startsAt: at(wall), endsAt: at(wall) + 3_600_000 }) as SessionView)

test.each([
  ['an hour before now where today is in it', '2026-01-13T14:20', ['2026-01-12T09:00'], 13],
  ['midnight where there is no hour before', '2026-01-13T00:20', ['2026-01-12T09:00'], 0],
  ['the first session of another week', '2026-02-13T14:20', ['2026-01-12T11:00', '2026-01-13T10:15'], 10],
  [
    'not one in the night',
    '2026-02-13T14:20',
    ['2026-01-12T00:30', '2026-01-13T10:15', '2026-01-14T23:00'],
    10,
  ],
  ['the usual morning where there is nothing else', '2026-02-13T14:20', ['2026-01-12T00:30'], 8],
  ['and in an empty week', '2026-02-13T14:20', [], 8],
] as const)('a week opens at %s', (_, now, walls, hour) => {
  expect(openingHour(sessions(...walls), WEEK, at(now), ZONE)).toBe(hour)
})

test.each([
  ['eight to six', ['2026-01-12T09:00'], { from: 8, to: 18 }],
  ['what begins earlier and ends later', ['2026-01-12T06:30', '2026-01-13T19:15'], { from: 6, to: 21 }],
  ['up to midnight, and not the day after', ['2026-01-12T23:00'], { from: 8, to: 24 }],
  ['over midnight both days whole', ['2026-01-12T23:30'], { from: 0, to: 24 }],
])('the grid shows %s', (_, walls, hours) => {
  expect(hoursOf(sessions(...walls), ZONE)).toEqual(hours)
})
