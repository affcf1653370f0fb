import { Plus } from 'lucide-react'
import { useState } from 'react'
import { ToggleButton } from 'react-aria-components'
import type { Goal, Trend } from '../../../shared/contract/goals.ts'
import { api } from '../../api/client.ts'
import { Button } from '../../ui/Button.tsx'
import { trendWords } from '../../ui/Trend.tsx'
import { act } from './act.ts'
import { LineEntry } from './LineEntry.tsx'
import type { BesideProps } from './SetDown.tsx'
import css from './Side.module.css'

const trends: readonly Trend[] = ['better', 'same', 'worse']

/** The goals this note looks at, each with how it goes; one that was not looked at says nothing. */
export function Goals({ note, refresh }: BesideProps) {
  const [adding, setAdding] = useState(false)
  const linked = new Map(note.goalLinks.map((link) => [link.goalId, link.trend]))
  const shown = note.goals.filter((goal) => goal.state === 'active' || linked.has(goal.id))
  const add = async (text: string) => {
    const kept = await act(() => api.goals.create({ clientId: note.session.clientId, text }))
    if (kept) {
      await refresh()
      setAdding(false)
    }
    return kept
  }
  return (
    <section aria-labelledby="goals-here" className={css.card}>
      <div className={css.titleRow}>
        <h2 id="goals-here" className={css.title}>
          Goals
        </h2>
        <Button compact variant="quiet" icon={<Plus aria-hidden />} onPress={() => setAdding(true)}>
          Add goal
        </Button>
      </div>
      {shown.length > 0 && (
        <ul className={css.lines} aria-label="Goals">
          {shown.map((goal) => (
            <GoalLine
              key={goal.id}
              goal={goal}
              trend={linked.get(goal.id) ?? null}
              onTrend={(trend) => {
                void act(() => api.goals.link({ noteId: note.id, goalId: goal.id, trend })).then((done) =>
                  done ? refresh() : undefined,
                )
              }}
            />
          ))}
        </ul>
      )}
      {shown.length === 0 && !adding && <p className={css.none}>None set yet.</p>}
      {adding && (
        <LineEntry
          label="Goal"
          field={`${note.id}.goal`}
          autoFocus
          onKeep={add}
          onPutAway={() => setAdding(false)}
        />
      )}
    </section>
  )
}

interface GoalLineProps {
  goal: Goal
  trend: Trend | null
  onTrend: (trend: Trend | null) => void
}

function GoalLine({ goal, trend, onTrend }: GoalLineProps) {
  return (
    <li className={css.open}>
      <p className={css.words} dir="auto">
        {goal.text}
      </p>
      <div className={css.ends} role="group" aria-label={`How it goes: ${goal.text}`}>
        {trends.map((which) => (
          <ToggleButton
            key={which}
            className={css.toggle ?? ''}
            isSelected={trend === which}
            onChange={(on) => onTrend(on ? which : null)}
          >
            {trendWords[which]}
          </ToggleButton>
        ))}
      </div>
    </li>
  )
}
