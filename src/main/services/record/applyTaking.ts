import type { KeptDetails, TitleMatch } from '../../../shared/contract/calendar.ts'
import { Refusal } from '../../../shared/contract/result.ts'
import type { Touched } from '../../../shared/contract/series.ts'
import type { TakenEvent } from '../../../shared/domain/calendar/taken.ts'
import { wallOf } from '../../../shared/domain/calendar/zones.ts'
import * as calendars from '../../store/record/queries/calendars.ts'
import { findClient } from '../../store/record/queries/clients.ts'
import { findCurrentGroup } from '../../store/record/queries/groups.ts'
import {
  makeSessions,
  putSeries,
  seriesOfCalendar,
  seriesWithComing,
  standingFrom,
  type MadeSession,
  type Series,
} from '../../store/record/queries/series.ts'
import type { ReadHandle, WriteHandle } from '../../store/Store.ts'
import { expand } from './arranging.ts'
import { bring, horizonAt, madeUntil, membersAt } from './horizon.ts'
import { newId } from './ids.ts'
import { freshSessions, meetingsOf, settle, type Outcome } from './settling.ts'
import { standingAlready } from './standingAlready.ts'
import { asTaken, takenOf } from './takenTimes.ts'
import { matchesOf } from './titleMatches.ts'

/** What was over a day before it was taken in is nobody's to write up; what was this morning may be. */
const BACK_MS = 86_400_000
/** New events in one message to the store's thread. */
const BATCH = 200
/** Longer than this, and a click waits to be felt: rules that reach far back take their time. */
const SLICE_MS = 8

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

/** In the caller's transaction: all of it, or, thrown, nothing. */
export async function applyTaking(h: WriteHandle, taking: Taking, now: number): Promise<Taken> {
  const calendarId = await calendarFor(h, taking, now)
  const known = new Map((await seriesTakenFrom(h, calendarId)).map((series) => [series.uid ?? '', series]))
  const until = await horizonAt(h, now)
  const outcome: Taken = { calendarId, added: 0, changed: 0, gone: 0, sessions: 0, kept: 0 }
  const attending = await attendingOf(h, taking, now - BACK_MS)
  let fresh: { series: Series; sessions: MadeSession[] }[] = []
  const flush = async (): Promise<void> => {
    await putSeries(h, ...fresh.map(({ series }) => series))
    await makeSessions(
      h,
      fresh.flatMap(({ sessions }) => sessions),
    )
    fresh = []
  }
  // What goes first leaves its place to what comes instead of it.
  const gone = taking.gone
    .map(({ uid }) => known.get(uid))
    .filter((series) => series !== undefined)
    .filter(({ endedAt }) => endedAt === null)
  outcome.gone = gone.length
  const add = ({ touched, kept }: Outcome): void => {
    outcome.sessions += touched
    outcome.kept += kept
  }
  add(await endAll(h, calendarId, gone, now))
  const all = [...taking.add, ...taking.change]
  let began = performance.now()
  for (const [place, planned] of all.entries()) {
    if (performance.now() - began > SLICE_MS) {
      await new Promise((resolve) => setImmediate(resolve))
      began = performance.now()
    }
    if (taking.stopped()) throw new Refusal('CANCELLED')
    const before = known.get(planned.event.uid)
    const series = seriesFor(planned, { before, calendarId, now })
    if (before === undefined) {
      const since = now - BACK_MS
      const sessions = freshSessions({
        series,
        members: attending.get(whoseKey(planned.whose))?.members ?? [],
        wanted: asTaken(
          expand(series.arrangement, since, until),
          { text: series.taken, arrangement: series.arrangement },
          since,
          until,
        ),
        since,
        now,
        stands: attending.get(whoseKey(planned.whose))?.already(series.arrangement.zone),
      })
      fresh.push({ series: { ...series, madeUntil: madeUntil(series, until) }, sessions })
      known.set(planned.event.uid, series)
      outcome.added += 1
      outcome.sessions += sessions.length
    } else if (!isSame(before, series)) {
      await flush()
      if (before.endedAt === null) outcome.changed += 1
      else outcome.added += 1
      add(await follow(h, before, series, until, now))
    }
    if (fresh.length >= BATCH || place === all.length - 1) {
      await flush()
      taking.onProgress((place + 1) / all.length)
    }
  }
  await calendars.putMatches(h, matchesOf(taking.matches), now)
  // Asked again from now on.
  for (const [title, { to }] of taking.matches) if (to === 'open') await calendars.dropMatch(h, title)
  if (taking.stopped()) throw new Refusal('CANCELLED')
  return outcome
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
  { before, calendarId, now }: { before: Series | undefined; calendarId: string; now: number },
): Series {
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
    taken: JSON.stringify(event),
    madeUntil: before?.madeUntil ?? 0,
    endedAt: null,
    createdAt: before?.createdAt ?? now,
  }
}

const isSame = (a: Series, b: Series): boolean =>
  a.endedAt === null &&
  a.taken === b.taken &&
  a.clientId === b.clientId &&
  a.groupId === b.groupId &&
  a.kind === b.kind

/** Known, and now otherwise. For another person it is another series: what is written stays in the first one's chart. */
async function follow(
  h: WriteHandle,
  before: Series,
  series: Series,
  until: number,
  now: number,
): Promise<Outcome> {
  const from = wallOf(now - BACK_MS, series.arrangement.zone)
  if (before.clientId === series.clientId && before.groupId === series.groupId) {
    return bring(h, series, { from, until, since: now - BACK_MS, now, before })
  }
  const { touched, kept } = await endSeries(h, before, now)
  await putSeries(h, { ...before, calendarId: null, uid: null, taken: '', endedAt: now })
  const other = { ...series, id: newId(now), madeUntil: 0, createdAt: now }
  await putSeries(h, other)
  const brought = await bring(h, other, { from, until, since: now, now })
  return { touched: touched + brought.touched, kept }
}

/** Of one calendar; those that have nothing to come end many at a time. */
export async function endAll(
  h: WriteHandle,
  calendarId: string,
  list: readonly Series[],
  now: number,
): Promise<Touched> {
  const sum = { touched: 0, kept: 0 }
  const coming = await seriesWithComing(h, calendarId, now)
  const over = list.filter(({ id }) => !coming.has(id))
  for (let at = 0; at < over.length; at += BATCH)
    await putSeries(h, ...over.slice(at, at + BATCH).map((series) => ended(series, now)))
  for (const series of list) {
    if (!coming.has(series.id)) continue
    const { touched, kept } = await endSeries(h, series, now)
    sum.touched += touched
    sum.kept += kept
  }
  return sum
}

/** What is to come and nobody wrote in goes; no more are made. */
async function endSeries(h: WriteHandle, series: Series, now: number): Promise<Touched> {
  const rows = await standingFrom(h, series.id, '')
  const standing = meetingsOf(rows, now, new Set()).filter(({ of }) => of.some((row) => row.endsAt > now))
  const outcome = await settle(h, { series, members: [], wanted: [], standing, since: now, now })
  await putSeries(h, ended(series, now))
  return outcome
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
