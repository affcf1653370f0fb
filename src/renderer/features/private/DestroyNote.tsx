import { useState } from 'react'
import { DESTROY_NOTE_WORD } from '../../../shared/contract/privateRoom.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Dialog, DialogForm } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/TextField.tsx'
import css from './PrivatePane.module.css'

export interface DestroyNoteProps {
  onDestroy: () => Promise<void>
  onClose: () => void
}

/** Deliberate and final: nothing brings it back, so a word is typed for it. */
export function DestroyNote({ onDestroy, onClose }: DestroyNoteProps) {
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState('')
  const [trouble, setTrouble] = useState('')
  const [busy, setBusy] = useState(false)
  const submit = async () => {
    if (typed.trim() !== DESTROY_NOTE_WORD) {
      setWrong(`Please type exactly: ${DESTROY_NOTE_WORD}`)
      return
    }
    setBusy(true)
    try {
      await onDestroy()
    } catch (error) {
      setTrouble(sentenceFor(error))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title="Destroy this private note?"
      role="alertdialog"
      isOpen
      onClose={onClose}
      lead="All its words are overwritten on this computer, here and in the search of private notes. It cannot be undone."
    >
      <DialogForm
        action="Destroy for good"
        variant="danger"
        busy={busy}
        trouble={trouble}
        onSubmit={() => void submit()}
        onCancel={onClose}
        cancel="Keep it"
      >
        <ul className={css.plainly}>
          <li>Backups made before keep it until they are rotated out.</li>
          <li>The progress note is not touched; what crossed into it stays there.</li>
          <li>The activity log says that a note was destroyed, and when; not a word of it.</li>
        </ul>
        <TextField
          label={`To go on, type: ${DESTROY_NOTE_WORD}`}
          value={typed}
          onChange={(next) => {
            setTyped(next)
            setWrong('')
          }}
          error={wrong === '' ? undefined : wrong}
          autoFocus
          spellCheck="false"
          maxLength={40}
        />
      </DialogForm>
    </Dialog>
  )
}
