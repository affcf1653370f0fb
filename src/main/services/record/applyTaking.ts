import type { KeptDetails, TitleMatch } from '../../../shared/contract/calendar.ts'
import { Refusal } from '../../../shared/contract/result.ts'
import type { TakenEvent } from '../../../shared/domain/calendar/taken.ts'
import { wallOf } from '../../../shared/domain/calendar/zones.ts'
import * as calendars from '../../store/record/queries/calendars.ts'
import { findClient } from '../../store/record/queries/clients.ts'
import { findCurrentGroup } from '../../store/record/queries/groups.ts'
import {
  putSeries,
  seriesOfCalendar,
  seriesWithSessions,
  type Series,
} from '../../store/record/queries/series.ts'
import { makeSessions } from '../../store/record/queries/standing.ts'
import type { ReadHandle, WriteHandle } from '../../store/Store.ts'
import { endSessions } from './endingSeries.ts'
import { bring, membersAt } from './horizon.ts'
import { newId } from './ids.ts'
import { SessionChanges } from './sessionChanges.ts'
import { decideFresh, type Outcome } from './settling.ts'
import { standingAlready } from './standingAlready.ts'
import { Slices, workedOut, type AheadOf } from './takingAhead.ts'
import { takenOf } from './takenTimes.ts'
import { matchesOf } from './titleMatches.ts'

/** What was over a day before it was taken in is nobody's to write up; what was this morning may be. */
const BACK_MS = 86_400_000
/** New events in one message to the store's thread. */
const BATCH = 256

/** Whose sessions an event's are. */
export type Whose = Extract<TitleMatch, { readonly to: 'client' | 'group' }>

export interface PlannedSeries {
  /** With no more of place, description and attendees than was chosen to be kept. */
  readonly event: TakenEvent
  readonly whose: Whose
}

/** A series of a calendar, as it was last taken. */
export interface KnownSeries extends PlannedSeries {
  readonly uid: string
}

export interface Taking {
  /** Null: a new calendar. */
  readonly calendarId: string | null
  readonly name: string
  readonly keep: KeptDetails
  readonly add: readonly PlannedSeries[]
  readonly change: readonly PlannedSeries[]
  /** Not there any more, or not wanted any more. */
  readonly gone: readonly Pick<KnownSeries, 'uid'>[]
  /** By the title's key; remembered with it. */
  readonly matches: ReadonlyMap<string, TitleMatch>
  readonly onProgress: (fraction: number) => void
  /** Asked between events; true ends it with CANCELLED and nothing is kept. */
  readonly stopped: () => boolean
}

export interface Taken {
  calendarId: string
  added: number
  changed: number
  gone: number
  sessions: number
  /** Those that the calendar has otherwise now and that stayed: something is written, or they were changed here. */
  kept: number
}

/** What is worked out before the transaction begins. */
export interface Ahead {
  readonly of: ReadonlyMap<TakenEvent, AheadOf>
  /** Up to where sessions are made. */
  readonly until: number
}

/** How much of the bar is gone when the rules have been followed; what remains is the transaction. */
const AHEAD_SHARE = 0.25

/** Follows the rules of what is to be taken; `until` as `horizonAt` gives it. */
export async function aheadOf(taking: Taking, until: number, now: number): Promise<Ahead> {
  const of = await workedOut(
    [...taking.add, ...taking.change].map(({ event }) => event),
    {
      from: now - BACK_MS,
      until,
      stopped: taking.stopped,
      onProgress: (fraction) => taking.onProgress(fraction * AHEAD_SHARE),
    },
  )
  return { of, until }
}

/** In the caller's transaction: all of it, or, thrown, nothing. */
export async function applyTaking(h: WriteHandle, taking: Taking, ahead: Ahead, now: number): Promise<Taken> {
  const { until } = ahead
  const calendarId = await calendarFor(h, taking, now)
  const known = new Map((await seriesTakenFrom(h, calendarId)).map((series) => [series.uid ?? '', series]))
  const used = taking.calendarId === null ? new Set<string>() : await seriesWithSessions(h, calendarId)
  const outcome: Taken = { calendarId, added: 0, changed: 0, gone: 0, sessions: 0, kept: 0 }
  const attending = await attendingOf(h, taking, now - BACK_MS)
  const fresh = new Fresh(h)
  const add = ({ touched, kept }: Outcome): void => {
    outcome.sessions += touched
    outcome.kept += kept
  }
  // What goes first leaves its place to what comes instead of it.
  const gone = taking.gone
    .map(({ uid }) => known.get(uid))
    .filter((series) => series !== undefined)
    .filter(({ endedAt }) => endedAt === null)
  outcome.gone = gone.length
  if (gone.length > 0) {
    const only = new Set(gone.map(({ id }) => id))
    add(await endSessions(h, calendarId, { now, only, stopped: taking.stopped }))
    for (let at = 0; at < gone.length; at += BATCH)
      await putSeries(h, ...gone.slice(at, at + BATCH).map((series) => ended(series, now)))
  }
  const all = [...taking.add, ...taking.change]
  const slices = new Slices()
  for (const [place, planned] of all.entries()) {
    await slices.pause()
    if (taking.stopped()) throw new Refusal('CANCELLED')
    const before = known.get(planned.event.uid)
    const worked = ahead.of.get(planned.event)
    if (worked === undefined) throw new Error('not worked out')
    const series = seriesFor(planned, { before, calendarId, now, text: worked.text })
    if (before !== undefined && isSame(before, series)) continue
    if (before === undefined || before.endedAt !== null) outcome.added += 1
    else outcome.changed += 1
    if (before === undefined || (isWhose(before, series) && !used.has(before.id))) {
      const attends = attending.get(whoseKey(planned.whose))
      const { touched } = decideFresh(
        {
          series,
          members: attends?.members ?? [],
          wanted: worked.times,
          since: now - BACK_MS,
          now,
          stands: attends?.already(series.arrangement.zone),
        },
        fresh.changes,
      )
      outcome.sessions += touched
      const made = { ...series, madeUntil: worked.madeUntil }
      fresh.series.push(made)
      known.set(planned.event.uid, made)
      if (touched > 0) used.add(series.id)
      if (fresh.series.length >= BATCH) await fresh.write()
    } else {
      await fresh.write()
      add(await follow(h, before, series, until, now))
    }
    if (place % BATCH === 0) taking.onProgress(AHEAD_SHARE + ((1 - AHEAD_SHARE) * place) / all.length)
  }
  await fresh.write()
  await fresh.written()
  await calendars.putMatches(h, matchesOf(taking.matches), now)
  // Asked again from now on.
  for (const [title, { to }] of taking.matches) if (to === 'open') await calendars.dropMatch(h, title)
  taking.onProgress(1)
  return outcome
}

/** New series with their sessions, handed to the store's thread while the next ones are made here. */
class Fresh {
  readonly #h: WriteHandle
  series: Series[] = []
  changes = new SessionChanges()
  #writing: Promise<unknown> = Promise.resolve()

  constructor(h: WriteHandle) {
    this.#h = h
  }

  /** Resolves when those before have been written. */
  async write(): Promise<void> {
    const { series, changes } = this
    this.series = []
    this.changes = new SessionChanges()
    await this.#writing
    // In this order: the thread takes them one after the other.
    this.#writing = Promise.all([putSeries(this.#h, ...series), makeSessions(this.#h, changes.made)])
    this.#writing.catch(() => undefined)
  }

  async written(): Promise<void> {
    await this.#writing
  }
}

/** The calendar's series, those that have ended too. In stretches: ten thousand at once would hold up everything else. */
export async function seriesTakenFrom(h: ReadHandle, calendarId: string): Promise<Series[]> {
  const all: Series[] = []
  for (;;) {
    const some = await seriesOfCalendar(h, calendarId, all.at(-1)?.uid ?? '', BATCH)
    all.push(...some)
    if (some.length < BATCH) return all
  }
}

async function calendarFor(h: WriteHandle, taking: Taking, now: number): Promise<string> {
  if (taking.calendarId !== null && (await calendars.findCalendar(h, taking.calendarId)) === undefined)
    throw new Refusal('NOT_FOUND')
  const id = taking.calendarId ?? newId(now)
  await calendars.putCalendar(h, { id, name: taking.name, takenAt: now, keep: taking.keep })
  return id
}

const whoseKey = ({ to, id }: Whose): string => `${to} ${id}`

interface Attending {
  readonly members: readonly string[]
  readonly already: Awaited<ReturnType<typeof standingAlready>>
}

/** Whose sessions are made for whom; refused when somebody has been removed, or a group has ended, since the plan was made. */
async function attendingOf(h: WriteHandle, taking: Taking, since: number): Promise<Map<string, Attending>> {
  const each = new Map([...taking.add, ...taking.change].map(({ whose }) => [whoseKey(whose), whose]))
  const attending = new Map<string, Attending>()
  for (const [key, { to, id }] of each) {
    const found = to === 'client' ? await findClient(h, id) : await findCurrentGroup(h, id)
    if (found === undefined) throw new Refusal('NOT_FOUND', 'match')
    const groupId = to === 'group' ? id : null
    const members = await membersAt(h, { clientId: to === 'client' ? id : null, groupId })
    attending.set(key, { members, already: await standingAlready(h, { members, groupId }, since) })
  }
  return attending
}

function seriesFor(
  { event, whose }: PlannedSeries,
  how: { before: Series | undefined; calendarId: string; now: number; text: string },
): Series {
  const { before, calendarId, now, text } = how
  return {
    id: before?.id ?? newId(now),
    clientId: whose.to === 'client' ? whose.id : null,
    groupId: whose.to === 'group' ? whose.id : null,
    kind: whose.kind,
    arrangement: event.arrangement,
    travelBefore: before?.travelBefore ?? 0,
    travelAfter: before?.travelAfter ?? 0,
    calendarId,
    uid: event.uid,
    taken: text,
    madeUntil: before?.madeUntil ?? 0,
    endedAt: null,
    createdAt: before?.createdAt ?? now,
  }
}

const isSame = (a: Series, b: Series): boolean =>
  a.endedAt === null && a.taken === b.taken && isWhose(a, b) && a.kind === b.kind

const isWhose = (a: Series, b: Series): boolean => a.clientId === b.clientId && a.groupId === b.groupId

/** Known, and now otherwise. For another person it is another series: what is written stays in the first one's chart. */
async function follow(
  h: WriteHandle,
  before: Series,
  series: Series,
  until: number,
  now: number,
): Promise<Outcome> {
  const from = wallOf(now - BACK_MS, series.arrangement.zone)
  if (isWhose(before, series)) {
    return bring(h, series, { from, until, since: now - BACK_MS, now, before })
  }
  const only = new Set([before.id])
  const { touched, kept } = await endSessions(h, before.calendarId ?? '', { now, only })
  await putSeries(h, { ...before, calendarId: null, uid: null, taken: '', endedAt: now })
  const other = { ...series, id: newId(now), madeUntil: 0, createdAt: now }
  await putSeries(h, other)
  const brought = await bring(h, other, { from, until, since: now, now })
  return { touched: touched + brought.touched, kept }
}

/** No later plan looks at it, so what was once chosen to be kept of it would outlive the choice. */
const ended = (series: Series, now: number): Series => ({
  ...series,
  endedAt: now,
  taken:
    series.taken === ''
      ? ''
      : JSON.stringify({ ...takenOf(series.taken), place: '', description: '', attendees: [] }),
})
