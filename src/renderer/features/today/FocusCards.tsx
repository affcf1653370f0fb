import { useNavigate } from '@tanstack/react-router'
import { Eye, EyeOff } from 'lucide-react'
import type { SessionView } from '../../../shared/contract/sessions.ts'
import { queryClient } from '../../api/cache.ts'
import { api } from '../../api/client.ts'
import { elapsedText, now, spanText, timeText, useMinute, useSecond } from '../../api/clock.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Name } from '../../ui/Parts.tsx'
import { announce } from '../../ui/Status.tsx'
import { toggleVeil, useVeiled } from '../../ui/veil.ts'
import { endOf, type DayPlan, type PlannedSession } from './dayPlan.ts'
import css from './FocusCards.module.css'

/** The one thing to do now, by the clock: a running session, the note just due, the review just offered. */
export function FocusCards({ plan }: { plan: DayPlan }) {
  const { running, justOver, next } = plan
  if (running.length === 0 && justOver === null && next === null) return null
  return (
    <div className={css.cards}>
      {running.map((row) => (
        <SessionCard key={row.session.id} session={row.session} />
      ))}
      {justOver !== null && <OverCard row={justOver} primary={running.length === 0} />}
      {next !== null && <NextCard row={next} primary={running.length === 0 && justOver === null} />}
    </div>
  )
}

async function mark(session: SessionView, startedAt: number | null, endedAt: number | null, undo = false) {
  try {
    await api.sessions.mark({ id: session.id, startedAt, endedAt })
    await queryClient.invalidateQueries({ queryKey: ['sessions'] })
    if (undo) return
    announce({
      text: endedAt === null ? 'Session started.' : `Session ended at ${timeText(endedAt)}.`,
      action: {
        label: 'Undo',
        onAction: () => void mark(session, session.startedAt, session.endedAt, true),
      },
    })
  } catch (error) {
    announce({ text: sentenceFor(error) })
  }
}

const StartButton = ({ session }: { session: SessionView }) => (
  <Button onPress={() => void mark(session, now(), null)}>Start session</Button>
)

/** Quiet while somebody is in the room: time, and nothing that asks for typing. */
function SessionCard({ session }: { session: SessionView }) {
  const veiled = useVeiled()
  return (
    <section className={css.card} aria-label="Session">
      <div className={css.facts}>
        <p className={css.kicker}>In session</p>
        <p className={css.title} data-veil>
          <Name>{session.clientName}</Name>
        </p>
        <p className={css.detail}>
          {session.startedAt === null ? 'Since' : 'Started'} {timeText(session.startedAt ?? session.startsAt)}{' '}
          · until {timeText(session.endsAt)}
        </p>
      </div>
      <Elapsed since={session.startedAt ?? session.startsAt} />
      <div className={css.actions}>
        <IconButton
          label="Privacy blur"
          icon={veiled ? <Eye aria-hidden /> : <EyeOff aria-hidden />}
          onPress={toggleVeil}
          aria-pressed={veiled}
        />
        {session.startedAt === null && <StartButton session={session} />}
        <Button
          onPress={() => void mark(session, session.startedAt ?? session.startsAt, now())}
          variant="plain"
        >
          End session
        </Button>
      </div>
    </section>
  )
}

function Elapsed({ since }: { since: number }) {
  const second = useSecond()
  return (
    <p className={css.elapsed} role="timer" aria-label="Elapsed time" aria-live="off">
      {elapsedText(second - since)}
    </p>
  )
}

function OverCard({ row: { session, phase }, primary }: { row: PlannedSession; primary: boolean }) {
  const navigate = useNavigate()
  const minute = useMinute()
  const contact = session.kind === 'contact'
  const ago = minute - endOf(session)
  return (
    <section className={css.card} aria-label="To write">
      <div className={css.facts}>
        <p className={css.kicker}>
          {contact ? 'Contact' : 'Ended'} {timeText(endOf(session))} ·{' '}
          {ago < 60_000 ? 'just now' : `${spanText(ago)} ago`}
        </p>
        <p className={css.title} data-veil>
          <Name>{session.clientName}</Name>
        </p>
        <p className={css.detail}>
          {phase === 'draft'
            ? 'A draft is begun.'
            : contact
              ? 'Its note can be written now.'
              : 'The session’s time is over; its note can be written now.'}
        </p>
      </div>
      <div className={css.actions}>
        <Button
          variant={primary ? 'primary' : 'plain'}
          onPress={() => void navigate({ to: '/write/$sessionId', params: { sessionId: session.id } })}
        >
          Write note
        </Button>
      </div>
    </section>
  )
}

function NextCard({ row: { session }, primary }: { row: PlannedSession; primary: boolean }) {
  const navigate = useNavigate()
  const minute = useMinute()
  const left = Math.max(0, session.startsAt - minute)
  return (
    <section className={css.card} aria-label="Next">
      <div className={css.facts}>
        <p className={css.kicker}>Next · {left < 60_000 ? 'now' : `in ${spanText(left)}`}</p>
        <p className={css.title} data-veil>
          <Name>{session.clientName}</Name>
        </p>
        <p className={css.detail}>
          {timeText(session.startsAt)} – {timeText(session.endsAt)}
        </p>
      </div>
      <div className={css.actions}>
        <StartButton session={session} />
        <Button
          variant={primary ? 'primary' : 'plain'}
          onPress={() => void navigate({ to: '/review/$sessionId', params: { sessionId: session.id } })}
        >
          Review
        </Button>
      </div>
    </section>
  )
}
