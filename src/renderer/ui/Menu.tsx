import { Ellipsis } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { IconButton } from './Button.tsx'
import { cx } from './cx.ts'
import css from './Menu.module.css'

export interface MenuEntry {
  readonly id: string
  readonly label: string
  readonly icon?: ReactNode
  readonly danger?: boolean
  readonly onAction: () => void
}

export interface MenuProps {
  /** Names the button that opens it, e.g. "More for Ana". */
  label: string
  entries: readonly MenuEntry[]
  /** Another trigger than the three dots. */
  trigger?: ReactElement
}

export function Menu({ label, entries, trigger }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger ?? <IconButton label={label} icon={<Ellipsis aria-hidden />} compact />}
      <Popover className={css.popover ?? ''} placement="bottom end">
        <AriaMenu className={css.list ?? ''} aria-label={label}>
          {entries.map((entry) => (
            <MenuItem
              key={entry.id}
              id={entry.id}
              textValue={entry.label}
              className={cx(css.item, entry.danger === true && css.danger)}
              onAction={entry.onAction}
            >
              {entry.icon}
              {entry.label}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}
