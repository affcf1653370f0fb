import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { Client } from '../../../shared/contract/clients.ts'
import { api, refusal } from '../../api/client.ts'
import { dayOf, now } from '../../api/clock.ts'
import { usePersonWord } from '../../api/context.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { DateField } from '../../ui/DateFields.tsx'
import { Dialog, DialogForm } from '../../ui/Dialog.tsx'
import { TextArea, TextField } from '../../ui/TextField.tsx'
import css from './ClientDialog.module.css'

export interface ClientDialogProps {
  isOpen: boolean
  onClose: () => void
  /** Given: its details are edited. Otherwise a new file is begun, and opened when done. */
  client?: Client
}

export function ClientDialog({ isOpen, onClose, client }: ClientDialogProps) {
  const person = usePersonWord()
  const [holdsWords, setHoldsWords] = useState(false)
  return (
    <Dialog
      title={client === undefined ? `Add ${person}` : 'Edit details'}
      isOpen={isOpen}
      onClose={onClose}
      holdsWords={holdsWords}
    >
      <Fields onClose={onClose} onWords={setHoldsWords} {...(client === undefined ? {} : { client })} />
    </Dialog>
  )
}

type Wrong = Partial<Record<'name' | 'pronouns' | 'birthDate' | 'referralReason', string>>

const sentencesOf: Readonly<Record<keyof Wrong, string>> = {
  name: 'This name cannot be kept as it is: it is longer than 120 letters, or holds signs that are not shown.',
  pronouns: 'At most 40 letters fit here.',
  birthDate: 'Please give the whole date, or leave it empty.',
  referralReason: 'This is longer than 4,000 letters. Please shorten it.',
}

interface FieldsProps {
  onClose: () => void
  /** Whether something stands here that is not kept. */
  onWords: (any: boolean) => void
  client?: Client
}

function Fields({ onClose, onWords, client }: FieldsProps) {
  const person = usePersonWord()
  const navigate = useNavigate()
  const [name, setName] = useState(client?.name ?? '')
  const [pronouns, setPronouns] = useState(client?.pronouns ?? '')
  const [birthDate, setBirthDate] = useState(client?.birthDate ?? null)
  const [referralReason, setReason] = useState(client?.referralReason ?? '')
  const [wrong, setWrong] = useState<Wrong>({})
  const [trouble, setTrouble] = useState<string>()
  const [busy, setBusy] = useState(false)

  // A name is typed again in a moment; a story told to nobody else is not.
  const changed = referralReason.trim() !== (client?.referralReason ?? '').trim()
  useEffect(() => onWords(changed), [onWords, changed])

  const submit = async () => {
    const found: Wrong = {
      ...(name.trim() === '' ? { name: 'A name is needed; initials will do.' } : {}),
      ...(birthDate !== null && birthDate > dayOf(now()).toString()
        ? { birthDate: 'This date is still to come. Please check the year.' }
        : {}),
    }
    setWrong(found)
    setTrouble(undefined)
    if (Object.keys(found).length > 0) return
    setBusy(true)
    try {
      const details = { name, pronouns, birthDate, referralReason }
      if (client !== undefined) await api.clients.update({ id: client.id, ...details })
      const made = client === undefined ? await api.clients.create(details) : null
      onClose()
      if (made !== null) await navigate({ to: '/clients/$clientId', params: { clientId: made.id } })
    } catch (error) {
      setBusy(false)
      const { code, field } = refusal(error)
      const named = (field ?? '').split('.')[0] ?? ''
      if (code === 'BAD_INPUT' && named in sentencesOf)
        setWrong({ [named]: sentencesOf[named as keyof Wrong] })
      else setTrouble(sentenceFor(error))
    }
  }

  return (
    <DialogForm
      action={client === undefined ? `Add ${person}` : 'Keep changes'}
      busy={busy}
      trouble={trouble}
      onSubmit={() => void submit()}
      onCancel={onClose}
    >
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        error={wrong.name}
        spellCheck="false"
        autoFocus
        isRequired
      />
      <div className={css.pair}>
        <TextField
          label="Pronouns"
          aside="optional"
          value={pronouns}
          onChange={setPronouns}
          error={wrong.pronouns}
          spellCheck="false"
        />
        <DateField
          label="Birth date"
          aside="optional"
          value={birthDate}
          onChange={setBirthDate}
          error={wrong.birthDate}
        />
      </div>
      <TextArea
        label="Reason for referral"
        aside="optional"
        hint="Shown in the review before the first session."
        value={referralReason}
        onChange={setReason}
        error={wrong.referralReason}
      />
    </DialogForm>
  )
}
