import type { ScheduledSession } from '../../../shared/contract/sessions.ts'
import { overAt, type Phase } from '../../../shared/domain/sessionLife.ts'
import { blocksOf, leading, type Block } from '../schedule/schedule.ts'

export interface PlannedSession {
  readonly type: 'session'
  /** One session, or those of a group's members: one row. */
  readonly block: Block
  /** The block's, or of a group one of them. */
  readonly session: ScheduledSession
  readonly phase: Phase
  /** Those that take place at the same time: shown, not scolded. */
  readonly clashes: readonly Block[]
}
/** Free time between two sessions, in epoch milliseconds. */
export interface Gap {
  readonly type: 'gap'
  readonly from: number
  readonly to: number
}
export type DayRow = PlannedSession | Gap

export interface DayPlan {
  readonly rows: readonly DayRow[]
  /** In session now; more than one only where two clash. */
  readonly running: readonly PlannedSession[]
  /** The latest one that is over, if its note is still to be written. */
  readonly justOver: PlannedSession | null
  /** The one whose review is offered: it starts within ten minutes. */
  readonly next: PlannedSession | null
}

const SHORTEST_GAP_MS = 10 * 60_000
const JUST_OVER_MS = 90 * 60_000

/** A contact is over as soon as it exists, whatever time was put down for it. */
export const endOf = (s: ScheduledSession): number => (s.kind === 'contact' ? s.startsAt : overAt(s))

const takesTime = (s: ScheduledSession): boolean => s.status === 'scheduled' && s.kind !== 'contact'

const MINUTE = 60_000
/** With the way there, and back: nobody is free on the road. */
const leavesAt = (s: ScheduledSession): number => s.startsAt - s.travelBefore * MINUTE
const isBackAt = (s: ScheduledSession): number => s.endsAt + s.travelAfter * MINUTE

const overlaps = (a: ScheduledSession, b: ScheduledSession): boolean =>
  a.startsAt < b.endsAt && b.startsAt < a.endsAt

/** Arranges a day's sessions at `now` (epoch milliseconds). */
export function planDay(sessions: readonly ScheduledSession[], now: number, dueHours: number): DayPlan {
  const ordered = [...sessions].sort((a, b) => a.startsAt - b.startsAt || a.endsAt - b.endsAt)
  const blocks = blocksOf(ordered, now, dueHours).map((block) => ({ block, session: leading(block) }))
  const busy = blocks.filter(({ session }) => takesTime(session))
  const rows: DayRow[] = []
  const planned: PlannedSession[] = []
  let freeFrom: number | null = null
  for (const { block, session } of blocks) {
    if (takesTime(session)) {
      if (freeFrom !== null && leavesAt(session) - freeFrom >= SHORTEST_GAP_MS)
        rows.push({ type: 'gap', from: freeFrom, to: leavesAt(session) })
      freeFrom = Math.max(freeFrom ?? isBackAt(session), isBackAt(session))
    }
    const clashes = takesTime(session)
      ? busy.filter((other) => other.block !== block && overlaps(other.session, session))
      : []
    const row: PlannedSession = {
      type: 'session',
      block,
      session,
      phase: block.phase,
      clashes: clashes.map((other) => other.block),
    }
    planned.push(row)
    rows.push(row)
  }
  const unwritten = planned.filter(
    ({ phase, session }) =>
      (phase === 'to-write' || phase === 'draft') && now - endOf(session) <= JUST_OVER_MS,
  )
  const justOver = unwritten.reduce<PlannedSession | null>(
    (latest, row) => (latest === null || endOf(row.session) >= endOf(latest.session) ? row : latest),
    null,
  )
  return {
    rows,
    running: planned.filter(({ phase }) => phase === 'in-session'),
    justOver,
    next: planned.find(({ phase }) => phase === 'review') ?? null,
  }
}
