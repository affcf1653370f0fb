import type { CalendarView, KeptDetails, TitleMatch } from '../../../shared/contract/calendar.ts'
import { Refusal } from '../../../shared/contract/result.ts'
import type { SeriesKind, Touched } from '../../../shared/contract/series.ts'
import type { TakenEvent } from '../../../shared/domain/calendar/taken.ts'
import { instantOf, wallOf } from '../../../shared/domain/calendar/zones.ts'
import * as calendars from '../../store/record/queries/calendars.ts'
import { findClient } from '../../store/record/queries/clients.ts'
import { findGroup } from '../../store/record/queries/groups.ts'
import {
  makeSessions,
  putSeries,
  seriesOfCalendar,
  standingFrom,
  type MadeSession,
  type Series,
} from '../../store/record/queries/series.ts'
import type { WriteHandle } from '../../store/Store.ts'
import { expand } from './arranging.ts'
import { bring, horizonAt, madeUntil, membersAt } from './horizon.ts'
import { newId } from './ids.ts'
import type { RecordStore } from './RecordStore.ts'
import { freshSessions, meetingsOf, settle, type Wanted } from './settling.ts'

/** What was over a day before it was taken in is nobody's to write up; what was this morning may be. */
const BACK_MS = 86_400_000
/** New events in one message to the store's thread. */
const BATCH = 200

/** Whose sessions an event's are. */
export interface Whose {
  to: 'client' | 'group'
  id: string
  kind: SeriesKind
}

/** What is known of a calendar: its events as they were taken, by UID. */
export interface Known {
  readonly uid: string
  readonly event: TakenEvent
  readonly whose: Whose
}

export interface Taking {
  /** Null: a new calendar. */
  readonly calendarId: string | null
  readonly name: string
  readonly keep: KeptDetails
  /** Added, changed and unchanged alike: what is as it was is left alone. */
  readonly events: readonly { readonly event: TakenEvent; readonly whose: Whose }[]
  /** UIDs that are not there any more, or not wanted any more. */
  readonly gone: readonly string[]
  /** What was said of titles this time; remembered with it. */
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
}

/** Titles that differ in case or spaces alone are one title. */
export const titleKey = (title: string): string =>
  title.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase().slice(0, 300)

export function takingInService({ store, clock, changed }: RecordStore) {
  return {
    list: (): Promise<CalendarView[]> =>
      store.read(async (h) => {
        const views: CalendarView[] = []
        for (const { id, name, takenAt } of await calendars.allCalendars(h))
          views.push({ id, name, takenAt, events: await calendars.countEvents(h, id) })
        return views
      }),

    /** With what was chosen to be kept of its events, or undefined. */
    find: (id: string) => store.read((h) => calendars.findCalendar(h, id)),

    known: (calendarId: string): Promise<Known[]> =>
      store.read(async (h) =>
        (await seriesOfCalendar(h, calendarId)).flatMap((series) => {
          const event = eventOf(series)
          return event === null || series.endedAt !== null
            ? []
            : [{ uid: event.uid, event, whose: whoseOf(series) }]
        }),
      ),

    matches: () =>
      store.read(async (h) =>
        (await calendars.allMatches(h)).map((one) => ({
          title: one.title,
          name: one.name ?? '',
          match: matchOf(one),
        })),
      ),

    async forgetMatch(title: string): Promise<void> {
      await store.write((h) => calendars.dropMatch(h, titleKey(title)))
      changed('calendars')
    },

    /** One transaction: all of it, or nothing. Taking the same again changes nothing. */
    async apply(taking: Taking): Promise<Taken> {
      const outcome = await store.write((h) => applyIn(h, taking, clock.now()))
      changed('calendars', 'sessions', 'clients')
      return outcome
    },

    async drop(id: string): Promise<Touched> {
      const outcome = await store.write(async (h) => {
        if ((await calendars.findCalendar(h, id)) === undefined) throw new Refusal('NOT_FOUND')
        const sum = { touched: 0, kept: 0 }
        for (const series of await seriesOfCalendar(h, id)) {
          const { touched, kept } = await endSeries(h, series, clock.now())
          sum.touched += touched
          sum.kept += kept
        }
        await calendars.dropCalendar(h, id)
        return sum
      })
      changed('calendars', 'sessions', 'clients')
      return outcome
    },
  }
}

export type TakingInService = ReturnType<typeof takingInService>

async function applyIn(h: WriteHandle, taking: Taking, now: number): Promise<Taken> {
  const calendarId = await calendarFor(h, taking, now)
  const known = new Map((await seriesOfCalendar(h, calendarId)).map((series) => [series.uid ?? '', series]))
  const until = await horizonAt(h, now)
  const outcome: Taken = { calendarId, added: 0, changed: 0, gone: 0, sessions: 0 }
  await checkWhose(h, taking)
  let fresh: { series: Series; sessions: MadeSession[] }[] = []
  const flush = async (): Promise<void> => {
    await putSeries(h, ...fresh.map(({ series }) => series))
    await makeSessions(
      h,
      fresh.flatMap(({ sessions }) => sessions),
    )
    fresh = []
  }
  for (const [place, { event, whose }] of taking.events.entries()) {
    if (taking.stopped()) throw new Refusal('CANCELLED')
    const before = known.get(event.uid)
    const series = seriesFor(event, whose, { before, calendarId, keep: taking.keep, now })
    if (before === undefined) {
      const wanted = wantedOf(event)(expand(event.arrangement, now - BACK_MS, until))
      const members = await membersAt(h, series)
      const sessions = freshSessions({ series, members, wanted, since: now - BACK_MS, now })
      fresh.push({ series: { ...series, madeUntil: madeUntil(series, until) }, sessions })
      known.set(event.uid, series)
      outcome.added += 1
      outcome.sessions += sessions.length
    } else if (!isSame(before, series)) {
      await flush()
      outcome.changed += 1
      outcome.sessions += await follow(h, before, series, event, until, now)
    }
    if (fresh.length >= BATCH || place === taking.events.length - 1) {
      await flush()
      taking.onProgress((place + 1) / taking.events.length)
    }
  }
  for (const uid of taking.gone) {
    const series = known.get(uid)
    if (series === undefined || series.endedAt !== null) continue
    outcome.gone += 1
    outcome.sessions += (await endSeries(h, series, now)).touched
  }
  await calendars.putMatches(h, matchesOf(taking.matches), now)
  if (taking.stopped()) throw new Refusal('CANCELLED')
  return outcome
}

async function calendarFor(h: WriteHandle, taking: Taking, now: number): Promise<string> {
  if (taking.calendarId !== null && (await calendars.findCalendar(h, taking.calendarId)) === undefined)
    throw new Refusal('NOT_FOUND')
  const id = taking.calendarId ?? newId(now)
  await calendars.putCalendar(h, { id, name: taking.name, takenAt: now, keep: taking.keep })
  return id
}

/** Somebody may have been removed since the plan was made. */
async function checkWhose(h: WriteHandle, taking: Taking): Promise<void> {
  const each = new Map(taking.events.map(({ whose }) => [`${whose.to} ${whose.id}`, whose]))
  for (const { to, id } of each.values()) {
    const found = to === 'client' ? await findClient(h, id) : await findGroup(h, id)
    if (found === undefined) throw new Refusal('NOT_FOUND', 'match')
  }
}

function seriesFor(
  event: TakenEvent,
  whose: Whose,
  { before, calendarId, keep, now }: { before: Series | undefined; calendarId: string; keep: KeptDetails; now: number },
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
    taken: JSON.stringify({ ...event, place: '', description: '', attendees: [] } satisfies TakenEvent),
    details: detailsOf(event, keep),
    madeUntil: before?.madeUntil ?? 0,
    endedAt: null,
    createdAt: before?.createdAt ?? now,
  }
}

/** Nothing of it is stored unless somebody chose so. */
function detailsOf(event: TakenEvent, keep: KeptDetails): string {
  const kept = {
    ...(keep.place && event.place !== '' ? { place: event.place } : {}),
    ...(keep.description && event.description !== '' ? { description: event.description } : {}),
    ...(keep.attendees && event.attendees.length > 0 ? { attendees: event.attendees } : {}),
  }
  return Object.keys(kept).length === 0 ? '' : JSON.stringify(kept)
}

const isSame = (a: Series, b: Series): boolean =>
  a.endedAt === null &&
  a.taken === b.taken &&
  a.details === b.details &&
  a.clientId === b.clientId &&
  a.groupId === b.groupId &&
  a.kind === b.kind

/** Known, and now otherwise. For another person it is another series: what is written stays in the first one's chart. */
async function follow(
  h: WriteHandle,
  before: Series,
  series: Series,
  event: TakenEvent,
  until: number,
  now: number,
): Promise<number> {
  const from = wallOf(now - BACK_MS, event.arrangement.zone)
  if (before.clientId === series.clientId && before.groupId === series.groupId) {
    return (
      await bring(h, series, { from, until, since: now - BACK_MS, now, wantedOf: wantedOf(event) })
    ).touched
  }
  const { touched } = await endSeries(h, before, now)
  await putSeries(h, { ...before, calendarId: null, uid: null, taken: '', endedAt: now })
  const other = { ...series, id: newId(now), madeUntil: 0, createdAt: now }
  await putSeries(h, other)
  const made = await bring(h, other, { from, until, since: now, now, wantedOf: wantedOf(event) })
  return touched + made.touched
}

/** What is to come and nobody wrote in goes; no more are made. */
async function endSeries(h: WriteHandle, series: Series, now: number): Promise<Touched> {
  const rows = await standingFrom(h, series.id, '')
  const standing = meetingsOf(rows, now, new Set()).filter(({ of }) => of.some((row) => row.endsAt > now))
  const outcome = await settle(h, { series, members: [], wanted: [], standing, since: now, now })
  await putSeries(h, { ...series, endedAt: now })
  return outcome
}

/** The rule's times with what the calendar says of single ones: moved, called off. */
function wantedOf(event: TakenEvent) {
  return (given: readonly Wanted[]): readonly Wanted[] => {
    if (event.overrides.length === 0 && !event.cancelled) return given
    const own = new Map(event.overrides.map((one) => [one.occurrence, one]))
    const wanted = given.map((one): Wanted => {
      const override = own.get(one.wall)
      own.delete(one.wall)
      if (override === undefined) return event.cancelled ? { ...one, cancelled: true } : one
      const { startsAt, endsAt } = override
      return { wall: one.wall, startsAt, endsAt, cancelled: override.cancelled || event.cancelled }
    })
    // Moved here from a time outside of what was looked at.
    const { zone } = event.arrangement
    const [first, last] = [given[0]?.startsAt, given.at(-1)?.startsAt]
    const outside = [...own.values()].filter(({ occurrence }) => {
      const at = instantOf(occurrence, zone)
      return first === undefined || last === undefined || at < first || at > last
    })
    return [
      ...wanted,
      ...outside.map(({ occurrence, startsAt, endsAt, cancelled }) => ({
        wall: occurrence,
        startsAt,
        endsAt,
        cancelled,
      })),
    ]
  }
}

function eventOf(series: Series): TakenEvent | null {
  try {
    return series.taken === '' ? null : (JSON.parse(series.taken) as TakenEvent)
  } catch {
    return null
  }
}

const whoseOf = (series: Series): Whose => ({
  to: series.clientId === null ? 'group' : 'client',
  id: series.clientId ?? series.groupId ?? '',
  kind: series.kind,
})

const matchOf = ({ clientId, groupId, kind }: Omit<calendars.Match, 'name' | 'title'>): TitleMatch => {
  if (clientId !== null) return { to: 'client', id: clientId, kind }
  return groupId === null ? { to: 'nobody' } : { to: 'group', id: groupId, kind }
}

function matchesOf(matches: ReadonlyMap<string, TitleMatch>): Omit<calendars.Match, 'name'>[] {
  return [...matches].flatMap(([title, match]) => {
    if (match.to === 'open') return []
    const kind: SeriesKind = match.to === 'nobody' ? 'individual' : match.kind
    return [
      {
        title: titleKey(title),
        clientId: match.to === 'client' ? match.id : null,
        groupId: match.to === 'group' ? match.id : null,
        kind,
      },
    ]
  })
}
