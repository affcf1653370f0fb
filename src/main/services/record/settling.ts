import type { Series } from '../../store/record/queries/series.ts'
import type { Placed, StandingRow } from '../../store/record/queries/standing.ts'
import type { WriteHandle } from '../../store/Store.ts'
import { newId } from './ids.ts'
import { begun, calledOff, isDone, type Meeting, type Wanted, type Was } from './meetings.ts'
import { pair } from './pairing.ts'
import { SessionChanges } from './sessionChanges.ts'

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
 * Brings a series' sessions to what it gives now. Nobody's session is lost or doubled: what stands is led over to
 * the new times (see `pair`), what is too much is taken away, what is missing is made. What is fixed stays as it is
 * and keeps its place. In the caller's transaction.
 */
export async function settle(h: WriteHandle, s: Settling): Promise<Outcome> {
  const changes = new SessionChanges()
  const outcome = decide(s, changes)
  await changes.write(h, s.now)
  return outcome
}

/** The same, with what is to be written added to `changes`. */
export function decide(s: Settling, changes: SessionChanges): Outcome {
  const left = new Set(s.series.arrangement.except)
  // Left out by its own day: it is in nobody's place.
  const taking = s.standing.filter((one) => !(one.fixed && left.has(one.key)))
  const pairs = pair(
    s.wanted.map((one) => one.wall),
    taking,
    /FREQ=(MONTHLY|YEARLY)/.test(s.series.arrangement.rule),
  )
  if (s.was?.once === true) pairTheOne(s, taking, pairs)
  const work = new Work(s, changes)
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

/** The sessions of a series that has none yet, added to `changes`. */
export function decideFresh(s: Omit<Settling, 'standing'>, changes: SessionChanges): Outcome {
  const work = new Work({ ...s, standing: [] }, changes)
  for (const one of s.wanted) work.make(one)
  return work.outcome
}

/** Of a series that gives nothing more: what nobody wrote in, or changed, goes. */
export function endMeetings(standing: readonly Meeting[], changes: SessionChanges): Outcome {
  const outcome: Outcome = { touched: 0, kept: 0 }
  for (const meeting of standing) {
    if (!meeting.live) continue
    if (meeting.fixed) outcome.kept += 1
    else {
      changes.away.push(...unwritten(meeting.of))
      outcome.touched += 1
    }
  }
  return outcome
}

const unwritten = (rows: readonly StandingRow[]): string[] =>
  rows.filter((row) => row.removedAt === null && !row.written).map((row) => row.id)

class Work {
  readonly outcome: Outcome = { touched: 0, kept: 0 }
  readonly #s: Settling
  readonly #changes: SessionChanges

  constructor(s: Settling, changes: SessionChanges) {
    this.#s = s
    this.#changes = changes
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
      this.#changes.detached.push(...meeting.of.map((row) => row.id))
      this.make(at)
      return
    }
    for (const row of meeting.of) {
      if (row.seriesId !== this.#s.series.id || row.occurrence !== at.wall)
        this.#changes.rekeyed.push({ id: row.id, seriesId: this.#s.series.id, occurrence: at.wall })
    }
    // Its new time is over already: it stays where it is, rather than be gone.
    if ((meeting.fixed && !(late && untouched)) || at.startsAt < this.#s.since) {
      if (meeting.live && this.#isAgainst(meeting, at)) this.outcome.kept += 1
      return
    }
    const before = this.#changes.count
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
    if (this.#changes.count > before) this.outcome.touched += 1
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

  #drop(rows: readonly StandingRow[]): void {
    this.#changes.away.push(...unwritten(rows))
  }

  #add(at: Wanted, clientId: string, groupEvent: string | null, changed: number): void {
    const { series, now } = this.#s
    this.#changes.made.push({
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
    this.#changes.placed.push(placed)
    if (row.noteId !== null && row.startsAt !== at.startsAt)
      this.#changes.drafts.push({ noteId: row.noteId, startsAt: at.startsAt })
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
