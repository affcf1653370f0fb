import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { GroupView } from '../../../shared/contract/groups.ts'
import { api } from '../../api/client.ts'
import { read } from '../../api/cache.ts'
import { relativeDayInText, timeText } from '../../api/clock.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog, DialogForm } from '../../ui/Dialog.tsx'
import { Part } from '../../ui/Part.tsx'
import { Name } from '../../ui/Parts.tsx'
import { act } from './act.ts'
import { GroupDialog } from './GroupDialog.tsx'
import css from './Calendars.module.css'

/** People who meet together; each has a note of their own for every session. */
export function Groups() {
  const { data } = useQuery(read('groups', 'list', {}))
  const [editing, setEditing] = useState<GroupView | 'new' | null>(null)
  const [ending, setEnding] = useState<GroupView | null>(null)
  return (
    <Part title="Groups">
      {data !== undefined && data.groups.length > 0 ? (
        <ul className={css.rows} data-veil>
          {data.groups.map((group) => (
            <li key={group.id}>
              <span className={css.what}>
                <Name>{group.name}</Name>
                <span className={css.muted}>{about(group)}</span>
              </span>
              <Button compact variant="quiet" onPress={() => setEditing(group)}>
                Change…
              </Button>
              <Button compact variant="quiet" onPress={() => setEnding(group)}>
                End…
              </Button>
            </li>
          ))}
        </ul>
      ) : (
        <p className={css.muted}>People who meet together. Each has a note of their own for every session.</p>
      )}
      <div className={css.buttons}>
        <Button onPress={() => setEditing('new')}>Add a group…</Button>
      </div>
      {editing !== null && (
        <GroupDialog group={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
      {ending !== null && (
        <Dialog
          title="End this group?"
          lead={<bdi dir="auto">{ending.name}</bdi>}
          role="alertdialog"
          isOpen
          onClose={() => setEnding(null)}
        >
          <DialogForm
            action="End the group"
            variant="danger"
            onSubmit={() => {
              setEnding(null)
              void act(() => api.groups.end({ id: ending.id }), 'The group has ended. What is written stays.')
            }}
            onCancel={() => setEnding(null)}
          >
            <p>Its coming sessions leave the schedule. What is over or written stays in everybody’s file.</p>
          </DialogForm>
        </Dialog>
      )}
    </Part>
  )
}

function about({ members, nextSessionAt }: GroupView): string {
  const count = `${members.length} ${members.length === 1 ? 'member' : 'members'}`
  return nextSessionAt === null
    ? count
    : `${count}, next ${relativeDayInText(nextSessionAt)}, ${timeText(nextSessionAt)}`
}
