import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { refusal } from '../../api/client.ts'
import { usePersonWord } from '../../api/context.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Dialog, DialogForm } from '../../ui/Dialog.tsx'
import { ClientPicker } from './ClientPicker.tsx'
import { nobody, type Picked } from './picked.ts'
import { clientFor, contactNow, UNCLEAR } from './scheduling.ts'
import { NAME_SENTENCE } from './SessionDialog.tsx'

/** A call, a crisis, a word in the corridor: choose who it was, and the pen is in the hand. */
export function ContactDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog
      title="Contact now"
      lead="A call, a visit, a word in the corridor. Its note opens at once."
      isOpen={isOpen}
      onClose={onClose}
    >
      <Chooser onClose={onClose} />
    </Dialog>
  )
}

function Chooser({ onClose }: { onClose: () => void }) {
  const person = usePersonWord()
  const navigate = useNavigate()
  const [picked, setPicked] = useState<Picked>(nobody)
  const [wrong, setWrong] = useState<string>()
  const [trouble, setTrouble] = useState<string>()
  const [busy, setBusy] = useState(false)

  const submit = async () => {
    setTrouble(undefined)
    const nameless = picked.text.trim() === ''
    setWrong(nameless ? `Please choose a ${person}, or type a new name.` : undefined)
    if (nameless) return
    setBusy(true)
    try {
      const clientId = await clientFor(picked)
      if (clientId === null) {
        setBusy(false)
        return setWrong(UNCLEAR)
      }
      setPicked({ ...picked, clientId })
      const sessionId = await contactNow(clientId)
      onClose()
      await navigate({ to: '/write/$sessionId', params: { sessionId } })
    } catch (error) {
      setBusy(false)
      if (refusal(error).code === 'BAD_INPUT') setWrong(NAME_SENTENCE)
      else setTrouble(sentenceFor(error))
    }
  }

  return (
    <DialogForm
      action="Write note"
      busy={busy}
      trouble={trouble}
      onSubmit={() => void submit()}
      onCancel={onClose}
    >
      <ClientPicker
        label={person === 'student' ? 'Student' : 'Client'}
        value={picked}
        onChange={setPicked}
        error={wrong}
        autoFocus
      />
    </DialogForm>
  )
}
