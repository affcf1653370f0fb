import { useRef, useState } from 'react'
import type { TakingPlan } from '../../../shared/contract/calendar.ts'
import { api, refusal } from '../../api/client.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Choices.tsx'
import { Banner, Name } from '../../ui/Parts.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { announce } from '../../ui/Status.tsx'
import { PlanChanges, PlanLeftOut } from './PlanChanges.tsx'
import { PlanTitles } from './PlanTitles.tsx'
import { Working } from './Working.tsx'
import { countsWords, doneWords } from './words.ts'
import css from './Calendars.module.css'

export interface PlanViewProps {
  plan: TakingPlan
  onPlan: (plan: TakingPlan) => void
  /** It is being taken in, and whoever leaves this screen does not stop it. */
  onApplying: (applying: boolean) => void
  /** Left: with a sentence about what was taken, or null when nothing was. */
  onDone: (said: string | null) => void
}

const kept = [
  ['place', 'Places'],
  ['description', 'Descriptions'],
  ['attendees', 'Who was invited'],
] as const

/** What taking this calendar in would do. Nothing has been done yet. */
export function PlanView({ plan, onPlan, onApplying, onDone }: PlanViewProps) {
  const [applying, setApplying] = useState(false)
  const { counts, token } = plan
  // As last chosen, not as last answered: a second tick must not take the first one back.
  const keep = useRef(plan.keep)
  const work = (on: boolean) => {
    setApplying(on)
    onApplying(on)
  }
  const change = async (asked: Promise<TakingPlan>) => {
    try {
      onPlan(await asked)
    } catch (error) {
      announce({ text: sentenceFor(error) })
    }
  }
  const apply = async () => {
    work(true)
    try {
      const done = await api.takeIn.apply({ token })
      onDone(doneWords(done))
    } catch (error) {
      const stopped = refusal(error).code === 'CANCELLED'
      announce({ text: stopped ? 'Stopped. Nothing was changed.' : sentenceFor(error) })
    }
    work(false)
  }
  const leave = () => {
    void api.takeIn.cancel({}).catch(() => undefined)
    onDone(null)
  }
  const does = counts.added + counts.changed + counts.gone
  const answered = plan.titles.some(({ match }) => match.to !== 'open')
  return (
    <Screen
      title="Take in a calendar"
      facts={<Name>{plan.name === '' ? 'A calendar without a name' : plan.name}</Name>}
      width="middle"
      veiled
      actions={
        !applying && (
          <>
            <Button onPress={leave}>Leave it</Button>
            {(does > 0 || answered || plan.calendarId !== null) && (
              <Button variant="primary" onPress={() => void apply()}>
                {does > 0 ? 'Take it in' : 'Done'}
              </Button>
            )}
          </>
        )
      }
    >
      {applying && <Working />}
      {!applying && <Warnings plan={plan} onApart={() => void change(api.takeIn.apart({ token }))} />}
      <p className={css.counts} role="status">
        {countsWords(plan)}
      </p>
      {plan.titles.length > 0 && (
        <PlanTitles
          key={token}
          plan={plan}
          onMatch={(key, match) => void change(api.takeIn.match({ token, key, match }))}
        />
      )}
      <PlanChanges plan={plan} />
      <PlanLeftOut plan={plan} />
      <section aria-label="What is kept" className={css.section}>
        <h2>Kept beside times and titles</h2>
        <p className={css.muted}>What is not ticked is not stored.</p>
        <div className={css.checks}>
          {kept.map(([key, label]) => (
            <Checkbox
              key={key}
              checked={plan.keep[key]}
              onChange={(on) => {
                keep.current = { ...keep.current, [key]: on }
                void change(api.takeIn.keep({ token, keep: keep.current }))
              }}
            >
              {label}
            </Checkbox>
          ))}
        </div>
      </section>
    </Screen>
  )
}

function Warnings({ plan, onApart }: { plan: TakingPlan; onApart: () => void }) {
  return (
    <div className={css.warnings}>
      {plan.damaged && (
        <Banner tone="amber">
          Parts of this file cannot be read. What could be read is below, and nothing is taken away for being
          missing from it. Please compare it with the calendar itself.
        </Banner>
      )}
      {!plan.related && (
        <Banner tone="amber" actions={<Button onPress={onApart}>It is another calendar</Button>}>
          A calendar of this name was taken in before, but hardly any of its events is in this file. Taken in
          as the same one, the earlier events go.
        </Banner>
      )}
    </div>
  )
}
