import { GOOGLE } from './products.ts'

const WEEK = 7 * 86_400_000
const two = (number: number): string => String(number).padStart(2, '0')

/**
 * A calendar of `count` events as Google writes them: series with exceptions and moved times among single events,
 * with descriptions and alarms. 10,000 of them are about 6 MB.
 */
export function manyEvents(count: number): string {
  const head = GOOGLE.slice(0, GOOGLE.indexOf('BEGIN:VEVENT'))
  const parts = [head]
  for (let at = 0; at < count; at++) {
    const day = new Date(Date.UTC(2018, 0, 1) + (at % 500) * WEEK + (at % 5) * 86_400_000)
    const date = `${day.getUTCFullYear()}${two(day.getUTCMonth() + 1)}${two(day.getUTCDate())}`
    const hour = two(8 + (at % 10))
    const time = (minute: string): string => `TZID=America/New_York:${date}T${hour}${minute}00`
    const series = at % 4 === 0
    const moved = at % 16 === 1
    parts.push(
      [
        'BEGIN:VEVENT',
        `DTSTART;${time('00')}`,
        `DTEND;${time('50')}`,
        ...(series ? ['RRULE:FREQ=WEEKLY;COUNT=30', `EXDATE;${time('00')}`] : []),
        ...(moved ? [`RECURRENCE-ID;${time('00')}`] : []),
        'DTSTAMP:20260101T120000Z',
        `UID:${moved ? at - 1 : at}-0123456789abcdef@google.com`,
        'CREATED:20251201T120000Z',
        `DESCRIPTION:${'Join by the link that was sent to you\\n'.repeat(6)}`,
        'LAST-MODIFIED:20251230T120000Z',
        'LOCATION:Office 2\\, first floor',
        `SEQUENCE:${at % 3}`,
        'STATUS:CONFIRMED',
        `SUMMARY:Session with Person ${at % 400} - 50 min`,
        'TRANSP:OPAQUE',
        'BEGIN:VALARM',
        'ACTION:DISPLAY',
        'DESCRIPTION:This is an event reminder',
        'TRIGGER:-P0DT0H10M0S',
        'END:VALARM',
        'END:VEVENT\r\n',
      ].join('\r\n'),
    )
  }
  return `${parts.join('')}END:VCALENDAR\r\n`
}
