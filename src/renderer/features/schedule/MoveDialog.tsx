import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Scope } from '../../../shared/contract/series.ts'
import type { ScheduledSession } from '../../../shared/contract/sessions.ts'
import { refusal } from '../../api/client.ts'
import { read } from '../../api/cache.ts'
import { longDayText, systemZone, timeText } from '../../api/clock.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Dialog, DialogForm } from '../../ui/Dialog.tsx'
import { announce } from '../../ui/Status.tsx'
import { undoing } from './attempt.ts'
import { repeats } from './blocks.ts'
import { Details } from './Details.tsx'
import { moveSession, type Rhythm } from './moving.ts'
import { RhythmFields } from './RhythmFields.tsx'
import { ScopeChoices } from './ScopeDialog.tsx'
import { useSeriesWords } from './seriesWords.ts'
import { checkTimes, timesOf, wallStart, type FieldErrors } from './sessionForm.ts'
import { TimesFields } from './TimesFields.tsx'
import { TravelFields } from './TravelFields.tsx'
import css from './SessionDialog.module.css'
import { ZoneField } from './ZoneField.tsx'

export interface MoveDialogProps {
  session: ScheduledSession
  /** The client's name, or the group's. */
  title: string
  onClose: () => void
}

/** Another day or time for a session, and for those that follow it where it repeats. Mounted afresh each time. */
export function MoveDialog({ session, title, onClose }: MoveDialogProps) {
  // Its own clock: three o'clock in Berlin is moved to four o'clock in Berlin.
  const [zone, setZone] = useState(session.zone)
  const [times, setTimes] = useState(() => timesOf(session.startsAt, session.endsAt, session.zone))
  const [travel, setTravel] = useState({ before: session.travelBefore, after: session.travelAfter })
  const [scope, setScope] = useState<Scope>('this')
  const words = useSeriesWords(session)
  const { data: series } = useQuery({
    ...read('series', 'get', { id: session.seriesId ?? session.id }),
    enabled: session.seriesId !== null,
  })
  // Null until it is touched: then the rule stays what it is, also one that these fields cannot say.
  const [rhythm, setRhythm] = useState<Rhythm | null>(null)
  const [errors, setErrors] = useState<FieldErrors>({})
  const [trouble, setTrouble] = useState<string>()
  const [busy, setBusy] = useState(false)
  const several = repeats(session)
  const checked = checkTimes(times, zone)
  const starts = wallStart(times)
  const changesRhythm = several && scope !== 'this' && series !== undefined && series.calendar === null

  const submit = async () => {
    setErrors(checked.ok ? {} : checked.errors)
    setTrouble(undefined)
    if (!checked.ok || starts === null) return
    setBusy(true)
    const when = `${longDayText(checked.startsAt)}, ${timeText(checked.startsAt)}`
    const span = { startsAt: checked.startsAt, endsAt: checked.endsAt, zone }
    try {
      const { touched, undo } = await moveSession(session, { scope, span, starts, travel, rhythm, series })
      announce({
        text:
          scope === 'this'
            ? `Session moved: ${when}.`
            : `${touched} ${touched === 1 ? 'session' : 'sessions'} changed.`,
        ...(undo === null ? {} : { action: undoing(undo) }),
      })
      onClose()
    } catch (error) {
      setBusy(false)
      const { code } = refusal(error)
      if (code === 'END_BEFORE_START' || code === 'TOO_LONG_SESSION') setErrors({ ends: sentenceFor(error) })
      else setTrouble(sentenceFor(error))
    }
  }

  return (
    <Dialog
      title="Move session"
      lead={
        <>
          <bdi dir="auto">{title}</bdi>
          {words !== null && ` · ${words}`}
        </>
      }
      isOpen
      onClose={onClose}
    >
      <DialogForm
        action="Move"
        busy={busy}
        trouble={trouble}
        onSubmit={() => void submit()}
        onCancel={onClose}
      >
        <Details session={session} />
        <TimesFields value={times} onChange={setTimes} errors={errors} endGiven />
        {session.zone !== systemZone() && (
          <ZoneField value={zone} onChange={setZone} span={checked.ok ? checked : null} />
        )}
        {session.kind === 'home-visit' && <TravelFields value={travel} onChange={setTravel} />}
        {several && <ScopeChoices value={scope} onChange={setScope} />}
        {changesRhythm && checked.ok && starts !== null && (
          <RhythmFields
            series={series}
            session={session}
            starts={starts}
            zone={zone}
            minutes={Math.round((checked.endsAt - checked.startsAt) / 60_000)}
            value={rhythm}
            onChange={setRhythm}
          />
        )}
        {changesRhythm && rhythm !== null && (
          <p className={css.note}>Another rhythm makes other sessions. There is no Undo for it.</p>
        )}
      </DialogForm>
    </Dialog>
  )
}
