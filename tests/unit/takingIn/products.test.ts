import { describe, expect, test } from 'vitest'
import { APPLE, calendar, event, GOOGLE, outlook } from '../../support/calendars/products.ts'
import { NEW_YORK, only, read, starts } from '../../support/calendars/read.ts'

describe('products', () => {
  test('Google: exceptions, a moved and a cancelled time, an all-day event left out', () => {
    const reading = read(GOOGLE)
    expect(reading.name).toBe('Practice')
    expect(reading.damaged).toBe(false)
    expect(reading.events.map((it) => it.uid)).toEqual(['weekly@google.com', 'once@google.com'])
    expect(reading.leftOut).toMatchObject([{ reason: 'ALL_DAY', title: 'Independence Day' }])
    const [weekly, once] = reading.events
    expect(weekly?.arrangement.zone).toBe('America/New_York')
    expect(weekly?.arrangement.minutes).toBe(50)
    expect(weekly?.description).toBe('')
    expect(starts(weekly).slice(0, 7)).toEqual([
      '2026-01-06T20:00',
      '2026-01-21T16:00',
      '2026-02-17T20:00',
      '2026-02-24T20:00',
      '2026-03-03T20:00',
      '2026-03-10T19:00',
      '2026-03-17T19:00',
    ])
    expect(starts(weekly).at(-1)).toBe('2026-06-30T19:00')
    expect(starts(once)).toEqual(['2026-01-08T14:00'])
  })

  test('details are kept when they are chosen', () => {
    const [weekly] = read(GOOGLE, { ...NEW_YORK, details: true }).events
    expect(weekly?.place).toBe('Office 2, first floor')
    expect(weekly?.description).toBe('Never stored\nunless chosen')
  })

  test.each([
    ['Eastern Standard Time', 'Eastern Standard Time', false],
    ['Eastern Standard Time', '"Eastern Standard Time"', true],
    ['(UTC-05:00) Eastern Time (US & Canada)', '"(UTC-05:00) Eastern Time (US & Canada)"', false],
    ['(UTC-05:00) Eastern Time (US & Canada)', '(UTC-05:00) Eastern Time (US & Canada)', true],
    ['(UTC-05:00) Eastern Time (US & Canada)', '(UTC-05:00) Eastern Time (US & Canada)', false],
    ['(GMT-05.00) Eastern Time (US & Canada)', '"(GMT-05.00) Eastern Time (US & Canada)"', false],
    ['(UTC-05:00) Est (É.-U. et Canada)', '"(UTC-05:00) Est (É.-U. et Canada)"', false],
    ['Customized Time Zone', 'Customized Time Zone', true],
    ['Eastern', 'Eastern', true],
    ['EST', 'EST', true],
    ['1', '1', true],
  ])('Outlook calls New York %s', (name, param, described) => {
    const taken = only(outlook(name, param, described), { homeZone: 'Europe/Berlin' })
    expect(taken.arrangement.zone).toBe('America/New_York')
    expect(starts(taken).slice(0, 5)).toEqual([
      '2026-01-05T20:00',
      '2026-02-02T20:00',
      '2026-02-16T20:00',
      '2026-03-02T20:00',
      '2026-03-16T19:00',
    ])
  })

  test.each([
    ['W. Europe Standard Time', 'Europe/Vienna', 'Europe/Vienna'],
    ['(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien', 'America/New_York', 'Europe/Berlin'],
    [
      '/softwarestudio.org/Olson_20011030_5/America/Argentina/Buenos_Aires',
      'UTC',
      'America/Argentina/Buenos_Aires',
    ],
    ['/mozilla.org/20050126_1/Europe/London', 'UTC', 'Europe/London'],
    ['tzone://Microsoft/Utc', 'America/New_York', 'UTC'],
    ['america/new_york', 'UTC', 'America/New_York'],
    ['US/Pacific', 'UTC', 'US/Pacific'],
    ['India Standard Time', 'UTC', 'Asia/Calcutta'],
    ['GMT+0200', 'UTC', 'Etc/GMT-2'],
  ])('%s at home in %s is %s', (name, homeZone, zone) => {
    const text = calendar(...event('UID:a', `DTSTART;TZID="${name}":20260105T150000`, 'DURATION:PT50M'))
    expect(only(text, { homeZone }).arrangement.zone).toBe(zone)
  })

  test('Apple: a path for a zone, a length by COUNT over the change of clocks', () => {
    const taken = only(APPLE)
    expect(taken.title).toBe('Chloé')
    expect(taken.arrangement.zone).toBe('Europe/Berlin')
    expect(starts(taken)).toEqual(['2026-03-23T15:00', '2026-03-30T14:00', '2026-04-06T14:00'])
  })

  test('a zone that no IANA zone is: every start by the file’s own clock', () => {
    const own = [
      'BEGIN:VTIMEZONE',
      'TZID:Nowhere',
      'BEGIN:STANDARD',
      'DTSTART:20000101T000000',
      'TZOFFSETFROM:+0137',
      'TZOFFSETTO:+0137',
      'RRULE:FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=1',
      'END:STANDARD',
      'BEGIN:DAYLIGHT',
      'DTSTART:20000501T000000',
      'TZOFFSETFROM:+0137',
      'TZOFFSETTO:+0237',
      'RRULE:FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1',
      'END:DAYLIGHT',
      'END:VTIMEZONE',
    ]
    const taken = only(
      calendar(
        ...own,
        ...event(
          'UID:a',
          'DTSTART;TZID=Nowhere:20260424T120000',
          'DURATION:PT1H',
          'RRULE:FREQ=WEEKLY;COUNT=3',
          'EXDATE;TZID=Nowhere:20260501T120000',
        ),
      ),
    )
    expect(starts(taken)).toEqual(['2026-04-24T10:23', '2026-05-08T09:23'])
  })

  test('several eras: the old American rules hold until 2006, and no zone is guessed from the new ones', () => {
    const eras = [
      'BEGIN:VTIMEZONE',
      'TZID:Mine',
      'BEGIN:DAYLIGHT',
      'DTSTART:19870405T020000',
      'TZOFFSETFROM:-0500',
      'TZOFFSETTO:-0400',
      'RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU;UNTIL=20060402T070000Z',
      'END:DAYLIGHT',
      'BEGIN:STANDARD',
      'DTSTART:19671029T020000',
      'TZOFFSETFROM:-0400',
      'TZOFFSETTO:-0500',
      'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20061029T060000Z',
      'END:STANDARD',
      'BEGIN:DAYLIGHT',
      'DTSTART:20070311T020000',
      'TZOFFSETFROM:-0500',
      'TZOFFSETTO:-0400',
      'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU',
      'END:DAYLIGHT',
      'BEGIN:STANDARD',
      'DTSTART:20071104T020000',
      'TZOFFSETFROM:-0400',
      'TZOFFSETTO:-0500',
      'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU',
      'END:STANDARD',
      'END:VTIMEZONE',
    ]
    const taken = only(
      calendar(
        ...eras,
        ...event('UID:a', 'DTSTART;TZID=Mine:20050329T120000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY'),
      ),
      { homeZone: 'Europe/Berlin' },
    )
    expect(taken.arrangement.zone).toBe('America/New_York')
    expect(starts(taken, 2005).slice(0, 2)).toEqual(['2005-03-29T17:00', '2005-04-05T16:00'])
    expect(starts(taken, 2026)).toContain('2026-03-10T16:00')
  })
})
