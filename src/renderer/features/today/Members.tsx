import { phaseOf, type Phase } from '../../../shared/domain/sessionLife.ts'
import { useMinute } from '../../api/clock.ts'
import { usePreferences, usePersonWord } from '../../api/context.ts'
import { phaseWords } from '../../ui/PhaseChip.tsx'
import { RowLink } from '../../ui/RowLink.tsx'
import { ClientName } from '../clients/clients.ts'
import { awayWords, pens, type Block } from '../schedule/schedule.ts'
import css from './Members.module.css'

const quiet: readonly Phase[] = ['upcoming', 'review', 'in-session']

/** Who is in a group's session; each name leads to that person's own review or note, and nobody else's. */
export function Members({ block }: { block: Block }) {
  const minute = useMinute()
  const { dueHours } = usePreferences()
  const person = usePersonWord()
  return (
    <ul className={css.members} aria-label={`Members, ${block.title}`} data-veil>
      {block.sessions.map((session) => {
        const phase = phaseOf(session, minute, dueHours)
        const away = awayWords(session, person)
        return (
          <li key={session.id} className={css.member}>
            <RowLink to={pens[phase] === undefined ? 'review' : 'write'} id={session.id} className={css.name}>
              <ClientName id={session.clientId}>{session.clientName}</ClientName>
            </RowLink>
            {!quiet.includes(phase) && <span className={css.word}>{away ?? phaseWords[phase].word}</span>}
            {away !== null && session.line !== '' && (
              <bdi className={css.word} dir="auto">
                {session.line}
              </bdi>
            )}
          </li>
        )
      })}
    </ul>
  )
}
