import { useState } from 'react'
import { dayOf, now, systemZone } from '../../api/clock.ts'
import { api } from '../../api/client.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Button } from '../../ui/Button.tsx'
import { DatePicker } from '../../ui/DateFields.tsx'
import { Part } from '../../ui/Part.tsx'
import { announce } from '../../ui/Status.tsx'
import css from './Calendars.module.css'

/** The schedule for a calendar outside: times and initials, nothing else. */
export function ScheduleOut() {
  const today = dayOf(now())
  const [from, setFrom] = useState<string | null>(today.toString())
  const [to, setTo] = useState<string | null>(today.add({ weeks: 4 }).toString())
  const [wrong, setWrong] = useState<string>()
  const save = async () => {
    setWrong(undefined)
    if (from === null || to === null) return setWrong('Please give both dates.')
    if (to < from) return setWrong('The last day is before the first.')
    try {
      const { saved, sessions } = await api.calendars.saveOut({ from, to, zone: systemZone() })
      if (saved)
        announce({
          text: `${sessions} ${sessions === 1 ? 'session' : 'sessions'} written, with initials only.`,
        })
    } catch (error) {
      setWrong(sentenceFor(error))
    }
  }
  return (
    <Part title="Schedule out">
      <p className={css.muted}>
        An .ics file for the calendar on your phone: times and initials, no names, no notes. Once it is saved
        it is no longer encrypted.
      </p>
      <div className={css.pair}>
        <DatePicker label="From" value={from} onChange={setFrom} />
        <DatePicker label="To" value={to} onChange={setTo} error={wrong} />
      </div>
      <div className={css.buttons}>
        <Button onPress={() => void save()}>Save as…</Button>
      </div>
    </Part>
  )
}
