import { describe, expect, test } from 'vitest'
import { calendar, event } from '../../support/calendars/products.ts'
import { read, starts, only, reasons, one } from '../../support/calendars/read.ts'

describe('recurrence', () => {
  const weekly = ['DTSTART;TZID=America/New_York:20260105T150000', 'DURATION:PT50M']
  const days = (text: string): string[] => starts(only(text)).map((at) => at.slice(5, 10))

  test.each([
    ['UNTIL a date includes that day', 'RRULE:FREQ=WEEKLY;UNTIL=20260119', ['01-05', '01-12', '01-19']],
    [
      'UNTIL by the clock of the series',
      'RRULE:FREQ=WEEKLY;UNTIL=20260119T150000',
      ['01-05', '01-12', '01-19'],
    ],
    ['UNTIL in UTC', 'RRULE:FREQ=WEEKLY;UNTIL=20260119T200000Z', ['01-05', '01-12', '01-19']],
    ['UNTIL a second too early', 'RRULE:FREQ=WEEKLY;UNTIL=20260119T195959Z', ['01-05', '01-12']],
    ['small letters, spaces, semicolons', 'RRULE:freq=weekly; count=2;;', ['01-05', '01-12']],
    ['an interval of nothing', 'RRULE:FREQ=WEEKLY;INTERVAL=0;COUNT=2', ['01-05', '01-12']],
    ['COUNT and UNTIL, COUNT first', 'RRULE:FREQ=WEEKLY;COUNT=2;UNTIL=20260301T000000Z', ['01-05', '01-12']],
    ['COUNT and UNTIL, UNTIL first', 'RRULE:FREQ=WEEKLY;COUNT=9;UNTIL=20260112T235959Z', ['01-05', '01-12']],
    ['an ordinal in a weekly rule', 'RRULE:FREQ=WEEKLY;BYDAY=1MO;COUNT=2', ['01-05', '01-12']],
    [
      'a start that the rule does not give',
      'RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20260114',
      ['01-05', '01-06', '01-13'],
    ],
    ['a few by the hour', 'RRULE:FREQ=HOURLY;INTERVAL=24;COUNT=3', ['01-05', '01-06', '01-07']],
    ['an unknown X- part', 'RRULE:FREQ=WEEKLY;COUNT=1;X-MINE=1', ['01-05']],
  ])('%s', (_, rule, expected) => {
    expect(days(one(...weekly, rule))).toEqual(expected)
  })

  test.each([
    ['EXDATE:20260112T200000Z'],
    ['EXDATE;TZID=America/New_York:20260112T150000'],
    ['EXDATE;TZID=Europe/Berlin:20260112T210000'],
    ['EXDATE:20260112T150000'],
    ['EXDATE;VALUE=DATE:20260112'],
    ['EXDATE:20260112'],
    ['EXDATE;TZID=Nobody/Knows:20260112T150000'],
    ['EXDATE;VALUE=DATE-TIME:20260112T200000Z,20270101T000000Z'],
  ])('%s', (line) => {
    expect(days(one(...weekly, 'RRULE:FREQ=WEEKLY;COUNT=3', line))).toEqual(['01-05', '01-19'])
  })

  test('RDATE, also as a period with a length of its own, and once more what the rule gives', () => {
    const taken = only(
      one(
        ...weekly,
        'RRULE:FREQ=WEEKLY;COUNT=2',
        'RDATE;TZID=America/New_York:20260107T100000,20260112T150000',
        'RDATE;VALUE=PERIOD:20260108T150000Z/PT2H,20260109T150000Z/20260109T155000Z',
      ),
    )
    expect(starts(taken)).toEqual([
      '2026-01-05T20:00',
      '2026-01-07T15:00',
      '2026-01-08T15:00',
      '2026-01-09T15:00',
      '2026-01-12T20:00',
    ])
    expect(taken.overrides.map((it) => (it.endsAt - it.startsAt) / 60_000)).toEqual([120])
  })

  test('two rules, and a rule of exceptions', () => {
    const text = one(
      ...weekly,
      'RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3',
      'RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=2',
      'EXRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=2;BYDAY=MO',
    )
    expect(days(text)).toEqual(['01-07', '01-12', '01-14'])
  })

  const moved = (id: string, start: string, ...more: string[]): string[] =>
    event('UID:a', 'SUMMARY:A', id, start, 'DURATION:PT50M', ...more)
  const series = (...more: string[][]): string =>
    calendar(...event('UID:a', 'SUMMARY:A', ...weekly, 'RRULE:FREQ=WEEKLY;COUNT=4'), ...more.flat())

  test.each([
    ['its own zone', 'RECURRENCE-ID;TZID=America/New_York:20260112T150000'],
    ['UTC', 'RECURRENCE-ID:20260112T200000Z'],
    ['another zone', 'RECURRENCE-ID;TZID=Europe/Berlin:20260112T210000'],
    ['no zone', 'RECURRENCE-ID:20260112T150000'],
    ['a day', 'RECURRENCE-ID;VALUE=DATE:20260112'],
  ])('a time moved, named by %s', (_, id) => {
    const text = series(moved(id, 'DTSTART:20260113T160000Z'))
    expect(starts(only(text))).toEqual([
      '2026-01-05T20:00',
      '2026-01-13T16:00',
      '2026-01-19T20:00',
      '2026-01-26T20:00',
    ])
  })

  test('moved before its series stands in the file, twice, the higher SEQUENCE first', () => {
    const text = calendar(
      ...moved('RECURRENCE-ID:20260112T200000Z', 'DTSTART:20260114T160000Z', 'SEQUENCE:3'),
      ...moved('RECURRENCE-ID:20260112T200000Z', 'DTSTART:20260113T160000Z', 'SEQUENCE:2'),
      ...event('UID:a', 'SUMMARY:A', ...weekly, 'RRULE:FREQ=WEEKLY;COUNT=2'),
    )
    expect(starts(only(text))).toEqual(['2026-01-05T20:00', '2026-01-14T16:00'])
    expect(reasons(text)).toEqual(['OLDER_VERSION'])
  })

  test('EXDATE takes a moved time away too', () => {
    const text = calendar(
      ...event('UID:a', 'SUMMARY:A', ...weekly, 'RRULE:FREQ=WEEKLY;COUNT=2', 'EXDATE:20260112T200000Z'),
      ...moved('RECURRENCE-ID:20260112T200000Z', 'DTSTART:20260114T160000Z'),
    )
    expect(days(text)).toEqual(['01-05'])
  })

  test('a moved time that the rule does not give is one more', () => {
    expect(days(series(moved('RECURRENCE-ID:20260115T200000Z', 'DTSTART:20260116T160000Z')))).toContain(
      '01-16',
    )
  })

  test('a time made all-day is no session any more, and said', () => {
    const text = series(event('UID:a', 'RECURRENCE-ID:20260112T200000Z', 'DTSTART;VALUE=DATE:20260112'))
    expect(days(text)).toEqual(['01-05', '01-19', '01-26'])
    expect(reasons(text)).toEqual(['ALL_DAY'])
  })

  test('moved times without their series are events by themselves', () => {
    const text = calendar(...moved('RECURRENCE-ID:20260112T200000Z', 'DTSTART:20260114T160000Z'))
    expect(starts(only(text))).toEqual(['2026-01-14T16:00'])
  })

  test.each([
    [
      'later on the day',
      'DTSTART;TZID=America/New_York:20260112T170000',
      ['01-05T20', '01-12T22', '01-19T22', '01-26T22'],
    ],
    [
      'a day later',
      'DTSTART;TZID=America/New_York:20260113T150000',
      ['01-05T20', '01-13T20', '01-20T20', '01-27T20'],
    ],
  ])('RANGE=THISANDFUTURE: %s', (_, start, expected) => {
    const text = series(
      moved('RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=America/New_York:20260112T150000', start),
    )
    const { events } = read(text)
    expect(new Set(events.map((it) => it.uid)).size).toBe(2)
    expect(events.flatMap((it) => starts(it)).map((at) => at.slice(5, 13))).toEqual(expected)
  })

  test('RANGE=THISANDFUTURE of a weekday rule without end moves its weekdays', () => {
    const text = calendar(
      ...event('UID:a', 'SUMMARY:A', ...weekly, 'RRULE:FREQ=WEEKLY;BYDAY=MO'),
      ...moved(
        'RECURRENCE-ID;RANGE=THISANDFUTURE:20260112T200000Z',
        'DTSTART;TZID=America/New_York:20260114T150000',
      ),
    )
    const all = read(text).events.flatMap((it) => starts(it))
    expect(all.slice(0, 3)).toEqual(['2026-01-05T20:00', '2026-01-14T20:00', '2026-01-21T20:00'])
    expect(all.at(-1)).toBe('2026-12-30T20:00')
  })
})
