import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import css from './Screen.module.css'

export interface ScreenProps {
  title: ReactNode
  /** Under the title, muted. */
  facts?: ReactNode
  /** Beside the title. */
  beside?: ReactNode
  /** At the end of the line; at most one of them primary. */
  actions?: ReactNode
  /** How wide the screen may grow: lists and columns, or a measure for reading. */
  width?: 'wide' | 'middle' | 'narrow'
  children: ReactNode
  /** Everything here is about somebody: the privacy blur covers it. */
  veiled?: boolean
}

/** The frame of every screen: one heading, on one line with what can be done. */
export function Screen(props: ScreenProps) {
  return (
    <div
      className={cx(css.screen, css[props.width ?? 'wide'])}
      {...(props.veiled === true ? { 'data-veil': '' } : {})}
    >
      <header className={css.head}>
        <div className={css.heading}>
          <h1 className={css.title}>{props.title}</h1>
          {props.facts !== undefined && <p className={css.facts}>{props.facts}</p>}
        </div>
        {props.beside}
        {props.actions !== undefined && <div className={css.actions}>{props.actions}</div>}
      </header>
      {props.children}
    </div>
  )
}
