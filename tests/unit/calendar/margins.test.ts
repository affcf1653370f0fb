import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { marginsOf, type Timed } from '../../../src/shared/domain/calendar/margins.ts'

const MINUTE = 60_000
const at = (from: number, to: number, travelBefore = 0, travelAfter = 0): Timed => ({
  startsAt: from * MINUTE,
  endsAt: to * MINUTE,
  travelBefore,
  travelAfter,
})
const minutes = (sessions: Timed[], reviewMinutes = 10, writingMinutes = 10) =>
  marginsOf(sessions, { reviewMinutes, writingMinutes }).map(
    ({ kind, from, to }) => `${kind} ${from / MINUTE}-${to / MINUTE}`,
  )

describe('time around sessions', () => {
  test('ten minutes before and after one that stands alone', () => {
    expect(minutes([at(100, 150)])).toEqual(['review 90-100', 'writing 150-160'])
  })

  test('neighbours far apart each have their own', () => {
    expect(minutes([at(0, 50), at(100, 150)])).toEqual([
      'review -10-0',
      'writing 50-60',
      'review 90-100',
      'writing 150-160',
    ])
  })

  test('back-to-back neighbours share one gap, and touching ones have none', () => {
    expect(minutes([at(0, 50), at(60, 110)])).toEqual(['review -10-0', 'shared 50-60', 'writing 110-120'])
    expect(minutes([at(0, 50), at(50, 100)])).toEqual(['review -10-0', 'writing 100-110'])
  })

  test('travel lies next to the visit, review and writing outside of it', () => {
    expect(minutes([at(100, 150, 20, 15)])).toEqual([
      'review 70-80',
      'travel 80-100',
      'travel 150-165',
      'writing 165-175',
    ])
  })

  test('switched off (School), travel alone is left', () => {
    expect(minutes([at(100, 150, 20)], 0, 0)).toEqual(['travel 80-100'])
  })

  test('no margin reaches into a session or into another margin', () => {
    const session = fc
      .tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 1, max: 200 }), fc.nat(60), fc.nat(60))
      .map(([from, length, before, after]) => at(from, from + length, before, after))
    fc.assert(
      fc.property(
        fc.array(session, { maxLength: 8 }),
        fc.nat(30),
        fc.nat(30),
        (sessions, review, writing) => {
          const margins = marginsOf(sessions, { reviewMinutes: review, writingMinutes: writing })
          for (const [n, margin] of margins.entries()) {
            expect(margin.to).toBeGreaterThan(margin.from)
            for (const s of sessions) expect(margin.to <= s.startsAt || margin.from >= s.endsAt).toBe(true)
            for (const other of margins.slice(n + 1))
              expect(margin.to <= other.from || margin.from >= other.to).toBe(true)
          }
        },
      ),
    )
  })
})
