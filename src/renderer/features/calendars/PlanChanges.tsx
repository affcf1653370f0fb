import type { TakingPlan } from '../../../shared/contract/calendar.ts'
import { timeText } from '../../api/clock.ts'
import { Disclosure } from '../../ui/Disclosure.tsx'
import { Name } from '../../ui/Parts.tsx'
import { dateText, leftOutWords, many } from './words.ts'
import css from './Calendars.module.css'

const changeWords = { added: 'Added', changed: 'Changed', gone: 'Gone' } as const
const UNTITLED = 'Without a title'

/** What would come, change and go. */
export function PlanChanges({ plan: { counts, events } }: { plan: TakingPlan }) {
  const more = counts.added + counts.changed + counts.gone - events.length
  if (events.length === 0) return null
  return (
    <section aria-label="Changes" className={css.section}>
      <h2>What changes</h2>
      <ul className={css.rows}>
        {events.map(({ title, change, startsAt, repeats }, at) => (
          <li key={`${title}-${at}`}>
            <span className={css.change}>{changeWords[change]}</span>
            <span className={css.what}>
              <Name>{title === '' ? UNTITLED : title}</Name>
              {startsAt !== null && (
                <span className={css.muted}>
                  {repeats ? 'repeats, from ' : ''}
                  {dateText(startsAt)}, {timeText(startsAt)}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
      {more > 0 && <p className={css.muted}>And {many(more)} more.</p>}
    </section>
  )
}

/** What would not be taken, each with its reason. */
export function PlanLeftOut({ plan: { counts, leftOut } }: { plan: TakingPlan }) {
  if (counts.leftOut === 0) return null
  const more = counts.leftOut - leftOut.length
  return (
    <div className={css.section}>
      <Disclosure title={`Left out (${many(counts.leftOut)})`} level={2}>
        <ul className={css.rows} aria-label="Left out">
          {leftOut.map(({ title, startsAt, reason }, at) => (
            <li key={`${title}-${at}`}>
              <span className={css.what}>
                <Name>{title === '' ? UNTITLED : title}</Name>
                <span className={css.muted}>
                  {startsAt !== null && `${dateText(startsAt)}: `}
                  {leftOutWords[reason]}
                </span>
              </span>
            </li>
          ))}
        </ul>
        {more > 0 && <p className={css.muted}>And {many(more)} more.</p>}
      </Disclosure>
    </div>
  )
}
