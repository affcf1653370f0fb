import { describe, expect, test } from 'vitest'
import { readCalendar, type ReadingOptions } from '../../../src/main/calendar/reading.ts'
import { occurrences } from '../../../src/shared/domain/calendar/occurrences.ts'
import type { CalendarReading, TakenEvent } from '../../../src/shared/domain/calendar/taken.ts'
import { APPLE, calendar, event, GOOGLE, outlook } from '../../support/calendars/products.ts'

const NEW_YORK = { homeZone: 'America/New_York' }
export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

function read(text: string | Uint8Array, options: ReadingOptions = NEW_YORK): CalendarReading {
  const reading = readCalendar(typeof text === 'string' ? bytes(text) : text, options)
  if ('unreadable' in reading) throw new Error(reading.unreadable)
  return reading
}

/** Every start of a year as UTC minutes, moved ones where they were moved to. */
function starts(one: TakenEvent | undefined, year = 2026): string[] {
  if (one === undefined) throw new Error('no event')
  const from = Date.UTC(year, 0, 1)
  const to = Date.UTC(year + 1, 0, 1)
  const moved = new Map(one.overrides.map((it) => [it.occurrence, it]))
  const found = occurrences(one.arrangement, from - 40 * 86_400_000, to + 40 * 86_400_000, 5_000).found
  return found
    .flatMap(({ wall, startsAt }) => {
      const it = moved.get(wall)
      if (it === undefined) return [startsAt]
      return it.cancelled ? [] : [it.startsAt]
    })
    .filter((at) => at >= from && at < to)
    .toSorted((a, b) => a - b)
    .map((at) => new Date(at).toISOString().slice(0, 16))
}
const only = (text: string | Uint8Array, options?: ReadingOptions): TakenEvent => {
  const { events } = read(text, options)
  expect(events).toHaveLength(1)
  return events[0] as TakenEvent
}
const reasons = (text: string): string[] => read(text).leftOut.map((one) => one.reason)
const one = (...lines: string[]): string => calendar(...event('UID:a', 'SUMMARY:A', ...lines))

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

describe('bytes as they come', () => {
  const plain = GOOGLE
  const expected = read(plain)
  const utf16 = (text: string, big: boolean, mark: boolean): Uint8Array => {
    const buffer = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le')
    return big ? buffer.swap16() : buffer
  }
  test.each([
    ['LF', bytes(plain.replaceAll('\r\n', '\n'))],
    ['CR', bytes(plain.replaceAll('\r\n', '\r'))],
    ['CR CR LF', bytes(plain.replaceAll('\r\n', '\r\r\n'))],
    ['empty lines', bytes(plain.replaceAll('\r\n', '\r\n\r\n'))],
    ['a byte order mark', bytes(`\ufeff${plain}`)],
    ['UTF-16 LE', utf16(plain, false, true)],
    ['UTF-16 BE', utf16(plain, true, true)],
    ['UTF-16 without a mark', utf16(plain, false, false)],
    ['Latin-1', new Uint8Array(Buffer.from(plain, 'latin1'))],
    ['small letters', bytes(plain.replace(/^[A-Z-]+(?=[:;])/gm, (name) => name.toLowerCase()))],
    ['spaces at the ends', bytes(plain.replaceAll('\r\n', ' \r\n'))],
    ['no VERSION', bytes(plain.replace('VERSION:2.0\r\n', ''))],
    ['indented', bytes(plain.replaceAll('\r\n', '\r\n    '))],
    [
      'no calendar around',
      bytes(plain.slice(plain.indexOf('BEGIN:VTIMEZONE'), plain.lastIndexOf('END:VCALENDAR'))),
    ],
  ])('%s', (_, data) => {
    expect(read(data).events).toEqual(expected.events)
  })

  test('folded every 10 octets, also in the middle of a character, by space or tab', () => {
    const data = bytes(plain)
    const out: number[] = []
    let since = 0
    for (const byte of data) {
      if (byte === 13 || byte === 10) since = 0
      else if (since === 10) {
        out.push(13, 10, out.length % 2 === 0 ? 32 : 9)
        since = 0
      }
      out.push(byte)
      since += byte === 13 || byte === 10 ? 0 : 1
    }
    expect(read(Uint8Array.from(out)).events).toEqual(expected.events)
  })

  test('a text with real ends of lines in it, and a line of 20,000', () => {
    const text = one(
      'DTSTART:20260105T150000Z',
      'DURATION:PT50M',
      `DESCRIPTION:${'x'.repeat(20_000)}`,
      'LOCATION:Here',
      'and there',
    )
    const [taken] = read(text, { ...NEW_YORK, details: true }).events
    expect(taken?.place).toBe('Here and there')
    expect(taken?.description).toHaveLength(10_000)
  })

  test('one Latin-1 line in a file of UTF-8', () => {
    const text = calendar(
      ...event('UID:a', 'SUMMARY:Zoë', 'DTSTART:20260105T150000Z'),
      ...event('UID:b', 'SUMMARY:@@', 'DTSTART:20260105T150000Z'),
    )
    const data = Buffer.from(text)
    data[data.indexOf('@@')] = 0xe9
    data[data.indexOf('@')] = 0xe8
    expect(read(data).events.map((it) => it.title)).toEqual(['Zoë', 'éè'])
  })
})

describe('times', () => {
  test.each([
    ['DTSTART:20260105T150000Z', '2026-01-05T15:00', 'UTC'],
    ['DTSTART:20260105T150000', '2026-01-05T20:00', 'America/New_York'],
    ['DTSTART:20260105T1500', '2026-01-05T20:00', 'America/New_York'],
    ['DTSTART:2026-01-05T15:00:00Z', '2026-01-05T15:00', 'UTC'],
    ['DTSTART:2026-01-05T15:00:00+02:00', '2026-01-05T13:00', 'America/New_York'],
    ['DTSTART;TZID=Europe/Berlin:20260105T150000', '2026-01-05T14:00', 'Europe/Berlin'],
    ['DTSTART;TZID=Europe/Berlin:20260105T150000Z', '2026-01-05T15:00', 'Europe/Berlin'],
    ['DTSTART;VALUE=DATE-TIME;TZID=Europe/Berlin:20260105T150000', '2026-01-05T14:00', 'Europe/Berlin'],
    ['DTSTART;TZID=America/New_York:20260308T023000', '2026-03-08T07:30', 'America/New_York'],
    ['DTSTART;TZID=America/New_York:20261101T013000', '2026-11-01T05:30', 'America/New_York'],
    ['DTSTART:20260105T235960Z', '2026-01-05T23:59', 'UTC'],
  ])('%s', (line, at, zone) => {
    const taken = only(one(line, 'DURATION:PT50M'))
    expect(starts(taken)).toEqual([at])
    expect(taken.arrangement.zone).toBe(zone)
  })

  test.each([
    [['DTEND:20260105T155000Z'], 50],
    [['DTEND;TZID=Europe/Berlin:20260105T165000'], 50],
    [['DURATION:PT1H30M'], 90],
    [['DURATION:P1D'], 1440],
    [['DURATION:+PT45M'], 45],
    [['DURATION:PT30S'], 1],
    [['DTEND:20260105T160000Z', 'DURATION:PT45M'], 60],
    [[], 0],
    [['DTEND:20260105T150000Z'], 0],
  ])('lasts by %j: %i', (lines, minutes) => {
    expect(only(one('DTSTART:20260105T150000Z', ...lines)).arrangement.minutes).toBe(minutes)
  })

  test('floating times are by the calendar’s own zone before the person’s', () => {
    const text = calendar(
      'X-WR-TIMEZONE:Asia/Tokyo',
      ...event('UID:a', 'DTSTART:20260105T150000', 'DURATION:PT1H'),
    )
    expect(starts(only(text))).toEqual(['2026-01-05T06:00'])
  })

  test('all-day events are taken when chosen', () => {
    const taken = only(one('DTSTART;VALUE=DATE:20260105', 'DTEND;VALUE=DATE:20260106'), {
      ...NEW_YORK,
      allDay: true,
    })
    expect(starts(taken)).toEqual(['2026-01-05T05:00'])
    expect(taken.arrangement.minutes).toBe(1440)
  })
})

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
