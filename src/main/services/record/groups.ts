import type { GroupView } from '../../../shared/contract/groups.ts'
import { Refusal } from '../../../shared/contract/result.ts'
import type { SeriesKind, Touched } from '../../../shared/contract/series.ts'
import { wallOf } from '../../../shared/domain/calendar/zones.ts'
import { dropMatchesOfGroup } from '../../store/record/queries/calendars.ts'
import { findClient } from '../../store/record/queries/clients.ts'
import * as groups from '../../store/record/queries/groups.ts'
import { putSeries, seriesOfGroup } from '../../store/record/queries/series.ts'
import {
  leave,
  makeSessions,
  placeSessions,
  standing,
  standingOfGroup,
  takeAway,
  type MadeSession,
  type StandingRow,
} from '../../store/record/queries/standing.ts'
import { sessionsOfEvent } from '../../store/record/queries/sessions.ts'
import type { ReadHandle, WriteHandle } from '../../store/Store.ts'
import { bring, horizonAt } from './horizon.ts'
import { newId } from './ids.ts'
import type { RecordStore } from './RecordStore.ts'
import { moveDraftOf } from './sessionDrafts.ts'
import { checkSpan, type Span } from './sessions.ts'
import { begun, calledOff } from './meetings.ts'

export function groupService({ store, clock, changed }: RecordStore) {
  const written = <T>(act: (h: WriteHandle, now: number) => Promise<T>): Promise<T> =>
    store
      .write((h) => act(h, clock.now()))
      .then((value) => {
        changed('sessions', 'clients')
        return value
      })

  async function required(h: ReadHandle, id: string): Promise<groups.Group> {
    const group = await groups.findCurrentGroup(h, id)
    if (group === undefined) throw new Refusal('NOT_FOUND', 'id')
    return group
  }

  async function checkMembers(h: ReadHandle, members: readonly string[]): Promise<string[]> {
    const each = [...new Set(members)]
    for (const id of each)
      if ((await findClient(h, id)) === undefined) throw new Refusal('NOT_FOUND', 'members')
    return each
  }

  /** The group's coming times, each with the sessions of whoever is or was in it. */
  async function coming(h: ReadHandle, groupId: string, now: number): Promise<StandingRow[][]> {
    const byEvent = new Map<string, StandingRow[]>()
    for (const row of await standingOfGroup(h, groupId, now)) {
      const event = row.groupEvent ?? row.id
      byEvent.set(event, [...(byEvent.get(event) ?? []), row])
    }
    return [...byEvent.values()].filter((rows) =>
      rows.some((row) => row.removedAt === null && !begun(row, now)),
    )
  }

  return {
    list: (): Promise<GroupView[]> =>
      store.read(async (h) => {
        const found: GroupView[] = []
        for (const { id, name } of await groups.currentGroups(h)) {
          const members = await groups.membersOf(h, id)
          found.push({
            id,
            name,
            members: byName(members),
            nextSessionAt: await groups.nextOfGroup(h, id, clock.now()),
          })
        }
        return byName(found)
      }),

    create: (name: string, members: readonly string[]): Promise<string> =>
      written(async (h, now) => {
        const id = newId(now)
        await groups.insertGroup(h, { id, name, createdAt: now, endedAt: null })
        await groups.putMembers(h, id, await checkMembers(h, members))
        return id
      }),

    rename: (id: string, name: string): Promise<void> =>
      written(async (h) => {
        await required(h, id)
        await groups.renameGroup(h, id, name)
      }),

    setMembers: (id: string, members: readonly string[]): Promise<Touched> =>
      written(async (h, now) => {
        await required(h, id)
        const next = await checkMembers(h, members)
        await groups.putMembers(h, id, next)
        const [made, back, away]: [MadeSession[], StandingRow[], string[]] = [[], [], []]
        let kept = 0
        for (const rows of await coming(h, id, now)) {
          const live = rows.filter((row) => row.removedAt === null)
          const like = live.find((row) => !row.changed) ?? live[0]
          if (like === undefined) continue
          // Called off for everybody, it is for whoever joins.
          const off = live.every((row) => row.status === 'cancelled')
          for (const row of live.filter((one) => !next.includes(one.clientId))) {
            if (row.written || begun(row, now)) kept += 1
            else away.push(row.id)
          }
          for (const clientId of next) {
            const own = rows.find((row) => row.clientId === clientId)
            // Taken out by itself it stays out; gone with the member it comes back with them.
            if (own === undefined) made.push(joining(like, { clientId, groupId: id, off, now }))
            else if (own.removedAt !== null && !own.changed) {
              back.push({ ...own, ...timesOf(like), ...statusOf(off ? like : own, like) })
              if (own.noteId !== null && own.startsAt !== like.startsAt)
                await moveDraftOf(h, own.noteId, like.startsAt)
            }
          }
        }
        await leave(h, away, now)
        await placeSessions(
          h,
          back.map((row) => ({
            id: row.id,
            kind: row.kind,
            startsAt: row.startsAt,
            endsAt: row.endsAt,
            zone: row.zone,
            status: row.status,
            cancelledBy: row.cancelledBy,
            changed: row.changed ? 1 : 0,
            groupEvent: row.groupEvent,
            travelBefore: row.travelBefore,
            travelAfter: row.travelAfter,
          })),
        )
        await makeSessions(h, made)
        // Times at which nobody was left in it are times of its series all the same.
        for (const series of next.length === 0 ? [] : await seriesOfGroup(h, id)) {
          const from = wallOf(now, series.arrangement.zone)
          await bring(h, series, { from, until: await horizonAt(h, now), since: now, now })
        }
        return { touched: made.length + back.length + away.length, kept }
      }),

    addSession: (
      groupId: string,
      s: Span & { kind: SeriesKind; travelBefore: number; travelAfter: number },
    ): Promise<string> =>
      written(async (h, now) => {
        checkSpan(s)
        await required(h, groupId)
        const members = await groups.membersOf(h, groupId)
        if (members.length === 0) throw new Refusal('NO_MEMBERS')
        const event = newId(now)
        await makeSessions(
          h,
          members.map(({ clientId }) => ({
            id: newId(now),
            seriesId: null,
            clientId,
            groupId,
            groupEvent: event,
            occurrence: null,
            kind: s.kind,
            startsAt: s.startsAt,
            endsAt: s.endsAt,
            zone: s.zone,
            status: 'scheduled',
            cancelledBy: null,
            changed: 0,
            travelBefore: s.travelBefore,
            travelAfter: s.travelAfter,
            createdAt: now,
          })),
        )
        return event
      }),

    removeSession: (event: string): Promise<void> =>
      written(async (h, now) => {
        const sessions = await sessionsOfEvent(h, event)
        if (sessions.length === 0) throw new Refusal('NOT_FOUND')
        for (const { id } of sessions)
          if ((await standing(h, id))?.written === true) throw new Refusal('HAS_NOTE')
        await takeAway(
          h,
          sessions.map(({ id }) => id),
          now,
          true,
        )
      }),

    end: (id: string): Promise<Touched> =>
      written(async (h, now) => {
        await required(h, id)
        for (const series of await seriesOfGroup(h, id)) await putSeries(h, { ...series, endedAt: now })
        const rows = (await coming(h, id, now)).flat().filter((row) => row.removedAt === null)
        const away = rows.filter((row) => !row.written && !begun(row, now)).map((row) => row.id)
        await takeAway(h, away, now)
        await groups.endGroup(h, id, now)
        // Otherwise the next look at the calendar would bring them together again.
        await dropMatchesOfGroup(h, id)
        return { touched: away.length, kept: rows.length - away.length }
      }),
  }
}

const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true })
const byName = <T extends { name: string }>(list: readonly T[]): T[] =>
  [...list].sort((a, b) => collator.compare(a.name, b.name))

const timesOf = ({ kind, startsAt, endsAt, zone, travelBefore, travelAfter }: StandingRow) => ({
  kind,
  startsAt,
  endsAt,
  zone,
  travelBefore,
  travelAfter,
})

/** Of one who comes back: as the others' when that is called off, else what they called off themselves before. */
function statusOf(of: StandingRow, like: StandingRow) {
  const { status, cancelledBy } = of
  if (of === like) return { status, cancelledBy, changed: like.changed }
  return calledOff(of)
    ? { status, cancelledBy, changed: true }
    : { status: 'scheduled', cancelledBy: null, changed: like.changed }
}

function joining(
  like: StandingRow,
  { clientId, groupId, off, now }: { clientId: string; groupId: string; off: boolean; now: number },
): MadeSession {
  return {
    id: newId(now),
    seriesId: like.seriesId,
    clientId,
    groupId,
    groupEvent: like.groupEvent,
    occurrence: like.occurrence,
    kind: like.kind,
    startsAt: like.startsAt,
    endsAt: like.endsAt,
    zone: like.zone,
    status: off ? 'cancelled' : 'scheduled',
    cancelledBy: off ? like.cancelledBy : null,
    changed: like.changed ? 1 : 0,
    travelBefore: like.travelBefore,
    travelAfter: like.travelAfter,
    createdAt: now,
  }
}
