import { useEffect, useRef, type ReactNode } from 'react'
import { cx } from '../ui/cx.ts'
import css from './Unlock.module.css'

export interface FrameProps {
  title: string
  lead?: ReactNode
  /** Wider than one column of fields. */
  wide?: 'wide' | 'middle'
  tone?: 'teal' | 'plum'
  /** The name stands over the title, except in the small windows over the application. */
  branded?: boolean
  children: ReactNode
  foot?: ReactNode
}

/** Each page's title is an element of its own, so that a screen reader begins at it. */
function Title({ children }: { children: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // A field that wants the focus has taken it by now.
    if (document.activeElement === document.body) heading.current?.focus()
  }, [])
  return (
    <h1 ref={heading} tabIndex={-1} className={css.title}>
      {children}
    </h1>
  )
}

/** One quiet column in the middle of the ground. */
export function Frame({ title, lead, wide, tone = 'teal', branded = true, children, foot }: FrameProps) {
  return (
    <main className={cx(css.ground, tone === 'plum' && css.plum)}>
      <div className={cx(css.column, wide && css[wide])}>
        {branded && (
          <p className={css.brand}>
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path
                d="M8.5 3.5H5v17h3.5M15.5 3.5H19v17h-3.5"
                fill="none"
                stroke="currentColor"
                strokeWidth="2"
              />
              <circle cx="12" cy="12" r="2.25" fill="currentColor" />
            </svg>
            Bracket
          </p>
        )}
        <Title key={title}>{title}</Title>
        {lead !== undefined && <p className={css.lead}>{lead}</p>}
        {children}
      </div>
      {branded && <footer className={css.foot}>{foot ?? 'Stored only on this computer'}</footer>}
    </main>
  )
}
