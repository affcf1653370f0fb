import { Check } from 'lucide-react'
import { useId, useState, type KeyboardEvent } from 'react'
import { CHOSEN_MAX } from '../../../../shared/document/details.ts'
import { cx } from '../../../ui/cx.ts'
import css from './Details.module.css'

export interface ChecksProps {
  /** Names the group. */
  label: string
  options: readonly string[]
  chosen: readonly string[]
  onChosen: (chosen: string[]) => void
}

/**
 * Any number of a few words. One stop for Tab, arrows from word to word, Space ticks. A word that was ticked stays
 * on the screen while it is unticked again, also when the list does not have it (any more).
 */
export function Checks({ label, options, chosen, onChosen }: ChecksProps) {
  const [kept] = useState(() => chosen.filter((word) => !options.includes(word)))
  const shown = [...options, ...new Set([...kept, ...chosen].filter((word) => !options.includes(word)))]
  const [at, setAt] = useState(0)
  return (
    <div role="group" aria-label={label} className={css.picks} onKeyDown={stepThrough}>
      {shown.map((word, n) => (
        <label key={word} className={cx(css.pick, chosen.includes(word) && css.picked)}>
          <input
            type="checkbox"
            className={css.pickInput}
            checked={chosen.includes(word)}
            tabIndex={n === Math.min(at, shown.length - 1) ? 0 : -1}
            onFocus={() => setAt(n)}
            onChange={(event) => {
              const on = event.currentTarget.checked
              // In the order of the list, however they were ticked.
              const next = shown.filter((each) => (each === word ? on : chosen.includes(each)))
              if (next.length <= CHOSEN_MAX) onChosen(next)
            }}
          />
          {chosen.includes(word) && <Check aria-hidden strokeWidth={3} />}
          {word}
        </label>
      ))}
    </div>
  )
}

function stepThrough(event: KeyboardEvent<HTMLDivElement>): void {
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
  if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return
  const boxes = [...event.currentTarget.querySelectorAll('input')]
  const at = boxes.findIndex((box) => box === event.target)
  if (at === -1) return
  event.preventDefault()
  boxes[(at + by + boxes.length) % boxes.length]?.focus()
}

export interface OneOfProps<K extends string> {
  label: string
  choices: readonly { readonly key: K; readonly label: string }[]
  value: K
  /** The choice that says nothing: chosen, it stays quiet. */
  blank: K
  onChange: (value: K) => void
}

/** One of a few words; arrows choose. */
export function OneOf<K extends string>({ label, choices, value, blank, onChange }: OneOfProps<K>) {
  const name = useId()
  return (
    <div role="radiogroup" aria-label={label} className={css.picks}>
      {choices.map((choice) => (
        <label
          key={choice.key}
          className={cx(
            css.pick,
            css.one,
            value === choice.key && (value === blank ? css.pickedBlank : css.picked),
          )}
        >
          <input
            type="radio"
            name={name}
            className={css.pickInput}
            checked={value === choice.key}
            onChange={() => onChange(choice.key)}
          />
          {choice.label}
        </label>
      ))}
    </div>
  )
}
