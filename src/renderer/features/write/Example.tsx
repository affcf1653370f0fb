import { Lightbulb } from 'lucide-react'
import { useId, useState } from 'react'
import { examples } from '../../../shared/document/formats/examples.ts'
import css from './Format.module.css'

/** A poor and a good way to write this section; folded until somebody asks, and then it takes no more than it needs. */
export function Example({ section, label }: { section: string; label: string }) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const of = examples[section]
  if (of === undefined) return null
  return (
    <>
      <button
        type="button"
        className={css.example}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={`Example for ${label}`}
        onClick={() => setOpen(!open)}
      >
        <Lightbulb aria-hidden />
        Example
      </button>
      {open && (
        <dl id={id} className={css.pair}>
          <dt>Says little</dt>
          <dd>{of.poor}</dd>
          <dt>Says what happened</dt>
          <dd>{of.good}</dd>
        </dl>
      )}
    </>
  )
}
