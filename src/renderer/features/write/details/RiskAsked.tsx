import { useState } from 'react'
import { answerWords } from '../../../../shared/document/detailLines.ts'
import { DETAIL_SAID_MAX, type RiskAnswer } from '../../../../shared/document/details.ts'
import { riskTopics } from '../../../../shared/document/mentalStatus.ts'
import type { DetailsField } from '../DetailsField.ts'
import { LineField } from './LineField.tsx'
import { OneOf } from './Picks.tsx'
import { UndoLine } from './UndoLine.tsx'
import { useLook } from './useLook.ts'
import css from './Details.module.css'

const NOT_ASKED = 'not-asked'
const answers = [
  { key: NOT_ASKED, label: 'Not asked' },
  { key: 'denied', label: answerWords.denied },
  { key: 'reported', label: answerWords.reported },
] as const

/** What was asked about, and what was answered. Nothing is answered for anybody. */
export function RiskAsked({ field }: { field: DetailsField }) {
  const { risk } = useLook(field, 'risk')
  const others = new Set(
    risk.map(({ topic }) => topic).filter((topic) => riskTopics.every(({ key }) => key !== topic)),
  )
  return (
    <>
      {riskTopics.map(({ key, label }) => (
        <Topic key={key} field={field} topic={key} label={label} />
      ))}
      {[...others].map((key) => (
        <Topic key={key} field={field} topic={key} label={key} />
      ))}
    </>
  )
}

type Asked = RiskAnswer | typeof NOT_ASKED

function Topic({ field, topic, label }: { field: DetailsField; topic: string; label: string }) {
  // What was said before the answer was taken back: it comes again with the next answer, or by Undo.
  const [kept, setKept] = useState<{ answer: RiskAnswer; said: string } | null>(null)
  const mine = (row: { topic: string }) => row.topic === topic
  const blank = { topic, answer: 'denied' as const, said: '' }
  const entries = field.read().risk.some(mine) ? field.entries('risk', blank, { mine }) : [null]
  const answer = (
    to: Asked,
    id: number | undefined,
    row: { answer: RiskAnswer; said: string } | undefined,
  ) => {
    if (id !== undefined && row !== undefined) {
      if (to !== NOT_ASKED) return void field.write('risk', id, { answer: to })
      const said =
        field
          .read()
          .risk.filter(mine)
          .find((each) => each.answer === row.answer)?.said ?? row.said
      field.remove('risk', id)
      return setKept(said.trim() === '' ? null : { answer: row.answer, said })
    }
    if (to === NOT_ASKED) return
    field.add('risk', { topic, answer: to, said: kept?.said ?? '' })
    setKept(null)
  }
  return (
    <>
      {entries.map((entry, n) => {
        const name = n === 0 ? label : `${label}, ${n + 1}`
        return (
          // By place: the radio that has the focus stays the same one while its answer comes and goes.
          <div key={n} className={css.topic}>
            <span className={css.topicName} aria-hidden>
              {name}
            </span>
            <div className={css.topicBody}>
              <OneOf<Asked>
                label={name}
                choices={answers}
                value={entry?.row.answer ?? NOT_ASKED}
                blank={NOT_ASKED}
                onChange={(to) => answer(to, entry?.id, entry?.row)}
              />
              {entry !== null && (
                <LineField
                  key={entry.id}
                  label={`${name}: what was said`}
                  labelHidden
                  placeholder="What was said"
                  max={DETAIL_SAID_MAX}
                  start={entry.row.said}
                  onWrite={(said) => void field.write('risk', entry.id, { said })}
                />
              )}
              {n === 0 && entry === null && kept !== null && (
                <UndoLine
                  text="Back to not asked; what was said went with it."
                  onUndo={() => answer(kept.answer, undefined, undefined)}
                />
              )}
            </div>
          </div>
        )
      })}
    </>
  )
}
