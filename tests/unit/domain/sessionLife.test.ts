import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  dueAt,
  DUE_HOURS,
  isLate,
  overAt,
  phaseOf,
  REVIEW_LEAD_MS,
  type Phase,
} from '../../../src/shared/domain/sessionLife.ts'
import type { SessionView } from '../../../src/shared/contract/sessions.ts'

type Lived = Parameters<typeof phaseOf>[0]
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const START = Date.UTC(2025, 2, 9, 7)

const instant = fc.integer({ min: START - 100 * HOUR, max: START + 100 * HOUR })
const note: fc.Arbitrary<SessionView['note']> = fc.option(
  fc.record({
    id: fc.constant('n'),
    state: fc.constantFrom('draft' as const, 'sealing' as const, 'sealed' as const),
    updatedAt: instant,
    sealedAt: fc.option(instant),
    blank: fc.boolean(),
    addenda: fc.nat(3),
  }),
)
const lived: fc.Arbitrary<Lived> = fc
  .record({
    kind: fc.constantFrom('individual' as const, 'home-visit' as const, 'contact' as const),
    startsAt: instant,
    length: fc.integer({ min: 1, max: 24 * HOUR }),
    startedAt: fc.option(instant),
    endedAt: fc.option(instant),
    status: fc.constantFrom('scheduled' as const, 'cancelled' as const, 'no-show' as const),
    note,
  })
  .map(({ length, ...rest }) => ({ ...rest, endsAt: rest.startsAt + length }))
const due = fc.integer({ min: 1, max: 168 })

/** How far along; a draft and a session still to write stand beside each other. */
const STAGE: Record<Phase, number> = {
  upcoming: 0,
  review: 1,
  'in-session': 2,
  'to-write': 3,
  draft: 3,
  overdue: 4,
  signed: 9,
  amended: 9,
  cancelled: 9,
  'no-show': 9,
}

const plain = (more: Partial<Lived> = {}): Lived => ({
  kind: 'individual',
  startsAt: START,
  endsAt: START + 50 * MINUTE,
  startedAt: null,
  endedAt: null,
  status: 'scheduled',
  note: null,
  ...more,
})

describe('phaseOf', () => {
  test('always says something known, and time alone never moves a session back', () => {
    fc.assert(
      fc.property(lived, due, fc.array(instant, { minLength: 2, maxLength: 12 }), (s, hours, clock) => {
        const phases = clock.sort((a, b) => a - b).map((now) => phaseOf(s, now, hours))
        const stages = phases.map((phase) => STAGE[phase])
        expect(stages.every((stage) => stage !== undefined)).toBe(true)
        expect(stages).toEqual([...stages].sort((a, b) => a - b))
      }),
      { numRuns: 500 },
    )
  })

  test('asks about nothing but instants: a shift of everything by any amount changes nothing', () => {
    // So neither a change to summer time nor another zone can: neither is handed in.
    fc.assert(
      fc.property(
        lived,
        due,
        instant,
        fc.integer({ min: -500 * HOUR, max: 500 * HOUR }),
        (s, hours, now, by) => {
          const moved: Lived = {
            ...s,
            startsAt: s.startsAt + by,
            endsAt: s.endsAt + by,
            startedAt: s.startedAt === null ? null : s.startedAt + by,
            endedAt: s.endedAt === null ? null : s.endedAt + by,
          }
          expect(phaseOf(moved, now + by, hours)).toBe(phaseOf(s, now, hours))
        },
      ),
    )
  })

  test('across the night of 9 March 2025 in Chicago the ten minutes are ten minutes', () => {
    const start = Date.UTC(2025, 2, 9, 8, 5) // 03:05 CDT, five minutes after 01:59 CST was followed by 03:00
    const s = plain({ startsAt: start, endsAt: start + HOUR })
    expect(phaseOf(s, start - 11 * MINUTE)).toBe('upcoming')
    expect(phaseOf(s, start - 10 * MINUTE)).toBe('review')
  })

  test('a contact is to be written from the moment it exists', () => {
    fc.assert(
      fc.property(lived, due, (s, hours) => {
        const contact: Lived = { ...s, kind: 'contact', status: 'scheduled', endedAt: null, note: null }
        expect(phaseOf(contact, contact.startsAt, hours)).toBe('to-write')
      }),
    )
  })

  test('without Start and End the clock alone moves it on; every border is where it is said to be', () => {
    const s = plain()
    const at = (offset: number): Phase => phaseOf(s, START + offset)
    expect(at(-REVIEW_LEAD_MS - 1)).toBe('upcoming')
    expect(at(-REVIEW_LEAD_MS)).toBe('review')
    expect(at(-1)).toBe('review')
    expect(at(0)).toBe('in-session')
    expect(at(50 * MINUTE - 1)).toBe('in-session')
    expect(at(50 * MINUTE)).toBe('to-write')
    expect(at(50 * MINUTE + DUE_HOURS * HOUR - 1)).toBe('to-write')
    expect(at(50 * MINUTE + DUE_HOURS * HOUR)).toBe('overdue')
  })

  test('Start begins it early and End ends it early; a running one is over at its scheduled end all the same', () => {
    expect(phaseOf(plain({ startedAt: START - 20 * MINUTE }), START - 15 * MINUTE)).toBe('in-session')
    expect(phaseOf(plain({ endedAt: START + 5 * MINUTE }), START + 6 * MINUTE)).toBe('to-write')
    expect(phaseOf(plain({ startedAt: START }), START + 51 * MINUTE)).toBe('to-write')
  })

  test('a note decides only once it says something: a blank draft is still to write, a signed one is signed at any time', () => {
    const draft = { id: 'n', state: 'draft' as const, updatedAt: 0, sealedAt: null, blank: true, addenda: 0 }
    const after = START + HOUR
    expect(phaseOf(plain({ note: draft }), after)).toBe('to-write')
    expect(phaseOf(plain({ note: { ...draft, blank: false } }), after)).toBe('draft')
    expect(phaseOf(plain({ note: { ...draft, blank: false } }), after + 30 * HOUR)).toBe('overdue')
    expect(phaseOf(plain({ note: { ...draft, blank: false } }), START + 1)).toBe('in-session')
    for (const now of [0, START, after, after + 1000 * HOUR]) {
      expect(phaseOf(plain({ note: { ...draft, state: 'sealing' } }), now)).toBe('signed')
      expect(phaseOf(plain({ note: { ...draft, state: 'sealed' } }), now)).toBe('signed')
      expect(phaseOf(plain({ note: { ...draft, state: 'sealed', addenda: 1 } }), now)).toBe('amended')
    }
  })

  test('what was called off stays called off', () => {
    fc.assert(
      fc.property(lived, instant, (s, now) => {
        expect(phaseOf({ ...s, status: 'cancelled' }, now)).toBe('cancelled')
        expect(phaseOf({ ...s, status: 'no-show' }, now)).toBe('no-show')
      }),
    )
  })
})

describe('isLate', () => {
  test('is late after the threshold and not on it, and never sooner than Today says overdue', () => {
    fc.assert(
      fc.property(lived, due, (s, hours) => {
        const over = overAt(s)
        expect(isLate(over, dueAt(s, hours), hours)).toBe(false)
        expect(isLate(over, dueAt(s, hours) + 1, hours)).toBe(true)
        const open: Lived = { ...s, status: 'scheduled', note: null }
        if (isLate(over, over + hours * HOUR + 1, hours) && s.endedAt === null) {
          expect(phaseOf(open, over + hours * HOUR + 1, hours)).toBe('overdue')
        }
      }),
    )
  })
})
