import type { SessionView } from '../../../shared/contract/sessions.ts'
import { dueAt, phaseOf } from '../../../shared/domain/sessionLife.ts'
import { dayText, relativeDayText, timeText, useMinute } from '../../api/clock.ts'
import { cx } from '../../ui/cx.ts'
import { RowLink } from '../../ui/RowLink.tsx'
import { ClientName } from '../clients/clients.ts'
import css from './StillToWrite.module.css'

/** "was due yesterday", "was due Nov 18". */
function dueText(at: number): string {
  const day = relativeDayText(at)
  return /^(Today|Yesterday|Tomorrow)$/u.test(day) ? day.toLowerCase() : dayText(at)
}

/** Sessions from before today without a signed note: oldest first, plainly, without a count in red. */
export function StillToWrite({ sessions, dueHours }: { sessions: readonly SessionView[]; dueHours: number }) {
  const minute = useMinute()
  // Signed a moment ago: it is written, and only Undo could still say otherwise.
  const ordered = sessions
    .filter(({ note }) => note?.state !== 'sealing')
    .toSorted((a, b) => a.startsAt - b.startsAt)
  return (
    <aside className={css.aside} aria-label="Still to write">
      <h2>Still to write</h2>
      {ordered.length === 0 ? (
        <p className={css.lead}>Everything from earlier days is written.</p>
      ) : (
        <>
          <p className={css.lead}>
            {ordered.length === 1 ? 'One note' : `${ordered.length} notes`} from earlier days. One at a time
            is fine.
          </p>
          <ul className={css.list} data-veil>
            {ordered.map((session) => {
              const phase = phaseOf(session, minute, dueHours)
              const late = phase === 'overdue'
              const begun = session.note !== null && !session.note.blank
              return (
                <li key={session.id}>
                  <RowLink to="write" id={session.id} className={css.item}>
                    <span className={css.line}>
                      <ClientName id={session.clientId}>{session.clientName}</ClientName>
                      {begun && <span className={css.begun}>Draft</span>}
                    </span>
                    <span className={css.when}>
                      {relativeDayText(session.startsAt)}, {timeText(session.startsAt)}
                      <span className={cx(css.due, late && css.late)}>
                        {late ? 'was due ' : 'due '}
                        {dueText(dueAt(session, dueHours))}
                      </span>
                    </span>
                  </RowLink>
                </li>
              )
            })}
          </ul>
        </>
      )}
    </aside>
  )
}
