import { describe, expect, test } from 'vitest'
import { calendar, event } from '../../support/calendars/products.ts'
import { one, only, read } from '../../support/calendars/read.ts'

describe('versions and leaving out', () => {
  const start = 'DTSTART:20260105T150000Z'
  test('of one UID the highest SEQUENCE, then the later stamp, in whichever calendar of the file', () => {
    const text =
      calendar(
        ...event('UID:a', 'SUMMARY:old', 'SEQUENCE:1', start),
        ...event('UID:a', 'SUMMARY:new', 'SEQUENCE:2', start),
      ) +
      calendar(
        ...event('UID:a', 'SUMMARY:older', 'SEQUENCE:2', 'DTSTAMP:19990101T000000Z', start),
        ...event('UID:b', start),
      )
    const reading = read(text.replace('SUMMARY:new', 'SUMMARY:new\r\nDTSTAMP:20260101T000000Z'))
    expect(reading.events.map((it) => it.title)).toEqual(['new', ''])
    expect(reading.leftOut.map((it) => it.reason)).toEqual(['OLDER_VERSION', 'OLDER_VERSION'])
  })

  test('one UID for several events is no version: each is an event by its start', () => {
    const at = (title: string, day: string, ...more: string[]): string[] =>
      event('UID:a', `SUMMARY:${title}`, `DTSTART:202601${day}T150000Z`, ...more)
    const named = (...lines: string[]): string[][] =>
      read(calendar(...lines)).events.map(({ uid, title }) => [uid, title])
    expect(named(...at('Ana', '05'), ...at('Ben', '06'), ...at('Ben 2', '06'))).toEqual([
      ['a#20260105T150000Z', 'Ana'],
      ['a#20260106T150000Z', 'Ben 2'],
    ])
    // A later version, and a rule, stay what they were.
    expect(named(...at('Ana', '05'), ...at('Ben', '06', 'SEQUENCE:1'))).toEqual([['a', 'Ben']])
    expect(named(...at('Ana', '05', 'RRULE:FREQ=DAILY'), ...at('Ben', '06'))).toEqual([['a', 'Ben']])
  })

  test('a whole day is one of 23, 24 or 25 hours, and counts as 24 at most', () => {
    const day = (from: string, to: string): [string[], number[]] => {
      const reading = read(one(`DTSTART;TZID=America/New_York:${from}`, `DTEND;TZID=America/New_York:${to}`))
      return [reading.leftOut.map((it) => it.reason), reading.events.map((it) => it.arrangement.minutes)]
    }
    expect(day('20260308T000000', '20260309T000000')).toEqual([[], [23 * 60]])
    expect(day('20261101T000000', '20261102T000000')).toEqual([[], [24 * 60]])
    expect(day('20261101T000000', '20261102T003000')).toEqual([['TOO_LONG'], []])
  })

  test('METHOD:CANCEL and STATUS:CANCELLED call the whole event off', () => {
    expect(only(calendar('METHOD:CANCEL', ...event('UID:a', start))).cancelled).toBe(true)
    expect(only(one(start, 'STATUS:CANCELLED')).cancelled).toBe(true)
    expect(only(one(start)).cancelled).toBe(false)
  })

  test('without a UID the same event is the same again, and another is another', () => {
    const text = calendar(...event('SUMMARY:A', start), ...event('SUMMARY:B', start))
    const [first, second] = read(text).events
    expect(first?.uid).not.toBe(second?.uid)
    expect(read(text).events.map((it) => it.uid)).toEqual([first?.uid, second?.uid])
  })

  test.each([
    ['NO_START', ['SUMMARY:x']],
    ['NO_START', ['DTSTART:soon']],
    ['NO_START', ['DTSTART:20260231T150000Z']],
    ['ALL_DAY', ['DTSTART;VALUE=DATE:20260105']],
    ['ALL_DAY', ['DTSTART:20260105']],
    ['ALL_DAY', ['DTSTART:20260105T000000Z', 'DTEND:20260106T000000Z', 'X-MICROSOFT-CDO-ALLDAYEVENT:TRUE']],
    ['END_BEFORE_START', [start, 'DTEND:20260105T140000Z']],
    ['END_BEFORE_START', [start, 'DURATION:-PT1H']],
    ['TOO_LONG', [start, 'DTEND:20260107T140000Z']],
    ['UNKNOWN_ZONE', ['DTSTART;TZID=Mars/Olympus:20260105T150000']],
    ['RULE_UNREADABLE', [start, 'RRULE:every tuesday']],
    ['RULE_UNREADABLE', [start, 'RRULE:FREQ=WEEKLY;BYDAY=XX']],
    ['RULE_TOO_OFTEN', [start, 'RRULE:FREQ=SECONDLY']],
    ['RULE_TOO_OFTEN', [start, 'RRULE:FREQ=SECONDLY;COUNT=999999999']],
    ['NEVER_OCCURS', [start, 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30']],
    ['NEVER_OCCURS', [start, 'RRULE:FREQ=WEEKLY;UNTIL=20250101T000000Z']],
    ['NEVER_OCCURS', [start, 'EXDATE:20260105T150000Z']],
    ['EVENT_UNREADABLE', ['DTSTART:00010101T000000Z']],
    ['EVENT_UNREADABLE', ['DTSTART:99990101T000000Z']],
    ['EVENT_UNREADABLE', [start, 'DTEND:later']],
  ])('%s: %j', (reason, lines) => {
    const text = calendar(
      ...event('UID:good', start),
      ...event('UID:bad', ...lines),
      ...event('UID:fine', start),
    )
    const reading = read(text)
    expect(reading.events.map((it) => it.uid)).toEqual(['good', 'fine'])
    expect(reading.leftOut.map((it) => it.reason)).toEqual([reason])
  })

  test('the file ends in the middle of an event: what came before is taken', () => {
    const text = calendar(...event('UID:a', start), ...event('UID:b', start, 'RRULE:FREQ=WEEKLY'))
    const reading = read(text.slice(0, text.indexOf('RRULE') + 8))
    expect(reading.damaged).toBe(true)
    expect(reading.events.map((it) => it.uid)).toEqual(['a'])
    expect(reading.leftOut.map((it) => it.reason)).toEqual(['EVENT_UNREADABLE'])
  })

  test('alarms and other components do not speak for their event', () => {
    const text = one(
      start,
      'DURATION:PT1H',
      'BEGIN:VALARM',
      'DURATION:PT5M',
      'SUMMARY:alarm',
      'DTSTART:19990101T000000Z',
      'END:VALARM',
    )
    expect(only(text)).toMatchObject({
      title: 'A',
      arrangement: { starts: '2026-01-05T15:00:00', minutes: 60 },
    })
  })
})
