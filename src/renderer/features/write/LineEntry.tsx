import { useRef, useState, type RefObject } from 'react'
import { LINE_MAX } from '../../../shared/contract/values.ts'
import { useKeepOnLeave } from '../../api/flush.ts'
import { holdLine, takeLine } from '../../api/heldLines.ts'
import { TextField } from '../../ui/TextField.tsx'

export interface LineEntryProps {
  label: string
  aside?: string
  labelHidden?: boolean
  placeholder?: string
  start?: string
  autoFocus?: boolean
  /** Leaving the field does not keep it: the line goes with a choice that stands beside it. */
  onlyOnEnter?: boolean
  /** Names the field over time: a line that could not be kept when it was left stands in it again. */
  field?: string
  /** Shares what is typed with the choice beside it; made empty there, nothing is kept. */
  typed?: RefObject<string>
  /** True when it was kept; otherwise what was typed stays in the field. */
  onKeep: (text: string) => Promise<boolean>
  /** Esc, or leaving the field with nothing new in it. */
  onPutAway?: () => void
}

/**
 * One line to set down: Enter keeps it and leaves the field ready for the next. Leaving the field keeps it too,
 * and so does leaving the screen or a lock: nothing typed here is lost for want of a key.
 */
export function LineEntry(props: LineEntryProps) {
  const { start = '', onlyOnEnter = false, field, typed, onKeep, onPutAway, ...rest } = props
  const [text, setText] = useState(() => {
    const first = (field === undefined ? undefined : takeLine(field)) ?? start
    if (typed !== undefined) typed.current = first
    return first
  })
  const [wrong, setWrong] = useState<string>()
  const keeping = useRef(false)
  // What still wants keeping. Not the state: when the field goes, its last change may never be rendered.
  const own = useRef(text)
  const line = typed ?? own
  const change = (next: string) => {
    line.current = next
    setText(next)
  }

  const keep = async (leaving: boolean): Promise<void> => {
    const words = line.current.trim()
    if (keeping.current) return
    if (words === '' || words === start) {
      if (!leaving) onPutAway?.()
      return
    }
    const tooLong = words.length > LINE_MAX
    if (tooLong) setWrong(`One line of at most ${LINE_MAX} letters fits here; this has ${words.length}.`)
    else setWrong(undefined)
    keeping.current = true
    try {
      // What is typed while the answer is on its way belongs to the next line.
      if (!tooLong && (await onKeep(words))) {
        if (line.current.trim() === words) change('')
      } else if (leaving && field !== undefined) holdLine(field, words)
    } finally {
      keeping.current = false
    }
  }
  useKeepOnLeave(keep)

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void keep(false)
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || onPutAway === undefined) return
        event.stopPropagation()
        change(start)
        onPutAway()
      }}
    >
      <TextField
        {...rest}
        value={text}
        onChange={change}
        error={wrong}
        {...(onlyOnEnter ? {} : { onBlur: () => void keep(false) })}
      />
    </form>
  )
}
