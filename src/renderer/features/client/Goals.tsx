import { Check, RotateCcw, X } from 'lucide-react'
import type { Goal } from '../../../shared/contract/goals.ts'
import { api } from '../../api/client.ts'
import { Disclosure } from '../../ui/Disclosure.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { Chip } from '../../ui/Parts.tsx'
import { Trend } from '../../ui/Trend.tsx'
import { AddLine } from './AddLine.tsx'
import { attempt } from './attempt.ts'
import css from './Client.module.css'

export function Goals({ clientId, goals }: { clientId: string; goals: readonly Goal[] }) {
  const active = goals.filter((goal) => goal.state === 'active')
  const past = goals.filter((goal) => goal.state !== 'active')
  return (
    <section className={css.block} aria-label="Goals">
      <h2>Goals</h2>
      {active.length === 0 && <p className={css.none}>None set yet.</p>}
      <ul>
        {active.map((goal) => (
          <Item key={goal.id} goal={goal} />
        ))}
      </ul>
      <AddLine
        label="Add goal"
        field="Goal"
        holdAs={`${clientId}.goal`}
        onAdd={(text) => attempt(() => api.goals.create({ clientId, text }))}
      />
      {past.length > 0 && (
        <Disclosure title={`Met or dropped (${past.length})`}>
          <ul>
            {past.map((goal) => (
              <Item key={goal.id} goal={goal} />
            ))}
          </ul>
        </Disclosure>
      )}
    </section>
  )
}

function Item({ goal }: { goal: Goal }) {
  const set = (state: Goal['state']) => () => void attempt(() => api.goals.setState({ id: goal.id, state }))
  return (
    <li className={css.item}>
      <div className={css.itemText}>
        <p dir="auto">{goal.text}</p>
        {goal.state === 'active' ? (
          <Trend trends={goal.trends} />
        ) : (
          <Chip>{goal.state === 'met' ? 'Met' : 'Dropped'}</Chip>
        )}
      </div>
      <Menu
        label={`More about the goal ${goal.text}`}
        entries={
          goal.state === 'active'
            ? [
                { id: 'met', label: 'Mark as met', icon: <Check aria-hidden />, onAction: set('met') },
                { id: 'dropped', label: 'Drop', icon: <X aria-hidden />, onAction: set('dropped') },
              ]
            : [
                {
                  id: 'active',
                  label: 'Take up again',
                  icon: <RotateCcw aria-hidden />,
                  onAction: set('active'),
                },
              ]
        }
      />
    </li>
  )
}
