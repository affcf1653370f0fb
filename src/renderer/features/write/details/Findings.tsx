import { DETAIL_SAID_MAX } from '../../../../shared/document/details.ts'
import { AFFECT, type StatusTopic, statusTopics } from '../../../../shared/document/mentalStatus.ts'
import type { DetailsField } from '../DetailsField.ts'
import { LineField } from './LineField.tsx'
import { Checks } from './Picks.tsx'
import { useLook } from './useLook.ts'
import css from './Details.module.css'

/** Affect, or the rest of a mental status examination: words to choose from, and a line of one's own for each topic. */
export function Findings({ field, part }: { field: DetailsField; part: 'affect' | 'status' }) {
  const { findings } = useLook(field, 'findings')
  const mine = (key: string) => (key === AFFECT) === (part === 'affect')
  const known = statusTopics.filter(({ key }) => mine(key))
  const others = new Set(
    findings.map(({ key }) => key).filter((key) => mine(key) && known.every((topic) => topic.key !== key)),
  )
  return (
    <>
      {known.map((topic) => (
        <Topic key={topic.key} field={field} topic={topic} alone={part === 'affect'} />
      ))}
      {[...others].map((key) => (
        <Topic key={key} field={field} topic={{ key, label: key, choices: [] }} alone={false} />
      ))}
    </>
  )
}

interface TopicProps {
  field: DetailsField
  topic: StatusTopic
  /** The part's heading already says what it is about. */
  alone: boolean
}

function Topic({ field, topic, alone }: TopicProps) {
  const { key, label, choices } = topic
  // More than one after two versions were joined: each stays as it is until its author makes one of them.
  const entries = field.entries(
    'findings',
    { key, chosen: [], said: '' },
    { at: key, mine: (row) => row.key === key },
  )
  return entries.map(({ id, row }, n) => {
    const name = n === 0 ? label : `${label}, ${n + 1}`
    return (
      <div key={id} className={css.topic}>
        {!alone && (
          <span className={css.topicName} aria-hidden>
            {name}
          </span>
        )}
        <div className={css.topicBody}>
          {(choices.length > 0 || row.chosen.length > 0) && (
            <Checks
              label={name}
              options={choices}
              chosen={row.chosen}
              onChosen={(chosen) => void field.write('findings', id, { chosen })}
            />
          )}
          <LineField
            label={choices.length === 0 ? name : `${name}, in words`}
            labelHidden
            placeholder={choices.length === 0 ? '“…”' : 'In words'}
            max={DETAIL_SAID_MAX}
            start={row.said}
            onWrite={(said) => void field.write('findings', id, { said })}
          />
        </div>
      </div>
    )
  })
}
