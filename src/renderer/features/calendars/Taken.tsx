import { useState } from 'react'
import type { CalendarView } from '../../../shared/contract/calendar.ts'
import { api, refusal } from '../../api/client.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog, DialogForm } from '../../ui/Dialog.tsx'
import { Part } from '../../ui/Part.tsx'
import { Name } from '../../ui/Parts.tsx'
import { announce } from '../../ui/Status.tsx'
import { Working } from './Working.tsx'
import { takenWords } from './words.ts'
import css from './Calendars.module.css'

export interface TakenProps {
  calendars: readonly CalendarView[]
  /** One is being dropped, and whoever leaves this screen does not stop it. */
  onDropping: (dropping: boolean) => void
}

export function Taken({ calendars, onDropping }: TakenProps) {
  const [dropping, setDropping] = useState<CalendarView | null>(null)
  const [working, setWorking] = useState(false)
  const drop = async ({ id }: CalendarView) => {
    setDropping(null)
    setWorking(true)
    onDropping(true)
    try {
      await api.calendars.drop({ id })
      announce({ text: 'The calendar was dropped. What is over or written stays.' })
    } catch (error) {
      const stopped = refusal(error).code === 'CANCELLED'
      announce({ text: stopped ? 'Stopped. Nothing was changed.' : sentenceFor(error) })
    }
    setWorking(false)
    onDropping(false)
  }
  return (
    <Part title="Taken in">
      <ul className={css.rows}>
        {calendars.map((calendar) => (
          <li key={calendar.id}>
            <span className={css.what}>
              <Name>{calendar.name === '' ? 'A calendar without a name' : calendar.name}</Name>
              <span className={css.muted}>{takenWords(calendar)}</span>
            </span>
            <Button compact variant="quiet" isDisabled={working} onPress={() => setDropping(calendar)}>
              Drop…
            </Button>
          </li>
        ))}
      </ul>
      {working && <Working />}
      {dropping !== null && (
        <Dialog title="Drop this calendar?" role="alertdialog" isOpen onClose={() => setDropping(null)}>
          <DialogForm
            action="Drop"
            variant="danger"
            onSubmit={() => void drop(dropping)}
            onCancel={() => setDropping(null)}
          >
            <p>
              Its coming sessions leave the schedule. What is over, and every session in which something is
              written, stays as it is.
            </p>
          </DialogForm>
        </Dialog>
      )}
    </Part>
  )
}
