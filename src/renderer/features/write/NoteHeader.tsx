import { Link } from '@tanstack/react-router'
import { Clock } from 'lucide-react'
import type { NoteView } from '../../../shared/contract/notes.ts'
import { phaseOf } from '../../../shared/domain/sessionLife.ts'
import { relativeDayText, spanText, timeText, useMinute } from '../../api/clock.ts'
import { usePreferences } from '../../api/context.ts'
import { Chip } from '../../ui/Parts.tsx'
import { PhaseChip } from '../../ui/PhaseChip.tsx'
import { ClientName } from '../clients/clients.ts'
import css from './Write.module.css'

const HALF_A_DAY = 12 * 3_600_000
const MINUTE = 60_000

export function NoteHeader({ note }: { note: NoteView }) {
  const minute = useMinute()
  const { dueHours } = usePreferences()
  const { session } = note
  return (
    <header className={css.head}>
      <h1 className={css.who} data-veil>
        <Link to="/clients/$clientId" params={{ clientId: session.clientId }} className={css.client ?? ''}>
          <ClientName id={session.clientId}>{session.clientName}</ClientName>
        </Link>
      </h1>
      <p className={css.when}>
        {relativeDayText(session.startsAt)} · {timeText(session.startsAt)} – {timeText(session.endsAt)}
      </p>
      <div className={css.chips}>
        <PhaseChip phase={phaseOf(session, minute, dueHours)} />
        {note.late && <Chip tone="amber">Late entry</Chip>}
        <NextChip at={note.nextSessionAt} minute={minute} />
      </div>
    </header>
  )
}

/** How long until somebody else sits here. It informs; it never locks or hurries anything. */
function NextChip({ at, minute }: { at: number | null; minute: number }) {
  if (at === null || at - minute > HALF_A_DAY) return null
  const left = at - minute
  return (
    <Chip icon={<Clock aria-hidden />}>
      {left < MINUTE ? 'Next session now' : `Next session in ${spanText(left)}, ${timeText(at)}`}
    </Chip>
  )
}
