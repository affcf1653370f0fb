import { describe, expect, test } from 'vitest'
import { calendar, event, GOOGLE } from '../../support/calendars/products.ts'
import { bytes, NEW_YORK, one, only, read, starts } from '../../support/calendars/read.ts'

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
