import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import css from './Part.module.css'

export interface PartProps {
  title: string
  /** Fields stand further apart, in lines for reading. */
  fields?: boolean
  children: ReactNode
}

/** One subject of a screen: its name at the side, what belongs to it beside that. */
export const Part = ({ title, fields = false, children }: PartProps) => (
  <section className={css.part} aria-label={title}>
    <h2>{title}</h2>
    <div className={cx(css.body, fields && css.fields)}>{children}</div>
  </section>
)
