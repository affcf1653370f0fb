import { useState } from 'react'
import type { CancelledBy, ScheduledSession } from '../../../shared/contract/sessions.ts'
import { api, refusal } from '../../api/client.ts'
import { now, systemZone } from '../../api/clock.ts'
import { usePersonWord } from '../../api/context.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Choices } from '../../ui/Choices.tsx'
import { DatePicker, TimeField } from '../../ui/DateFields.tsx'
import { Dialog, DialogForm } from '../../ui/Dialog.tsx'
import { Select } from '../../ui/Select.tsx'
import { announce } from '../../ui/Status.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { undoing } from './attempt.ts'
import { lateness } from './awayWords.ts'
import { instantOfFields, timesOf } from './sessionForm.ts'
import css from './SessionDialog.module.css'

const words = {
  cancelled: {
    title: 'Cancel session',
    action: 'Cancel session',
    done: 'Session cancelled.',
    hint: 'For example: called in the morning, moved to next week.',
  },
  'no-show': {
    title: 'No-show',
    action: 'Mark as no-show',
    done: 'Marked as no-show.',
    hint: 'For example: left a message at 2:15.',
  },
} as const

export type AwayStatus = keyof typeof words

const told = [
  { key: 'now', label: 'Just now' },
  { key: 'earlier', label: 'Earlier' },
  { key: 'unknown', label: 'Not known' },
] as const

export interface StatusDialogProps {
  /** One, or those of a group's members who are still to come. */
  sessions: readonly [ScheduledSession, ...ScheduledSession[]]
  status: AwayStatus
  onClose: () => void
}

const EVERYBODY = 'everybody'

/** One line about a session that did not take place; of one called off also by whom, and how late it was told. */
export function StatusDialog({ sessions, status, onClose }: StatusDialogProps) {
  const person = usePersonWord()
  const [first] = sessions
  const ofGroup = first.group !== null && sessions.length > 1
  const [who, setWho] = useState(ofGroup && status === 'cancelled' ? EVERYBODY : first.id)
  const session = sessions.find(({ id }) => id === who) ?? first
  const whole = who === EVERYBODY
  const [line, setLine] = useState(first.line)
  const [by, setBy] = useState<CancelledBy>(ofGroup ? 'clinician' : 'client')
  const [when, setWhen] = useState<(typeof told)[number]['key']>(
    // Once it has begun nobody is telling it now.
    () => (now() < first.startsAt ? 'now' : 'unknown'),
  )
  const [at, setAt] = useState(() => timesOf(now(), now(), systemZone()))
  const [wrong, setWrong] = useState<string>()
  const [wrongTime, setWrongTime] = useState<string>()
  const [trouble, setTrouble] = useState<string>()
  const [busy, setBusy] = useState(false)

  const earlier = instantOfFields(at.date, at.starts, systemZone())
  const toldAt = when === 'unknown' ? null : when === 'now' ? now() : earlier

  const submit = async () => {
    setWrong(undefined)
    setWrongTime(undefined)
    setTrouble(undefined)
    if (status === 'cancelled' && when === 'earlier' && (earlier === null || earlier > now()))
      return setWrongTime(
        earlier === null ? 'Please give the whole date and time.' : 'That time is still to come.',
      )
    setBusy(true)
    try {
      if (status === 'cancelled') await api.sessions.cancel({ id: session.id, by, line, toldAt, whole })
      else await api.sessions.noShow({ id: session.id, line })
      const those = whole ? sessions : [session]
      const back = () =>
        Promise.all(
          those.map(({ id, line: before }) =>
            api.sessions.setStatus({ id, status: 'scheduled', line: before }),
          ),
        )
      announce({ text: words[status].done, action: undoing(back) })
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
      lead={<bdi dir="auto">{first.group?.name ?? first.clientName}</bdi>}
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
        {ofGroup && (
          <Select
            label="For whom"
            value={who}
            choices={[
              ...(status === 'cancelled' ? [{ key: EVERYBODY, label: 'Everybody' }] : []),
              ...sessions.map(({ id, clientName }) => ({ key: id, label: clientName })),
            ]}
            onChange={setWho}
          />
        )}
        {status === 'cancelled' && (
          <>
            <Choices
              label="By whom"
              value={by}
              choices={[
                { key: 'client', label: person === 'student' ? 'The student' : 'The client' },
                { key: 'clinician', label: 'Me' },
                { key: 'other', label: person === 'student' ? 'School or family' : 'Somebody else' },
              ]}
              onChange={setBy}
            />
            <Choices
              label="Told"
              value={when}
              choices={told}
              hint={toldAt === null ? undefined : sentence(lateness(first.startsAt, toldAt))}
              onChange={setWhen}
            />
            {when === 'earlier' && (
              <div className={css.times}>
                <DatePicker
                  label="Told on"
                  value={at.date}
                  onChange={(date) => setAt({ ...at, date })}
                  error={wrongTime}
                />
                <TimeField label="At" value={at.starts} onChange={(starts) => setAt({ ...at, starts })} />
              </div>
            )}
          </>
        )}
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

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
