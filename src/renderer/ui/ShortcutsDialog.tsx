import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { Keys } from './Parts.tsx'
import css from './ShortcutsDialog.module.css'

export interface ShortcutGroup {
  readonly heading: string
  readonly rows: readonly { readonly keys: string; readonly does: string }[]
}

export interface ShortcutsDialogProps {
  groups: readonly ShortcutGroup[]
  isOpen: boolean
  onClose: () => void
}

export function ShortcutsDialog({ groups, isOpen, onClose }: ShortcutsDialogProps) {
  return (
    <Dialog title="Shortcuts" isOpen={isOpen} onClose={onClose} wide>
      <div className={css.groups} tabIndex={0} role="group" aria-label="Shortcuts">
        {groups.map((group) => (
          <section key={group.heading}>
            <h3 className={css.heading}>{group.heading}</h3>
            <dl className={css.rows}>
              {group.rows.map((row) => (
                <div key={row.keys} className={css.row}>
                  <dt>{row.does}</dt>
                  <dd>
                    <Keys combo={row.keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <div className={css.foot}>
        <Button onPress={onClose}>Close</Button>
      </div>
    </Dialog>
  )
}
