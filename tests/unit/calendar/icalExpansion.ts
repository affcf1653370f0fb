import ICAL from 'ical.js'
import { Temporal } from 'temporal-polyfill'
import type { Arrangement } from '../../../src/shared/domain/calendar/arrangement.ts'

export interface Expanded {
  readonly wall: string
  readonly startsAt: number
}

const zones = new Map<string, ICAL.Timezone>()
const NOT_BEFORE = Temporal.Instant.from('2007-01-01T00:00:00Z')
const NOT_AFTER = Temporal.Instant.from('2031-01-01T00:00:00Z')

/** A VTIMEZONE with every change of the clock in it, from Temporal (which is not what zones.ts asks). */
function zoneFor(name: string): ICAL.Timezone {
  let zone = zones.get(name)
  if (zone === undefined) {
    const lines = ['BEGIN:VTIMEZONE', `TZID:${name}`]
    let at: Temporal.ZonedDateTime | null = NOT_BEFORE.toZonedDateTimeISO(name)
    lines.push(...observance('19700101T000000', at.offset, at.offset))
    let before = at.offset
    while (
      (at = at.getTimeZoneTransition('next')) !== null &&
      at.epochMilliseconds < NOT_AFTER.epochMilliseconds
    ) {
      const onset = new Date(at.epochMilliseconds + offsetOf(before)).toISOString().slice(0, 19)
      lines.push(...observance(onset.replaceAll(/[-:]/g, ''), before, at.offset))
      before = at.offset
    }
    lines.push('END:VTIMEZONE')
    zone = new ICAL.Timezone(new ICAL.Component(ICAL.parse(lines.join('\r\n'))))
    zones.set(name, zone)
  }
  return zone
}

const observance = (onset: string, from: string, to: string): string[] => [
  'BEGIN:STANDARD',
  `DTSTART:${onset}`,
  `TZOFFSETFROM:${from.replace(':', '')}`,
  `TZOFFSETTO:${to.replace(':', '')}`,
  'END:STANDARD',
]

const offsetOf = (text: string): number =>
  (text.startsWith('-') ? -1 : 1) * (Number(text.slice(1, 3)) * 60 + Number(text.slice(4, 6))) * 60_000

/** ical.js's own expansion of the event, with its own idea of the zone: all starts up to `to`, at most `most`. */
export function expandedByIcal(arrangement: Arrangement, to: number, most: number): Expanded[] {
  const zone = zoneFor(arrangement.zone)
  const time = (wall: string): ICAL.Time => {
    const read = ICAL.Time.fromDateTimeString(wall)
    read.zone = zone
    return read
  }
  const event = new ICAL.Component('vevent')
  const add = (name: string, value: ICAL.Time | ICAL.Recur): void => {
    const property = new ICAL.Property(name)
    property.setValue(value)
    event.addProperty(property)
  }
  add('dtstart', time(arrangement.starts))
  if (arrangement.rule !== '') add('rrule', ICAL.Recur.fromString(arrangement.rule))
  for (const wall of arrangement.dates) add('rdate', time(wall))
  for (const wall of arrangement.except) add('exdate', time(wall))
  const expansion = new ICAL.RecurExpansion({ component: event, dtstart: time(arrangement.starts) })
  const found: Expanded[] = []
  for (let next = expansion.next(); next; next = expansion.next()) {
    const startsAt = next.toUnixTime() * 1000
    if (startsAt >= to || found.length >= most) break
    found.push({ wall: next.toString().slice(0, 19), startsAt })
  }
  return found
}
