import { useEffect, useRef, useState } from 'react'
import { LINE_MAX } from '../../../shared/contract/values.ts'
import { registerFlusher } from '../../api/flush.ts'
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
  /** True when it was kept; otherwise what was typed stays in the field. */
  onKeep: (text: string) => Promise<boolean>
  /** Esc, or leaving the field with nothing new in it. */
  onPutAway?: () => void
}

/**
 * One line to set down: Enter keeps it and leaves the field ready for the next. Leaving the field keeps it
 * too, and so does a lock: nothing typed here is lost for want of a key.
 */
export function LineEntry({ start = '', onlyOnEnter = false, onKeep, onPutAway, ...field }: LineEntryProps) {
  const [text, setText] = useState(start)
  const [wrong, setWrong] = useState<string>()
  const keeping = useRef(false)

  const keep = async (): Promise<void> => {
    const line = text.trim()
    if (keeping.current) return
    if (line === '' || line === start) {
      onPutAway?.()
      return
    }
    if (line.length > LINE_MAX) {
      setWrong(`One line of at most ${LINE_MAX} letters fits here; this has ${line.length}.`)
      return
    }
    setWrong(undefined)
    keeping.current = true
    try {
      // What is typed while the answer is on its way belongs to the next line.
      if (await onKeep(line)) setText((now) => (now.trim() === line ? '' : now))
    } finally {
      keeping.current = false
    }
  }

  const latest = useRef(keep)
  useEffect(() => {
    latest.current = keep
  })
  useEffect(() => registerFlusher(() => latest.current()), [])

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void keep()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || onPutAway === undefined) return
        event.stopPropagation()
        setText(start)
        onPutAway()
      }}
    >
      <TextField
        {...field}
        value={text}
        onChange={setText}
        error={wrong}
        {...(onlyOnEnter ? {} : { onBlur: () => void keep() })}
      />
    </form>
  )
}
