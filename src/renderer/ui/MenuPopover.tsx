import type { ReactNode, RefObject } from 'react'
import { Menu as AriaMenu, MenuItem, Popover } from 'react-aria-components'
import { cx } from './cx.ts'
import type { MenuProps } from './Menu.tsx'
import css from './Menu.module.css'

export interface MenuPopoverProps extends MenuProps {
  trigger: RefObject<HTMLElement | null>
  /** Over the entries: what they are about. */
  heading?: ReactNode
  placement?: 'bottom end' | 'bottom start'
  onClose: () => void
}

export function MenuPopover({
  label,
  entries,
  trigger,
  heading,
  placement = 'bottom end',
  onClose,
}: MenuPopoverProps) {
  return (
    <Popover
      className={css.popover ?? ''}
      aria-label={label}
      placement={placement}
      triggerRef={trigger}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      {heading !== undefined && <div className={css.heading}>{heading}</div>}
      <AriaMenu className={css.list ?? ''} aria-label={label} autoFocus="first" onClose={onClose}>
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
  )
}
