import { describe, expect, test } from 'vitest'
import type { Arrangement } from '../../../src/shared/domain/calendar/arrangement.ts'
import {
  occurrences,
  OCCURRENCES_AT_MOST,
  refusalOf,
} from '../../../src/shared/domain/calendar/occurrences.ts'

const EVER = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const
const ZONE = 'America/New_York'

const arranged = (starts: string, rule: string, more: Partial<Arrangement> = {}): Arrangement => ({
  starts,
  zone: ZONE,
  minutes: 50,
  rule,
  dates: [],
  except: [],
  ...more,
})
const walls = (arrangement: Arrangement, limit = 50): string[] =>
  occurrences(arrangement, ...EVER, limit).found.map((one) => one.wall)
const days = (arrangement: Arrangement, limit = 50): string[] =>
  walls(arrangement, limit).map((wall) => wall.slice(0, 10))

describe('what people arrange', () => {
  test('once', () => {
    const one = occurrences(arranged('2026-01-13T15:00:00', ''), ...EVER, 10)
    const startsAt = Date.parse('2026-01-13T20:00:00Z')
    expect(one).toEqual({
      found: [{ wall: '2026-01-13T15:00:00', startsAt, endsAt: startsAt + 50 * 60_000 }],
      cut: false,
    })
  })

  test('every other Tuesday until June, not on 24 December', () => {
    const series = arranged('2026-12-08T15:00:00', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20270209', {
      except: ['2026-12-22'],
    })
    expect(days(series)).toEqual(['2026-12-08', '2027-01-05', '2027-01-19', '2027-02-02'])
  })

  test('three o’clock stays three o’clock', () => {
    const series = arranged('2026-03-01T15:00:00', 'FREQ=WEEKLY;COUNT=3')
    const found = occurrences(series, ...EVER, 10).found.map((one) => new Date(one.startsAt).toISOString())
    expect(found).toEqual([
      '2026-03-01T20:00:00.000Z',
      '2026-03-08T19:00:00.000Z',
      '2026-03-15T19:00:00.000Z',
    ])
  })

  test('a start in the missing hour moves forward, and only that one', () => {
    const series = arranged('2026-03-07T02:30:00', 'FREQ=DAILY;COUNT=3')
    const found = occurrences(series, ...EVER, 10).found
    expect(found.map((one) => one.wall.slice(11))).toEqual(['02:30:00', '02:30:00', '02:30:00'])
    expect(found.map((one) => new Date(one.startsAt).toISOString().slice(11, 16))).toEqual([
      '07:30',
      '07:30',
      '06:30',
    ])
  })

  test('two starts that the missing hour moves onto each other are one', () => {
    const series = arranged('2026-03-08T02:00:00', 'FREQ=DAILY;BYHOUR=2,3;COUNT=4')
    expect(walls(series)).toEqual(['2026-03-08T02:00:00', '2026-03-09T02:00:00', '2026-03-09T03:00:00'])
  })

  test.each([
    [
      'second Tuesdays',
      '2026-01-13T15:00:00',
      'FREQ=MONTHLY;BYDAY=2TU',
      ['2026-01-13', '2026-02-10', '2026-03-10'],
    ],
    [
      'last Fridays',
      '2026-01-30T15:00:00',
      'FREQ=MONTHLY;BYDAY=-1FR',
      ['2026-01-30', '2026-02-27', '2026-03-27'],
    ],
    [
      'last working days',
      '2026-01-30T15:00:00',
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
      ['2026-01-30', '2026-02-27', '2026-03-31'],
    ],
    ['the 31st', '2026-01-31T15:00:00', 'FREQ=MONTHLY', ['2026-01-31', '2026-03-31', '2026-05-31']],
    ['29 February', '2024-02-29T15:00:00', 'FREQ=YEARLY', ['2024-02-29', '2028-02-29', '2032-02-29']],
    [
      'weeks from Sunday',
      '1997-08-05T09:00:00',
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU',
      ['1997-08-05', '1997-08-17', '1997-08-19'],
    ],
    [
      'weeks from Monday',
      '1997-08-05T09:00:00',
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO',
      ['1997-08-05', '1997-08-10', '1997-08-19'],
    ],
    [
      'Thanksgiving',
      '2026-11-26T09:00:00',
      'FREQ=YEARLY;BYMONTH=11;BYDAY=4TH',
      ['2026-11-26', '2027-11-25', '2028-11-23'],
    ],
    [
      'week 20, Mondays',
      '1997-05-12T09:00:00',
      'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO',
      ['1997-05-12', '1998-05-11', '1999-05-17'],
    ],
    [
      'every 100th day of the year',
      '1997-04-10T09:00:00',
      'FREQ=YEARLY;BYYEARDAY=100',
      ['1997-04-10', '1998-04-10', '1999-04-10'],
    ],
  ])('%s', (_, starts, rule, first) => {
    expect(days(arranged(starts, rule), 3)).toEqual(first)
  })
})

describe('the first start, and the last', () => {
  test('counts though the rule does not give it, and is not of COUNT', () => {
    expect(days(arranged('2024-05-30T20:00:00', 'FREQ=WEEKLY;COUNT=3;BYDAY=WE'))).toEqual([
      '2024-05-30',
      '2024-06-05',
      '2024-06-12',
      '2024-06-19',
    ])
  })

  test('can be left out', () => {
    const series = arranged('2026-01-13T15:00:00', 'FREQ=WEEKLY;COUNT=2', { except: ['2026-01-13T15:00:00'] })
    expect(days(series)).toEqual(['2026-01-20'])
  })

  test('what is left out was counted, what is added was not; nothing twice', () => {
    const series = arranged('2026-01-13T15:00:00', 'FREQ=WEEKLY;COUNT=4', {
      except: ['2026-01-20T15:00:00', '2026-01-27T16:00:00'],
      dates: ['2026-01-14T09:00:00', '2026-01-27T15:00:00', '2025-12-30T15:00:00'],
    })
    expect(days(series)).toEqual(['2025-12-30', '2026-01-13', '2026-01-14', '2026-01-27', '2026-02-03'])
  })

  test.each([
    ['a moment in UTC, inclusive', 'UNTIL=20260127T200000Z', 3],
    ['the second before it', 'UNTIL=20260127T195959Z', 2],
    ['a time on the wall, inclusive', 'UNTIL=20260127T150000', 3],
    ['the minute before it', 'UNTIL=20260127T145959', 2],
    ['a day, all of it', 'UNTIL=20260127', 3],
    ['before the first', 'UNTIL=20260101', 0],
  ])('until %s', (_, until, count) => {
    expect(walls(arranged('2026-01-13T15:00:00', `FREQ=WEEKLY;${until}`))).toHaveLength(count)
  })
})

describe('never a hang', () => {
  const window = [Date.UTC(2026, 0), Date.UTC(2036, 0)] as const

  test('a rule without an end is bounded by window and limit', () => {
    const series = arranged('1980-01-01T09:00:00', 'FREQ=DAILY')
    expect(occurrences(series, ...window, 100_000)).toMatchObject({ cut: false, found: { length: 3652 } })
    expect(occurrences(series, ...window, 10)).toMatchObject({ cut: true, found: { length: 10 } })
    expect(occurrences(series, ...EVER, 1_000_000)).toMatchObject({ cut: true })
    expect(occurrences(series, ...window, 0)).toEqual({ found: [], cut: true })
  })

  test('100,000 instances', () => {
    const series = arranged(
      '2026-01-01T00:00:00',
      'FREQ=DAILY;BYHOUR=0,2,4,6,8,10,12,14,16,18,20,22;COUNT=200000',
    )
    const { found, cut } = occurrences(series, ...EVER, 1_000_000)
    expect([found.length, cut]).toEqual([OCCURRENCES_AT_MOST, true])
  })

  test.each([
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30,31',
    'FREQ=MONTHLY;BYMONTH=4,6,9,11;BYMONTHDAY=31',
    'FREQ=YEARLY;BYYEARDAY=366;BYWEEKNO=20',
    'FREQ=WEEKLY;BYDAY=FR;BYSETPOS=3',
    'FREQ=MONTHLY;BYDAY=MO;BYMONTHDAY=1;BYSETPOS=2;COUNT=9',
  ])('%s never occurs', (rule) => {
    expect(occurrences(arranged('2026-01-13T15:00:00', rule), ...EVER, 10).found).toEqual([])
    expect(refusalOf(arranged('2026-01-13T15:00:00', rule))).toBe('NEVER_OCCURS')
  })

  test('what never comes again says that it was not followed to its end', () => {
    const series = arranged('2026-01-13T15:00:00', 'FREQ=DAILY;INTERVAL=7;BYDAY=WE')
    expect(occurrences(series, ...EVER, 10)).toMatchObject({ cut: true, found: { length: 1 } })
  })
})

describe('what cannot be kept', () => {
  test.each([
    ['FREQ=HOURLY', 'RULE_TOO_OFTEN'],
    ['FREQ=SECONDLY;COUNT=5', 'RULE_TOO_OFTEN'],
    [
      `FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=${Array.from({ length: 60 }, (_, at) => at).join(',')}`,
      'RULE_TOO_OFTEN',
    ],
    ['FREQ=FORTNIGHTLY', 'RULE_UNREADABLE'],
    ['INTERVAL=2', 'RULE_UNREADABLE'],
    ['FREQ=WEEKLY;INTERVAL=0', 'RULE_UNREADABLE'],
    ['FREQ=WEEKLY;INTERVAL=-1', 'RULE_UNREADABLE'],
    ['FREQ=WEEKLY;COUNT=0', 'RULE_UNREADABLE'],
    ['FREQ=WEEKLY;BYDAY=XX', 'RULE_UNREADABLE'],
    ['FREQ=WEEKLY;BYDAY=2TU', 'RULE_UNREADABLE'],
    ['FREQ=WEEKLY;UNTIL=20260230', 'RULE_UNREADABLE'],
    ['FREQ=WEEKLY;FREQ=DAILY', 'RULE_UNREADABLE'],
    ['FREQ=WEEKLY;COUNT=1e9', 'RULE_UNREADABLE'],
    ['FREQ=WEEKLY\0', 'RULE_UNREADABLE'],
    [`FREQ=DAILY;BYMONTHDAY=${'1,'.repeat(100_000)}`, 'RULE_UNREADABLE'],
    ['RSCALE=CHINESE;FREQ=YEARLY', 'RULE_UNREADABLE'],
  ])('case %#', (rule, refusal) => {
    expect(refusalOf(arranged('2026-01-13T15:00:00', rule))).toBe(refusal)
    expect(() => occurrences(arranged('2026-01-13T15:00:00', rule), ...EVER, 1)).toThrow(RangeError)
  })

  test('a zone or a start that does not exist', () => {
    expect(refusalOf(arranged('2026-01-13T15:00:00', '', { zone: 'Mars/Olympus' }))).toBe('UNKNOWN_ZONE')
    expect(refusalOf(arranged('2026-02-30T15:00:00', ''))).toBe('NO_START')
    expect(refusalOf(arranged('2026-01-13T15:00:00', '', { except: ['2026-01-13T15:00:00'] }))).toBe(
      'NEVER_OCCURS',
    )
  })

  test('what real files do wrong is read all the same', () => {
    const odd = 'RRULE:freq=weekly; byday=TU;X-NOTE=1;DTSTART=20260113T150000;COUNT=2;'
    expect(days(arranged('2026-01-13T15:00:00', odd))).toEqual(['2026-01-13', '2026-01-20'])
    expect(refusalOf(arranged('2026-01-13T15:00:00', odd))).toBeNull()
  })
})
