import { createHash } from 'node:crypto'
import { basicUtc } from '../text/times.ts'
import { ianaClock, instantOf, wallOf, type ZoneClock } from '../zones/clock.ts'

/** What may be known outside of a session: when, and two letters. */
export interface OutgoingSession {
  readonly id: string
  readonly startsAt: number
  readonly endsAt: number
  readonly zone: string
  /** A client's or a group's name; only its initials are written. */
  readonly name: string
}

export interface OutgoingOptions {
  readonly now: number
  /** Random, kept with the record: UIDs are the same each time, and tell nobody which session is meant. */
  readonly salt: string
}

const DAY = 86_400_000

/** "Ana María López" → "A.M.L."; what has no letters gives nothing. */
export function initialsOf(name: string): string {
  const letters = name
    .normalize('NFC')
    .split(/[\s-]+/u)
    .map((word) => /\p{L}\p{M}*/u.exec(word)?.[0] ?? '')
    .filter((letter) => letter !== '')
    .slice(0, 4)
  return letters
    .map((letter) => `${letter.toUpperCase()}.`)
    .join('')
    .normalize('NFC')
}

/**
 * The schedule as RFC 5545 text (UTF-8, CRLF, folded at 75 octets). Each session is an event of its own, on the
 * clock it was arranged by; one in the second of a doubled hour, which no wall can say, is written in UTC.
 */
export function writeSchedule(sessions: readonly OutgoingSession[], { now, salt }: OutgoingOptions): string {
  const spans = new Map<string, { clock: ZoneClock; from: number; to: number }>()
  const events: string[] = []
  for (const { id, startsAt, endsAt, zone, name } of sessions) {
    const clock = zone === 'UTC' ? null : ianaClock(zone)
    const walls = clock === null ? null : [startsAt, endsAt].map((at) => wallOf(at, clock))
    const sayable =
      clock !== null &&
      walls !== null &&
      instantOf(walls[0] ?? 0, clock) === startsAt &&
      instantOf(walls[1] ?? 0, clock) === endsAt
    if (sayable) {
      const span = spans.get(zone)
      spans.set(zone, {
        clock,
        from: Math.min(span?.from ?? startsAt, startsAt),
        to: Math.max(span?.to ?? endsAt, endsAt),
      })
    }
    const time = (property: string, at: number): string =>
      sayable
        ? `${property};TZID=${zone}:${basicUtc(wallOf(at, clock)).slice(0, -1)}`
        : `${property}:${basicUtc(at)}`
    const uid = createHash('sha256').update(`bracket/schedule\n${salt}\n${id}`).digest('hex').slice(0, 32)
    events.push(
      'BEGIN:VEVENT',
      `UID:${uid}`,
      `DTSTAMP:${basicUtc(now)}`,
      time('DTSTART', startsAt),
      time('DTEND', endsAt),
      `SUMMARY:${initialsOf(name)}`,
      'CLASS:PRIVATE',
      'END:VEVENT',
    )
  }
  const zones = [...spans].flatMap(([zone, span]) => timezone(zone, span))
  const head = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Bracket//Schedule//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
  ]
  return [...head, ...zones, ...events, 'END:VCALENDAR'].map(foldLine).join('')
}

/** Every change of the clocks that matters stands by itself: rules differ from era to era, dates do not. */
function timezone(
  zone: string,
  { clock, from, to }: { clock: ZoneClock; from: number; to: number },
): string[] {
  const first = from - 400 * DAY
  const lines = ['BEGIN:VTIMEZONE', `TZID:${zone}`]
  let before = clock.offsetAt(first)
  const observance = (wall: number, offset: number, standard: boolean): void => {
    const kind = standard ? 'STANDARD' : 'DAYLIGHT'
    lines.push(
      `BEGIN:${kind}`,
      `DTSTART:${basicUtc(wall).slice(0, -1)}`,
      `TZOFFSETFROM:${offsetText(before)}`,
      `TZOFFSETTO:${offsetText(offset)}`,
      `END:${kind}`,
    )
  }
  observance(first - (first % DAY) + before - (before % DAY), before, true)
  for (const { at, offset } of clock.changes(first, to + 2 * DAY)) {
    observance(at + before, offset, offset <= before)
    before = offset
  }
  return [...lines, 'END:VTIMEZONE']
}

function offsetText(offset: number): string {
  const seconds = Math.abs(Math.round(offset / 1000))
  const two = (number: number): string => String(Math.floor(number)).padStart(2, '0')
  const tail = seconds % 60 === 0 ? '' : two(seconds % 60)
  return `${offset < 0 ? '-' : '+'}${two(seconds / 3600)}${two((seconds / 60) % 60)}${tail}`
}

/** RFC 5545 3.1: no line longer than 75 octets, and none broken within a character. */
export function foldLine(line: string): string {
  let out = ''
  let octets = 0
  for (const sign of line) {
    const size = Buffer.byteLength(sign)
    if (octets + size > 75) {
      out += '\r\n '
      octets = 1
    }
    out += sign
    octets += size
  }
  return `${out}\r\n`
}
