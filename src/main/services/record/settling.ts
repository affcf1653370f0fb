import type { Occurrence } from '../../../shared/domain/calendar/arrangement.ts'
import {
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

export interface Settling {
  readonly series: Series
  /** Who has a row of their own at each time. */
  readonly members: readonly string[]
  readonly wanted: readonly Wanted[]
  readonly standing: readonly Meeting[]
  /** What starts before this is neither made nor moved. */
  readonly since: number
  readonly now: number
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
    const apart = of.every((row) => row.changed) && !of.some((row) => free.has(row.id))
    return { key, live, fixed: stays || apart, of }
  })
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
  readonly #drafts: { noteId: string; startsAt: number }[] = []

  constructor(s: Settling) {
    this.#s = s
  }

  make(at: Wanted): void {
    if (at.startsAt < this.#s.since || this.#s.members.length === 0) return
    const event = this.#s.series.groupId === null ? null : newId(this.#s.now)
    for (const clientId of this.#s.members) this.#add(at, clientId, event, 0)
    this.outcome.touched += 1
  }

  lead(meeting: Meeting, at: Wanted): void {
    for (const row of meeting.of) {
      if (row.seriesId !== this.#s.series.id || row.occurrence !== at.wall)
        this.#rekeyed.push({ id: row.id, seriesId: this.#s.series.id, occurrence: at.wall })
    }
    // Its new time is over already: it stays where it is, rather than be gone.
    if (meeting.fixed || at.startsAt < this.#s.since) {
      if (meeting.live) this.outcome.kept += 1
      return
    }
    const before = this.#count()
    const event =
      this.#s.series.groupId === null
        ? null
        : (meeting.of.find((row) => row.groupEvent !== null)?.groupEvent ?? newId(this.#s.now))
    for (const clientId of this.#s.members) {
      const row = meeting.of.find((one) => one.clientId === clientId)
      if (row === undefined) this.#add(at, clientId, event, 0)
      else this.#place(row, at, event)
    }
    this.#drop(meeting.of.filter((row) => !this.#s.members.includes(row.clientId)))
    if (this.#count() > before) this.outcome.touched += 1
  }

  end(meeting: Meeting): void {
    if (!meeting.live) return
    if (meeting.fixed) this.outcome.kept += 1
    else {
      this.#drop(meeting.of)
      this.outcome.touched += 1
    }
  }

  async commit(h: WriteHandle): Promise<void> {
    await rekeySessions(h, this.#rekeyed)
    await takeAway(h, this.#away, this.#s.now)
    await placeSessions(h, this.#placed)
    await makeSessions(h, this.made)
    for (const { noteId, startsAt } of this.#drafts) await moveDraftOf(h, noteId, startsAt)
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
    const own = row.changed && series.groupId !== null
    const cancelled = at.cancelled === true
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
      travelBefore: series.travelBefore,
      travelAfter: series.travelAfter,
    }
    if (row.removedAt === null && isAlready(row, placed)) return
    this.#placed.push(placed)
    if (row.noteId !== null && row.startsAt !== at.startsAt)
      this.#drafts.push({ noteId: row.noteId, startsAt: at.startsAt })
  }
}

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
