import { useEffect, useId, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { cx } from '../../ui/cx.ts'
import type { FieldShorthand } from './FieldShorthand.ts'
import css from './SnippetMenu.module.css'

const GAP = 4

/** What could be meant by what is typed behind a `;`: a list beside the caret, which keeps the focus. */
export function SnippetMenu({ shorthand, root }: { shorthand: FieldShorthand; root: HTMLElement }) {
  const menu = useSyncExternalStore(shorthand.subscribe, () => shorthand.menu)
  const list = useRef<HTMLDivElement>(null)
  const id = useId()
  const shown = menu !== null
  const active = menu === null ? null : `${id}${menu.active}`

  useEffect(() => {
    if (!shown) return
    root.setAttribute('aria-controls', id)
    root.setAttribute('aria-autocomplete', 'list')
    return () => {
      for (const name of ['aria-controls', 'aria-autocomplete', 'aria-activedescendant'])
        root.removeAttribute(name)
    }
  }, [shown, root, id])

  useEffect(() => {
    if (active !== null) root.setAttribute('aria-activedescendant', active)
  }, [active, root])

  useLayoutEffect(() => {
    const element = list.current
    if (menu === null || element === null) return
    const { left, top, bottom } = menu.at
    const { offsetWidth, offsetHeight } = element
    const below = bottom + GAP + offsetHeight <= window.innerHeight
    element.style.insetInlineStart = 'auto'
    element.style.left = `${Math.max(GAP, Math.min(left, window.innerWidth - offsetWidth - GAP))}px`
    element.style.top = `${below ? bottom + GAP : Math.max(GAP, top - GAP - offsetHeight)}px`
    element.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [menu])

  if (menu === null) return null
  return (
    <div ref={list} id={id} role="listbox" aria-label="Shorthand" className={css.menu}>
      {menu.options.map((snippet, i) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- its keys are the textbox's, which keeps the focus
        <div
          key={snippet.id}
          id={`${id}${i}`}
          role="option"
          aria-selected={i === menu.active}
          className={cx(css.option, i === menu.active && css.active)}
          // The caret stays where it is.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => shorthand.take(snippet)}
        >
          <span className={css.short} dir="auto">
            ;{snippet.short}
          </span>
          <span className={css.long} dir="auto">
            {snippet.long}
          </span>
        </div>
      ))}
    </div>
  )
}
