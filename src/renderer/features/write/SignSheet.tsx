import { Check, Minus } from 'lucide-react'
import { useState } from 'react'
import type { Context } from '../../../shared/contract/app.ts'
import type { NoteView } from '../../../shared/contract/notes.ts'
import { LINE_MAX } from '../../../shared/contract/values.ts'
import type { Section } from '../../../shared/document/document.ts'
import { daysToEnd, isLate } from '../../../shared/domain/sessionLife.ts'
import { proposeSummary } from '../../../shared/domain/summaryLine.ts'
import { queryClient } from '../../api/cache.ts'
import { api, refusal } from '../../api/client.ts'
import { dayText, now, systemZone, timeText } from '../../api/clock.ts'
import { contextQuery, usePreferences } from '../../api/context.ts'
import { sentenceFor, sentences } from '../../api/sentences.ts'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { DatePicker, TimeField } from '../../ui/DateFields.tsx'
import { Dialog, DialogForm } from '../../ui/Dialog.tsx'
import { VisuallyHidden } from '../../ui/Parts.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { type ActualTimes, checkActualTimes, checklist, proposeTimes } from './signing.ts'
import { useKnownFormat } from './knownFormat.ts'
import { unchangedOf, unchangedText } from './carrying.ts'
import css from './SignSheet.module.css'

export interface SignSheetProps {
  note: NoteView
  /** What is signed: saved, as revision `revision`. */
  sections: readonly Section[]
  revision: number
  /** Whether what is on the screen is still this. */
  stands: () => boolean
  onClose: () => void
  onSigned: () => void
}

/** What a signature needs: when it really was, the line that lists show, and a look at what may be missing. */
export function SignSheet(props: SignSheetProps) {
  return (
    <Dialog title="Sign note" isOpen onClose={props.onClose} wide>
      <Sheet {...props} />
    </Dialog>
  )
}

const FROM = {
  pressed: 'From your Start and End. Signing confirms them.',
  'partly-pressed':
    'Partly from your Start or End, partly as scheduled. Please check; signing confirms them.',
  scheduled: 'As scheduled. Please check; signing confirms them.',
} as const

const CHANGED =
  'The note has changed since this was opened, so nothing was signed. Please close this, look at it once more, and sign then.'

function Sheet({ note, sections, revision, stands, onClose, onSigned }: SignSheetProps) {
  const zone = systemZone()
  const { dueHours } = usePreferences()
  const [proposed] = useState(() => proposeTimes(note.session, zone))
  const [times, setTimes] = useState<ActualTimes>(proposed)
  const [summary, setSummary] = useState(() =>
    note.summary === '' ? proposeSummary(sections) : note.summary,
  )
  const [wrong, setWrong] = useState<{ readonly field: string; readonly sentence: string }>()
  const [trouble, setTrouble] = useState<string>()
  const [unconfirmed, setUnconfirmed] = useState(false)
  const [busy, setBusy] = useState(false)
  const error = (field: string) => (wrong?.field === field ? wrong.sentence : undefined)
  const set = (change: Partial<ActualTimes>) => {
    setWrong(undefined)
    setTimes({ ...times, ...change })
  }

  const sign = async () => {
    if (!stands()) return setTrouble(CHANGED)
    setTrouble(undefined)
    const checked = checkActualTimes(times, zone)
    if (!checked.ok) return setWrong(checked)
    if (summary.trim() === '') {
      return setWrong({ field: 'summary', sentence: 'One line is needed: it is what review and lists show.' })
    }
    setBusy(true)
    try {
      const { actualStart, actualEnd } = checked
      await api.notes.sign({ noteId: note.id, revision, actualStart, actualEnd, summary })
      onSigned()
    } catch (caught) {
      const { code, field } = refusal(caught)
      if (code === 'BAD_INPUT' && field === 'actualStart') {
        setWrong({
          field: 'starts',
          sentence: 'The session starts later than now. Please check when it began.',
        })
      } else if (code === 'END_BEFORE_START' || code === 'TOO_LONG_SESSION')
        setWrong({ field: 'ends', sentence: sentences[code] })
      else if (code === 'RECOVERY_UNCONFIRMED') setUnconfirmed(true)
      else setTrouble(sentenceFor(caught))
      setBusy(false)
    }
  }

  return (
    <DialogForm
      action="Sign note"
      busy={busy}
      trouble={trouble}
      onSubmit={() => void sign()}
      onCancel={onClose}
    >
      <fieldset className={css.times}>
        <legend className={css.legend}>When the session was</legend>
        <DatePicker
          label="Date"
          value={times.date}
          onChange={(date) => set({ date })}
          error={error('date')}
        />
        <TimeField
          label="Starts"
          value={times.starts}
          onChange={(starts) => set({ starts, endDays: daysToEnd(starts, times.ends) })}
          error={error('starts')}
        />
        <TimeField
          label="Ends"
          {...(times.endDays > 0 ? { aside: 'next day' } : {})}
          value={times.ends}
          onChange={(ends) => set({ ends, endDays: daysToEnd(times.starts, ends) })}
          error={error('ends')}
        />
        <p className={css.from}>
          {note.session.kind === 'contact' ? 'Estimated. Please set the real times.' : FROM[proposed.from]}
        </p>
      </fieldset>
      <TextField
        label="Summary line"
        hint="What review and lists show for this note."
        value={summary}
        onChange={(text) => {
          setWrong(undefined)
          setSummary(text)
        }}
        maxLength={LINE_MAX}
        autoFocus
        error={error('summary')}
      />
      <Checklist note={note} sections={sections} />
      <Unchanged sections={sections} />
      <LateNotice times={times} zone={zone} dueHours={dueHours} />
      {unconfirmed && <Unconfirmed onConfirmed={() => setUnconfirmed(false)} />}
      <p className={css.after}>You can undo for ten seconds. After that the note stays as it is.</p>
    </DialogForm>
  )
}

function Checklist({ note, sections }: Pick<SignSheetProps, 'note' | 'sections'>) {
  const asked = useKnownFormat(note.format.key)?.sections.filter((section) => section.required) ?? []
  return (
    <ul className={css.checks} aria-label="Checklist">
      {checklist(
        note.format,
        sections,
        note,
        asked.map(({ key }) => key),
      ).map((item) => (
        <li key={item.key} className={cx(css.check, item.met && css.met)}>
          {item.met ? <Check aria-hidden /> : <Minus aria-hidden />}
          <VisuallyHidden>{item.met ? 'There: ' : 'For your information: '}</VisuallyHidden>
          {item.text}
        </li>
      ))}
    </ul>
  )
}

/** It informs: a text that stood unchanged may be just right. */
function Unchanged({ sections }: Pick<SignSheetProps, 'sections'>) {
  const [text] = useState(() => unchangedText(unchangedOf(sections), dayText))
  return text === '' ? null : <p className={css.unchanged}>{text}</p>
}

/** Said plainly, with both times; no comment. */
function LateNotice({ times, zone, dueHours }: { times: ActualTimes; zone: string; dueHours: number }) {
  const checked = checkActualTimes(times, zone)
  const signing = now()
  if (!checked.ok || !isLate(checked.actualEnd, signing, dueHours)) return null
  const moment = (instant: number) => `${dayText(instant)}, ${timeText(instant)}`
  return (
    <p className={css.late}>
      This will be labeled “Late entry”: the session ended {moment(checked.actualEnd)}, and it is now{' '}
      {moment(signing)}.
    </p>
  )
}

function Unconfirmed({ onConfirmed }: { onConfirmed: () => void }) {
  const [trouble, setTrouble] = useState('')
  const confirm = async () => {
    try {
      const { confirmed } = await api.app.confirmRecovery({})
      if (!confirmed) return
      queryClient.setQueryData<Context>(
        contextQuery().queryKey,
        (context) => context && { ...context, recoveryConfirmed: true },
      )
      onConfirmed()
    } catch (error) {
      setTrouble(sentenceFor(error))
    }
  }
  return (
    <div className={css.unconfirmed} role="alert">
      <p>{sentences.RECOVERY_UNCONFIRMED}</p>
      <Button compact onPress={() => void confirm()}>
        Confirm recovery sheets
      </Button>
      {trouble !== '' && <p>{trouble}</p>}
    </div>
  )
}
