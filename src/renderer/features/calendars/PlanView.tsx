import { useState } from 'react'
import type { PlannedTitle, TakingPlan } from '../../../shared/contract/calendar.ts'
import { api, refusal } from '../../api/client.ts'
import { timeText, weekdayText } from '../../api/clock.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Choices.tsx'
import { Disclosure } from '../../ui/Disclosure.tsx'
import { Banner, Name } from '../../ui/Parts.tsx'
import { Screen } from '../../ui/Screen.tsx'
import { announce } from '../../ui/Status.tsx'
import { TitleRow } from './TitleRow.tsx'
import { Working } from './Working.tsx'
import { countsWords, leftOutWords } from './words.ts'
import css from './Calendars.module.css'

export interface PlanViewProps {
  plan: TakingPlan
  onPlan: (plan: TakingPlan) => void
  /** Left: with a sentence about what was taken, or null when nothing was. */
  onDone: (said: string | null) => void
}

const kept = [
  ['place', 'Places'],
  ['description', 'Descriptions'],
  ['attendees', 'Who was invited'],
] as const

/** What taking this calendar in would do. Nothing has been done yet. */
export function PlanView({ plan, onPlan, onDone }: PlanViewProps) {
  const [applying, setApplying] = useState(false)
  const { counts } = plan
  const change = async (work: () => Promise<TakingPlan>) => {
    try {
      onPlan(await work())
    } catch (error) {
      announce({ text: sentenceFor(error) })
    }
  }
  const apply = async () => {
    setApplying(true)
    try {
      const { added, changed, gone } = await api.takeIn.apply({ token: plan.token })
      onDone(`Calendar taken in: ${added} added, ${changed} changed, ${gone} no longer there.`)
    } catch (error) {
      setApplying(false)
      if (refusal(error).code !== 'CANCELLED') announce({ text: sentenceFor(error) })
    }
  }
  const leave = () => {
    void api.takeIn.cancel({}).catch(() => undefined)
    onDone(null)
  }
  const does = counts.added + counts.changed + counts.gone
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
            <Button variant="primary" onPress={() => void apply()}>
              {does === 0 ? 'Keep these answers' : 'Take it in'}
            </Button>
          </>
        )
      }
    >
      {applying && <Working />}
      {plan.damaged && (
        <Banner tone="amber">
          Parts of this file cannot be read. What could be read is below; please compare it with the calendar
          itself.
        </Banner>
      )}
      <p className={css.counts}>{countsWords(plan)}</p>
      {plan.titles.length > 0 && (
        <section aria-label="Titles" className={css.section}>
          <h2>Who is meant</h2>
          <p className={css.muted}>Said once, it is remembered. Nobody is added to your clients from here.</p>
          <ul className={css.titles}>
            {plan.titles.map((title: PlannedTitle) => (
              <TitleRow
                key={title.key}
                title={title}
                onMatch={(match) =>
                  void change(() => api.takeIn.match({ token: plan.token, key: title.key, match }))
                }
              />
            ))}
          </ul>
        </section>
      )}
      {plan.events.length > 0 && (
        <section aria-label="Changes" className={css.section}>
          <h2>What changes</h2>
          <ul className={css.rows}>
            {plan.events.map((event, at) => (
              <li key={`${event.title}-${at}`}>
                <span className={css.change}>{changeWords[event.change]}</span>
                <span className={css.what}>
                  <Name>{event.title === '' ? 'Without a title' : event.title}</Name>
                  {event.startsAt !== null && (
                    <span className={css.muted}>
                      {weekdayText(event.startsAt)}, {timeText(event.startsAt)}
                      {event.repeats ? ', repeats' : ''}
                    </span>
                  )}
                </span>
              </li>
            ))}
          </ul>
          {does > plan.events.length && <p className={css.muted}>And {does - plan.events.length} more.</p>}
        </section>
      )}
      {plan.leftOut.length > 0 && (
        <Disclosure title={`Left out (${counts.leftOut})`}>
          <ul className={css.rows}>
            {plan.leftOut.map((event, at) => (
              <li key={`${event.title}-${at}`}>
                <span className={css.what}>
                  <Name>{event.title === '' ? 'Without a title' : event.title}</Name>
                  <span className={css.muted}>
                    {event.startsAt !== null && `${weekdayText(event.startsAt)}: `}
                    {leftOutWords[event.reason]}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
      <section aria-label="What is kept" className={css.section}>
        <h2>What is kept beside times and titles</h2>
        <div className={css.checks}>
          {kept.map(([key, label]) => (
            <Checkbox
              key={key}
              checked={plan.keep[key]}
              onChange={(on) =>
                void change(() => api.takeIn.keep({ token: plan.token, keep: { ...plan.keep, [key]: on } }))
              }
            >
              {label}
            </Checkbox>
          ))}
        </div>
      </section>
    </Screen>
  )
}

const changeWords = { added: 'Added', changed: 'Changed', gone: 'Gone' } as const
