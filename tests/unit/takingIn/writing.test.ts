import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCalendar } from '../../../src/main/calendar/reading.ts'
import {
  initialsOf,
  type OutgoingSession,
  writeSchedule,
} from '../../../src/main/calendar/writing/schedule.ts'
import { instantOf } from '../../../src/shared/domain/calendar/zones.ts'

const options = { now: Date.UTC(2026, 0, 1), salt: 'a salt' }
const back = (text: string) => {
  const reading = readCalendar(new TextEncoder().encode(text), { homeZone: 'Asia/Tokyo' })
  if ('unreadable' in reading) throw new Error(reading.unreadable)
  expect(reading.leftOut).toEqual([])
  expect(reading.damaged).toBe(false)
  return reading.events.map(({ uid, title, arrangement: { starts, zone, minutes } }) => {
    const startsAt = instantOf(starts, zone)
    return { uid, title, startsAt, endsAt: startsAt + minutes * 60_000 }
  })
}

const minute = fc.integer({ min: Date.UTC(1975, 0, 1) / 60_000, max: Date.UTC(2090, 0, 1) / 60_000 })
const session: fc.Arbitrary<OutgoingSession> = fc
  .record({
    id: fc.uuid(),
    start: minute,
    length: fc.integer({ min: 1, max: 1440 }),
    zone: fc.constantFrom(
      'America/New_York',
      'Europe/Berlin',
      'Africa/Casablanca',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
      'UTC',
      'Pacific/Apia',
    ),
    name: fc.string({ unit: 'grapheme', maxLength: 40 }),
  })
  .map(({ id, start, length, zone, name }) => ({
    id,
    startsAt: start * 60_000,
    endsAt: (start + length) * 60_000,
    zone,
    name,
  }))

describe('the schedule written out', () => {
  test('reads back to the same sessions', () => {
    fc.assert(
      fc.property(fc.uniqueArray(session, { maxLength: 8, selector: (one) => one.id }), (sessions) => {
        const text = writeSchedule(sessions, options)
        for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
        const plain = sessions.map(({ startsAt, endsAt, name }) => ({
          title: initialsOf(name),
          startsAt,
          endsAt,
        }))
        expect(back(text).map(({ title, startsAt, endsAt }) => ({ title, startsAt, endsAt }))).toEqual(plain)
      }),
      { numRuns: 60 },
    )
  })

  test('the file’s own VTIMEZONE says the same as IANA, wherever a reader trusts it alone', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(session, { minLength: 1, maxLength: 4, selector: (one) => one.id }),
        (sessions) => {
          const text = writeSchedule(sessions, options)
          const nameless = text.replaceAll(/TZID([=:])([A-Za-z_/]+)/g, (_, sign: string, zone: string) =>
            `TZID${sign}own ${[...zone].map((letter) => letter.charCodeAt(0)).join('')}`.slice(0, 60),
          )
          expect(back(nameless).map((one) => [one.startsAt, one.endsAt])).toEqual(
            sessions.map((one) => [one.startsAt, one.endsAt]),
          )
        },
      ),
      { numRuns: 40 },
    )
  })

  test('holds initials and nothing else, under UIDs that stay and say nothing', () => {
    const sessions = [
      {
        id: '0198c0de-0000-7000-8000-000000000001',
        startsAt: Date.UTC(2026, 5, 2, 13),
        endsAt: Date.UTC(2026, 5, 2, 14),
        zone: 'America/New_York',
        name: 'Ana María López-Vega',
      },
    ]
    const text = writeSchedule(sessions, options)
    expect(text).toContain('SUMMARY:A.M.L.V.\r\n')
    expect(text).not.toMatch(/Ana|López|0198c0de|session|client|therap/i)
    expect(back(writeSchedule(sessions, { ...options, now: options.now + 1e9 }))[0]?.uid).toBe(
      back(text)[0]?.uid,
    )
    expect(back(writeSchedule(sessions, { ...options, salt: 'another' }))[0]?.uid).not.toBe(
      back(text)[0]?.uid,
    )
  })
})
