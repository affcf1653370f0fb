import { ChevronRight } from 'lucide-react'
import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import {
  type DetailPartName,
  detailGroups,
  detailLines,
  partLabels,
} from '../../../../shared/document/detailLines.ts'
import type { Details } from '../../../../shared/document/details.ts'
import { NOT_ASSESSED } from '../../../../shared/document/mentalStatus.ts'
import { cx } from '../../../ui/cx.ts'
import type { DetailsField } from '../DetailsField.ts'
import { useLook } from './useLook.ts'
import css from './Details.module.css'

/** Under which names of the details a part stands. */
const namesOf: Readonly<Record<DetailPartName, readonly [keyof Details, (keyof Details)?]>> = {
  boxes: ['boxes'],
  affect: ['findings'],
  status: ['findings'],
  risk: ['risk'],
  medication: ['medications', 'noMedication'],
  interventions: ['interventions'],
  objectives: ['objectives'],
  decisions: ['decisions'],
}

export interface PartProps {
  part: DetailPartName
  field: DetailsField
  /** The format asks for it: left blank it will say "Not assessed". */
  asked: boolean
  startOpen: boolean
  /** It was just added by hand: the pen goes on in it. */
  startFocused: boolean
  children: ReactNode
}

/** One part of the structured half: folded it is one line that says what it holds. */
export function Part({ part, field, asked, startOpen, startFocused, children }: PartProps) {
  const [open, setOpen] = useState(startOpen)
  const panel = useRef<HTMLDivElement>(null)
  const id = useId()
  const [one, other] = namesOf[part]
  useLook(field, one)
  const details = useLook(field, other ?? one)
  const group = detailGroups(details).find((each) => each.part === part)
  // Half-filled, the other half is not silence: it will say that it was not assessed.
  const rest =
    asked && detailLines(details, [part]).length > detailLines(details).length
      ? '; the rest not assessed'
      : ''
  const blank = part === 'boxes' ? 'Nothing ticked' : asked ? NOT_ASSESSED : 'Blank, left out'

  useEffect(() => {
    if (startFocused) panel.current?.querySelector<HTMLElement>('textarea, input, button')?.focus()
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, when it has been added
  }, [])

  return (
    <div className={css.part}>
      <div className={css.partHead}>
        <h4 className={css.partTitle}>
          <button
            type="button"
            className={css.fold}
            aria-expanded={open}
            aria-controls={open ? id : undefined}
            onClick={() => setOpen(!open)}
          >
            <ChevronRight aria-hidden />
            {partLabels[part]}
          </button>
        </h4>
        {group === undefined ? (
          <span className={css.blank}>{blank}</span>
        ) : (
          !open && (
            <span className={css.summary} dir="auto">
              {group.lines.map(({ name, text }) => (name === null ? text : `${name}: ${text}`)).join('; ')}
              {rest}
            </span>
          )
        )}
      </div>
      {open && (
        <div
          ref={panel}
          id={id}
          role="group"
          aria-label={partLabels[part]}
          className={cx(css.panel, css[part])}
        >
          {children}
        </div>
      )}
    </div>
  )
}
