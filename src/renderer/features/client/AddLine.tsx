import { Plus } from 'lucide-react'
import { useState } from 'react'
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
  /** True when it was kept; otherwise what was typed stays. */
  onAdd: (text: string, kind: K | undefined) => Promise<boolean>
}

/** A quiet button that turns into one line to fill in; Enter keeps it, Esc puts it away. */
export function AddLine<K extends string>({ label, field, kinds, firstKind, onAdd }: AddLineProps<K>) {
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const [kind, setKind] = useState(firstKind ?? kinds?.[0]?.key)
  const [wrong, setWrong] = useState<string>()
  if (!open) {
    return (
      <div className={css.closed}>
        <Button compact variant="quiet" icon={<Plus aria-hidden />} onPress={() => setOpen(true)}>
          {label}
        </Button>
      </div>
    )
  }
  const close = () => {
    setOpen(false)
    setText('')
    setWrong(undefined)
  }
  const submit = async () => {
    if (text.trim() === '') return close()
    if (text.trim().length > 300) return setWrong('One line of at most 300 letters fits here.')
    setWrong(undefined)
    if (await onAdd(text, kind)) close()
  }
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close()
      }}
    >
      {kinds !== undefined && kind !== undefined && (
        <Select label="Kind" value={kind} choices={kinds} onChange={setKind} />
      )}
      <TextField label={field} value={text} onChange={setText} error={wrong} autoFocus />
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
