import { Ellipsis } from 'lucide-react'
import { useRef, useState, type ReactNode } from 'react'
import button from './Button.module.css'
import { cx } from './cx.ts'
import { later } from './later.tsx'

const MenuPopover = later(async () => (await import('./MenuPopover.tsx')).MenuPopover)

export interface MenuEntry {
  readonly id: string
  readonly label: string
  readonly icon?: ReactNode
  readonly danger?: boolean
  readonly onAction: () => void
}

export interface MenuProps {
  /** Names the button that opens it, e.g. "More about Ana". */
  label: string
  entries: readonly MenuEntry[]
}

/**
 * Three dots that open a menu. A list may carry dozens of them, so a closed one is a plain button and nothing
 * more; what opens is fetched after the first paint.
 */
export function Menu({ label, entries }: MenuProps) {
  const trigger = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  return (
    <>
      <button
        ref={trigger}
        type="button"
        className={cx(button.button, button.icon, button.compact)}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(true)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          setOpen(true)
        }}
      >
        <Ellipsis aria-hidden />
      </button>
      {open && (
        <MenuPopover label={label} entries={entries} trigger={trigger} onClose={() => setOpen(false)} />
      )}
    </>
  )
}

/** Fetches what opens, when the machine has nothing else to do. */
export const preloadMenus = (): Promise<unknown> => MenuPopover.preload()
