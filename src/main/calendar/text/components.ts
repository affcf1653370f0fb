import { MAX_DEPTH, MAX_EVENTS, MAX_LINE } from '../limits.ts'

/** An event as it stands: its lines by property name, nothing understood yet. */
export interface RawEvent {
  readonly lines: Map<string, string[]>
  readonly method: () => string
  /** False: the file ended inside it. */
  whole: boolean
  /** A property of it was longer than any date list can be. */
  cut: boolean
}

export interface RawObservance {
  readonly lines: Map<string, string[]>
  readonly daylight: boolean
}
export interface RawZone {
  readonly lines: Map<string, string[]>
  readonly observances: RawObservance[]
}

export interface RawCalendar {
  readonly name: string
  /** X-WR-TIMEZONE, or empty. */
  readonly zone: string
  readonly events: readonly RawEvent[]
  readonly zones: readonly RawZone[]
  readonly damaged: boolean
  /** Events past the limit, which were not looked at. */
  readonly further: number
}

const OF_EVENT = new Set([
  'UID',
  'SEQUENCE',
  'DTSTAMP',
  'LAST-MODIFIED',
  'CREATED',
  'SUMMARY',
  'DTSTART',
  'DTEND',
  'DURATION',
  'RRULE',
  'EXRULE',
  'RDATE',
  'EXDATE',
  'RECURRENCE-ID',
  'STATUS',
  'LOCATION',
  'DESCRIPTION',
  'ATTENDEE',
  'ORGANIZER',
  'X-MICROSOFT-CDO-ALLDAYEVENT',
  'X-FUNAMBOL-ALLDAY',
])
const OF_ZONE = new Set(['TZID', 'X-LIC-LOCATION', 'DTSTART', 'TZOFFSETFROM', 'TZOFFSETTO', 'RRULE', 'RDATE'])
const TEXTS = new Set(['SUMMARY', 'LOCATION', 'DESCRIPTION'])
/** Repeated in one component without sense; a hostile file repeats them a million times. */
const MAX_REPEATED = 20_000
const MAX_ZONES = 500
const MAX_OBSERVANCES = 1_000

const PROPERTY = /^([A-Za-z0-9-]{1,64})[;:]/

interface Head {
  method: string
}

/** Null: no calendar and no event begins anywhere. `step` is told how far it is, 0 to 1, and may throw. */
export function readComponents(text: string, step: (fraction: number) => void): RawCalendar | null {
  if (!/(?:^|\n)[ \t]*BEGIN[ \t]*:[ \t]*(?:VCALENDAR|VEVENT)/i.test(text)) return null
  const events: RawEvent[] = []
  const zones: RawZone[] = []
  const open: string[] = []
  /** Opened beyond MAX_DEPTH: only counted. */
  let deeper = 0
  let head: Head = { method: '' }
  let name = ''
  let wide = ''
  let further = 0
  let damaged = false
  let event: RawEvent | null = null
  let zone: RawZone | null = null
  let observance: RawObservance | null = null
  let lastText: string[] | null = null

  const closeEvent = (whole: boolean): void => {
    if (event !== null && !whole) event.whole = false
    event = null
  }
  const begin = (component: string): void => {
    lastText = null
    if (component === 'VEVENT') {
      // What was left open before it has no END: everything that it says of itself has been read.
      const inside = open[0] === 'VCALENDAR' ? 1 : 0
      if (open.length > inside) damaged = true
      closeEvent(true)
      open.length = inside
      zone = null
      observance = null
      deeper = 0
      if (events.length >= MAX_EVENTS) further += 1
      else {
        const of = head
        event = { lines: new Map(), method: () => of.method, whole: true, cut: false }
        events.push(event)
      }
    } else if (component === 'VCALENDAR') {
      if (open.length > 0) damaged = true
      closeEvent(true)
      open.length = 0
      deeper = 0
      zone = null
      observance = null
      head = { method: '' }
    } else if (component === 'VTIMEZONE' && event === null) {
      zone = zones.length < MAX_ZONES ? { lines: new Map(), observances: [] } : null
      if (zone !== null) zones.push(zone)
    } else if (zone !== null && (component === 'STANDARD' || component === 'DAYLIGHT')) {
      observance = { lines: new Map(), daylight: component === 'DAYLIGHT' }
      if (zone.observances.length < MAX_OBSERVANCES) zone.observances.push(observance)
    }
    if (open.length < MAX_DEPTH) open.push(component)
    else deeper += 1
  }
  const end = (component: string): void => {
    lastText = null
    if (deeper > 0 && component !== 'VEVENT' && component !== 'VCALENDAR') {
      deeper -= 1
      return
    }
    deeper = 0
    const at = open.lastIndexOf(component)
    if (at === -1) {
      damaged = true
      return
    }
    if (at !== open.length - 1) damaged = true
    open.length = at
    if (component === 'VEVENT' || component === 'VCALENDAR') closeEvent(true)
    if (component === 'VTIMEZONE' || component === 'VCALENDAR') zone = null
    if (component === 'STANDARD' || component === 'DAYLIGHT' || zone === null) observance = null
  }
  const keep = (lines: Map<string, string[]>, property: string, line: string): void => {
    const list = lines.get(property)
    if (list === undefined) lines.set(property, [line])
    else if (list.length < MAX_REPEATED) list.push(line)
    else if (event !== null) event.cut = true
    lastText = TEXTS.has(property) ? (lines.get(property) ?? null) : null
  }

  let from = 0
  let seen = 0
  while (from < text.length) {
    const found = text.indexOf('\n', from)
    const to = found === -1 ? text.length : found
    const long = to - from > MAX_LINE
    const line = text.slice(from, long ? from + MAX_LINE : to)
    from = to + 1
    if ((++seen & 4095) === 0) step(from / text.length)
    if (line.trim() === '') continue
    const colon = line.slice(0, 12).indexOf(':')
    const word = colon > 0 ? line.slice(0, colon).trim().toUpperCase() : ''
    if (word === 'BEGIN' || word === 'END') {
      const component = line
        .slice(colon + 1, colon + 65)
        .trim()
        .toUpperCase()
      if (word === 'BEGIN') begin(component)
      else end(component)
      continue
    }
    const inside = open[open.length - 1]
    const property = PROPERTY.exec(line.slice(0, 66))?.[1]?.toUpperCase()
    if (property === undefined) {
      if (deeper > 0) continue
      // A text with a real end of line in it; the rest of it stands on a line of its own.
      const texts = lastText as string[] | null
      const last = texts?.at(-1)
      if (texts !== null && last !== undefined && last.length < MAX_LINE)
        texts[texts.length - 1] = `${last}\\n${line}`
      else if (!/^[A-Za-z0-9-]+[;:]/.test(line)) damaged = true
      continue
    }
    lastText = null
    if (deeper > 0) continue
    const into = event as RawEvent | null
    if (inside === 'VEVENT' && into !== null) {
      if (!OF_EVENT.has(property)) continue
      if (long && !TEXTS.has(property)) into.cut = true
      keep(into.lines, property, line)
    } else if (inside === 'VTIMEZONE' && zone !== null) {
      if (OF_ZONE.has(property)) keep((zone as RawZone).lines, property, line)
    } else if ((inside === 'STANDARD' || inside === 'DAYLIGHT') && observance !== null) {
      if (OF_ZONE.has(property)) keep((observance as RawObservance).lines, property, line)
    } else if (inside === 'VCALENDAR' || inside === undefined) {
      const value = line.slice(line.indexOf(':') + 1).trim()
      if (property === 'METHOD') head.method = value.toUpperCase()
      else if ((property === 'X-WR-CALNAME' || property === 'NAME') && name === '') name = value
      else if (property === 'X-WR-TIMEZONE' && wide === '') wide = value
    }
  }
  // The last event is not known to be complete: a date it is not to take place may be what is missing.
  if (event !== null) {
    closeEvent(false)
    damaged = true
  } else if (open.length > 0 && open[0] !== 'VEVENT') damaged = true
  return { name, zone: wide, events, zones, damaged: damaged || further > 0, further }
}
