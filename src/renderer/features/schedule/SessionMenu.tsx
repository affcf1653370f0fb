import { CalendarClock, CalendarX, RotateCcw, Trash2, UserRound, UserX, BookOpenText } from 'lucide-react'
import { useNavigate } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import type { SessionView } from '../../../shared/contract/sessions.ts'
import { api } from '../../api/client.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Menu, type MenuEntry } from '../../ui/Menu.tsx'
import { announce } from '../../ui/Status.tsx'
import { MoveDialog, ScopeDialog, StatusDialog } from './schedule.ts'
import type { AwayStatus } from './StatusDialog.tsx'

/** Everything that can be done to a session besides its note, and the dialogs that some of it opens. */
export function useSessionActs(session: SessionView): {
  entries: readonly MenuEntry[]
  dialog: ReactNode
} {
  const navigate = useNavigate()
  const [open, setOpen] = useState<'move' | 'remove' | AwayStatus | null>(null)
  const written = session.note !== null && !session.note.blank

  const attempt = async (act: () => Promise<unknown>, done: string, undo?: () => Promise<unknown>) => {
    try {
      await act()
      announce(
        undo === undefined
          ? { text: done }
          : { text: done, action: { label: 'Undo', onAction: () => void attempt(undo, 'Back as it was.') } },
      )
    } catch (error) {
      announce({ text: sentenceFor(error) })
    }
  }

  const { id, clientId } = session
  const removeOrAsk = async () => {
    const found = await api.sessions.scheduled({ id }).catch(() => null)
    if (found !== null && found.seriesId !== null && !found.changed) return setOpen('remove')
    await attempt(
      () => api.sessions.remove({ id }),
      'Session removed.',
      () => api.sessions.bringBack({ id }),
    )
  }
  const planned = session.status === 'scheduled'
  const entries: readonly MenuEntry[] = [
    {
      id: 'review',
      label: 'Open review',
      icon: <BookOpenText aria-hidden />,
      onAction: () => void navigate({ to: '/review/$sessionId', params: { sessionId: id } }),
    },
    {
      id: 'client',
      label: 'Open file',
      icon: <UserRound aria-hidden />,
      onAction: () => void navigate({ to: '/clients/$clientId', params: { clientId } }),
    },
    ...(planned
      ? [
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
      : [
          {
            id: 'restore',
            label: 'Put it back on the schedule',
            icon: <RotateCcw aria-hidden />,
            onAction: () =>
              void attempt(
                () => api.sessions.setStatus({ id, status: 'scheduled', line: '' }),
                'Back on the schedule.',
              ),
          },
        ]),
    ...(written
      ? []
      : [
          {
            id: 'remove',
            label: 'Remove',
            icon: <Trash2 aria-hidden />,
            danger: true,
            onAction: () => void removeOrAsk(),
          },
        ]),
  ]

  const dialog =
    open === null ? null : open === 'move' ? (
      <MoveDialog session={session} onClose={() => setOpen(null)} />
    ) : open === 'remove' ? (
      <ScopeDialog
        title="Remove session"
        action="Remove"
        danger
        onClose={() => setOpen(null)}
        onChoose={(scope) => {
          setOpen(null)
          void attempt(() => api.series.remove({ sessionId: id, scope }), 'Removed from the schedule.')
        }}
      />
    ) : (
      <StatusDialog session={session} status={open} onClose={() => setOpen(null)} />
    )
  return { entries, dialog }
}

export function SessionMenu({ session }: { session: SessionView }) {
  const { entries, dialog } = useSessionActs(session)
  return (
    <>
      <Menu label={`More about ${session.clientName}`} entries={entries} />
      {dialog}
    </>
  )
}
