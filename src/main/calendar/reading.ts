import type {
  CalendarReading,
  LeftOut,
  TakenEvent,
  UnreadableReason,
} from '../../shared/domain/calendar/taken.ts'
import { Refusal } from '../../shared/contract/result.ts'
import { type ReadEvent, readEvent, type Unread, type Wanted } from './event.ts'
import {
  MAX_ALL_DATES,
  MAX_BYTES,
  MAX_DATES,
  MAX_FOLLOWED,
  MAX_LISTED,
  MAX_TITLE,
  MAX_WRITTEN_OUT,
  NO_SESSION,
} from './limits.ts'
import { buildSeries } from './series.ts'
import { decodeCalendar } from './text/bytes.ts'
import { type RawCalendar, readComponents } from './text/components.ts'
import { oneLine, unescaped } from './text/property.ts'
import { zoneBook } from './zones/zoneBook.ts'

export interface ReadingOptions {
  /** IANA zone of the person's own clock, for times that name none. */
  readonly homeZone: string
  /** Takes all-day events as 24 hours from midnight; left out otherwise. */
  readonly allDay?: boolean
  /** Places, descriptions and attendees too. They stay empty otherwise, and never leave the worker. */
  readonly details?: boolean
  /** 0 to 1. */
  readonly onProgress?: (fraction: number) => void
  /** Looked at every few hundred events; stopping throws Refusal CANCELLED. */
  readonly signal?: { readonly aborted: boolean }
}

export type ReadCalendar = CalendarReading | { readonly unreadable: UnreadableReason }

/**
 * What a calendar file holds, from its bytes. Never throws for what is in the file: an event that cannot be read is
 * left out with its reason and the rest is taken.
 */
export function readCalendar(bytes: Uint8Array, options: ReadingOptions): ReadCalendar {
  const step = (fraction: number): void => {
    if (options.signal?.aborted === true) throw new Refusal('CANCELLED')
    options.onProgress?.(Math.min(1, fraction))
  }
  if (bytes.length > MAX_BYTES) return { unreadable: 'TOO_BIG' }
  const decoded = decodeCalendar(bytes)
  if (typeof decoded === 'string') return { unreadable: decoded }
  step(0.1)
  const raw = readComponents(decoded.text, (fraction) => step(0.1 + fraction * 0.3))
  if (raw === null) return { unreadable: 'NOT_A_CALENDAR' }
  const { events, leftOut } = readEvents(raw, options, (fraction) => step(0.4 + fraction * 0.6))
  step(1)
  const unread = leftOut.filter(({ reason }) => !NO_SESSION.has(reason))
  const listed =
    leftOut.length <= MAX_LISTED
      ? leftOut
      : [...unread, ...leftOut.filter(({ reason }) => NO_SESSION.has(reason))]
  return {
    name: oneLine(unescaped(raw.name), MAX_TITLE),
    events,
    leftOut: listed.slice(0, MAX_LISTED),
    // Of what could not be read nothing is gone; where not all of that can be named, nothing at all is.
    damaged: decoded.damaged || raw.damaged || unread.length > MAX_LISTED,
    ...(leftOut.length + raw.further > MAX_LISTED || raw.further > 0
      ? { unlisted: Math.max(0, leftOut.length - MAX_LISTED) + raw.further }
      : {}),
  }
}

function readEvents(
  raw: RawCalendar,
  options: ReadingOptions,
  step: (fraction: number) => void,
): { events: TakenEvent[]; leftOut: LeftOut[] } {
  const book = zoneBook(raw.zones, options.homeZone, raw.zone)
  const wanted: Wanted = { allDay: options.allDay === true, details: options.details === true }
  const gathered = new Map<string, { masters: ReadEvent[]; overrides: ReadEvent[]; unread: Unread[] }>()
  const leftOut: Unread[] = []
  for (const [order, one] of raw.events.entries()) {
    if ((order & 127) === 0) step((order / raw.events.length) * 0.6)
    let read: ReadEvent | Unread
    try {
      read = readEvent(one, book, order, wanted)
    } catch {
      read = { uid: '', title: '', startsAt: null, reason: 'EVENT_UNREADABLE', recurrence: null }
    }
    const group = gathered.get(read.uid) ?? { masters: [], overrides: [], unread: [] }
    if (read.uid !== '') gathered.set(read.uid, group)
    if ('reason' in read) {
      leftOut.push(read)
      group.unread.push(read)
    } else if (read.recurrence === null) group.masters.push(read)
    else group.overrides.push(read)
  }

  const events: TakenEvent[] = []
  let done = 0
  let dates = 0
  const budget = { starts: MAX_FOLLOWED }
  for (const group of gathered.values()) {
    if ((done++ & 127) === 0) step(0.6 + (done / gathered.size) * 0.4)
    // What has a rule of its own is a series, whatever time of an older one it calls itself.
    if (group.masters.length === 0) {
      const [first] = group.overrides.filter((one) => one.rules.length > 0)
      if (first !== undefined) {
        group.overrides = group.overrides.filter((one) => one !== first)
        group.masters.push({ ...first, recurrence: null })
      }
    }
    try {
      // A file that is all dates is a bomb: its memory, not its sessions, is what it is for.
      const built = buildSeries(group, book.home, dates < MAX_ALL_DATES ? MAX_WRITTEN_OUT : 0, budget)
      leftOut.push(...built.leftOut)
      for (const taken of built.events) {
        const { arrangement, title, uid } = taken
        const many = arrangement.dates.length + arrangement.except.length
        if (many > 0 && dates + many > MAX_ALL_DATES + MAX_DATES) {
          leftOut.push({ uid, title, startsAt: null, reason: 'RULE_TOO_OFTEN', recurrence: null })
          continue
        }
        dates += many
        events.push(taken)
      }
    } catch {
      for (const { uid, title, start } of [...group.masters, ...group.overrides]) {
        leftOut.push({ uid, title, startsAt: start.instant, reason: 'EVENT_UNREADABLE', recurrence: null })
      }
    }
  }
  return {
    events,
    leftOut: leftOut.map(({ uid, title, startsAt, reason }) => ({ uid, title, startsAt, reason })),
  }
}
