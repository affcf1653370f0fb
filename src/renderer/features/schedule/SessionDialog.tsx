import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Attends, SeriesKind } from '../../../shared/contract/series.ts'
import type { RuleParts } from '../../../shared/domain/calendar/ruleParts.ts'
import { api, refusal } from '../../api/client.ts'
import { read } from '../../api/cache.ts'
import { longDayText, now, systemZone, timeText } from '../../api/clock.ts'
import { useAppContext, usePersonWord } from '../../api/context.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Button } from '../../ui/Button.tsx'
import { Choices } from '../../ui/Choices.tsx'
import { Dialog, DialogForm } from '../../ui/Dialog.tsx'
import { announce } from '../../ui/Status.tsx'
import { arrangementFrom } from './arrangementFrom.ts'
import { kindWords } from './kindWords.ts'
import { NextDates } from './NextDates.tsx'
import { RepeatFields } from './RepeatFields.tsx'
import { checkTimes, firstTimes, timesOf, usualMinutes, wallStart, type FieldErrors } from './sessionForm.ts'
import { attendsOf, noOne, WhoFields, type Who } from './sessionWho.tsx'
import { TimesFields } from './TimesFields.tsx'
import { NO_TRAVEL, TravelFields } from './TravelFields.tsx'
import { ZoneField } from './ZoneField.tsx'
import css from './SessionDialog.module.css'

const kinds = [
  { key: 'individual', label: kindWords.individual },
  { key: 'home-visit', label: kindWords['home-visit'] },
] as const satisfies readonly { key: SeriesKind; label: string }[]

export interface SessionDialogProps {
  isOpen: boolean
  onClose: () => void
  /** Given: the client is settled and not asked for. */
  client?: { readonly id: string; readonly name: string }
  /** 'YYYY-MM-DD': the day that is being looked at. */
  day?: string
  /** Given: the stretch that was picked in the week. */
  span?: { readonly startsAt: number; readonly endsAt: number }
}

/** "Add session", once or again and again. Mounted afresh each time it opens. */
export const SessionDialog = (props: SessionDialogProps) => (
  <Dialog title="Add session" isOpen={props.isOpen} onClose={props.onClose}>
    <Fields {...props} />
  </Dialog>
)

function startingTimes({ span, day }: SessionDialogProps, minutes: number) {
  const zone = systemZone()
  if (span !== undefined) return timesOf(span.startsAt, span.endsAt, zone)
  const next = firstTimes(now(), zone, minutes)
  return day === undefined ? next : { ...next, date: day }
}

function Fields(props: SessionDialogProps) {
  const { onClose, client, span } = props
  const person = usePersonWord()
  const { setting } = useAppContext()
  const [who, setWho] = useState<Who>(noOne)
  const [times, setTimes] = useState(() => startingTimes(props, usualMinutes(setting)))
  const [zone, setZone] = useState(systemZone)
  const [kind, setKind] = useState<SeriesKind>('individual')
  const [travel, setTravel] = useState(NO_TRAVEL)
  const [repeat, setRepeat] = useState<RuleParts | null>(null)
  const [except, setExcept] = useState<string[]>([])
  const [errors, setErrors] = useState<FieldErrors>({})
  const [trouble, setTrouble] = useState<string>()
  const [busy, setBusy] = useState(false)

  const [abroad, setAbroad] = useState(false)
  const clientId = client?.id ?? (who.kind === 'person' ? who.picked.clientId : null)
  useZoneOf(clientId, (theirs) => {
    setZone(theirs)
    setAbroad(true)
  })

  const checked = checkTimes(times, zone)
  const starts = wallStart(times)
  const arrangement =
    checked.ok && repeat !== null && starts !== null
      ? arrangementFrom(repeat, starts, {
          zone,
          minutes: Math.round((checked.endsAt - checked.startsAt) / 60_000),
          except,
        })
      : null
  const road = kind === 'home-visit' ? travel : NO_TRAVEL

  const save = async (attends: Attends): Promise<number> => {
    if (!checked.ok) return 0
    const span = { startsAt: checked.startsAt, endsAt: checked.endsAt, zone }
    const travels = { travelBefore: road.before, travelAfter: road.after }
    if (arrangement !== null)
      return (await api.series.create({ attends, kind, arrangement, ...travels })).sessions
    if (attends.kind === 'group')
      await api.groups.addSession({ groupId: attends.id, kind, ...span, ...travels })
    else {
      const { id } = await api.sessions.create({ clientId: attends.id, kind, ...span })
      if (road.before + road.after > 0) await api.sessions.setTravel({ id, ...road })
    }
    return 1
  }

  const submit = async () => {
    setErrors(checked.ok ? {} : checked.errors)
    setTrouble(undefined)
    if (!checked.ok) return
    setBusy(true)
    try {
      const attends =
        client === undefined ? await attendsOf(who, person) : ({ kind: 'client', ...pick(client) } as const)
      if ('wrong' in attends) {
        setBusy(false)
        return setErrors({ client: attends.wrong })
      }
      // A name that became a client stays one: trying again must not make a second.
      if (who.kind === 'person') setWho({ ...who, picked: { ...who.picked, clientId: attends.id } })
      const made = await save(attends)
      const when = `${longDayText(checked.startsAt)}, ${timeText(checked.startsAt)}`
      announce({ text: made > 1 ? `Sessions added, from ${when} on.` : `Session added: ${when}.` })
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
      action={repeat === null ? 'Add session' : 'Add sessions'}
      busy={busy}
      trouble={trouble}
      onSubmit={() => void submit()}
      onCancel={onClose}
    >
      {client === undefined ? (
        <WhoFields value={who} onChange={setWho} error={errors.client} />
      ) : (
        <p className={css.who}>
          <bdi dir="auto">{client.name}</bdi>
        </p>
      )}
      <TimesFields value={times} onChange={setTimes} errors={errors} endGiven={isLong(span)} />
      {abroad ? (
        <ZoneField value={zone} onChange={setZone} span={checked.ok ? checked : null} />
      ) : (
        <div>
          <Button compact variant="quiet" onPress={() => setAbroad(true)}>
            By another clock…
          </Button>
        </div>
      )}
      <Choices label="Kind" value={kind} choices={kinds} onChange={setKind} />
      {kind === 'home-visit' && <TravelFields value={travel} onChange={setTravel} />}
      <RepeatFields
        value={repeat}
        date={times.date}
        onChange={(next) => {
          setRepeat(next)
          setExcept([])
        }}
      />
      {arrangement !== null && <NextDates arrangement={arrangement} onExcept={setExcept} />}
    </DialogForm>
  )
}

/** Who lives elsewhere is seen by their own clock again; once for each person that is chosen, and never unseen. */
function useZoneOf(clientId: string | null, onElsewhere: (zone: string) => void): void {
  const { data } = useQuery({
    ...read('sessions', 'zoneOf', { clientId: clientId ?? '' }),
    enabled: clientId !== null,
    // Asked each time: the topic of it is every session's.
    staleTime: 0,
  })
  const told = useRef<string | null>(null)
  const zone = data?.zone ?? null
  useEffect(() => {
    if (clientId === null || zone === null || told.current === clientId) return
    told.current = clientId
    if (zone !== systemZone()) onElsewhere(zone)
  })
}

const pick = ({ id }: { readonly id: string }) => ({ id })

/** A stretch was drawn, not a half hour clicked: then its end is meant. */
const isLong = (span: SessionDialogProps['span']): boolean =>
  span !== undefined && span.endsAt - span.startsAt > 30 * 60_000

export const NAME_SENTENCE =
  'This name cannot be kept as it is: it is longer than 120 letters, or holds signs that are not shown.'
