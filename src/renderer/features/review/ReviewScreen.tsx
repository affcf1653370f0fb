import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ShieldAlert } from 'lucide-react'
import type { ReviewView } from '../../../shared/contract/review.ts'
import type { SessionView } from '../../../shared/contract/sessions.ts'
import { type Phase, phaseOf } from '../../../shared/domain/sessionLife.ts'
import { queryClient, read } from '../../api/cache.ts'
import { api } from '../../api/client.ts'
import { now, relativeDayText, spanText, timeText, useMinute } from '../../api/clock.ts'
import { usePreferences } from '../../api/context.ts'
import { usePainted } from '../../api/painted.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Button, type ButtonVariant } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/Parts.tsx'
import { PhaseChip } from '../../ui/PhaseChip.tsx'
import { announce } from '../../ui/Status.tsx'
import { ClientName } from '../clients/clients.ts'
import { PrivateReveal } from '../private/index.ts'
import { Details, marksOf, thereText } from '../schedule/schedule.ts'
import { Block } from './Block.tsx'
import { goalEntries, loopEntries, noteEntries } from './entries.tsx'
import { FirstTime } from './FirstTime.tsx'
import css from './Review.module.css'

/** What matters in the minutes before a session, on one screen and in one order. */
export function ReviewScreen({ sessionId }: { sessionId: string }) {
  const { data, error } = useQuery(read('review', 'get', { sessionId }))
  usePainted('review', data)
  if (data === undefined) {
    return error === null ? null : (
      <div className={css.failed}>
        <EmptyState title="This review cannot be shown">{sentenceFor(error)}</EmptyState>
      </div>
    )
  }
  return (
    <section aria-label="Review" className={css.screen} data-veil>
      <Head review={data} />
      <div className={css.columns}>
        <div className={css.column}>
          <Flags review={data} />
          {data.counts.notes === 0 && data.counts.sessionsBefore === 0 && (
            <FirstTime referralReason={data.client.referralReason} />
          )}
          <Block
            title="Homework due"
            entries={loopEntries(data.loops, ['homework'])}
            limit={4}
            none="None open."
          />
          <Block
            title="Last plan"
            entries={loopEntries(data.loops, ['plan'])}
            limit={3}
            none="None set down."
          />
          <Block
            title="Note to self"
            aside="part of the record, can be requested"
            entries={loopEntries(data.loops, ['self'])}
            limit={3}
            none="None."
          />
        </div>
        <div className={css.column}>
          <Block title="Goals" entries={goalEntries(data.goals)} limit={4} none="None set yet." />
          {(data.counts.notes > 0 || data.counts.sessionsBefore > 0) && (
            <Block
              title="Last sessions"
              entries={noteEntries(data.lastNotes)}
              limit={3}
              oneLine
              none="Not written yet."
            />
          )}
          <Block
            title="Open loops"
            entries={loopEntries(data.loops, ['risk', 'thread', 'task'])}
            limit={4}
            none="Nothing is left open."
          />
          <PrivateReveal clientId={data.client.id} limit={3} />
        </div>
      </div>
    </section>
  )
}

function Flags({ review }: { review: ReviewView }) {
  const entries = review.flags.map((flag) => ({ key: flag.id, content: flag.text }))
  return (
    <Block title="Safety" tone="red" icon={<ShieldAlert aria-hidden />} entries={entries} none="No flags." />
  )
}

function Head({ review: { session, client } }: { review: ReviewView }) {
  const minute = useMinute()
  const { dueHours } = usePreferences()
  const phase = phaseOf(session, minute, dueHours)
  const left = session.startsAt - minute
  const there = thereText(session)
  return (
    <header className={css.head}>
      <h1 className={css.name}>
        <Link to="/clients/$clientId" params={{ clientId: client.id }} className={css.client ?? ''}>
          <ClientName id={client.id}>{client.name}</ClientName>
        </Link>
      </h1>
      {client.pronouns !== '' && <span className={css.quiet}>{client.pronouns}</span>}
      <span className={css.quiet}>
        {relativeDayText(session.startsAt)} · {timeText(session.startsAt)} – {timeText(session.endsAt)}
        {there !== null && ` · ${there}`}
        <Details session={session} placeOnly />
        {phase === 'review' && ` · ${left < 60_000 ? 'now' : `in ${spanText(left)}`}`}
      </span>
      <PhaseChip phase={phase} />
      <Actions session={session} phase={phase} />
    </header>
  )
}

const BEFORE: readonly Phase[] = ['upcoming', 'review', 'in-session']
const SIGNED: readonly Phase[] = ['signed', 'amended']

async function takeBack(id: string): Promise<void> {
  try {
    await api.sessions.mark({ id, startedAt: null, endedAt: null })
    await queryClient.invalidateQueries({ queryKey: ['sessions'] })
  } catch (error) {
    announce({ text: sentenceFor(error) })
  }
}

function Actions({ session, phase }: { session: SessionView; phase: Phase }) {
  const navigate = useNavigate()
  if (session.status !== 'scheduled') return null
  const write = () => void navigate({ to: '/write/$sessionId', params: { sessionId: session.id } })
  const start = async () => {
    try {
      await api.sessions.mark({ id: session.id, startedAt: now(), endedAt: null })
      await queryClient.invalidateQueries({ queryKey: ['sessions'] })
      announce({
        about: marksOf(session.id),
        text: 'Session started.',
        action: { label: 'Undo', onAction: () => void takeBack(session.id) },
      })
      await navigate({ to: '/today' })
    } catch (error) {
      announce({ text: sentenceFor(error) })
    }
  }
  const startable = BEFORE.includes(phase) && session.startedAt === null
  const writeVariant: ButtonVariant = BEFORE.includes(phase) ? 'plain' : 'primary'
  return (
    <div className={css.actions}>
      {(phase === 'in-session' || !BEFORE.includes(phase)) && (
        <Button variant={writeVariant} onPress={write}>
          {SIGNED.includes(phase) ? 'Read note' : 'Write note'}
        </Button>
      )}
      {startable && (
        <Button variant={phase === 'upcoming' ? 'plain' : 'primary'} onPress={() => void start()}>
          Start session
        </Button>
      )}
    </div>
  )
}
