import { useState } from 'react'
import type { Scope } from '../../../shared/contract/series.ts'
import { Choices } from '../../ui/Choices.tsx'
import { Dialog, DialogForm } from '../../ui/Dialog.tsx'

const choices = [
  { key: 'this', label: 'Only this one' },
  { key: 'following', label: 'This and following' },
  { key: 'all', label: 'All that are not over' },
] as const satisfies readonly { key: Scope; label: string }[]

export interface ScopeDialogProps {
  title: string
  /** On the button: "Move". */
  action: string
  onClose: () => void
  onChoose: (scope: Scope) => void
}

/** Which sessions of a series are meant. What is over, written or changed by itself never is. */
export function ScopeDialog({ title, action, onClose, onChoose }: ScopeDialogProps) {
  const [scope, setScope] = useState<Scope>('this')
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <DialogForm action={action} onSubmit={() => onChoose(scope)} onCancel={onClose}>
        <Choices
          label="This session repeats. Which ones are meant?"
          value={scope}
          choices={choices}
          onChange={setScope}
        />
        <p>Sessions that are over, have something written or were changed by themselves stay as they are.</p>
      </DialogForm>
    </Dialog>
  )
}
