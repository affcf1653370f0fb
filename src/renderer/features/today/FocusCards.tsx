import { useNavigate } from '@tanstack/react-router'
import { Eye, EyeOff } from 'lucide-react'
import type { ScheduledSession } from '../../../shared/contract/sessions.ts'
import { queryClient } from '../../api/cache.ts'
import { api } from '../../api/client.ts'
import { elapsedText, now, spanText, timeText, useMinute, useSecond } from '../../api/clock.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Name } from '../../ui/Parts.tsx'
import { announce } from '../../ui/Status.tsx'
import { toggleVeil, useVeiled } from '../../ui/veil.ts'
import { ClientName } from '../clients/clients.ts'
import { leading, marksOf, thereText, type Block } from '../schedule/schedule.ts'
import { Ending } from './Ending.tsx'
import { Members } from './Members.tsx'
import { endOf, type DayPlan, type PlannedSession } from './dayPlan.ts'
import css from './FocusCards.module.css'

/** The one thing to do now, by the clock: a running session, the note just due, the review just offered. */
export function FocusCards({ plan }: { plan: DayPlan }) {
  const { running, justOver, next } = plan
  if (running.length === 0 && justOver === null && next === null) return null
  return (
    <div className={css.cards}>
      {running.map((row) => (
        <SessionCard key={row.session.id} row={row} />
      ))}
      {justOver !== null && <OverCard row={justOver} primary={running.length === 0} />}
      {next !== null && <NextCard row={next} primary={running.length === 0 && justOver === null} />}
    </div>
  )
}

type Marks = Pick<ScheduledSession, 'startedAt' | 'endedAt'>

/** Start and End hold for everybody who is in the room. */
async function mark(block: Block, marks: (session: ScheduledSession) => Marks, undo = false) {
  const here = block.sessions.filter(({ status }) => status === 'scheduled')
  const endedAt = here[0] === undefined ? null : marks(here[0]).endedAt
  try {
    for (const session of here) await api.sessions.mark({ id: session.id, ...marks(session) })
    await queryClient.invalidateQueries({ queryKey: ['sessions'] })
    if (undo) return
    announce({
      about: marksOf(block.sessions[0].id),
      text: endedAt === null ? 'Session started.' : `Session ended at ${timeText(endedAt)}.`,
      action: {
        label: 'Undo',
        onAction: () =>
          void mark(block, ({ startedAt, endedAt: before }) => ({ startedAt, endedAt: before }), true),
      },
    })
  } catch (error) {
    announce({ text: sentenceFor(error) })
  }
}

function StartButton({ block }: { block: Block }) {
  const start = () => {
    const startedAt = now()
    void mark(block, () => ({ startedAt, endedAt: null }))
  }
  return <Button onPress={start}>Start session</Button>
}

/** Quiet while somebody is in the room: time, and nothing that asks for typing. */
function SessionCard({ row: { block, session } }: { row: PlannedSession }) {
  const end = () => {
    const endedAt = now()
    void mark(block, ({ startedAt, startsAt }) => ({ startedAt: startedAt ?? startsAt, endedAt }))
  }
  const veiled = useVeiled()
  return (
    <section className={css.card} aria-label="Session">
      <div className={css.facts}>
        <p className={css.kicker}>In session</p>
        <p className={css.title} data-veil>
          <BlockName block={block} />
        </p>
        <p className={css.detail}>
          {session.startedAt === null ? 'Since' : 'Started'} {timeText(session.startedAt ?? session.startsAt)}{' '}
          · until {timeText(session.endsAt)}
        </p>
        <Ending from={session.startedAt ?? session.startsAt} to={session.endsAt} />
      </div>
      <Elapsed since={session.startedAt ?? session.startsAt} />
      <div className={css.actions}>
        <IconButton
          label="Privacy blur"
          icon={veiled ? <Eye aria-hidden /> : <EyeOff aria-hidden />}
          onPress={toggleVeil}
          aria-pressed={veiled}
        />
        {session.startedAt === null && <StartButton block={block} />}
        <Button onPress={end} variant="plain">
          End session
        </Button>
      </div>
    </section>
  )
}

const BlockName = ({ block }: { block: Block }) =>
  leading(block).group === null ? (
    <ClientName id={leading(block).clientId}>{block.title}</ClientName>
  ) : (
    <Name>{block.title}</Name>
  )

function Elapsed({ since }: { since: number }) {
  const second = useSecond()
  return (
    <p className={css.elapsed} role="timer" aria-label="Elapsed time" aria-live="off">
      {elapsedText(second - since)}
    </p>
  )
}

function OverCard({ row: { block, session, phase }, primary }: { row: PlannedSession; primary: boolean }) {
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
          <BlockName block={block} />
        </p>
        {session.group !== null && <Members block={block} />}
        <p className={css.detail}>
          {session.group !== null
            ? 'Each has a note of their own.'
            : phase === 'draft'
              ? 'A draft is begun.'
              : contact
                ? 'Its note can be written now.'
                : 'The session’s time is over; its note can be written now.'}
        </p>
      </div>
      {session.group === null && (
        <div className={css.actions}>
          <Button
            variant={primary ? 'primary' : 'plain'}
            onPress={() => void navigate({ to: '/write/$sessionId', params: { sessionId: session.id } })}
          >
            {phase === 'draft' ? 'Go on writing' : 'Write note'}
          </Button>
        </div>
      )}
    </section>
  )
}

function NextCard({ row: { block, session }, primary }: { row: PlannedSession; primary: boolean }) {
  const navigate = useNavigate()
  const minute = useMinute()
  const left = Math.max(0, session.startsAt - minute)
  const there = thereText(session)
  return (
    <section className={css.card} aria-label="Next">
      <div className={css.facts}>
        <p className={css.kicker}>Next · {left < 60_000 ? 'now' : `in ${spanText(left)}`}</p>
        <p className={css.title} data-veil>
          <BlockName block={block} />
        </p>
        <p className={css.detail}>
          {timeText(session.startsAt)} – {timeText(session.endsAt)}
          {there !== null && ` · ${there}`}
        </p>
        {session.group !== null && <Members block={block} />}
      </div>
      <div className={css.actions}>
        <StartButton block={block} />
        {session.group === null && (
          <Button
            variant={primary ? 'primary' : 'plain'}
            onPress={() => void navigate({ to: '/review/$sessionId', params: { sessionId: session.id } })}
          >
            Review
          </Button>
        )}
      </div>
    </section>
  )
}
