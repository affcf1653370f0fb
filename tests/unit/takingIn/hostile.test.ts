import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withEveryOverride } from '../../../src/main/calendar/furtherDates.ts'
import { MAX_BYTES, MAX_EVENTS, MAX_LISTED } from '../../../src/main/calendar/limits.ts'
import { readCalendar } from '../../../src/main/calendar/reading.ts'
import { ianaClock } from '../../../src/main/calendar/zones/clock.ts'
import { refusalOf } from '../../../src/shared/domain/calendar/occurrences.ts'
import { LEFT_OUT } from '../../../src/shared/domain/calendar/taken.ts'
import { isZone } from '../../../src/shared/domain/calendar/zones.ts'
import { APPLE, calendar, event, GOOGLE, outlook } from '../../support/calendars/products.ts'

const options = { homeZone: 'America/New_York' }
const read = (text: string | Uint8Array) =>
  readCalendar(typeof text === 'string' ? new TextEncoder().encode(text) : text, options)
const reading = (text: string | Uint8Array) => {
  const found = read(text)
  if ('unreadable' in found) throw new Error(found.unreadable)
  return found
}
const good = event('UID:good', 'SUMMARY:Good', 'DTSTART:20260105T150000Z', 'DURATION:PT50M')

describe('no calendar', () => {
  test.each([
    ['EMPTY', ''],
    ['EMPTY', ' \r\n\t\r\n'],
    ['EMPTY', '\0\0\0\0\0\0'],
    ['NOT_A_CALENDAR', '<!doctype html><p>BEGIN:VCALENDAR'],
    ['NOT_A_CALENDAR', '{"BEGIN":"VCALENDAR"}'],
    ['NOT_A_CALENDAR', 'BEGIN:VCARD\r\nFN:A\r\nEND:VCARD\r\n'],
    ['NOT_A_CALENDAR', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
  ])('%s', (reason, text) => {
    expect(read(text)).toEqual({ unreadable: reason })
  })

  test('too big, and UTF-32', () => {
    expect(read(new Uint8Array(MAX_BYTES + 1))).toEqual({ unreadable: 'TOO_BIG' })
    expect(read(Uint8Array.of(0xff, 0xfe, 0, 0, 66, 0, 0, 0))).toEqual({ unreadable: 'ENCODING' })
  })

  test('a calendar without events is one', () => {
    expect(read(calendar())).toEqual({ name: '', events: [], leftOut: [], damaged: false })
  })
})

describe('bombs', () => {
  const beside = (...lines: string[]) => reading(calendar(...lines, ...good))
  const uids = (found: ReturnType<typeof reading>): string[] => found.events.map((one) => one.uid)

  test('NULs are taken out and told', () => {
    const found = reading(
      calendar(...good)
        .replaceAll('a', 'a\0')
        .replace('Good', 'G\0ood'),
    )
    expect(found).toMatchObject({ damaged: true, events: [{ title: 'Good' }] })
  })

  test('components inside components', () => {
    const deep = 50_000
    const nested = [...Array<string>(deep).fill('BEGIN:VEVENT'), ...Array<string>(deep).fill('END:VEVENT')]
    expect(uids(beside(nested.join('\r\n')))).toEqual(['good'])
    const other = [...Array<string>(deep).fill('BEGIN:X'), ...Array<string>(deep).fill('END:X')]
    expect(uids(beside(other.join('\r\n')))).toEqual(['good'])
    expect(uids(reading(calendar(Array<string>(deep).fill('BEGIN:X').join('\r\n'), ...good)))).toEqual([
      'good',
    ])
  })

  test('a property’s name of a megabyte, and its value', () => {
    const long = 'X'.repeat(1_000_000)
    expect(uids(beside(...event(`UID:${long}`, `${long}:1`, `DTSTART:${long}`)))).toEqual(['good'])
    expect(
      beside(...event('UID:a', `SUMMARY:${long}`, 'DTSTART:20260105T150000Z')).events[0]?.title,
    ).toHaveLength(300)
    const params = `DTSTART${';A=B'.repeat(200_000)}:20260105T150000Z`
    expect(uids(beside(...event('UID:a', params)))).toContain('good')
    const quotes = `DTSTART;TZID="${'"'.repeat(500_000)}:20260105T150000Z`
    expect(uids(beside(...event('UID:a', quotes)))).toContain('good')
  })

  test('100,000 further dates, and as many exceptions', () => {
    const dates = Array<string>(100_000).fill('20260105T150000Z').join(',')
    for (const line of [`RDATE:${dates}`, `EXDATE:${dates}`]) {
      const found = beside(...event('UID:a', 'DTSTART:20260105T150000Z', 'RRULE:FREQ=DAILY', line))
      expect(uids(found)).toEqual(['good'])
      expect(found.leftOut.map((one) => one.reason)).toEqual([
        line.length > 1_048_576 ? 'EVENT_UNREADABLE' : 'RULE_TOO_OFTEN',
      ])
    }
  })

  test('as many lines of one property', () => {
    const lines = Array<string>(100_000).fill('EXDATE:20260105T150000Z')
    expect(
      uids(beside(...event('UID:a', 'DTSTART:20260105T150000Z', 'RRULE:FREQ=DAILY', lines.join('\r\n')))),
    ).toEqual(['good'])
  })

  test('names that poison prototypes', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype']
    const lines = names.flatMap((name) =>
      event(
        `UID:${name}`,
        `SUMMARY;${name}=1;${name}="x":${name}`,
        `${name}:1`,
        `DTSTART;TZID=${name}:20260105T150000`,
      ),
    )
    const found = beside(...lines, ...names.flatMap((name) => [`BEGIN:${name}`, `END:${name}`]))
    expect(uids(found)).toEqual(['good'])
    expect(found.leftOut.map((one) => one.reason)).toEqual(names.map(() => 'UNKNOWN_ZONE'))
    expect(Object.keys(Object.prototype)).toEqual([])
    const uid = beside(...event('UID:__proto__', 'DTSTART:20260105T150000Z')).events[0]?.uid
    expect(uid).toBe('__proto__')
  })

  test('more events than anybody has: some are taken, the others counted', () => {
    const many = MAX_EVENTS + 20_000
    const text = `BEGIN:VCALENDAR\n${'BEGIN:VEVENT\nEND:VEVENT\n'.repeat(many)}END:VCALENDAR\n`
    const found = reading(text)
    expect(found.damaged).toBe(true)
    expect(found.leftOut).toHaveLength(MAX_LISTED)
    expect(MAX_LISTED + (found.unlisted ?? 0)).toBe(many)
  })

  test('two thousand moved times of a rule that counts from long ago, and a file of such rules', () => {
    const days = Array.from({ length: 2_000 }, (_, at) =>
      new Date(Date.UTC(2180, 0, 1 + at)).toISOString().slice(0, 10).replace(/-/g, ''),
    )
    const text = [
      ...event('UID:a', 'DTSTART:19900603T100000Z', 'DURATION:PT50M', 'RRULE:FREQ=DAILY;COUNT=9999999'),
      ...days.flatMap((day) =>
        event('UID:a', `RECURRENCE-ID:${day}T100000Z`, `DTSTART:${day}T110000Z`, 'DURATION:PT50M'),
      ),
      // The rule does not give this one.
      ...event('UID:a', 'RECURRENCE-ID:21800101T093000Z', 'DTSTART:21800101T110000Z', 'DURATION:PT50M'),
    ]
    const taken = beside(...text).events.find(({ uid }) => uid === 'a')
    expect(taken?.overrides).toHaveLength(2_001)
    expect(taken?.arrangement.dates).toEqual(['2180-01-01T09:30:00'])
    if (taken === undefined) throw new Error('not taken')
    const clock = ianaClock('UTC')
    if (clock === null) throw new Error('no clock')
    expect(withEveryOverride(taken, clock, { starts: 50_000 })).toBe(null)
    expect(withEveryOverride({ ...taken, overrides: [] }, clock, { starts: 0 })).not.toBe(null)
  })

  test('a zone of a thousand observances, each with a rule', () => {
    const rule = [
      'BEGIN:STANDARD',
      'DTSTART:16010101T000000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0200',
      'RRULE:FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYDAY=MO,TU,WE,TH,FR,SA,SU',
      'END:STANDARD',
    ]
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:Bomb',
      ...Array.from({ length: 1_000 }, () => rule).flat(),
      'END:VTIMEZONE',
    ]
    expect(uids(beside(...zone, ...event('UID:a', 'DTSTART;TZID=Bomb:20260105T150000')))).toContain('good')
  })

  test('rules that ask for the moon', () => {
    const rules = [
      'FREQ=DAILY;COUNT=999999999',
      'FREQ=YEARLY;INTERVAL=999999999',
      'FREQ=DAILY;BYHOUR=0,1,2,3;BYMINUTE=0,1,2,3,4,5,6,7,8,9',
      'FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYMONTH=6',
      'FREQ=DAILY;UNTIL=99991231T235959Z',
      `FREQ=WEEKLY;BYDAY=${'MO,'.repeat(10_000)}`,
    ]
    const found = beside(
      ...rules.flatMap((rule, at) => event(`UID:${at}`, 'DTSTART:20260105T150000Z', `RRULE:${rule}`)),
    )
    expect(found.events.length + found.leftOut.length).toBe(rules.length + 1)
    for (const one of found.events) expect(refusalOf(one.arrangement)).toBeNull()
  })

  test('stopping stops, and progress goes up to the end', () => {
    const many = calendar(
      ...Array.from({ length: 2_000 }, (_, at) => event(`UID:${at}`, 'DTSTART:20260105T150000Z')).flat(),
    )
    const seen: number[] = []
    const data = new TextEncoder().encode(many)
    readCalendar(data, { ...options, onProgress: (fraction) => void seen.push(fraction) })
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(seen.at(-1)).toBe(1)
    const signal = { aborted: false }
    const stop = (): void => void (signal.aborted = true)
    expect(() => readCalendar(data, { ...options, signal, onProgress: stop })).toThrow('CANCELLED')
  })
})

describe('mutations of good files', () => {
  const files = [GOOGLE, APPLE, outlook('Eastern Standard Time', 'Eastern Standard Time', true)].map((text) =>
    Buffer.from(text),
  )
  const change = fc.record({
    at: fc.nat(),
    take: fc.nat({ max: 40 }),
    put: fc.oneof(
      fc.uint8Array({ maxLength: 12 }),
      fc.constantFrom(
        ...[
          '\r\n',
          'BEGIN:VEVENT\r\n',
          'END:VEVENT\r\n',
          ';',
          ':',
          '"',
          '\r\n ',
          'RRULE:FREQ=DAILY\r\n',
          '-',
          '9999999',
          'T',
          'TZID=',
        ].map((text) => new Uint8Array(Buffer.from(text))),
      ),
    ),
  })
  const mutated = fc
    .record({ file: fc.nat({ max: files.length - 1 }), changes: fc.array(change, { maxLength: 12 }) })
    .map(({ file, changes }) => {
      let data = files[file] ?? Buffer.alloc(0)
      for (const { at, take, put } of changes) {
        const from = at % (data.length + 1)
        data = Buffer.concat([data.subarray(0, from), put, data.subarray(from + take)])
      }
      return data
    })

  test('never throw, and what is taken can be kept and expanded', () => {
    fc.assert(
      fc.property(mutated, (data) => {
        const found = read(data)
        if ('unreadable' in found) return
        const uids = found.events.map((one) => one.uid)
        expect(new Set(uids).size).toBe(uids.length)
        for (const { arrangement, overrides } of found.events) {
          expect(refusalOf(arrangement)).toBeNull()
          expect(isZone(arrangement.zone)).toBe(true)
          expect(arrangement.minutes).toBeGreaterThanOrEqual(0)
          expect(arrangement.minutes).toBeLessThanOrEqual(1440)
          for (const one of overrides) expect(one.endsAt).toBeGreaterThanOrEqual(one.startsAt)
        }
        for (const { reason } of found.leftOut) expect(LEFT_OUT).toContain(reason)
      }),
      { numRuns: 600 },
    )
  })
})
