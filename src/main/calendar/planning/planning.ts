import type { KeptDetails, TitleMatch } from '../../../shared/contract/calendar.ts'
import { Refusal } from '../../../shared/contract/result.ts'
import { occurrences } from '../../../shared/domain/calendar/occurrences.ts'
import type { CalendarReading, LeftOut, TakenEvent } from '../../../shared/domain/calendar/taken.ts'
import { instantOf } from '../../../shared/domain/calendar/zones.ts'
import { NO_SESSION } from '../limits.ts'
import { sameEvent } from './sameEvent.ts'
import { type Named, NameFinder, put, titleKey } from './titles.ts'

/** Whose sessions an event's are. */
export type Whose = Extract<TitleMatch, { readonly to: 'client' | 'group' }>

/** A series that was taken from this calendar before. */
export interface KnownSeries {
  readonly uid: string
  /** As it was last taken (`PlannedSeries.event`). */
  readonly event: TakenEvent
  readonly whose: Whose
}

export interface Known {
  readonly series: readonly KnownSeries[]
  /** By title: what was said of them, now or at an earlier time. `open`: nobody is meant for now, not even by name. */
  readonly matches: ReadonlyMap<string, TitleMatch>
  readonly clients: readonly Named[]
  /** Titles that were answered now, whoever else has that name. */
  readonly now?: { has(title: string): boolean }
}

export interface PlanOptions {
  readonly now: number
  /** How long an event is taken to last that says nothing of its end, in minutes. */
  readonly minutesUnsaid?: number
  /** What of an event is kept beside its times; nothing unless chosen. */
  readonly keep?: KeptDetails
}

export interface PlannedSeries {
  readonly event: TakenEvent
  readonly whose: Whose
}

export interface TitleStanding {
  readonly key: string
  /** As it stands at its first event. */
  readonly title: string
  readonly events: number
  /** The next time it takes place; null: never again. Only looked for where the match is open. */
  readonly next: number | null
  readonly match: TitleMatch
  /** `said`: remembered or chosen. `name`: the title is exactly one client's full name. */
  readonly by: 'said' | 'name' | 'nothing'
  /** Likeliest first; only where the match is open. */
  readonly suggestions: readonly Named[]
}

export interface Taking {
  readonly add: readonly PlannedSeries[]
  readonly change: readonly (PlannedSeries & { readonly known: KnownSeries })[]
  readonly same: readonly KnownSeries[]
  /** No longer in the calendar, or said to be nobody's. Empty where the file is damaged: what is missing may only be unread. */
  readonly gone: readonly KnownSeries[]
  readonly leftOut: readonly LeftOut[]
  readonly titles: readonly TitleStanding[]
  /** Events left out for want of a match. */
  readonly unmatched: number
  /** Events left out because somebody said so. */
  readonly nobody: number
  /** Called off before they were ever taken. */
  readonly calledOff: number
}

const YEAR = 366 * 86_400_000
const MINUTE = 60_000

/**
 * What taking a calendar in would do. Pure; the same reading after itself changes nothing.
 *
 * The file as it is now holds, whatever its SEQUENCE says: A and then B leaves what B alone would. A series keeps
 * whose it was for when its title changes, unless something was said of the new title.
 */
export function planTaking(reading: CalendarReading, known: Known, options: PlanOptions): Taking {
  const steps = planning(reading, known, options)
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return value
  }
}

/** Longer than this, and a click waits to be felt. */
const SLICE_MS = 8

/** `planTaking` in slices, for the main process: others have their turn in between. Refused CANCELLED. */
export async function planInSlices(
  reading: CalendarReading,
  known: Known,
  options: PlanOptions & { readonly signal?: { readonly aborted: boolean } },
): Promise<Taking> {
  const steps = planning(reading, known, options)
  let began = performance.now()
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return value
    if (performance.now() - began < SLICE_MS) continue
    await new Promise((resolve) => setImmediate(resolve))
    if (options.signal?.aborted === true) throw new Refusal('CANCELLED')
    began = performance.now()
  }
}

function* planning(
  reading: CalendarReading,
  known: Known,
  options: PlanOptions,
): Generator<undefined, Taking, undefined> {
  const finder = new NameFinder(known.clients)
  const matches = new Map([...known.matches].map(([title, match]) => [titleKey(title), match]))
  const before = new Map(known.series.map((one) => [one.uid, one]))
  const standings = new Map<
    string,
    { title: string; events: TakenEvent[]; match: TitleMatch; by: TitleStanding['by'] }
  >()
  const add: PlannedSeries[] = []
  const change: (PlannedSeries & { known: KnownSeries })[] = []
  const same: KnownSeries[] = []
  const gone: KnownSeries[] = []
  const seen = new Set<string>()
  let unmatched = 0
  let nobody = 0
  let calledOff = 0

  const had = new Map<string, Whose[]>()
  for (const { event, whose } of known.series) put(had, titleKey(event.title), whose)
  const meant = (title: string, key: string): Pick<TitleStanding, 'match' | 'by'> => {
    const said = matches.get(key)
    if (said !== undefined && said.to !== 'open') {
      // Remembered of one, and by now another one's name as well (or instead): it is asked again.
      const taken = said.to === 'client' && known.now?.has(key) !== true && finder.others(title, said.id)
      return taken ? { match: { to: 'open' }, by: 'nothing' } : { match: said, by: 'said' }
    }
    const named = said === undefined ? finder.exactly(title) : null
    const match = { to: 'client', id: named?.id ?? '', kind: 'individual' } as const
    // A name that has changed hands since: what was taken by it is somebody else's.
    if (named === null || had.get(key)?.some(({ to, id }) => to !== 'client' || id !== named.id) === true)
      return { match: { to: 'open' }, by: 'nothing' }
    return { match, by: 'name' }
  }

  let turn = 0
  for (const read of reading.events) {
    if ((++turn & 31) === 0) yield
    const key = titleKey(read.title)
    let standing = standings.get(key)
    if (standing === undefined) {
      standing = { title: read.title, events: [], ...meant(read.title, key) }
      standings.set(key, standing)
    }
    const was = before.get(read.uid)
    if (read.cancelled && was === undefined) {
      calledOff += 1
      continue
    }
    standing.events.push(read)
    seen.add(read.uid)
    const { match } = standing
    if (match.to === 'nobody') {
      nobody += 1
      if (was !== undefined) gone.push(was)
      continue
    }
    const whose = match.to === 'open' ? was?.whose : match
    if (whose === undefined) {
      unmatched += 1
      continue
    }
    const event = kept(lasting(read, options.minutesUnsaid ?? 60), options.keep)
    if (was === undefined) add.push({ event, whose })
    else if (sameEvent(was.event, event) && equalWhose(was.whose, whose)) same.push(was)
    else change.push({ event, whose, known: was })
  }

  const unread = new Set<string>()
  for (const { uid, reason } of reading.leftOut)
    if (uid !== undefined && !NO_SESSION.has(reason)) unread.add(uid)
  for (const one of known.series) {
    if (seen.has(one.uid) || reading.damaged || unread.has(one.uid.replace(/#\d{8}T\d{6}Z$/, ''))) continue
    gone.push(one)
  }

  const titles: TitleStanding[] = []
  for (const [key, { title, events, match, by }] of standings) {
    yield
    if (events.length === 0) continue
    const open = match.to === 'open'
    titles.push({
      key,
      title,
      events: events.length,
      next: open ? yield* nextOf(events, options.now) : null,
      match,
      by,
      suggestions: open ? finder.suggest(title) : [],
    })
  }
  return { add, change, same, gone, leftOut: reading.leftOut, titles, unmatched, nobody, calledOff }
}

const equalWhose = (a: Whose, b: Whose): boolean => a.to === b.to && a.id === b.id && a.kind === b.kind

/** A session needs a length; a calendar's mark on the clock has none. */
function lasting(event: TakenEvent, minutes: number): TakenEvent {
  const { arrangement, overrides } = event
  if (arrangement.minutes > 0 && overrides.every((one) => one.endsAt > one.startsAt)) return event
  const length = arrangement.minutes > 0 ? arrangement.minutes : minutes
  return {
    ...event,
    arrangement: { ...arrangement, minutes: length },
    overrides: overrides.map((one) =>
      one.endsAt > one.startsAt ? one : { ...one, endsAt: one.startsAt + length * MINUTE },
    ),
  }
}

function kept(event: TakenEvent, keep: KeptDetails | undefined): TakenEvent {
  const { place, description, attendees } = event
  if (place === '' && description === '' && attendees.length === 0) return event
  return {
    ...event,
    place: keep?.place === true ? place : '',
    description: keep?.description === true ? description : '',
    attendees: keep?.attendees === true ? attendees : [],
  }
}

/** The next start among them, within a year. */
function* nextOf(events: readonly TakenEvent[], now: number): Generator<undefined, number | null, undefined> {
  let next = Infinity
  for (const { arrangement, overrides } of events) {
    yield
    if (arrangement.rule === '' && arrangement.dates.length === 0 && overrides.length === 0) {
      const at = instantOf(arrangement.starts, arrangement.zone)
      if (at >= now && at < next) next = at
      continue
    }
    const moved = new Set(overrides.map((one) => one.occurrence))
    for (const one of overrides)
      if (!one.cancelled && one.startsAt >= now && one.startsAt < next) next = one.startsAt
    const coming = occurrences(arrangement, now, Math.min(now + YEAR, next), moved.size + 1).found
    const own = coming.find((one) => !moved.has(one.wall))
    if (own !== undefined && own.startsAt < next) next = own.startsAt
  }
  return next === Infinity ? null : next
}
