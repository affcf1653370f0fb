import { useState } from 'react'
import type { Scope } from '../../../shared/contract/series.ts'
import type { ScheduledSession } from '../../../shared/contract/sessions.ts'
import { Choices } from '../../ui/Choices.tsx'
import { Dialog, DialogForm } from '../../ui/Dialog.tsx'
import { useSeriesWords } from './seriesWords.ts'
import css from './SessionDialog.module.css'

const choices = [
  { key: 'this', label: 'Only this one' },
  { key: 'following', label: 'This and following' },
  { key: 'all', label: 'All that are to come' },
] as const satisfies readonly { key: Scope; label: string }[]

export interface ScopeChoicesProps {
  value: Scope
  onChange: (scope: Scope) => void
}

/** Which sessions of a series are meant. What is over, written or changed by itself never is. */
export const ScopeChoices = ({ value, onChange }: ScopeChoicesProps) => (
  <Choices
    label="This session repeats. Which ones?"
    hint="Sessions that are over, written, or were moved on their own stay as they are."
    value={value}
    choices={choices}
    onChange={onChange}
  />
)

export interface ScopeDialogProps {
  title: string
  /** The client's name, or the group's. */
  whose: string
  /** On the button: "Move". */
  action: string
  danger?: boolean
  session: ScheduledSession
  onClose: () => void
  onChoose: (scope: Scope) => void
}

export function ScopeDialog(props: ScopeDialogProps) {
  const { title, whose, action, danger = false, session, onClose, onChoose } = props
  const [scope, setScope] = useState<Scope>('this')
  const words = useSeriesWords(session)
  return (
    <Dialog
      title={title}
      lead={
        <>
          <bdi dir="auto">{whose}</bdi>
          {words !== null && ` · ${words}`}
        </>
      }
      isOpen
      onClose={onClose}
    >
      <DialogForm
        action={action}
        {...(danger ? { variant: 'danger' } : {})}
        onSubmit={() => onChoose(scope)}
        onCancel={onClose}
      >
        <ScopeChoices value={scope} onChange={setScope} />
        {danger && scope !== 'this' && (
          <p className={css.note}>
            {scope === 'all' ? 'Every session of it that is to come' : 'This one and all that come after it'}{' '}
            leave the schedule, and no more are made. There is no Undo for it; what is written stays.
          </p>
        )}
      </DialogForm>
    </Dialog>
  )
}
