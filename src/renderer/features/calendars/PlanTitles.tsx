import { useState } from 'react'
import type { PlannedTitle, TakingPlan, TitleMatch } from '../../../shared/contract/calendar.ts'
import { Button } from '../../ui/Button.tsx'
import { Disclosure } from '../../ui/Disclosure.tsx'
import { TitleRow } from './TitleRow.tsx'
import { many } from './words.ts'
import css from './Calendars.module.css'

/** A row is a field of its own; thousands of them at once would take seconds to draw. */
const AT_ONCE = 40

export interface PlanTitlesProps {
  plan: TakingPlan
  onMatch: (key: number, match: TitleMatch) => void
}

/** Which keys belong where, as it was at the first look: an answer never moves its row away. */
function sorted({ titles }: TakingPlan) {
  const open = titles.filter(({ match }) => match.to === 'open')
  const coming = open.filter(({ next }) => next !== null).sort((a, b) => (a.next ?? 0) - (b.next ?? 0))
  const keysOf = (list: readonly PlannedTitle[]) => list.map(({ key }) => key)
  return {
    asked: keysOf(coming),
    known: keysOf(titles.filter(({ match }) => match.to !== 'open')),
    over: keysOf(open.filter(({ next }) => next === null)),
  }
}

/** Who is meant by each title: what is to come and unanswered first, the rest folded. */
export function PlanTitles({ plan, onMatch }: PlanTitlesProps) {
  const [{ asked, known, over }] = useState(() => sorted(plan))
  const shared = { plan, onMatch }
  return (
    <section aria-label="Titles" className={css.section}>
      <h2>Who is meant</h2>
      <p className={css.muted}>
        {asked.length > 0
          ? 'Said once, it is remembered. Nobody is added to your clients from here; what has no answer is left out.'
          : 'Every title with something to come has its answer.'}
      </p>
      {asked.length > 0 && <Rows label="To be answered" keys={asked} {...shared} />}
      {known.length > 0 && (
        <Folded title={`Answered before or by name (${many(known.length)})`} keys={known} {...shared} />
      )}
      {over.length > 0 && (
        <Folded title={`Nothing more to come (${many(over.length)})`} keys={over} {...shared} />
      )}
    </section>
  )
}

function Folded({ title, ...rest }: { title: string; keys: readonly number[] } & PlanTitlesProps) {
  const [open, setOpen] = useState(false)
  return (
    <Disclosure title={title} isExpanded={open} onExpandedChange={setOpen}>
      {open && <Rows label={title} {...rest} />}
    </Disclosure>
  )
}

function Rows({ label, keys, plan, onMatch }: { label: string; keys: readonly number[] } & PlanTitlesProps) {
  const [shown, setShown] = useState(AT_ONCE)
  return (
    <>
      <ul aria-label={label}>
        {keys.slice(0, shown).map((key) => {
          const title = plan.titles[key]
          return title === undefined ? null : (
            <TitleRow key={key} title={title} onMatch={(match) => onMatch(key, match)} />
          )
        })}
      </ul>
      {keys.length > shown && (
        <div className={css.more}>
          <Button variant="quiet" onPress={() => setShown(shown + AT_ONCE)}>
            Show {Math.min(AT_ONCE, keys.length - shown)} more of {many(keys.length - shown)}
          </Button>
        </div>
      )}
    </>
  )
}
