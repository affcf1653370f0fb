import { useState } from 'react'
import type { Scope } from '../../../shared/contract/series.ts'
import { Choices } from '../../ui/Choices.tsx'
import { Dialog, DialogForm } from '../../ui/Dialog.tsx'

const choices = [
  { key: 'this', label: 'Only this one' },
  { key: 'following', label: 'This and following' },
  { key: 'all', label: 'All that are to come' },
] as const satisfies readonly { key: Scope; label: string }[]

/** Which sessions of a series are meant. What is over, written or changed by itself never is. */
export const ScopeChoices = ({ value, onChange }: { value: Scope; onChange: (scope: Scope) => void }) => (
  <Choices
    label="This session repeats. Which ones?"
    hint="What is over, written or was changed by itself stays as it is."
    value={value}
    choices={choices}
    onChange={onChange}
  />
)

export interface ScopeDialogProps {
  title: string
  /** On the button: "Move". */
  action: string
  danger?: boolean
  onClose: () => void
  onChoose: (scope: Scope) => void
}

export function ScopeDialog({ title, action, danger = false, onClose, onChoose }: ScopeDialogProps) {
  const [scope, setScope] = useState<Scope>('this')
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <DialogForm
        action={action}
        {...(danger ? { variant: 'danger' } : {})}
        onSubmit={() => onChoose(scope)}
        onCancel={onClose}
      >
        <ScopeChoices value={scope} onChange={setScope} />
      </DialogForm>
    </Dialog>
  )
}
