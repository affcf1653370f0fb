import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkTimes,
  firstTimes,
  timesOf,
  withEnd,
  withStart,
} from '../../../src/renderer/features/schedule/sessionForm.ts'

const ZONE = 'America/Chicago'
const times = { date: '2026-11-23', starts: '10:00', ends: '10:50', endDays: 0 }

describe('the times of a session', () => {
  it('become instants in the zone', () => {
    expect(checkTimes(times, ZONE)).toEqual({
      ok: true,
      startsAt: Date.parse('2026-11-23T10:00:00-06:00'),
      endsAt: Date.parse('2026-11-23T10:50:00-06:00'),
    })
  })

  it('are refused field by field with a sentence', () => {
    const checked = checkTimes({ date: null, starts: null, ends: null, endDays: 0 }, ZONE)
    expect(checked.ok ? [] : Object.keys(checked.errors)).toEqual(['date', 'starts', 'ends'])
    const early = checkTimes({ ...times, ends: '09:00' }, ZONE)
    expect(early.ok ? '' : early.errors.ends).toBe('The end is before the start. Please set a later end.')
  })

  it('refuse an end at the start', () => {
    const none = checkTimes({ ...times, ends: times.starts }, ZONE)
    expect(none.ok ? '' : none.errors.ends).toContain('the same as the start')
  })

  it('mean the next wall time where the clock jumps', () => {
    const checked = checkTimes({ ...times, date: '2026-03-08', starts: '02:30', ends: '03:50' }, ZONE)
    expect(checked).toMatchObject({ ok: true, startsAt: Date.parse('2026-03-08T03:30:00-05:00') })
  })

  it('come back from instants as they went', () => {
    const minute = fc.integer({ min: 0, max: 1438 })
    fc.assert(
      fc.property(minute, minute, (a, b) => {
        fc.pre(a !== b)
        const text = (n: number) =>
          `${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`
        const [starts, ends] = [text(Math.min(a, b)), text(Math.max(a, b))]
        const typed = { date: '2026-06-15', starts, ends, endDays: 0 }
        const checked = checkTimes(typed, ZONE)
        expect(checked.ok && timesOf(checked.startsAt, checked.endsAt, ZONE)).toEqual(typed)
      }),
    )
  })
})

describe('an end before the start', () => {
  const evening = { ...times, starts: '23:30', ends: '23:45' }

  it('is meant for the next day where that makes a few hours', () => {
    const over = withEnd(evening, '00:20')
    expect(over.endDays).toBe(1)
    expect(checkTimes(over, ZONE)).toEqual({
      ok: true,
      startsAt: Date.parse('2026-11-23T23:30:00-06:00'),
      endsAt: Date.parse('2026-11-24T00:20:00-06:00'),
    })
    expect(withEnd(over, '23:50').endDays).toBe(0)
    expect(withStart(over, '00:05', null).endDays).toBe(0)
    expect(withEnd(evening, '07:30').endDays).toBe(1)
  })

  it('is a slip where it makes many: morning for afternoon, or the fields exchanged', () => {
    for (const [starts, ends] of [
      ['23:30', '07:31'],
      ['16:30', '04:20'],
      ['10:00', '09:50'],
    ] as const)
      expect(checkTimes(withEnd({ ...times, starts }, ends), ZONE).ok).toBe(false)
  })

  it('of a session that exists is the end it has', () => {
    const [startsAt, endsAt] = [
      Date.parse('2026-11-23T15:00:00-06:00'),
      Date.parse('2026-11-24T14:00:00-06:00'),
    ]
    expect(checkTimes(timesOf(startsAt, endsAt, ZONE), ZONE)).toEqual({ ok: true, startsAt, endsAt })
  })
})

describe('a new session', () => {
  it('begins at the next half hour and lasts fifty minutes', () => {
    expect(firstTimes(Date.parse('2026-11-23T14:05:00-06:00'), ZONE, 50)).toEqual({
      date: '2026-11-23',
      starts: '14:30',
      ends: '15:20',
      endDays: 0,
    })
  })

  it('late in the evening ends after midnight', () => {
    expect(firstTimes(Date.parse('2026-11-23T23:10:00-06:00'), ZONE, 50)).toEqual({
      date: '2026-11-23',
      starts: '23:30',
      ends: '00:20',
      endDays: 1,
    })
    expect(firstTimes(Date.parse('2026-11-23T23:50:00-06:00'), ZONE, 50).date).toBe('2026-11-24')
  })

  it('takes along an end that nobody touched', () => {
    expect(withStart(times, '14:00', 50).ends).toBe('14:50')
    expect(withStart(times, '14:00', null).ends).toBe('10:50')
  })
})
