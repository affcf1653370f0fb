import { useState } from 'react'
import type { Snippet } from '../../../shared/contract/snippets.ts'
import { LONG_MAX, shortOf } from '../../../shared/domain/shorthand.ts'
import { api } from '../../api/client.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Dialog, DialogForm } from '../../ui/Dialog.tsx'
import { TextArea, TextField } from '../../ui/TextField.tsx'

export interface ShorthandDialogProps {
  /** Null: a new one. */
  snippet: Snippet | null
  others: readonly Snippet[]
  onClose: () => void
}

export function ShorthandDialog({ snippet, others, onClose }: ShorthandDialogProps) {
  const [short, setShort] = useState(snippet?.short ?? '')
  const [long, setLong] = useState(snippet?.long ?? '')
  const [tried, setTried] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  const [busy, setBusy] = useState(false)
  const changed = short !== (snippet?.short ?? '') || long !== (snippet?.long ?? '')
  const wrongShort = wrongIn(
    short,
    others.filter(({ id }) => id !== snippet?.id),
  )
  const wrongLong = long.trim() === '' ? 'Please write what it stands for.' : undefined

  const save = async () => {
    setTried(true)
    setTrouble(undefined)
    if (wrongShort !== undefined || wrongLong !== undefined) return
    setBusy(true)
    try {
      await api.snippets.save({ id: snippet?.id ?? null, short, long })
      onClose()
    } catch (error) {
      setTrouble(sentenceFor(error))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={snippet === null ? 'Add shorthand' : 'Change shorthand'}
      isOpen
      onClose={onClose}
      holdsWords={changed}
    >
      <DialogForm
        action={snippet === null ? 'Add' : 'Keep'}
        busy={busy}
        trouble={trouble}
        onSubmit={() => void save()}
        onCancel={onClose}
      >
        <TextField
          label="Short form"
          hint="What you type after the semicolon: letters and digits, at most 20."
          value={short}
          onChange={setShort}
          error={tried ? wrongShort : undefined}
          maxLength={40}
          spellCheck="false"
          autoFocus
        />
        <TextArea
          label="Expands to"
          hint="It may hold {today}, {first-name}, gaps such as {?who came}, and the others listed on this screen."
          value={long}
          onChange={setLong}
          error={tried ? wrongLong : undefined}
          rows={5}
          maxLength={LONG_MAX}
        />
      </DialogForm>
    </Dialog>
  )
}

function wrongIn(typed: string, others: readonly Snippet[]): string | undefined {
  if (typed.trim() === '') return 'Please give a short form.'
  const short = shortOf(typed)
  if (short === null) return 'One word of letters and digits, at most 20, please.'
  return others.some((other) => other.short === short) ? 'Another entry has this short form.' : undefined
}
