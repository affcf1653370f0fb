import { describe, expect, it } from 'vitest'
import { arrangementFrom } from '../../../src/renderer/features/schedule/arrangementFrom.ts'
import { awayWords } from '../../../src/renderer/features/schedule/awayWords.ts'
import { comingExcept } from '../../../src/renderer/features/schedule/moving.ts'
import { travelText } from '../../../src/renderer/features/schedule/travelWords.ts'
import { meantStart } from '../../../src/renderer/features/schedule/week/weekTimes.ts'
import { fakeSession } from '../../support/fakeApi.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const more = { zone: 'Europe/Berlin', minutes: 50, except: [] }

describe('what is said of a session that does not take place', () => {
  const startsAt = 100 * HOUR
  const off = (told: number | null, by: 'client' | 'clinician' | 'other' | null = 'client') =>
    awayWords(fakeSession({ status: 'cancelled', startsAt, toldAt: told, cancelledBy: by }), 'client')

  it('is by whom and how late', () => {
    expect(off(startsAt - 3 * HOUR)).toBe('Cancelled by the client, 3 h before')
    expect(off(startsAt - 72 * HOUR, 'clinician')).toBe('Cancelled by me, 3 days before')
    expect(off(startsAt + 10 * MINUTE, 'other')).toBe(
      'Cancelled by somebody else, 10 min after it was to begin',
    )
    expect(off(null)).toBe('Cancelled by the client')
    expect(off(null, null)).toBe('Cancelled')
  })

  it('is nothing for one that does', () => {
    expect(awayWords(fakeSession(), 'client')).toBeNull()
    expect(awayWords(fakeSession({ status: 'no-show' }), 'student')).toBe('No-show')
  })

  it('and of the way there', () => {
    expect(travelText(fakeSession())).toBeNull()
    expect(travelText(fakeSession({ travelBefore: 20, travelAfter: 5 }))).toBe(
      'Travel 20 min there, 5 min back',
    )
  })
})

describe('what a form arranges', () => {
  it('begins on the first of the chosen weekdays', () => {
    const made = arrangementFrom({ every: 1, unit: 'week', days: ['TH'] }, '2026-01-13T15:00:00', more)
    expect(made).toMatchObject({ starts: '2026-01-15T15:00:00', rule: 'FREQ=WEEKLY;BYDAY=TH' })
  })

  it('is nothing where it makes no rule', () => {
    const parts = { every: 0, unit: 'week' } as const
    expect(arrangementFrom(parts, '2026-01-13T15:00:00', more)).toBeNull()
  })

  it('leaves whole days out, whatever the time becomes, and forgets those that are over', () => {
    const except = ['2026-12-24T15:00:00', '2026-01-06T15:00:00', '2026-12-24', '2026-11-03']
    expect(comingExcept(except, '2026-02-03T16:00:00')).toEqual(['2026-11-03', '2026-12-24'])
  })
})

describe('a block that was dragged', () => {
  const from = new Date(2026, 0, 13, 15, 0).getTime()
  const to = (day: number, hour: number, minute: number) => new Date(2026, 0, day, hour, minute).getTime()

  it('keeps its time of day where the hand went sideways', () => {
    expect(meantStart(from, to(14, 15, 5))).toBe(to(14, 15, 0))
    expect(meantStart(from, to(12, 14, 55))).toBe(to(12, 15, 0))
  })

  it('goes where it was put otherwise', () => {
    expect(meantStart(from, to(14, 15, 10))).toBe(to(14, 15, 10))
    expect(meantStart(from, to(13, 15, 5))).toBe(to(13, 15, 5))
  })
})
