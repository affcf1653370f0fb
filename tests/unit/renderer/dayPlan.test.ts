import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planDay, type PlannedSession } from '../../../src/renderer/features/today/dayPlan.ts'
import { fakeSession, nextId } from '../../support/fakeApi.ts'

const MINUTE = 60_000
const at = (minute: number) => minute * MINUTE
const session = (from: number, to: number, more = {}) =>
  fakeSession({ startsAt: at(from), endsAt: at(to), ...more })
const sessionsOf = (plan: ReturnType<typeof planDay>) =>
  plan.rows.filter((row): row is PlannedSession => row.type === 'session')

describe('a day', () => {
  it('stands in the order of time, with the free time between', () => {
    const plan = planDay([session(200, 250), session(60, 110)], at(0), 24)
    expect(plan.rows.map((row) => row.type)).toEqual(['session', 'gap', 'session'])
    expect(plan.rows[1]).toEqual({ type: 'gap', from: at(110), to: at(200) })
  })

  it('shows no gap that is shorter than a review', () => {
    expect(planDay([session(0, 50), session(55, 100)], at(0), 24).rows).toHaveLength(2)
  })

  it('calls the way to a home visit, and back, not free', () => {
    const visit = session(100, 150, { kind: 'home-visit', travelBefore: 15, travelAfter: 20 })
    const { rows } = planDay([session(0, 50), visit, session(200, 250)], at(-60), 24)
    expect(rows.filter(({ type }) => type === 'gap')).toEqual([
      { type: 'gap', from: at(50), to: at(85) },
      { type: 'gap', from: at(170), to: at(200) },
    ])
  })

  it('names everybody who has the same time', () => {
    const [first] = sessionsOf(planDay([session(0, 50), session(10, 20), session(30, 40)], at(-60), 24))
    expect(first?.clashes).toHaveLength(2)
  })

  it('shows a clash on both sides', () => {
    const [first, second] = sessionsOf(planDay([session(0, 50), session(40, 90)], at(-60), 24))
    expect(first?.clashes).toEqual([second?.block])
    expect(second?.clashes).toEqual([first?.block])
  })

  it('shows a group once, with all who are in it, and as no clash with itself', () => {
    const group = { id: nextId(), name: 'Evening group', event: nextId() }
    const sessions = [
      session(0, 75, { group, status: 'cancelled' }),
      session(0, 75, { group }),
      session(0, 75, { group }),
    ]
    const rows = sessionsOf(planDay(sessions, at(-60), 24))
    expect(rows).toHaveLength(1)
    expect(rows[0]?.block.sessions).toHaveLength(3)
    expect(rows[0]?.session.status).toBe('scheduled')
    expect(rows[0]?.clashes).toEqual([])
    expect(planDay(sessions, at(80), 24).justOver?.block.title).toBe('Evening group')
  })

  it('lets a cancelled session take no time', () => {
    const plan = planDay([session(0, 50), session(10, 60, { status: 'cancelled' })], at(-60), 24)
    expect(sessionsOf(plan).map((row) => row.clashes)).toEqual([[], []])
  })

  it('offers the review from ten minutes before, not earlier', () => {
    const sessions = [session(60, 110)]
    expect(planDay(sessions, at(49), 24).next).toBeNull()
    expect(planDay(sessions, at(50), 24).next?.session).toBe(sessions[0])
    expect(planDay(sessions, at(60), 24).next).toBeNull()
  })

  it('offers the pen for the one that ended last', () => {
    const sessions = [session(0, 50), session(60, 110)]
    expect(planDay(sessions, at(111), 24).justOver?.session).toBe(sessions[1])
  })

  it('puts a contact’s end where it began', () => {
    const call = session(100, 160, { kind: 'contact' })
    expect(planDay([session(0, 101), call], at(102), 24).justOver?.session.kind).toBe('individual')
  })

  it('loses no session and never overlaps a gap with one', () => {
    const spans = fc.array(fc.tuple(fc.integer({ min: 0, max: 1400 }), fc.integer({ min: 1, max: 180 })), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(spans, fc.integer({ min: 0, max: 1500 }), (list, now) => {
        const sessions = list.map(([from, length]) => session(from, from + length))
        const plan = planDay(sessions, at(now), 24)
        expect(sessionsOf(plan)).toHaveLength(sessions.length)
        for (const gap of plan.rows) {
          if (gap.type !== 'gap') continue
          expect(sessions.some((s) => s.startsAt < gap.to && gap.from < s.endsAt)).toBe(false)
        }
      }),
    )
  })
})
