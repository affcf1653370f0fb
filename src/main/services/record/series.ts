import { Refusal } from '../../../shared/contract/result.ts'
import type { Attends, Scope, SeriesKind, SeriesView, Touched } from '../../../shared/contract/series.ts'
import type { Arrangement } from '../../../shared/domain/calendar/arrangement.ts'
import { occurrences } from '../../../shared/domain/calendar/occurrences.ts'
import { endBefore } from '../../../shared/domain/calendar/ending.ts'
import { shifted } from '../../../shared/domain/calendar/shifting.ts'
import { instantOf, wallOf } from '../../../shared/domain/calendar/zones.ts'
import { LONGEST_SESSION_MS } from '../../../shared/domain/sessionLife.ts'
import { findClient } from '../../store/record/queries/clients.ts'
import { findCalendar } from '../../store/record/queries/calendars.ts'
import { findCurrentGroup, findGroup } from '../../store/record/queries/groups.ts'
import { findSeries, putSeries, type Series } from '../../store/record/queries/series.ts'
import {
  hasEarlier,
  placeAlone,
  standing,
  standingFrom,
  takeAway,
  type StandingRow,
} from '../../store/record/queries/standing.ts'
import { sessionsOfEvent } from '../../store/record/queries/sessions.ts'
import type { ReadHandle, WriteHandle } from '../../store/Store.ts'
import { checkArrangement, expand, fromThere } from './arranging.ts'
import { bring, horizonAt, madeUntil, membersAt } from './horizon.ts'
import { newId } from './ids.ts'
import { pair, weekOf } from './pairing.ts'
import type { RecordStore } from './RecordStore.ts'
import { moveDraftOf } from './sessionDrafts.ts'
import { begun, meetingsOf, type Meeting } from './meetings.ts'
import { settle } from './settling.ts'

const MINUTE = 60_000
const YEAR_MS = 365 * 86_400_000

export interface Arranged {
  kind: SeriesKind
  arrangement: Arrangement
  travelBefore: number
  travelAfter: number
}

/** Where an act on a series begins. */
interface Cut {
  series: Series
  row: StandingRow
  /** The first occurrence it concerns. */
  key: string
  /** Monday of that week: what stands there has a say in what is made there. */
  week: string
  meetings: Meeting[]
  until: number
  now: number
}

export function seriesService({ store, clock, changed }: RecordStore) {
  const written = <T>(act: (h: WriteHandle, now: number) => Promise<T>): Promise<T> =>
    store
      .write((h) => act(h, clock.now()))
      .then((value) => {
        changed('sessions', 'clients')
        return value
      })

  async function ofSeries(h: ReadHandle, sessionId: string): Promise<{ row: StandingRow; series: Series }> {
    const row = await standing(h, sessionId)
    const series = typeof row?.seriesId === 'string' ? await findSeries(h, row.seriesId) : undefined
    if (row === undefined || series === undefined) throw new Refusal('NOT_FOUND', 'sessionId')
    return { row, series }
  }

  /** The first session of `scope` that is not over; refused FROM_CALENDAR, or PAST when there is none. */
  async function cutAt(h: ReadHandle, sessionId: string, scope: 'following' | 'all'): Promise<Cut> {
    const now = clock.now()
    const { row, series } = await ofSeries(h, sessionId)
    if (series.calendarId !== null) throw new Refusal('FROM_CALENDAR')
    const today = wallOf(now, series.arrangement.zone)
    const chosen = row.occurrence ?? today
    const from = `${weekOf(chosen < today ? chosen : today)}T00:00:00`
    const free = new Set([sessionId])
    const all = meetingsOf(await standingFrom(h, series.id, from), now, free)
    const first = all.find(
      ({ key, of }) => (scope === 'all' || key >= chosen) && !of.some((one) => begun(one, now)),
    )
    if (first === undefined) throw new Refusal('PAST')
    const week = `${weekOf(first.key)}T00:00:00`
    return {
      series,
      row,
      key: first.key,
      week,
      meetings: all.filter(({ key }) => key >= week),
      until: await horizonAt(h, now),
      now,
    }
  }

  /** From the cut on the series is `next`; what was before it stays with the old one. */
  async function splitAt(h: WriteHandle, cut: Cut, next: Arranged): Promise<Touched> {
    const { series, meetings, now, until } = cut
    checkArrangement(next.arrangement)
    const { zone } = next.arrangement
    const stays = meetings.filter(({ key }) => key < cut.key)
    const given = expand(next.arrangement, instantOf(cut.week, zone), until)
    // What the new rule would give for a session that stays is that session.
    const monthly = /FREQ=(MONTHLY|YEARLY)/.test(next.arrangement.rule)
    const walls = given.map(({ wall }) => wall)
    const pairs = pair(walls, meetings, monthly)
    const staying = new Set(stays)
    const spoken = (wall: string): boolean => {
      const meeting = pairs.get(wall)
      return meeting !== undefined && staying.has(meeting)
    }
    const first =
      given.find(({ wall }) => !spoken(wall))?.wall ??
      occurrences(next.arrangement, until, Infinity, 1).found[0]?.wall
    if (first === undefined) throw new Refusal('NEVER_OCCURS', 'arrangement.rule')
    const begunThere =
      first === next.arrangement.starts ? next.arrangement : fromThere(next.arrangement, first)
    const except = [...begunThere.except, ...walls.filter((wall) => wall > first && spoken(wall))]
    const whole = stays.length === 0 && !(await hasEarlier(h, series.id, cut.key))
    const made: Series = {
      ...series,
      id: whole ? series.id : newId(now),
      kind: next.kind,
      arrangement: { ...begunThere, except },
      travelBefore: next.travelBefore,
      travelAfter: next.travelAfter,
      createdAt: whole ? series.createdAt : now,
      endedAt: null,
      madeUntil: until,
    }
    if (!whole) await endAt(h, series, cut.key, now)
    await putSeries(h, { ...made, madeUntil: madeUntil(made.arrangement, until) })
    return settle(h, {
      series: made,
      members: await membersAt(h, made),
      wanted: given.filter(({ wall }) => wall >= first && !spoken(wall)),
      standing: meetings.filter((meeting) => !staying.has(meeting)),
      since: now,
      now,
    })
  }

  async function endAt(h: WriteHandle, series: Series, key: string, now: number): Promise<void> {
    // Of one that has nothing before it the words stay; it has ended all the same.
    const cut = instantOf(key, series.arrangement.zone)
    const arrangement = endBefore(series.arrangement, cut) ?? series.arrangement
    await putSeries(h, { ...series, arrangement, endedAt: now })
  }

  /** One of them alone, for all who are in it. Refused HAS_NOTE or SEALED once something is written. */
  async function alone(h: WriteHandle, row: StandingRow): Promise<string[]> {
    const ids =
      row.groupEvent === null ? [row.id] : (await sessionsOfEvent(h, row.groupEvent)).map((s) => s.id)
    for (const id of ids) if ((await standing(h, id))?.written === true) throw new Refusal('HAS_NOTE')
    return ids
  }

  async function placeOne(h: WriteHandle, s: Parameters<typeof placeAlone>[1]): Promise<void> {
    const before = await standing(h, s.id)
    await placeAlone(h, s)
    if (before !== undefined && before.noteId !== null && before.startsAt !== s.startsAt)
      await moveDraftOf(h, before.noteId, s.startsAt)
  }

  return {
    preview(arrangement: Arrangement, from: number, count: number) {
      checkArrangement(arrangement)
      const { found } = occurrences(arrangement, from, Infinity, count + 1)
      return { next: found.slice(0, count).map((one) => ({ ...one })), more: found.length > count }
    },

    create: (attends: Attends, next: Arranged): Promise<{ id: string; sessions: number }> =>
      written(async (h, now) => {
        checkArrangement(next.arrangement)
        const group = attends.kind === 'group'
        const found = group ? await findCurrentGroup(h, attends.id) : await findClient(h, attends.id)
        if (found === undefined) throw new Refusal('NOT_FOUND', 'attends.id')
        const series: Series = {
          ...next,
          id: newId(now),
          clientId: group ? null : attends.id,
          groupId: group ? attends.id : null,
          calendarId: null,
          uid: null,
          taken: '',
          madeUntil: 0,
          endedAt: null,
          createdAt: now,
        }
        if ((await membersAt(h, series)).length === 0) throw new Refusal('NO_MEMBERS')
        await putSeries(h, series)
        const { touched } = await bring(h, series, {
          from: next.arrangement.starts,
          until: await horizonAt(h, now),
          // Whoever types in a series that has been going on wants its sessions; nobody wants those of ten years.
          since: now - YEAR_MS,
          now,
        })
        return { id: series.id, sessions: touched }
      }),

    get: (id: string): Promise<SeriesView> =>
      store.read(async (h) => {
        const series = await findSeries(h, id)
        if (series === undefined) throw new Refusal('NOT_FOUND')
        const { clientId, groupId, calendarId } = series
        const whose = clientId === null ? await findGroup(h, groupId ?? '') : await findClient(h, clientId)
        const calendar = calendarId === null ? undefined : await findCalendar(h, calendarId)
        const { arrangement } = series
        return {
          id,
          attends:
            clientId === null ? { kind: 'group', id: groupId ?? '' } : { kind: 'client', id: clientId },
          name: whose?.name ?? '',
          kind: series.kind,
          arrangement: { ...arrangement, dates: [...arrangement.dates], except: [...arrangement.except] },
          travelBefore: series.travelBefore,
          travelAfter: series.travelAfter,
          calendar: calendar?.name ?? null,
        }
      }),

    change: (sessionId: string, scope: Scope, next: Arranged): Promise<Touched> =>
      written(async (h) => {
        if (scope !== 'this') return splitAt(h, await cutAt(h, sessionId, scope), next)
        const { row } = await ofSeries(h, sessionId)
        checkArrangement({ ...next.arrangement, rule: '', dates: [], except: [] })
        const { starts, zone, minutes } = next.arrangement
        const startsAt = instantOf(starts, zone)
        const ids = await alone(h, row)
        for (const id of ids) {
          const { kind, travelBefore, travelAfter } = next
          const endsAt = startsAt + minutes * MINUTE
          await placeOne(h, { id, kind, startsAt, endsAt, zone, travelBefore, travelAfter })
        }
        return { touched: 1, kept: 0 }
      }),

    move: (
      sessionId: string,
      scope: Scope,
      span: { startsAt: number; endsAt: number; zone: string },
    ): Promise<Touched> =>
      written(async (h) => {
        if (span.endsAt <= span.startsAt) throw new Refusal('END_BEFORE_START', 'endsAt')
        if (span.endsAt - span.startsAt > LONGEST_SESSION_MS) throw new Refusal('TOO_LONG_SESSION', 'endsAt')
        if (scope === 'this') {
          const { row } = await ofSeries(h, sessionId)
          const ids = await alone(h, row)
          const { kind, travelBefore, travelAfter } = row
          for (const id of ids) {
            await placeOne(h, { id, kind, travelBefore, travelAfter, ...span })
          }
          return { touched: 1, kept: 0 }
        }
        const cut = await cutAt(h, sessionId, scope)
        const { series, row } = cut
        const there = wallOf(span.startsAt, series.arrangement.zone)
        const minutes = Math.max(1, Math.round((span.endsAt - span.startsAt) / MINUTE))
        const base = fromThere(series.arrangement, cut.key)
        const arrangement = shifted(base, row.occurrence ?? cut.key, there, minutes)
        if (arrangement === null) throw new Refusal('RULE_FIXED')
        return splitAt(h, cut, { ...series, arrangement })
      }),

    end: (id: string, from: number): Promise<Touched> =>
      written(async (h, now) => {
        const series = await findSeries(h, id)
        if (series === undefined) throw new Refusal('NOT_FOUND')
        if (series.calendarId !== null) throw new Refusal('FROM_CALENDAR')
        const key = wallOf(Math.max(from, now + 1), series.arrangement.zone)
        return endFrom(h, series, key, new Set(), now)
      }),

    remove: (sessionId: string, scope: Scope): Promise<Touched> =>
      written(async (h, now) => {
        if (scope === 'this') {
          const ids = await alone(h, (await ofSeries(h, sessionId)).row)
          await takeAway(h, ids, now, true)
          return { touched: 1, kept: 0 }
        }
        const { series, key } = await cutAt(h, sessionId, scope)
        return endFrom(h, series, key, new Set([sessionId]), now)
      }),
  }

  async function endFrom(
    h: WriteHandle,
    series: Series,
    key: string,
    free: ReadonlySet<string>,
    now: number,
  ): Promise<Touched> {
    const rows = await standingFrom(h, series.id, key)
    await endAt(h, series, key, now)
    return settle(h, {
      series,
      members: [],
      wanted: [],
      standing: meetingsOf(rows, now, free),
      since: now,
      now,
    })
  }
}
