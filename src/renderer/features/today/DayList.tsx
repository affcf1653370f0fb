import { Fragment } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { timeText, spanText } from '../../api/clock.ts'
import { usePersonWord } from '../../api/context.ts'
import type { Phase } from '../../../shared/domain/sessionLife.ts'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { Name, VisuallyHidden } from '../../ui/Parts.tsx'
import { PhaseChip } from '../../ui/PhaseChip.tsx'
import { useHint } from '../../ui/veil.ts'
import { RowLink } from '../../ui/RowLink.tsx'
import { ClientName } from '../clients/clients.ts'
import { awayWords, kindWords, SessionMenu, thereText, travelText } from '../schedule/schedule.ts'
import type { DayPlan, Gap, PlannedSession } from './dayPlan.ts'
import { Members } from './Members.tsx'
import css from './Today.module.css'

/** What a row offers by itself; the rest is in its menu. */
const offers: Readonly<
  Partial<Record<Phase, { readonly to: '/write/$sessionId' | '/review/$sessionId'; readonly label: string }>>
> = {
  upcoming: { to: '/review/$sessionId', label: 'Review' },
  review: { to: '/review/$sessionId', label: 'Review' },
  'to-write': { to: '/write/$sessionId', label: 'Write note' },
  overdue: { to: '/write/$sessionId', label: 'Write note' },
  draft: { to: '/write/$sessionId', label: 'Go on writing' },
  signed: { to: '/write/$sessionId', label: 'Read' },
  amended: { to: '/write/$sessionId', label: 'Read' },
}

export interface DayListProps {
  plan: DayPlan
  /** The minute it is, for the line that says so; null on another day. */
  minute: number | null
}

export function DayList({ plan, minute }: DayListProps) {
  const onCards = new Set(
    minute === null ? [] : [...plan.running, plan.justOver, plan.next].map((row) => row?.session.id),
  )
  return (
    <ol className={css.list} aria-label="Sessions" data-veil>
      {plan.rows.map((row) =>
        row.type === 'gap' ? (
          <GapRow key={`gap-${row.from}`} gap={row} minute={minute} />
        ) : (
          <Row key={row.session.id} row={row} bare={onCards.has(row.session.id)} />
        ),
      )}
    </ol>
  )
}

/** Free time, quietly; the one we are in says what time it is and how much of it is left. */
function GapRow({ gap, minute }: { gap: Gap; minute: number | null }) {
  const here = minute !== null && gap.from <= minute && minute < gap.to
  // Time that is over is of no use to anybody.
  if (minute !== null && gap.to <= minute) return null
  return (
    <li className={cx(css.gap, here && css.here)}>
      {here && (
        <span className={css.now}>
          <VisuallyHidden>Now it is </VisuallyHidden>
          {timeText(minute)}
        </span>
      )}
      <span className={css.free}>
        {here ? `${spanText(gap.to - minute)} until the next` : `${spanText(gap.to - gap.from)} free`}
      </span>
    </li>
  )
}

function Row({ row: { block, session, phase, clashes }, bare }: { row: PlannedSession; bare: boolean }) {
  const navigate = useNavigate()
  const hint = useHint(session.line)
  const person = usePersonWord()
  const { group } = session
  // A group has no note and no review of its own: its members have, and stand in the row.
  const offer = group !== null || (bare && phase !== 'review') ? undefined : offers[phase]
  const away = phase === 'cancelled' || phase === 'no-show'
  const awayLine = awayWords(session, person)
  const there = thereText(session)
  const travel = travelText(session)
  return (
    <li className={cx(css.row, away && css.away)}>
      <span className={css.time}>
        <time className={css.starts}>{timeText(session.startsAt)}</time>
        {session.kind !== 'contact' && (
          <span className={css.ends}>
            <VisuallyHidden>to </VisuallyHidden>
            {timeText(session.endsAt)}
          </span>
        )}
      </span>
      <span className={css.who}>
        {group === null ? (
          <RowLink to="clients" id={session.clientId} className={css.name}>
            <ClientName id={session.clientId}>{session.clientName}</ClientName>
          </RowLink>
        ) : (
          <span className={cx(css.name, css.group)}>
            <Name>{group.name}</Name>
          </span>
        )}
        {group !== null && <span className={css.aside}>Group</span>}
        {session.kind !== 'individual' && <span className={css.aside}>{kindWords[session.kind]}</span>}
        {there !== null && <span className={css.aside}>{there}</span>}
        {travel !== null && <span className={css.aside}>{travel}</span>}
        {session.status === 'cancelled' && <span className={css.aside}>{awayLine}</span>}
        {session.line !== '' && (
          <bdi className={cx(css.aside, css.line)} dir="auto" {...hint}>
            {session.line}
          </bdi>
        )}
        {clashes.length > 0 && (
          <span className={css.aside}>
            Same time as{' '}
            {clashes.map(({ sessions, title }, nth) => (
              <Fragment key={sessions[0].id}>
                {nth > 0 && ', '}
                <bdi>{title}</bdi>
              </Fragment>
            ))}
          </span>
        )}
        {group !== null && <Members block={block} />}
      </span>
      <span className={css.state}>
        {phase !== 'upcoming' && phase !== 'review' && <PhaseChip phase={phase} />}
      </span>
      <span className={css.rowActions}>
        {offer !== undefined && (
          <Button
            compact
            variant="quiet"
            onPress={() => void navigate({ to: offer.to, params: { sessionId: session.id } })}
          >
            {offer.label}
          </Button>
        )}
        <SessionMenu block={block} />
      </span>
    </li>
  )
}
