import type { Occurrence } from '../../../shared/domain/calendar/arrangement.ts'
import {
  detachSessions,
  makeSessions,
  placeSessions,
  rekeySessions,
  takeAway,
  type MadeSession,
  type Placed,
  type Series,
  type StandingRow,
} from '../../store/record/queries/series.ts'
import type { WriteHandle } from '../../store/Store.ts'
import { newId } from './ids.ts'
import { pair, type Standing } from './pairing.ts'
import { moveDraftOf } from './sessionDrafts.ts'

/** One time of a series: a session, or a group's sessions that share an event. */
export type Meeting = Standing<readonly StandingRow[]>

export interface Wanted extends Occurrence {
  /** Called off in the calendar it comes from; made, and shown as such. */
  readonly cancelled?: boolean
}

/** What the calendar said of a series' times before it said something else. */
export interface Was {
  /** It took place once: whatever its time is now, it is that one. */
  readonly once: boolean
  readonly at: (wall: string) => Omit<Wanted, 'wall'>
}

export interface Settling {
  readonly series: Series
  /** Who has a row of their own at each time. */
  readonly members: readonly string[]
  readonly wanted: readonly Wanted[]
  readonly standing: readonly Meeting[]
  /** What starts before this is neither made nor moved. */
  readonly since: number
  readonly now: number
  /** Only where a calendar says something new of the series. */
  readonly was?: Was | undefined
  /** Whether that client's session at that time stands already, led by no calendar: a second one is not made. */
  readonly stands?: ((clientId: string, at: Wanted) => boolean) | undefined
}

export interface Outcome {
  touched: number
  kept: number
}

/**
 * Rows of a series as its times. Fixed is what is over, started or written, and what was changed by itself; of a
 * group's session, when everybody's was. `free`: a session that the person is changing at this moment.
 */
export function meetingsOf(rows: readonly StandingRow[], now: number, free: ReadonlySet<string>): Meeting[] {
  const byKey = new Map<string, StandingRow[]>()
  for (const row of rows) {
    const key = row.occurrence ?? ''
    byKey.set(key, [...(byKey.get(key) ?? []), row])
  }
  return [...byKey].map(([key, of]) => {
    const live = of.some((row) => row.removedAt === null)
    const stays = of.some((row) => row.written || (row.removedAt === null && begun(row, now)))
    const apart = counting(of).every((row) => row.changed) && !of.some((row) => free.has(row.id))
    return { key, live, fixed: stays || apart, of }
  })
}

/** By the client or for them alone; `other` is what a calendar says of everybody's. */
export const calledOff = (row: StandingRow): boolean =>
  row.status !== 'scheduled' && row.cancelledBy !== 'other'

/**
 * Whose rows say whether a time was changed by itself: of those who are in it. With nobody left, of those who went
 * last, who took it with them or only left the group; who had left before has no say in it.
 */
function counting(of: readonly StandingRow[]): readonly StandingRow[] {
  const live = of.filter((row) => row.removedAt === null)
  if (live.length > 0) return live
  const last = Math.max(...of.map((row) => row.removedAt ?? 0))
  return of.filter((row) => row.removedAt === last)
}

export const begun = (row: StandingRow, now: number): boolean => row.startedAt !== null || row.startsAt <= now

/**
 * Brings a series' sessions to what it gives now. Nobody's session is lost or doubled: what stands is led over to
 * the new times (see `pair`), what is too much is taken away, what is missing is made. What is fixed stays as it is
 * and keeps its place. In the caller's transaction.
 */
export async function settle(h: WriteHandle, s: Settling): Promise<Outcome> {
  const left = new Set(s.series.arrangement.except)
  // Left out by its own day: it is in nobody's place.
  const taking = s.standing.filter((one) => !(one.fixed && left.has(one.key)))
  const pairs = pair(
    s.wanted.map((one) => one.wall),
    taking,
    /FREQ=(MONTHLY|YEARLY)/.test(s.series.arrangement.rule),
  )
  if (s.was?.once === true) pairTheOne(s, taking, pairs)
  const work = new Work(s)
  const paired = new Set<Meeting>()
  for (const one of s.wanted) {
    const meeting = pairs.get(one.wall)
    if (meeting === undefined) work.make(one)
    else {
      paired.add(meeting)
      work.lead(meeting, one)
    }
  }
  for (const meeting of s.standing) if (!paired.has(meeting)) work.end(meeting)
  await work.commit(h)
  return work.outcome
}

/** What takes place once is the same one in whatever week it was put. */
function pairTheOne(s: Settling, standing: readonly Meeting[], pairs: Map<string, Meeting>): void {
  const live = standing.filter((one) => one.live)
  const [at, one] = [s.wanted[0], live[0]]
  if (s.wanted.length !== 1 || live.length !== 1 || pairs.size > 0 || at === undefined || one === undefined)
    return
  if (one.fixed || at.startsAt >= s.since) pairs.set(at.wall, one)
}

/** The sessions of a series that has none yet. */
export function freshSessions(s: Omit<Settling, 'standing'>): MadeSession[] {
  const work = new Work({ ...s, standing: [] })
  for (const one of s.wanted) work.make(one)
  return work.made
}

class Work {
  readonly outcome: Outcome = { touched: 0, kept: 0 }
  readonly #s: Settling
  readonly made: MadeSession[] = []
  readonly #placed: Placed[] = []
  readonly #rekeyed: { id: string; seriesId: string; occurrence: string }[] = []
  readonly #away: string[] = []
  readonly #detached: string[] = []
  readonly #drafts: { noteId: string; startsAt: number }[] = []

  constructor(s: Settling) {
    this.#s = s
  }

  make(at: Wanted): void {
    const members = this.#s.members.filter((clientId) => !this.#stands(clientId, at))
    if (at.startsAt < this.#s.since || members.length === 0) return
    const event = this.#s.series.groupId === null ? null : newId(this.#s.now)
    for (const clientId of members) this.#add(at, clientId, event, 0)
    this.outcome.touched += 1
  }

  lead(meeting: Meeting, at: Wanted): void {
    const late = this.#isPutOff(meeting, at)
    const untouched = meeting.of.every((row) => !row.written && !row.changed && row.startedAt === null)
    // It took place, or was called off, as we know here: what the calendar has now is another one.
    if (late && !untouched && isDone(meeting, this.#s.now)) {
      this.#detached.push(...meeting.of.map((row) => row.id))
      this.make(at)
      return
    }
    for (const row of meeting.of) {
      if (row.seriesId !== this.#s.series.id || row.occurrence !== at.wall)
        this.#rekeyed.push({ id: row.id, seriesId: this.#s.series.id, occurrence: at.wall })
    }
    // Its new time is over already: it stays where it is, rather than be gone.
    if ((meeting.fixed && !(late && untouched)) || at.startsAt < this.#s.since) {
      if (meeting.live && this.#isAgainst(meeting, at)) this.outcome.kept += 1
      return
    }
    const before = this.#count()
    const event =
      this.#s.series.groupId === null
        ? null
        : (meeting.of.find((row) => row.groupEvent !== null)?.groupEvent ?? newId(this.#s.now))
    for (const clientId of this.#s.members) {
      const row = meeting.of.find((one) => one.clientId === clientId)
      if (row?.startsAt !== at.startsAt && this.#stands(clientId, at)) {
        if (row !== undefined) this.#drop([row])
      } else if (row === undefined) this.#add(at, clientId, event, 0)
      else this.#place(row, at, event)
    }
    this.#drop(meeting.of.filter((row) => !this.#s.members.includes(row.clientId)))
    if (this.#count() > before) this.outcome.touched += 1
  }

  end(meeting: Meeting): void {
    if (!meeting.live) return
    if (meeting.fixed) {
      // That what is over stays needs no telling where a calendar is followed.
      if (this.#s.was === undefined || this.#isComing(meeting)) this.outcome.kept += 1
    } else {
      this.#drop(meeting.of)
      this.outcome.touched += 1
    }
  }

  async commit(h: WriteHandle): Promise<void> {
    await detachSessions(h, this.#detached)
    await rekeySessions(h, this.#rekeyed)
    await takeAway(h, this.#away, this.#s.now)
    await placeSessions(h, this.#placed)
    await makeSessions(h, this.made)
    for (const { noteId, startsAt } of this.#drafts) await moveDraftOf(h, noteId, startsAt)
  }

  /** The calendar put this one time, not the whole series, to where it is still to come. */
  #isPutOff(meeting: Meeting, at: Wanted): boolean {
    const { was, now } = this.#s
    if (was === undefined || !meeting.fixed || at.cancelled === true || at.startsAt <= now) return false
    return (meeting.key === at.wall || was.once) && was.at(meeting.key).startsAt !== at.startsAt
  }

  /** What stays says something else than the calendar now does. */
  #isAgainst(meeting: Meeting, at: Wanted): boolean {
    const { was, now } = this.#s
    if (was === undefined) return true
    const before = was.at(meeting.key)
    const off = at.cancelled === true
    if (before.startsAt === at.startsAt && before.endsAt === at.endsAt && (before.cancelled === true) === off)
      return false
    return meeting.of.some(
      (row) =>
        row.removedAt === null &&
        !begun(row, now) &&
        (row.startsAt !== at.startsAt || row.endsAt !== at.endsAt || (off && row.status === 'scheduled')),
    )
  }

  #isComing(meeting: Meeting): boolean {
    return meeting.of.some((row) => row.removedAt === null && !begun(row, this.#s.now))
  }

  #stands(clientId: string, at: Wanted): boolean {
    return this.#s.stands?.(clientId, at) ?? false
  }

  #count(): number {
    return this.made.length + this.#placed.length + this.#away.length
  }

  #drop(rows: readonly StandingRow[]): void {
    this.#away.push(...rows.filter((row) => row.removedAt === null && !row.written).map((row) => row.id))
  }

  #add(at: Wanted, clientId: string, groupEvent: string | null, changed: number): void {
    const { series, now } = this.#s
    this.made.push({
      id: newId(now),
      seriesId: series.id,
      clientId,
      groupId: series.groupId,
      groupEvent,
      occurrence: at.wall,
      kind: series.kind,
      startsAt: at.startsAt,
      endsAt: at.endsAt,
      zone: series.arrangement.zone,
      status: at.cancelled === true ? 'cancelled' : 'scheduled',
      cancelledBy: at.cancelled === true ? 'other' : null,
      changed,
      travelBefore: series.travelBefore,
      travelAfter: series.travelAfter,
      createdAt: now,
    })
  }

  #place(row: StandingRow, at: Wanted, groupEvent: string | null): void {
    const { series } = this.#s
    // Of a group this member's was called off or taken out by itself: that stays, the time goes with the others'.
    if (row.changed && row.removedAt !== null) return
    // Who called off, left the group and is back has still called off.
    const off = row.removedAt !== null && calledOff(row)
    const own = series.groupId !== null && (row.changed || off)
    const cancelled = at.cancelled === true
    // A calendar says nothing of the way there: what was set here stays.
    const { travelBefore, travelAfter } = series.calendarId === null ? series : row
    const placed: Placed = {
      id: row.id,
      kind: series.kind,
      startsAt: at.startsAt,
      endsAt: at.endsAt,
      zone: series.arrangement.zone,
      status: own ? row.status : cancelled ? 'cancelled' : 'scheduled',
      cancelledBy: own ? row.cancelledBy : cancelled ? 'other' : null,
      changed: own ? 1 : 0,
      groupEvent,
      travelBefore,
      travelAfter,
    }
    if (row.removedAt === null && isAlready(row, placed)) return
    this.#placed.push(placed)
    if (row.noteId !== null && row.startsAt !== at.startsAt)
      this.#drafts.push({ noteId: row.noteId, startsAt: at.startsAt })
  }
}

/** It began, or nobody expects it any more. */
const isDone = (meeting: Meeting, now: number): boolean =>
  meeting.of.some((row) => row.removedAt === null && begun(row, now)) ||
  meeting.of.every((row) => row.removedAt !== null || row.status !== 'scheduled')

const isAlready = (row: StandingRow, placed: Placed): boolean =>
  row.kind === placed.kind &&
  row.startsAt === placed.startsAt &&
  row.endsAt === placed.endsAt &&
  row.zone === placed.zone &&
  row.status === placed.status &&
  row.changed === (placed.changed === 1) &&
  row.groupEvent === placed.groupEvent &&
  row.travelBefore === placed.travelBefore &&
  row.travelAfter === placed.travelAfter
