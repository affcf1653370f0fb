import { useState } from 'react'
import { sentenceFor } from '../../api/sentences.ts'
import { Dialog, DialogForm } from '../../ui/Dialog.tsx'
import { TextArea } from '../../ui/TextField.tsx'

const LONGEST = 50_000

export interface AddendumDialogProps {
  onClose: () => void
  onAdd: (text: string) => Promise<void>
}

/** A correction or an addition: dated, attributed, below the note; what was signed stays as it is. */
export function AddendumDialog({ onClose, onAdd }: AddendumDialogProps) {
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState<string>()
  const [trouble, setTrouble] = useState<string>()
  const [busy, setBusy] = useState(false)

  const add = async () => {
    if (text.trim() === '') return setWrong('Write what is to be added or corrected.')
    if (text.length > LONGEST) return setWrong('An addendum holds at most 50,000 characters.')
    setBusy(true)
    try {
      await onAdd(text)
    } catch (error) {
      setTrouble(sentenceFor(error))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title="Add addendum"
      lead="It stands below the note with date and author. The signed text stays as it is, and so does this."
      // Half an addendum must not go with a press beside the sheet.
      role="alertdialog"
      isOpen
      onClose={onClose}
      wide
    >
      <DialogForm
        action="Add addendum"
        busy={busy}
        trouble={trouble}
        onSubmit={() => void add()}
        onCancel={onClose}
      >
        <TextArea
          label="Addendum"
          rows={6}
          autoFocus
          value={text}
          onChange={(next) => {
            setWrong(undefined)
            setText(next)
          }}
          error={wrong}
        />
      </DialogForm>
    </Dialog>
  )
}
