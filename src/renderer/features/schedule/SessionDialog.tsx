import { useState } from 'react'
import type { SessionKind, SessionView } from '../../../shared/contract/sessions.ts'
import { api, refusal } from '../../api/client.ts'
import { longDayText, now, systemZone, timeText } from '../../api/clock.ts'
import { usePersonWord } from '../../api/context.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Choices } from '../../ui/Choices.tsx'
import { DatePicker, TimeField } from '../../ui/DateFields.tsx'
import { Dialog, DialogForm } from '../../ui/Dialog.tsx'
import { announce } from '../../ui/Status.tsx'
import { ClientPicker } from './ClientPicker.tsx'
import { nobody, type Picked } from './picked.ts'
import { kindWords } from './kindWords.ts'
import { clientFor, UNCLEAR } from './scheduling.ts'
import { checkTimes, firstTimes, timesOf, withStart, type FieldErrors } from './sessionForm.ts'
import css from './SessionDialog.module.css'

const kinds = [
  { key: 'individual', label: kindWords.individual },
  { key: 'home-visit', label: kindWords['home-visit'] },
] as const satisfies readonly { key: SessionKind; label: string }[]

export interface SessionDialogProps {
  isOpen: boolean
  onClose: () => void
  /** Given: the client is settled and not asked for. */
  client?: { readonly id: string; readonly name: string }
  /** Given: this one is moved instead of a new one made. */
  session?: SessionView
  /** 'YYYY-MM-DD': the day that is being looked at. */
  day?: string
  /** Given: the stretch that was picked in the week. */
  span?: { readonly startsAt: number; readonly endsAt: number }
}

/** "Add session", and the same fields for moving one. Mounted afresh each time it opens. */
export function SessionDialog(props: SessionDialogProps) {
  const moving = props.session !== undefined
  return (
    <Dialog title={moving ? 'Move session' : 'Add session'} isOpen={props.isOpen} onClose={props.onClose}>
      <Fields {...props} />
    </Dialog>
  )
}

function startingTimes({ session, span, day }: SessionDialogProps) {
  const zone = systemZone()
  const given = session ?? span
  if (given !== undefined) return timesOf(given.startsAt, given.endsAt, zone)
  const next = firstTimes(now(), zone)
  return day === undefined ? next : { ...next, date: day }
}

function Fields(props: SessionDialogProps) {
  const { onClose, client, session, span } = props
  const person = usePersonWord()
  const [picked, setPicked] = useState<Picked>(nobody)
  const [times, setTimes] = useState(() => startingTimes(props))
  const [endTouched, setEndTouched] = useState(session !== undefined || isLong(span))
  const [kind, setKind] = useState<SessionKind>(session?.kind ?? 'individual')
  const [errors, setErrors] = useState<FieldErrors>({})
  const [trouble, setTrouble] = useState<string>()
  const [busy, setBusy] = useState(false)

  const submit = async () => {
    const checked = checkTimes(times, systemZone())
    const nameless = session === undefined && client === undefined && picked.text.trim() === ''
    const wrong: FieldErrors = {
      ...(checked.ok ? {} : checked.errors),
      ...(nameless ? { client: `Please choose a ${person}, or type a new name.` } : {}),
    }
    setErrors(wrong)
    setTrouble(undefined)
    if (!checked.ok || nameless) return
    setBusy(true)
    try {
      const span = { startsAt: checked.startsAt, endsAt: checked.endsAt, zone: systemZone() }
      if (session === undefined) {
        const clientId = client?.id ?? (await clientFor(picked))
        if (clientId === null) {
          setBusy(false)
          return setErrors({ client: UNCLEAR })
        }
        // A name that became a client stays one: trying again must not make a second.
        setPicked({ ...picked, clientId })
        await api.sessions.create({ clientId, kind, ...span })
      } else await api.sessions.move({ id: session.id, ...span })
      const when = `${longDayText(span.startsAt)}, ${timeText(span.startsAt)}`
      announce({ text: `${session === undefined ? 'Session added' : 'Session moved'}: ${when}.` })
      onClose()
    } catch (error) {
      setBusy(false)
      const { code, field } = refusal(error)
      if (code === 'END_BEFORE_START' || code === 'TOO_LONG_SESSION') setErrors({ ends: sentenceFor(error) })
      else if (code === 'BAD_INPUT' && field === 'name') setErrors({ client: NAME_SENTENCE })
      else setTrouble(sentenceFor(error))
    }
  }

  return (
    <DialogForm
      action={session === undefined ? 'Add session' : 'Move'}
      busy={busy}
      trouble={trouble}
      onSubmit={() => void submit()}
      onCancel={onClose}
    >
      {session === undefined && client === undefined ? (
        <ClientPicker
          label={person === 'student' ? 'Student' : 'Client'}
          value={picked}
          onChange={setPicked}
          error={errors.client}
          autoFocus
        />
      ) : (
        <p className={css.who}>
          <bdi dir="auto">{client?.name ?? session?.clientName}</bdi>
        </p>
      )}
      <div className={css.times}>
        <DatePicker
          label="Date"
          value={times.date}
          onChange={(date) => setTimes({ ...times, date })}
          error={errors.date}
        />
        <TimeField
          label="Starts"
          value={times.starts}
          onChange={(starts) => setTimes(withStart(times, starts, endTouched))}
          error={errors.starts}
        />
        <TimeField
          label="Ends"
          value={times.ends}
          onChange={(ends) => {
            setEndTouched(true)
            setTimes({ ...times, ends })
          }}
          error={errors.ends}
        />
      </div>
      {session === undefined && <Choices label="Kind" value={kind} choices={kinds} onChange={setKind} />}
    </DialogForm>
  )
}

/** A stretch was drawn, not a half hour clicked: then its end is meant. */
const isLong = (span: SessionDialogProps['span']): boolean =>
  span !== undefined && span.endsAt - span.startsAt > 30 * 60_000

export const NAME_SENTENCE =
  'This name cannot be kept as it is: it is longer than 120 letters, or holds signs that are not shown.'
