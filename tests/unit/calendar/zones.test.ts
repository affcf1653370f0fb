import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { elsewhere, instantOf, isZone, wallOf } from '../../../src/shared/domain/calendar/zones.ts'
import { RUNS, ZONES } from './arbitraries.ts'

const numRuns = RUNS || 250
const MINUTE = 60_000
const instants = fc
  .integer({ min: Date.UTC(1972, 0) / MINUTE, max: Date.UTC(2060, 0) / MINUTE })
  .map((minutes) => minutes * MINUTE)

/** Near a change of the clock half of the time: there is nothing to get wrong elsewhere. */
const moments = fc
  .tuple(fc.constantFrom(...ZONES), instants, fc.boolean(), fc.integer({ min: -150, max: 150 }))
  .map(([zone, instant, near, minutes]) => {
    const at = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone)
    const change = near ? at.getTimeZoneTransition('next') : null
    return { zone, instant: (change?.epochMilliseconds ?? instant) + minutes * MINUTE }
  })

test('an instant on a wall is what Temporal says', () => {
  fc.assert(
    fc.property(moments, ({ zone, instant }) => {
      const theirs = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone)
      expect(wallOf(instant, zone)).toBe(theirs.toPlainDateTime().toString({ smallestUnit: 'second' }))
    }),
    { numRuns },
  )
})

test('a wall is the instant that Temporal says, in missing and doubled hours too', () => {
  fc.assert(
    fc.property(moments, fc.integer({ min: -90, max: 90 }), ({ zone, instant }, minutes) => {
      // Moved on the wall, not in time: this is how one comes into a missing hour.
      const wall = Temporal.PlainDateTime.from(wallOf(instant, zone)).add({ minutes })
      const theirs = wall.toZonedDateTime(zone, { disambiguation: 'compatible' })
      expect(instantOf(wall.toString({ smallestUnit: 'second' }), zone)).toBe(theirs.epochMilliseconds)
    }),
    { numRuns },
  )
})

test('no zone of this machine changes its clock and changes it back between two looks', () => {
  // Two looks are five days apart, and twenty since 2012; here it is looked at every day. All zones and years in the long run.
  const all = Intl.supportedValuesOf('timeZone')
  const chosen = RUNS > 0 ? all : all.filter((_, at) => at % 120 === 7)
  const years = RUNS > 0 ? 70 : 12
  const wrong: string[] = []
  for (const zone of chosen) {
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'medium',
    })
    for (let at = Date.UTC(2040 - years, 0); at < Date.UTC(2040, 0); at += 86_400_000) {
      if (format.format(at).replace(' ', 'T') !== wallOf(at, zone)) wrong.push(`${zone} ${at}`)
    }
  }
  expect(wrong).toEqual([])
}, 300_000)

test.each([
  [
    'a missing hour moves forward by the gap',
    '2026-03-08T02:30:00',
    'America/New_York',
    '2026-03-08T07:30:00Z',
  ],
  ['of a doubled hour the first', '2026-11-01T01:30:00', 'America/New_York', '2026-11-01T05:30:00Z'],
  ['a missing half hour', '2026-10-04T02:15:00', 'Australia/Lord_Howe', '2026-10-03T15:45:00Z'],
  ['a missing day', '2011-12-30T10:00:00', 'Pacific/Apia', '2011-12-30T20:00:00Z'],
  ['midnight that is missing', '2018-11-04T00:00:00', 'America/Sao_Paulo', '2018-11-04T03:00:00Z'],
])('%s', (_, wall, zone, instant) => {
  expect(instantOf(wall, zone)).toBe(Date.parse(instant))
})

test('what is a zone', () => {
  expect(['UTC', 'Europe/Berlin', 'Asia/Kolkata'].map(isZone)).toEqual([true, true, true])
  expect(['', 'Mars/Olympus', 'W. Europe Standard Time', '../etc', '\0'].map(isZone)).toEqual(
    Array(5).fill(false),
  )
  expect(() => wallOf(0, 'Mars/Olympus')).toThrow(RangeError)
  expect(() => instantOf('2026-02-30T10:00:00', 'UTC')).toThrow(RangeError)
})

test('a client elsewhere sees both times', () => {
  const at = Date.parse('2026-01-13T20:00:00Z')
  expect(elsewhere(at, 'America/New_York', 'America/Toronto')).toBeNull()
  expect(elsewhere(at, 'America/New_York', 'Asia/Tokyo')).toEqual({
    here: '2026-01-13T15:00:00',
    there: '2026-01-14T05:00:00',
    days: 1,
  })
  expect(elsewhere(at, 'Asia/Tokyo', 'America/New_York')?.days).toBe(-1)
})
