import { Plus } from 'lucide-react'
import { useRef, useState } from 'react'
import { LINE_MAX } from '../../../shared/contract/values.ts'
import { useKeepOnLeave } from '../../api/flush.ts'
import { holdLine, takeLine } from '../../api/heldLines.ts'
import { Button } from '../../ui/Button.tsx'
import { Select, type Choice } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import css from './AddLine.module.css'

export interface AddLineProps<K extends string> {
  /** What the button says before the field is there, e.g. "Add goal". */
  label: string
  /** The field's name, e.g. "Goal". */
  field: string
  kinds?: readonly Choice<K>[]
  /** The kind that is chosen at first. */
  firstKind?: K
  /** Names the field over time: a line that could not be kept when it was left stands in it again. */
  holdAs: string
  /** True when it was kept; otherwise what was typed stays. */
  onAdd: (text: string, kind: K | undefined) => Promise<boolean>
}

/**
 * A quiet button that turns into one line to fill in; Enter keeps it, Esc puts it away. Leaving the screen or a
 * lock keeps it too.
 */
export function AddLine<K extends string>(props: AddLineProps<K>) {
  const { label, field, kinds, firstKind, holdAs, onAdd } = props
  const [text, setText] = useState(() => takeLine(holdAs) ?? '')
  const [open, setOpen] = useState(text !== '')
  const [kind, setKind] = useState(firstKind ?? kinds?.[0]?.key)
  const [wrong, setWrong] = useState<string>()
  // What still wants keeping. Not the state: when the field goes, its last change may never be rendered.
  const line = useRef(text)
  const keeping = useRef(false)
  const change = (next: string) => {
    line.current = next
    setText(next)
  }
  const close = () => {
    setOpen(false)
    change('')
    setWrong(undefined)
  }
  const keep = async (leaving: boolean) => {
    const words = line.current.trim()
    if (keeping.current) return
    if (words === '') return leaving ? undefined : close()
    const tooLong = words.length > LINE_MAX
    setWrong(tooLong ? `One line of at most ${LINE_MAX} letters fits here.` : undefined)
    keeping.current = true
    try {
      if (!tooLong && (await onAdd(words, kind))) close()
      else if (leaving) holdLine(holdAs, words)
    } finally {
      keeping.current = false
    }
  }
  useKeepOnLeave(keep)
  if (!open) {
    return (
      <div className={css.closed}>
        <Button compact variant="quiet" icon={<Plus aria-hidden />} onPress={() => setOpen(true)}>
          {label}
        </Button>
      </div>
    )
  }
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        void keep(false)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close()
      }}
    >
      {kinds !== undefined && kind !== undefined && (
        <Select label="Kind" value={kind} choices={kinds} onChange={setKind} />
      )}
      <TextField label={field} value={text} onChange={change} error={wrong} autoFocus />
      <div className={css.buttons}>
        <Button compact type="submit">
          Add
        </Button>
        <Button compact variant="quiet" onPress={close}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
