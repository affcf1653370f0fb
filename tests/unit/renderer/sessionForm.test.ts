import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkTimes,
  defaultEnd,
  firstTimes,
  timesOf,
  withStart,
} from '../../../src/renderer/features/schedule/sessionForm.ts'

const ZONE = 'America/Chicago'
const times = { date: '2026-11-23', starts: '10:00', ends: '10:50' }

describe('the times of a session', () => {
  it('become instants in the zone', () => {
    expect(checkTimes(times, ZONE)).toEqual({
      ok: true,
      startsAt: Date.parse('2026-11-23T10:00:00-06:00'),
      endsAt: Date.parse('2026-11-23T10:50:00-06:00'),
    })
  })

  it('are refused field by field with a sentence', () => {
    const checked = checkTimes({ date: null, starts: null, ends: null }, ZONE)
    expect(checked.ok ? [] : Object.keys(checked.errors)).toEqual(['date', 'starts', 'ends'])
    const early = checkTimes({ ...times, ends: '09:00' }, ZONE)
    expect(early.ok ? '' : early.errors.ends).toBe('The end is before the start. Please set a later end.')
  })

  it('refuse an end at the start', () => {
    expect(checkTimes({ ...times, ends: times.starts }, ZONE).ok).toBe(false)
  })

  it('mean the next wall time where the clock jumps', () => {
    const checked = checkTimes({ date: '2026-03-08', starts: '02:30', ends: '03:50' }, ZONE)
    expect(checked).toMatchObject({ ok: true, startsAt: Date.parse('2026-03-08T03:30:00-05:00') })
  })

  it('come back from instants as they went', () => {
    const minute = fc.integer({ min: 0, max: 1438 })
    fc.assert(
      fc.property(minute, minute, (a, b) => {
        fc.pre(a !== b)
        const text = (n: number) =>
          `${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`
        const typed = { date: '2026-06-15', starts: text(Math.min(a, b)), ends: text(Math.max(a, b)) }
        const checked = checkTimes(typed, ZONE)
        expect(checked.ok && timesOf(checked.startsAt, checked.endsAt, ZONE)).toEqual(typed)
      }),
    )
  })
})

describe('a new session', () => {
  it('begins at the next half hour and lasts fifty minutes', () => {
    expect(firstTimes(Date.parse('2026-11-23T14:05:00-06:00'), ZONE)).toEqual({
      date: '2026-11-23',
      starts: '14:30',
      ends: '15:20',
    })
  })

  it('never ends on another day than it begins', () => {
    expect(defaultEnd('23:30')).toBe('23:59')
    expect(firstTimes(Date.parse('2026-11-23T23:50:00-06:00'), ZONE).date).toBe('2026-11-24')
  })

  it('takes along an end that nobody touched', () => {
    expect(withStart(times, '14:00', false).ends).toBe('14:50')
    expect(withStart(times, '14:00', true).ends).toBe('10:50')
  })
})
