import { Plus } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { Goal } from '../../../../shared/contract/goals.ts'
import {
  type DetailPartName,
  detailGroups,
  detailParts,
  partLabels,
} from '../../../../shared/document/detailLines.ts'
import type { NoteFormat } from '../../../../shared/document/document.ts'
import { NOT_ASSESSED } from '../../../../shared/document/mentalStatus.ts'
import { Button } from '../../../ui/Button.tsx'
import type { DetailsField } from '../DetailsField.ts'
import { useKnownFormat } from '../knownFormat.ts'
import { Boxes } from './Boxes.tsx'
import { Findings } from './Findings.tsx'
import { Part } from './Part.tsx'
import { RiskAsked } from './RiskAsked.tsx'
import { Decisions, Interventions, Medication, Objectives } from './RowParts.tsx'
import css from './Details.module.css'

export interface DetailsBlockProps {
  field: DetailsField
  format: NoteFormat
  /** Offered as objectives. */
  goals: readonly Goal[]
}

/**
 * The structured half of a note, below its sections: the parts that the format asks for, those that hold something,
 * and by hand any other. Nothing is filled in beforehand, and there is no way to call it all normal at once.
 */
export function DetailsBlock({ field, format, goals }: DetailsBlockProps) {
  const groups = useKnownFormat(format.key)?.boxes ?? []
  const [held] = useState(() => detailGroups(field.read()).map(({ part }) => part))
  const [added, setAdded] = useState<readonly DetailPartName[]>([])
  const [choosing, setChoosing] = useState(false)
  const asked = new Set(format.parts)
  const shown = detailParts.filter(
    (part) =>
      held.includes(part) || added.includes(part) || (part === 'boxes' ? groups.length > 0 : asked.has(part)),
  )
  const others = detailParts.filter((part) => part !== 'boxes' && !shown.includes(part))
  const content: Readonly<Record<DetailPartName, ReactNode>> = {
    boxes: <Boxes field={field} groups={groups} />,
    affect: <Findings field={field} part="affect" />,
    status: <Findings field={field} part="status" />,
    risk: <RiskAsked field={field} />,
    medication: <Medication field={field} />,
    interventions: <Interventions field={field} />,
    objectives: <Objectives field={field} goals={goals} />,
    decisions: <Decisions field={field} />,
  }
  return (
    <section aria-labelledby="details-here" className={css.block}>
      <div className={css.head}>
        <h3 id="details-here" className={css.title}>
          Details
        </h3>
        {asked.size > 0 && (
          <p className={css.aside}>What is left blank is signed and printed as “{NOT_ASSESSED}”.</p>
        )}
      </div>
      {shown.map((part) => (
        <Part
          key={part}
          part={part}
          field={field}
          asked={asked.has(part)}
          startOpen={part === 'boxes' || added.includes(part)}
          startFocused={added.includes(part)}
        >
          {content[part]}
        </Part>
      ))}
      {others.length > 0 && (
        <div className={css.adding}>
          <button
            type="button"
            className={css.add}
            aria-expanded={choosing}
            onClick={() => setChoosing(!choosing)}
          >
            <Plus aria-hidden />
            Add a part
          </button>
          {choosing && (
            <div role="group" aria-label="Parts to add" className={css.offers}>
              {others.map((part) => (
                <Button
                  key={part}
                  compact
                  onPress={() => {
                    setAdded([...added, part])
                    setChoosing(false)
                  }}
                >
                  {partLabels[part]}
                </Button>
              ))}
            </div>
          )}
        </div>
      )}
    </section>
  )
}
