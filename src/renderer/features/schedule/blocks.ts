import type { ScheduledSession } from '../../../shared/contract/sessions.ts'
import { phaseOf, type Phase } from '../../../shared/domain/sessionLife.ts'

/** What takes place once, for one person or for several: one session, or those of a group's members. */
export interface Block {
  readonly sessions: readonly [ScheduledSession, ...ScheduledSession[]]
  /** The client's name, or the group's. */
  readonly title: string
  readonly phase: Phase
}

/** What still asks for something comes first: a group is as far as its member who is least far. */
const PHASES: readonly Phase[] = [
  'overdue',
  'draft',
  'to-write',
  'in-session',
  'review',
  'upcoming',
  'signed',
  'amended',
  'no-show',
  'cancelled',
]

/** Sessions as blocks, in the order they come in; those of one group session are one block. */
export function blocksOf(sessions: readonly ScheduledSession[], now: number, dueHours: number): Block[] {
  const together = new Map<string, [ScheduledSession, ...ScheduledSession[]]>()
  for (const session of sessions) {
    const key = session.group?.event ?? session.id
    const others = together.get(key)
    if (others === undefined) together.set(key, [session])
    else others.push(session)
  }
  return [...together.values()].map((members) => {
    const phases = new Set(members.map((session) => phaseOf(session, now, dueHours)))
    return {
      sessions: members,
      title: members[0].group?.name ?? members[0].clientName,
      phase: PHASES.find((phase) => phases.has(phase)) ?? 'upcoming',
    }
  })
}

/** The one that the block's times and travel are taken from: somebody who is still coming, where there is one. */
export const leading = ({ sessions }: Block): ScheduledSession =>
  sessions.find(({ status }) => status === 'scheduled') ?? sessions[0]

/** Still one of its series, so that it is asked which of them are meant. */
export const repeats = ({ seriesId, changed }: ScheduledSession): boolean => seriesId !== null && !changed
