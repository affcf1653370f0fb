import { useEffect, useRef, useState } from 'react'
import { registerFlusher } from '../../api/flush.ts'
import { addendumWords, heldAddenda, heldNote } from '../../api/heldBack.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Dialog, DialogForm } from '../../ui/Dialog.tsx'
import { TextArea } from '../../ui/TextField.tsx'

const LONGEST = 50_000

export interface AddendumDialogProps {
  noteId: string
  onClose: () => void
  onAdd: (text: string) => Promise<void>
}

/** What is typed, kept for this note until it is added or thrown away, also through a lock. */
function useAddendum(noteId: string) {
  const [text, setText] = useState(() => heldAddenda.get(noteId)?.sections[0]?.text ?? '')
  // Not the state: when the dialog goes, its last change may never be rendered.
  const latest = useRef(text)
  useEffect(() => {
    heldAddenda.take(noteId)
    const held = () => (latest.current.trim() === '' ? null : addendumWords(latest.current))
    const stop = registerFlusher(
      async () => undefined,
      () => {
        const words = held()
        return words === null ? null : heldNote(noteId, words)
      },
    )
    return () => {
      stop()
      const words = held()
      if (words !== null) heldAddenda.hold(noteId, words)
    }
  }, [noteId])
  return {
    text,
    change: (next: string) => {
      latest.current = next
      setText(next)
    },
    /** It is in the record, or not wanted: nothing to keep any more. */
    forget: () => {
      latest.current = ''
    },
  }
}

/** A correction or an addition: dated, attributed, below the note; what was signed stays as it is. */
export function AddendumDialog({ noteId, onClose, onAdd }: AddendumDialogProps) {
  const { text, change, forget } = useAddendum(noteId)
  const [wrong, setWrong] = useState<string>()
  const [trouble, setTrouble] = useState<string>()
  const [busy, setBusy] = useState(false)

  const add = async () => {
    if (text.trim() === '') return setWrong('Write what is to be added or corrected.')
    if (text.length > LONGEST) return setWrong('An addendum holds at most 50,000 characters.')
    setBusy(true)
    try {
      await onAdd(text)
      // Added: the dialog goes with the next render, and must not hold the words back.
      forget()
      onClose()
    } catch (error) {
      setTrouble(sentenceFor(error))
      setBusy(false)
    }
  }
  const close = () => {
    forget()
    onClose()
  }
  return (
    <Dialog
      title="Add addendum"
      lead="It stands below the note with date and author. The signed text stays as it is, and so does this."
      // Half an addendum must not go with a press beside the sheet.
      role="alertdialog"
      isOpen
      onClose={close}
      holdsWords={text.trim() !== ''}
      wide
    >
      <DialogForm
        action="Add addendum"
        busy={busy}
        trouble={trouble}
        onSubmit={() => void add()}
        onCancel={close}
      >
        <TextArea
          label="Addendum"
          rows={6}
          autoFocus
          value={text}
          onChange={(next) => {
            setWrong(undefined)
            change(next)
          }}
          error={wrong}
        />
      </DialogForm>
    </Dialog>
  )
}
