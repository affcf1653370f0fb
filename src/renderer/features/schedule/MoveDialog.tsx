import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Scope } from '../../../shared/contract/series.ts'
import type { SessionView } from '../../../shared/contract/sessions.ts'
import { api, refusal } from '../../api/client.ts'
import { read } from '../../api/cache.ts'
import { longDayText, systemZone, timeText } from '../../api/clock.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Dialog, DialogForm } from '../../ui/Dialog.tsx'
import { announce } from '../../ui/Status.tsx'
import { RepeatFields } from './RepeatFields.tsx'
import { repeatOf, ruleOf, type Repeat } from './repeat.ts'
import { ScopeChoices } from './ScopeDialog.tsx'
import { checkTimes, timesOf, type FieldErrors } from './sessionForm.ts'
import { TimesFields } from './TimesFields.tsx'

export interface MoveDialogProps {
  session: SessionView
  onClose: () => void
}

/** Another day or time for a session, and for those that follow it where it repeats. Mounted afresh each time. */
export function MoveDialog({ session, onClose }: MoveDialogProps) {
  const { data: scheduled } = useQuery(read('sessions', 'scheduled', { id: session.id }))
  const [times, setTimes] = useState(() => timesOf(session.startsAt, session.endsAt, systemZone()))
  const [scope, setScope] = useState<Scope>('this')
  const seriesId = scheduled?.seriesId ?? null
  const { data: series } = useQuery({
    ...read('series', 'get', { id: seriesId ?? session.id }),
    enabled: seriesId !== null && scope === 'following',
  })
  // Null until it is touched: then the rule stays what it is, also one that these fields cannot say.
  const [repeat, setRepeat] = useState<Repeat | null>(null)
  const [errors, setErrors] = useState<FieldErrors>({})
  const [trouble, setTrouble] = useState<string>()
  const [busy, setBusy] = useState(false)
  const repeats = scheduled !== undefined && scheduled.seriesId !== null && !scheduled.changed

  const submit = async () => {
    const checked = checkTimes(times, systemZone())
    setErrors(checked.ok ? {} : checked.errors)
    setTrouble(undefined)
    if (!checked.ok) return
    setBusy(true)
    const span = { startsAt: checked.startsAt, endsAt: checked.endsAt, zone: systemZone() }
    const when = `${longDayText(span.startsAt)}, ${timeText(span.startsAt)}`
    try {
      if (scope === 'this') {
        await api.sessions.move({ id: session.id, ...span })
        announce({ text: `Session moved: ${when}.` })
      } else {
        const { touched } =
          repeat === null || series === undefined || times.date === null
            ? await api.series.move({ sessionId: session.id, scope, ...span })
            : await api.series.change({
                sessionId: session.id,
                scope,
                kind: series.kind,
                travelBefore: series.travelBefore,
                travelAfter: series.travelAfter,
                arrangement: {
                  starts: `${times.date}T${times.starts}:00`,
                  zone: systemZone(),
                  minutes: Math.round((span.endsAt - span.startsAt) / 60_000),
                  rule: ruleOf(repeat, times.date),
                  dates: [],
                  except: [],
                },
              })
        announce({ text: `${touched} ${touched === 1 ? 'session' : 'sessions'} moved, from ${when} on.` })
      }
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
      lead={<bdi dir="auto">{scheduled?.group?.name ?? session.clientName}</bdi>}
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
        <TimesFields value={times} onChange={setTimes} errors={errors} endGiven />
        {repeats && <ScopeChoices value={scope} onChange={setScope} />}
        {scope === 'following' && series !== undefined && !scheduled?.fromCalendar && (
          <Rhythm rule={series.arrangement.rule} date={times.date} value={repeat} onChange={setRepeat} />
        )}
      </DialogForm>
    </Dialog>
  )
}

/** The rhythm as it is, until it is changed here. */
function Rhythm({
  rule,
  date,
  value,
  onChange,
}: {
  rule: string
  date: string | null
  value: Repeat | null
  onChange: (repeat: Repeat | null) => void
}) {
  const now = date === null ? null : repeatOf(rule, date, systemZone())
  if (now === null && value === null)
    return <p>It repeats in a way of its own, which stays as it is. To change it, end it and add it anew.</p>
  return <RepeatFields value={value ?? now} date={date} always onChange={onChange} />
}
