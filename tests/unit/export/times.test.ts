import { expect, test } from 'vitest'
import { lengthOf } from '../../../src/main/export/words.ts'
import { paperTimes, usualSize } from '../../../src/main/export/times.ts'
import { dayIn } from '../../../src/shared/domain/wallDay.ts'

const CHICAGO = 'America/Chicago'
const summer = Date.UTC(2026, 6, 1, 19, 2, 41)
const winter = Date.UTC(2026, 0, 5, 20)

test('days and times stand in the zone of the session, with the offset that held', () => {
  const times = paperTimes('en-US')
  expect(times.longDay(summer, CHICAGO)).toBe('Wednesday, July 1, 2026')
  expect(times.time(summer, CHICAGO)).toBe('2:02 PM')
  expect(times.moment(summer, CHICAGO)).toBe('July 1, 2026, 2:02:41 PM')
  expect(times.zone(summer, CHICAGO)).toBe('America/Chicago (UTC−05:00)')
  expect(times.zone(winter, CHICAGO)).toBe('America/Chicago (UTC−06:00)')
  expect(times.zone(winter, 'Asia/Kolkata')).toBe('Asia/Kolkata (UTC+05:30)')
  expect(times.dayOf('2026-03-01')).toBe('March 1, 2026')
})

test('order and hours follow the person; the words stay English', () => {
  expect(paperTimes('en-GB').moment(summer, CHICAGO)).toBe('1 July 2026, 14:02:41')
  expect(paperTimes('de-DE').time(summer, CHICAGO)).toBe('14:02')
  expect(paperTimes('de-DE').longDay(summer, CHICAGO)).toContain('July')
})

test('without a language set, or with one that nobody knows, there are pages all the same', () => {
  for (const locale of ['C', '', 'en_US.UTF-8', 'not a locale']) {
    expect(paperTimes(locale).moment(summer, CHICAGO)).toBe('July 1, 2026, 2:02:41 PM')
    expect(usualSize('', locale)).toBe('letter')
  }
})

test('a zone that this machine does not know is shown as UTC, and says so', () => {
  const times = paperTimes('en-US')
  for (const zone of ['Mars/Base', '<b>', 'x'.repeat(64)]) {
    expect(times.time(summer, zone)).toBe('7:02 PM')
    expect(times.zone(summer, zone)).toBe('UTC')
    expect(dayIn(summer, zone)).toBe('2026-07-01')
  }
})

test('the day is the one on the wall', () => {
  const late = Date.UTC(2026, 6, 2, 4, 30)
  expect(dayIn(late, CHICAGO)).toBe('2026-07-01')
  expect(dayIn(late, 'Asia/Tokyo')).toBe('2026-07-02')
})

test('paper is the one in the printers of the region', () => {
  expect(usualSize('US', 'en-US')).toBe('letter')
  expect(usualSize('CA', 'fr-CA')).toBe('letter')
  expect(usualSize('DE', 'en-US')).toBe('a4')
  expect(usualSize('', 'en-US')).toBe('letter')
  expect(usualSize('', 'en-GB')).toBe('a4')
})

test('a delay is said in the unit that says it', () => {
  const MINUTE = 60_000
  expect(lengthOf(MINUTE)).toBe('1 minute')
  expect(lengthOf(50 * MINUTE)).toBe('50 minutes')
  expect(lengthOf(26 * 60 * MINUTE)).toBe('26 hours')
  expect(lengthOf(10 * 24 * 60 * MINUTE)).toBe('10 days')
})
