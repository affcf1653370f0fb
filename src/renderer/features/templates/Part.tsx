import type { ReactNode } from 'react'
import css from './Templates.module.css'

/** One subject of the screen: its name at the side, what belongs to it beside that. */
export const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className={css.part} aria-label={title}>
    <h2>{title}</h2>
    <div className={css.body}>{children}</div>
  </section>
)
