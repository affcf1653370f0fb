import { createHash } from 'node:crypto'
import type { LeftOutReason } from '../../shared/domain/calendar/taken.ts'
import { EARLIEST, LATEST } from '../../shared/contract/values.ts'
import {
  LONGEST_MS,
  MAX_ATTENDEES,
  MAX_DATES,
  MAX_DESCRIPTION,
  MAX_PLACE,
  MAX_TITLE,
  MAX_UID,
} from './limits.ts'
import { untilYear } from './rule.ts'
import type { RawEvent } from './text/components.ts'
import { cleanText, oneLine, type Property, readProperty, readTimes, textOf } from './text/property.ts'
import { readDuration, readTime, type Wall } from './text/times.ts'
import { instantOf, UTC, wallOf, type ZoneClock } from './zones/clock.ts'
import type { ZoneBook } from './zones/zoneBook.ts'

/** A time with the clock that it was written by. */
export interface Moment {
  readonly wall: Wall
  readonly clock: ZoneClock
  readonly instant: number
  readonly day: boolean
  /** Neither a zone nor UTC was said: it is by the clock of whatever it belongs to. */
  readonly floating: boolean
}

/** A VEVENT, read. Which series it belongs to, and whether its rule holds, is not said yet. */
export interface ReadEvent {
  readonly uid: string
  readonly sequence: number
  readonly stamp: number
  readonly order: number
  readonly title: string
  readonly cancelled: boolean
  readonly start: Moment
  /** Milliseconds; null where neither an end nor a length stands. */
  readonly length: number | null
  readonly allDay: boolean
  readonly recurrence: Moment | null
  readonly andFollowing: boolean
  readonly rules: readonly string[]
  readonly exceptRules: readonly string[]
  readonly dates: readonly { readonly start: Moment; readonly length: number | null }[]
  readonly except: readonly Moment[]
  readonly place: string
  readonly description: string
  readonly attendees: readonly string[]
}

export interface Unread {
  readonly uid: string
  readonly title: string
  readonly startsAt: number | null
  readonly reason: LeftOutReason
  /** Which time of a series it would have been. */
  readonly recurrence: Moment | null
}

export interface Wanted {
  readonly allDay: boolean
  readonly details: boolean
}

export function readEvent(raw: RawEvent, book: ZoneBook, order: number, wanted: Wanted): ReadEvent | Unread {
  const property = (name: string): Property | null => {
    const line = raw.lines.get(name)?.[0]
    return line === undefined ? null : readProperty(line)
  }
  const times = (name: string): Property[] =>
    (raw.lines.get(name) ?? []).map(readTimes).filter((one) => one !== null)
  const summary = property('SUMMARY')
  const title = summary === null ? '' : oneLine(textOf(summary), MAX_TITLE)
  const givenUid = property('UID')?.value.trim() ?? ''
  const uid = givenUid.length > MAX_UID ? `long-${digest([givenUid])}` : givenUid
  let startsAt: number | null = null
  let recurrence: Moment | null = null
  const out = (reason: LeftOutReason): Unread => ({ uid, title, startsAt, reason, recurrence })

  const rules = unique(raw.lines.get('RRULE'))
  const idLine = times('RECURRENCE-ID')[0] ?? null
  const cancelled =
    raw.method() === 'CANCEL' || (property('STATUS')?.value.trim().toUpperCase() ?? '') === 'CANCELLED'
  // The calling off of one time needs no start of its own.
  const first = times('DTSTART').find((one) => one.value.trim() !== '') ?? (cancelled ? idLine : null)
  if (first === null) return out(raw.whole ? 'NO_START' : 'EVENT_UNREADABLE')
  const years = yearsOf(first.value, rules)
  const start = readMoment(first, first.value, book, book.floating, years)
  if (start === null) return out(raw.whole ? 'NO_START' : 'EVENT_UNREADABLE')
  if (start === 'UNKNOWN_ZONE') return out('UNKNOWN_ZONE')
  startsAt = start.instant
  if (!raw.whole || raw.cut || start.instant < EARLIEST || start.instant > LATEST - LONGEST_MS) {
    if (start.instant < EARLIEST || start.instant > LATEST) startsAt = null
    return out('EVENT_UNREADABLE')
  }
  const lenient = (one: Property, value: string): Moment | null => {
    const moment = readMoment(one, value, book, start.clock, years)
    // A zone that is nowhere described, beside a start whose zone is known.
    return moment === 'UNKNOWN_ZONE' ? readMomentBare(value, start.clock) : moment
  }

  if (idLine !== null) {
    recurrence = lenient(idLine, idLine.value)
    if (recurrence === null) return out('EVENT_UNREADABLE')
  }
  const allDay =
    start.day || flag(property('X-MICROSOFT-CDO-ALLDAYEVENT')) || flag(property('X-FUNAMBOL-ALLDAY'))
  if (allDay && !wanted.allDay) return out('ALL_DAY')
  let length = lengthOf(times('DTEND')[0] ?? null, property('DURATION'), start, lenient)
  if (length === 'EVENT_UNREADABLE') return out(length)
  if (length !== null && length < 0) return out('END_BEFORE_START')
  if (length !== null && length > LONGEST_MS) {
    // The day on which clocks go back is one day too, and counts as its 24 hours.
    if (wallOf(start.instant + length, start.clock) - start.wall > LONGEST_MS) return out('TOO_LONG')
    length = LONGEST_MS
  }

  const dates: { start: Moment; length: number | null }[] = []
  for (const one of times('RDATE')) {
    const parts = one.value.split(',', MAX_DATES + 2)
    if (dates.length + parts.length > MAX_DATES) return out('RULE_TOO_OFTEN')
    for (const part of parts) {
      const [from = '', to] = part.split('/')
      const moment = lenient(one, from)
      if (moment === null) continue
      dates.push({ start: moment, length: to === undefined ? null : periodLength(one, to, moment, lenient) })
    }
  }
  const except: Moment[] = []
  for (const one of times('EXDATE')) {
    const parts = one.value.split(/[,;]/, MAX_DATES + 2)
    if (except.length + parts.length > MAX_DATES) return out('RULE_TOO_OFTEN')
    for (const part of parts) {
      const moment = lenient(one, part)
      if (moment !== null) except.push(moment)
    }
  }
  const sequence = Number.parseInt(property('SEQUENCE')?.value ?? '', 10)
  const stamp = readTime(property('LAST-MODIFIED')?.value ?? '') ?? readTime(property('DTSTAMP')?.value ?? '')
  const place = wanted.details ? property('LOCATION') : null
  const description = wanted.details ? property('DESCRIPTION') : null
  return {
    uid: uid === '' ? madeUp(raw, title, recurrence) : uid,
    sequence: Number.isSafeInteger(sequence) && sequence > 0 ? Math.min(sequence, 2 ** 31) : 0,
    stamp: stamp === null ? 0 : stamp.wall - (stamp.offset ?? 0) * 60_000,
    order,
    title,
    cancelled,
    start,
    length,
    allDay,
    recurrence,
    andFollowing: recurrence !== null && idLine?.range === 'THISANDFUTURE',
    rules,
    exceptRules: unique(raw.lines.get('EXRULE')),
    dates,
    except,
    place: place === null ? '' : oneLine(textOf(place), MAX_PLACE),
    description: description === null ? '' : cleanText(textOf(description), MAX_DESCRIPTION),
    attendees: wanted.details ? attendeesOf(raw) : [],
  }
}

const flag = (property: Property | null): boolean => /^(?:TRUE|1)$/i.test(property?.value.trim() ?? '')

const unique = (lines: readonly string[] | undefined): string[] =>
  [...new Set((lines ?? []).map((line) => line.slice(line.indexOf(':') + 1).trim()))]
    .filter((value) => value !== '')
    .slice(0, 10)

/** The years for which a zone has to be right. Nobody arranges further ahead than the zone rules hold. */
function yearsOf(start: string, rules: readonly string[]): readonly [number, number] {
  const year = Number(/\d{4}/.exec(start)?.[0] ?? 2000)
  if (rules.length === 0) return [year, year]
  const last = Math.max(...rules.map((rule) => untilYear(rule) ?? Infinity))
  return [year, Math.max(year, Math.min(last, year + 11, 2037))]
}

function readMoment(
  property: Property,
  value: string,
  book: ZoneBook,
  floating: ZoneClock,
  years: readonly [number, number],
): Moment | null | 'UNKNOWN_ZONE' {
  const time = readTime(value)
  if (time === null) return null
  const day = time.day || (property.type === 'date' && time.wall % 86_400_000 === 0)
  if (time.offset !== null) {
    const named = property.tzid === '' ? null : book.find(property.tzid, ...years)
    const clock = named ?? (time.offset === 0 ? UTC : book.home)
    const instant = time.wall - time.offset * 60_000
    return { wall: wallOf(instant, clock), clock, instant, day, floating: false }
  }
  const clock = property.tzid === '' || day ? floating : book.find(property.tzid, ...years)
  if (clock === null) return 'UNKNOWN_ZONE'
  const instant = instantOf(time.wall, clock)
  return { wall: time.wall, clock, instant, day, floating: property.tzid === '' || day }
}

function readMomentBare(value: string, clock: ZoneClock): Moment | null {
  const time = readTime(value)
  if (time === null) return null
  return { wall: time.wall, clock, instant: instantOf(time.wall, clock), day: time.day, floating: true }
}

type Read = (property: Property, value: string) => Moment | null

function lengthOf(
  end: Property | null,
  duration: Property | null,
  start: Moment,
  read: Read,
): number | null | 'EVENT_UNREADABLE' {
  if (end !== null && end.value.trim() !== '') {
    const moment = read(end, end.value)
    if (moment === null) return 'EVENT_UNREADABLE'
    // A day given as the end of what has a time: it says nothing about the time.
    if (moment.day && !start.day && moment.wall <= start.wall) return null
    return moment.instant - start.instant
  }
  if (duration !== null && duration.value.trim() !== '') {
    const length = readDuration(duration.value)
    if (length === null) return 'EVENT_UNREADABLE'
    return lengthFrom(start, length)
  }
  return start.day ? 86_400_000 : null
}

/** Days are by the calendar, the rest is by the stopwatch (RFC 5545 3.3.6). */
const lengthFrom = (start: Moment, { days, ms }: { days: number; ms: number }): number =>
  (days === 0 ? start.instant : instantOf(start.wall + days * 86_400_000, start.clock)) + ms - start.instant

function periodLength(property: Property, to: string, start: Moment, read: Read): number | null {
  const duration = readDuration(to)
  const length =
    duration === null ? (read(property, to)?.instant ?? NaN) - start.instant : lengthFrom(start, duration)
  return length > 0 && length <= LONGEST_MS ? length : null
}

function attendeesOf(raw: RawEvent): string[] {
  const found: string[] = []
  for (const line of (raw.lines.get('ATTENDEE') ?? []).slice(0, MAX_ATTENDEES)) {
    const property = readProperty(line)
    const name = oneLine(property?.name || (property?.value ?? '').replace(/^mailto:/i, ''), MAX_TITLE)
    if (name !== '') found.push(name)
  }
  return found
}

const digest = (parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32)

/** The same event of the same file gets the same name the next time; another title or time makes another event. */
function madeUp(raw: RawEvent, title: string, recurrence: Moment | null): string {
  const of = (name: string): string => (raw.lines.get(name) ?? []).join('\n')
  // A time of a series that has no name either belongs to the series of that title; there is nothing else to go by.
  if (recurrence !== null) return `unnamed-${digest([title, 'moved', of('RECURRENCE-ID')])}`
  return `unnamed-${digest([title, of('DTSTART'), of('DTEND'), of('DURATION'), of('RRULE'), of('LOCATION')])}`
}
