import { useState } from 'react'
import type { SessionView } from '../../../shared/contract/sessions.ts'
import { api, refusal } from '../../api/client.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Dialog, DialogForm } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/TextField.tsx'

const words = {
  cancelled: {
    title: 'Cancel session',
    action: 'Cancel session',
    hint: 'For example: called in the morning, moved to next week.',
  },
  'no-show': {
    title: 'No-show',
    action: 'Mark as no-show',
    hint: 'For example: left a message at 2:15.',
  },
} as const

export type AwayStatus = keyof typeof words

export interface StatusDialogProps {
  session: SessionView
  status: AwayStatus
  onClose: () => void
}

/** One line about a session that did not take place. The line may stay empty. */
export function StatusDialog({ session, status, onClose }: StatusDialogProps) {
  const [line, setLine] = useState(session.line)
  const [wrong, setWrong] = useState<string>()
  const [trouble, setTrouble] = useState<string>()
  const [busy, setBusy] = useState(false)
  const submit = async () => {
    setBusy(true)
    setWrong(undefined)
    setTrouble(undefined)
    try {
      await api.sessions.setStatus({ id: session.id, status, line })
      onClose()
    } catch (error) {
      setBusy(false)
      if (refusal(error).code === 'BAD_INPUT') setWrong('One line of at most 300 letters fits here.')
      else setTrouble(sentenceFor(error))
    }
  }
  return (
    <Dialog
      title={words[status].title}
      lead={<bdi dir="auto">{session.clientName}</bdi>}
      isOpen
      onClose={onClose}
    >
      <DialogForm
        action={words[status].action}
        cancel="Keep as it is"
        busy={busy}
        trouble={trouble}
        onSubmit={() => void submit()}
        onCancel={onClose}
      >
        <TextField
          label="One line"
          aside="optional"
          hint={words[status].hint}
          value={line}
          onChange={setLine}
          error={wrong}
          autoFocus
        />
      </DialogForm>
    </Dialog>
  )
}
