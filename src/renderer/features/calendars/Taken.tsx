import { useState } from 'react'
import type { CalendarView } from '../../../shared/contract/calendar.ts'
import { api } from '../../api/client.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog, DialogForm } from '../../ui/Dialog.tsx'
import { Name } from '../../ui/Parts.tsx'
import { act } from './act.ts'
import { Part } from './Part.tsx'
import { takenWords } from './words.ts'
import css from './Calendars.module.css'

export function Taken({ calendars }: { calendars: readonly CalendarView[] }) {
  const [dropping, setDropping] = useState<CalendarView | null>(null)
  return (
    <Part title="Taken in">
      <ul className={css.rows}>
        {calendars.map((calendar) => (
          <li key={calendar.id}>
            <span className={css.what}>
              <Name>{calendar.name === '' ? 'A calendar without a name' : calendar.name}</Name>
              <span className={css.muted}>{takenWords(calendar)}</span>
            </span>
            <Button compact variant="quiet" onPress={() => setDropping(calendar)}>
              Drop…
            </Button>
          </li>
        ))}
      </ul>
      {dropping !== null && (
        <Dialog title="Drop this calendar?" role="alertdialog" isOpen onClose={() => setDropping(null)}>
          <DialogForm
            action="Drop"
            variant="danger"
            onSubmit={() => {
              setDropping(null)
              void act(
                () => api.calendars.drop({ id: dropping.id }),
                'The calendar was dropped. What is over or written stays.',
              )
            }}
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
