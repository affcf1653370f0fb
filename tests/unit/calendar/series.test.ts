import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Arrangement } from '../../../src/shared/domain/calendar/arrangement.ts'
import {
  endBefore,
  firstByRule,
  split,
  untilAsDay,
  untilAsInstant,
} from '../../../src/shared/domain/calendar/ending.ts'
import { occurrences } from '../../../src/shared/domain/calendar/occurrences.ts'
import { ruleFrom, rulePartsOf, type RuleParts } from '../../../src/shared/domain/calendar/ruleParts.ts'
import { wordsFor } from '../../../src/shared/domain/calendar/ruleWords.ts'
import { WEEKDAYS } from '../../../src/shared/domain/calendar/rules.ts'
import { DAY } from '../../../src/shared/domain/calendar/walls.ts'
import { instantOf } from '../../../src/shared/domain/calendar/zones.ts'
import { arrangementWith, clinicRule, RUNS, starts } from './arbitraries.ts'

const EVER = [Number.NEGATIVE_INFINITY, Date.UTC(2050, 0)] as const
const begun = (rule: string, more: Partial<Arrangement> = {}): Arrangement => ({
  starts: '2026-09-15T15:00:00',
  zone: 'America/New_York',
  minutes: 50,
  rule,
  dates: [],
  except: [],
  ...more,
})
const all = (arrangement: Arrangement | null) =>
  arrangement === null ? [] : occurrences(arrangement, ...EVER, 30_000).found

describe('a rule as a form asks for it', () => {
  const parts: fc.Arbitrary<RuleParts> = fc
    .record({
      every: fc.integer({ min: 1, max: 8 }),
      unit: fc.constantFrom('day', 'week', 'month'),
      days: fc.subarray([...WEEKDAYS], { minLength: 1 }),
      monthly: fc.constantFrom('date', 'weekday'),
      ending: fc.oneof(
        fc.constant({}),
        fc.integer({ min: 1, max: 99 }).map((count) => ({ count })),
        starts.map((wall) => ({ until: wall.slice(0, 10) })),
      ),
    })
    .map(({ every, unit, days, monthly, ending }) => ({
      every,
      unit,
      ...(unit === 'week' ? { days } : {}),
      ...(unit === 'month' ? { monthly } : {}),
      ...ending,
    }))

  test('comes back as it went in', () => {
    fc.assert(
      fc.property(parts, starts, (one, first) => {
        expect(rulePartsOf(ruleFrom(one, first), first)).toEqual(one)
      }),
    )
  })

  test.each([
    [
      { every: 2, unit: 'week', days: ['TU'], until: '2027-06-30' },
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20270630',
    ],
    [{ every: 1, unit: 'week' }, 'FREQ=WEEKLY;BYDAY=TU'],
    [{ every: 1, unit: 'month', monthly: 'weekday' }, 'FREQ=MONTHLY;BYDAY=3TU'],
    [{ every: 3, unit: 'month', count: 4 }, 'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15;COUNT=4'],
    [{ every: 1, unit: 'day' }, 'FREQ=DAILY'],
  ] as const)('case %#', (one, rule) => {
    expect(ruleFrom(one, '2026-09-15T15:00:00')).toBe(rule)
  })

  test('the last weekday of a month is the last, not the fourth or fifth', () => {
    expect(ruleFrom({ every: 1, unit: 'month', monthly: 'weekday' }, '2026-09-29T15:00:00')).toBe(
      'FREQ=MONTHLY;BYDAY=-1TU',
    )
    expect(ruleFrom({ every: 1, unit: 'month', monthly: 'weekday' }, '2026-02-24T15:00:00')).toBe(
      'FREQ=MONTHLY;BYDAY=-1TU',
    )
  })

  test('what a form cannot say it does not say', () => {
    const others = [
      'FREQ=YEARLY',
      'FREQ=MONTHLY;BYDAY=1MO,3MO',
      'FREQ=DAILY;BYDAY=MO',
      'FREQ=MONTHLY;BYDAY=2TU',
      'FREQ=X',
      'FREQ=WEEKLY;BYHOUR=9,14',
    ]
    expect(others.map((rule) => rulePartsOf(rule, '2026-09-15T15:00:00'))).toEqual(others.map(() => null))
    const nonsense: RuleParts[] = [
      { every: 0, unit: 'week' },
      { every: 1.5, unit: 'week' },
      { every: 1, unit: 'week', count: 3, until: '2027-01-01' },
      { every: 1, unit: 'week', until: '2027-02-30' },
      { every: 1, unit: 'week', count: 0 },
    ]
    for (const one of nonsense) expect(() => ruleFrom(one, '2026-09-15T15:00:00')).toThrow(RangeError)
  })
})

describe('in words', () => {
  const locale = 'en-US'

  test.each([
    [
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20270630',
      'every other Tuesday at 15:00 until Jun 30, not on Dec 24',
    ],
    [
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20270630T190000Z',
      'every other Tuesday at 15:00 until Jun 30, not on Dec 24',
    ],
    [
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20270630T185959Z',
      'every other Tuesday at 15:00 until Jun 29, not on Dec 24',
    ],
  ])('%s', (rule, words) => {
    expect(wordsFor(begun(rule, { except: ['2026-12-24T15:00:00'] }), { locale })).toBe(words)
  })

  test.each([
    ['', 'on Sep 15 at 15:00'],
    ['FREQ=WEEKLY', 'every Tuesday at 15:00'],
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'every weekday at 15:00'],
    ['FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR', 'every weekday at 15:00'],
    ['FREQ=WEEKLY;INTERVAL=3;BYDAY=TH,TU', 'every 3 weeks on Tuesday and Thursday at 15:00'],
    ['FREQ=DAILY;INTERVAL=2;COUNT=5', 'every other day at 15:00, 5 times'],
    ['FREQ=DAILY;BYHOUR=9,14;BYMINUTE=30', 'every day at 09:30 and 14:30'],
    [
      'FREQ=MONTHLY;BYDAY=3TU;UNTIL=20280101',
      'on the third Tuesday of every month at 15:00 until Jan 1, 2028',
    ],
    ['FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR', 'on the last Friday of every other month at 15:00'],
    ['FREQ=MONTHLY', 'on the 15th of every month at 15:00'],
    ['FREQ=MONTHLY;BYMONTHDAY=1,22,-1', 'on the 1st, the 22nd and the last day of every month at 15:00'],
    ['FREQ=MONTHLY;BYMONTHDAY=11,13,31', 'on the 11th, the 13th and the 31st of every month at 15:00'],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', 'on the last weekday of every month at 15:00'],
    ['FREQ=YEARLY', 'every year on Sep 15 at 15:00'],
    ['FREQ=YEARLY;BYWEEKNO=20', 'from Sep 15 by a rule of its own'],
    ['nonsense', 'from Sep 15 by a rule of its own'],
  ])('%s', (rule, words) => {
    expect(wordsFor(begun(rule), { locale })).toBe(words)
  })

  test('with the clock and the day of whoever reads it', () => {
    const series = begun('FREQ=WEEKLY;UNTIL=20270630', { dates: ['2026-10-01T10:00:00'] })
    expect(wordsFor(series, { time: () => '3:00 PM', on: '2027-07-01', locale })).toBe(
      'every Tuesday at 3:00 PM until Jun 30, 2027, also on Oct 1, 2026',
    )
  })
})

describe('ending and dividing a series', () => {
  test('both parts together are the whole', () => {
    fc.assert(
      fc.property(arrangementWith(clinicRule), fc.integer({ min: 0, max: 9000 }), (arrangement, day) => {
        const at = Date.UTC(2007, 6) + day * DAY
        const whole = all(arrangement)
        const { before, after } = split(arrangement, at)
        expect(all(before)).toEqual(whole.filter((one) => one.startsAt < at))
        expect(all(after)).toEqual(whole.filter((one) => one.startsAt >= at))
      }),
      { numRuns: RUNS || 80 },
    )
  }, 600_000)

  test('just before one of its own times', () => {
    const series = begun('FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=9')
    const at = all(series)[3]?.startsAt ?? 0
    expect(endBefore(series, at)?.rule).toBe('FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=3')
    expect(split(series, at).after).toMatchObject({
      starts: '2026-10-01T15:00:00',
      rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=6',
    })
    expect(endBefore(begun('FREQ=WEEKLY'), at)?.rule).toBe('FREQ=WEEKLY;UNTIL=20261001T185959Z')
    expect(endBefore(series, instantOf(series.starts, series.zone))).toBeNull()
    expect(split(series, Date.UTC(2040, 0)).after).toBeNull()
    expect(endBefore(begun('FREQ=WEEKLY;UNTIL=20261001'), Date.UTC(2030, 0))?.rule).toBe(
      'FREQ=WEEKLY;UNTIL=20261001',
    )
  })

  test('a last day and a last moment say the same', () => {
    fc.assert(
      fc.property(arrangementWith(clinicRule), (arrangement) => {
        const asDay = { ...arrangement, rule: untilAsDay(arrangement) }
        const back = { ...arrangement, rule: untilAsInstant(asDay) }
        expect(asDay.rule).not.toMatch(/UNTIL=\d+T/)
        expect(back.rule).not.toMatch(/UNTIL=\d+(;|$)/)
        expect(all({ ...asDay, dates: [] })).toEqual(all({ ...arrangement, dates: [] }))
        expect(all(back)).toEqual(all(asDay))
      }),
      { numRuns: RUNS || 40 },
    )
  }, 600_000)

  test('where a form begins a series', () => {
    expect(firstByRule(begun('FREQ=WEEKLY;BYDAY=TH'))).toBe('2026-09-17T15:00:00')
    expect(firstByRule(begun(''))).toBe('2026-09-15T15:00:00')
    expect(firstByRule(begun('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'))).toBeNull()
  })
})
