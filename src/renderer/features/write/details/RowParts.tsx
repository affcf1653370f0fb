import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Goal } from '../../../../shared/contract/goals.ts'
import { outcomeWords } from '../../../../shared/document/detailLines.ts'
import { DETAIL_LINE_MAX, DETAIL_SAID_MAX, type Outcome } from '../../../../shared/document/details.ts'
import { NONE_REPORTED } from '../../../../shared/document/mentalStatus.ts'
import { Button } from '../../../ui/Button.tsx'
import { Checkbox } from '../../../ui/Choices.tsx'
import type { DetailsField } from '../DetailsField.ts'
import { LineField } from './LineField.tsx'
import { OneOf } from './Picks.tsx'
import { Rows } from './Rows.tsx'
import { useLook } from './useLook.ts'
import css from './Details.module.css'

interface RowPartProps {
  field: DetailsField
}

/** "Medication", and from the second row on "Medication 2": each field has a name of its own. */
const nth = (name: string, n: number): string => (n === 0 ? name : `${name} ${n + 1}`)

/** The first row has its names above it; in the others they stand in the fields while these are blank. */
const called = (name: string, n: number) =>
  n === 0
    ? { label: name, labelHidden: false }
    : { label: nth(name, n), labelHidden: true, placeholder: name }

export function Medication({ field }: RowPartProps) {
  useLook(field, 'noMedication')
  const { medications, noMedication } = useLook(field, 'medications')
  const written = medications.some(({ name, dose, said }) => `${name}${dose}${said}`.trim() !== '')
  return (
    <>
      {(noMedication || !written) && (
        <Checkbox checked={noMedication} onChange={(on) => field.set({ noMedication: on })}>
          {NONE_REPORTED}
        </Checkbox>
      )}
      {(written || !noMedication) && (
        <Rows
          field={field}
          list="medications"
          blank={{ name: '', dose: '', said: '' }}
          one="medication"
          wordsOf={({ name, dose, said }) => [name, dose, said]}
        >
          {({ id, row }, { n }) => (
            <>
              <LineField
                {...called('Medication', n)}
                className={css.wide}
                max={DETAIL_LINE_MAX}
                start={row.name}
                onWrite={(name) => void field.write('medications', id, { name })}
              />
              <LineField
                {...called('Dose', n)}
                max={DETAIL_LINE_MAX}
                start={row.dose}
                onWrite={(dose) => void field.write('medications', id, { dose })}
              />
              <LineField
                {...called('Note on it', n)}
                className={css.wide}
                max={DETAIL_LINE_MAX}
                start={row.said}
                onWrite={(said) => void field.write('medications', id, { said })}
              />
            </>
          )}
        </Rows>
      )}
    </>
  )
}

const NOT_SAID = 'not-said'
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
const outcomes: readonly { readonly key: Outcome | typeof NOT_SAID; readonly label: string }[] = [
  { key: 'helped', label: capital(outcomeWords.helped) },
  { key: 'mixed', label: 'In part' },
  { key: 'no-change', label: 'No change' },
  { key: 'not-helped', label: capital(outcomeWords['not-helped']) },
  { key: NOT_SAID, label: 'Not said' },
]

export function Interventions({ field }: RowPartProps) {
  return (
    <Rows
      field={field}
      list="interventions"
      blank={{ name: '', outcome: null, said: '' }}
      one="intervention"
      wordsOf={({ name, outcome, said }) => [name, said, outcome ?? '']}
    >
      {({ id, row }, { n }) => (
        <>
          <LineField
            {...called('Intervention', n)}
            className={css.whole}
            max={DETAIL_LINE_MAX}
            start={row.name}
            onWrite={(name) => void field.write('interventions', id, { name })}
          />
          <OneOf
            label={nth('How it went', n)}
            choices={outcomes}
            value={row.outcome ?? NOT_SAID}
            blank={NOT_SAID}
            onChange={(key) =>
              void field.write('interventions', id, { outcome: key === NOT_SAID ? null : key })
            }
          />
          <LineField
            {...called('What was seen or said', n)}
            className={css.whole}
            max={DETAIL_LINE_MAX}
            start={row.said}
            onWrite={(said) => void field.write('interventions', id, { said })}
          />
        </>
      )}
    </Rows>
  )
}

export function Objectives({ field, goals }: RowPartProps & { goals: readonly Goal[] }) {
  const { objectives } = useLook(field, 'objectives')
  // The button that was pressed has gone with its goal; the pen goes on beside it.
  const [taken, setTaken] = useState<number | null>(null)
  const offered = goals.filter(
    ({ state, text }) =>
      state === 'active' &&
      text.length <= DETAIL_LINE_MAX &&
      objectives.every((row) => row.text.trim() !== text.trim()),
  )
  return (
    <>
      <Rows
        field={field}
        list="objectives"
        blank={{ text: '', said: '' }}
        one="objective"
        wordsOf={({ text, said }) => [text, said]}
      >
        {({ id, row }, { n }) => (
          <>
            <LineField
              {...called('Objective', n)}
              className={css.wide}
              max={DETAIL_LINE_MAX}
              start={row.text}
              onWrite={(text) => void field.write('objectives', id, { text })}
            />
            <LineField
              {...called('What was done towards it', n)}
              startFocused={id === taken}
              className={css.wide}
              max={DETAIL_LINE_MAX}
              start={row.said}
              onWrite={(said) => void field.write('objectives', id, { said })}
            />
          </>
        )}
      </Rows>
      {offered.length > 0 && !field.full('objectives') && (
        <div role="group" aria-label="From the goals" className={css.offers}>
          <span className={css.hint}>From the goals</span>
          {offered.map(({ id, text }) => (
            <Button
              key={id}
              compact
              variant="quiet"
              icon={<Plus aria-hidden />}
              aria-label={`Add objective: ${text}`}
              onPress={() => setTaken(field.add('objectives', { text, said: '' }))}
            >
              <span className={css.offer} dir="auto">
                {text}
              </span>
            </Button>
          ))}
        </div>
      )}
    </>
  )
}

export function Decisions({ field }: RowPartProps) {
  return (
    <Rows
      field={field}
      list="decisions"
      blank={{ decision: '', reason: '' }}
      one="decision"
      wordsOf={({ decision, reason }) => [decision, reason]}
    >
      {({ id, row }, { n }) => (
        <>
          <LineField
            label={nth('Decision', n)}
            pair="first"
            className={css.whole}
            max={DETAIL_SAID_MAX}
            start={row.decision}
            onWrite={(decision) => void field.write('decisions', id, { decision })}
          />
          <LineField
            label={nth('Reason', n)}
            className={css.whole}
            max={DETAIL_SAID_MAX}
            start={row.reason}
            hint={
              row.decision.trim() !== '' && row.reason.trim() === ''
                ? 'What spoke for it, in a few words?'
                : undefined
            }
            onWrite={(reason) => void field.write('decisions', id, { reason })}
          />
        </>
      )}
    </Rows>
  )
}
