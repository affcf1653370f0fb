import type { EventInput } from '@fullcalendar/react'
import type { Margins, ScheduledSession } from '../../../../shared/contract/sessions.ts'
import { marginsOf, type Margin } from '../../../../shared/domain/calendar/margins.ts'
import { phaseOf, type Phase } from '../../../../shared/domain/sessionLife.ts'

/** A block of the week: one session, or the members of one group session. */
export interface Block {
  readonly sessions: readonly [ScheduledSession, ...ScheduledSession[]]
  readonly title: string
  readonly phase: Phase
}

/** A contact has no length of its own: it is shown as the shortest line that can be read. */
const SHORTEST_MS = 20 * 60_000

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

/** Sessions as blocks, in time order; those of one group session are one block. */
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

const canMove = ({ sessions, phase }: Block): boolean =>
  phase !== 'cancelled' &&
  phase !== 'no-show' &&
  sessions.every(({ kind, note }) => kind !== 'contact' && (note === null || note.state === 'draft'))

export const blockOf = (event: { extendedProps: Record<string, unknown> }): Block | undefined =>
  event.extendedProps['block'] as Block | undefined

export const marginOf = (event: { extendedProps: Record<string, unknown> }): Margin | undefined =>
  event.extendedProps['margin'] as Margin | undefined

/** What the grid draws: the blocks, and behind them the time around them. */
export function weekEvents(blocks: readonly Block[], margins: Margins): EventInput[] {
  const planned = blocks.filter(
    ({ sessions: [session] }) => session.status === 'scheduled' && session.kind !== 'contact',
  )
  return [
    ...blocks.map((block) => {
      const [session] = block.sessions
      return {
        id: session.id,
        title: block.title,
        start: session.startsAt,
        end: Math.max(session.endsAt, session.startsAt + SHORTEST_MS),
        editable: canMove(block),
        extendedProps: { block },
      }
    }),
    ...marginsOf(
      planned.map(({ sessions: [session] }) => session),
      margins,
    ).map((margin) => ({
      id: `${margin.kind}-${margin.from}`,
      start: margin.from,
      end: margin.to,
      display: 'background',
      extendedProps: { margin },
    })),
  ]
}
