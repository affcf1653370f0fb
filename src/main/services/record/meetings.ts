import type { Occurrence } from '../../../shared/domain/calendar/arrangement.ts'
import type { StandingRow } from '../../store/record/queries/standing.ts'
import type { Standing } from './pairing.ts'

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

/** It began, or nobody expects it any more. */
export const isDone = (meeting: Meeting, now: number): boolean =>
  meeting.of.some((row) => row.removedAt === null && begun(row, now)) ||
  meeting.of.every((row) => row.removedAt !== null || row.status !== 'scheduled')
