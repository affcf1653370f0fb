import { useNavigate } from '@tanstack/react-router'
import {
  BookOpenText,
  CalendarClock,
  CalendarX,
  NotebookPen,
  RotateCcw,
  Trash2,
  UserRound,
  UserX,
} from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { ScheduledSession } from '../../../shared/contract/sessions.ts'
import { phaseOf } from '../../../shared/domain/sessionLife.ts'
import { api } from '../../api/client.ts'
import { now } from '../../api/clock.ts'
import { usePreferences } from '../../api/context.ts'
import type { MenuEntry } from '../../ui/Menu.tsx'
import { attempt } from './attempt.ts'
import { leading, repeats, type Block } from './blocks.ts'
import { pens } from './pens.ts'
import { MoveDialog, ScopeDialog, StatusDialog } from './schedule.ts'
import type { AwayStatus } from './StatusDialog.tsx'

type Planned = Pick<Block, 'sessions' | 'title'>

const written = ({ note }: ScheduledSession): boolean => note !== null && !note.blank
const signed = ({ note }: ScheduledSession): boolean => note !== null && note.state !== 'draft'
const present = ({ status }: ScheduledSession): boolean => status === 'scheduled'
const backOn = (sessions: readonly ScheduledSession[]) => () =>
  Promise.all(sessions.map(({ id }) => api.sessions.setStatus({ id, status: 'scheduled', line: '' })))

/** Everything that can be done to a session, or to a group's, and the dialogs that some of it opens. */
export function useSessionActs(
  block: Planned,
  { pen }: { pen: boolean },
): { entries: readonly MenuEntry[]; dialog: ReactNode } {
  const navigate = useNavigate()
  const { dueHours } = usePreferences()
  const [open, setOpen] = useState<'move' | 'remove' | AwayStatus | null>(null)
  const { sessions } = block
  const lead = leading({ ...block, phase: 'upcoming' })
  const group = lead.group
  const here = sessions.filter(present)
  const away = sessions.filter((session) => !present(session))

  const write = (session: ScheduledSession, label: string): MenuEntry => ({
    id: `write-${session.id}`,
    label,
    icon: <NotebookPen aria-hidden />,
    onAction: () => void navigate({ to: '/write/$sessionId', params: { sessionId: session.id } }),
  })
  const review = (session: ScheduledSession, label: string): MenuEntry => ({
    id: `review-${session.id}`,
    label,
    icon: <BookOpenText aria-hidden />,
    onAction: () => void navigate({ to: '/review/$sessionId', params: { sessionId: session.id } }),
  })
  const restore = (those: readonly ScheduledSession[], label: string): MenuEntry => ({
    id: `restore-${those[0]?.id ?? ''}`,
    label,
    icon: <RotateCcw aria-hidden />,
    onAction: () => void attempt(backOn(those), 'Back on the schedule.'),
  })

  const forOne = (session: ScheduledSession): MenuEntry[] => {
    const word = pens[phaseOf(session, now(), dueHours)]
    return [
      ...(pen && word !== undefined ? [write(session, word)] : []),
      review(session, 'Open review'),
      {
        id: 'client',
        label: 'Open file',
        icon: <UserRound aria-hidden />,
        onAction: () => void navigate({ to: '/clients/$clientId', params: { clientId: session.clientId } }),
      },
    ]
  }
  /** Each member has a note, and a review, of their own. */
  const forMember = (session: ScheduledSession): MenuEntry => {
    const word = pens[phaseOf(session, now(), dueHours)]
    if (!present(session)) return restore([session], `Put back: ${session.clientName}`)
    return word === undefined
      ? review(session, `Review: ${session.clientName}`)
      : write(session, `${word}: ${session.clientName}`)
  }

  const removeOne = async () => {
    if (repeats(lead)) return setOpen('remove')
    await attempt(
      () =>
        group === null
          ? api.sessions.remove({ id: lead.id })
          : api.groups.removeSession({ event: group.event }),
      'Session removed.',
      () => bringBack(sessions),
    )
  }

  const changes: readonly MenuEntry[] = [
    {
      id: 'move',
      label: 'Move…',
      icon: <CalendarClock aria-hidden />,
      onAction: () => setOpen('move'),
    },
    {
      id: 'cancelled',
      label: 'Cancel session…',
      icon: <CalendarX aria-hidden />,
      onAction: () => setOpen('cancelled'),
    },
    {
      id: 'no-show',
      label: 'No-show…',
      icon: <UserX aria-hidden />,
      onAction: () => setOpen('no-show'),
    },
  ]
  const entries: readonly MenuEntry[] = [
    ...(group === null ? forOne(lead) : sessions.map(forMember)),
    ...(here.length > 0
      ? // A signed session was held, and when: its note says so.
        here.every(signed)
        ? []
        : changes
      : [restore(away, 'Put it back on the schedule')]),
    ...(sessions.some(written)
      ? []
      : [
          {
            id: 'remove',
            label: 'Remove',
            icon: <Trash2 aria-hidden />,
            danger: true,
            onAction: () => void removeOne(),
          },
        ]),
  ]

  const close = () => setOpen(null)
  const dialog =
    open === null ? null : open === 'move' ? (
      <MoveDialog session={lead} title={block.title} onClose={close} />
    ) : open === 'remove' ? (
      <ScopeDialog
        title="Remove session"
        whose={block.title}
        action="Remove"
        danger
        session={lead}
        onClose={close}
        onChoose={(scope) => {
          close()
          void attempt(
            () => api.series.remove({ sessionId: lead.id, scope }),
            scope === 'this' ? 'Session removed.' : 'Removed from the schedule. What is written stays.',
            scope === 'this' ? () => bringBack(sessions) : undefined,
          )
        }}
      />
    ) : (
      <StatusDialog sessions={[lead, ...here.filter((one) => one !== lead)]} status={open} onClose={close} />
    )
  return { entries, dialog }
}

const bringBack = (sessions: readonly ScheduledSession[]) =>
  Promise.all(sessions.map(({ id }) => api.sessions.bringBack({ id })))
