import { Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { useHint } from './veil.ts'
import css from './Parts.module.css'

export type Tone = 'quiet' | 'teal' | 'plum' | 'amber' | 'red'

/** There for screen readers; nothing is seen. */
export const VisuallyHidden = ({ children }: { children: ReactNode }) => (
  <span className={css.hidden}>{children}</span>
)

/** A state in a word or two. The word carries it, the colour only helps. */
export const Chip = ({
  tone = 'quiet',
  icon,
  children,
}: {
  tone?: Tone
  icon?: ReactNode
  children: ReactNode
}) => (
  <span className={cx(css.chip, tone !== 'quiet' && css[tone])}>
    {icon}
    {children}
  </span>
)

export interface EmptyStateProps {
  title: string
  children?: ReactNode
  actions?: ReactNode
}

export const EmptyState = ({ title, children, actions }: EmptyStateProps) => (
  <div className={css.empty}>
    <h2>{title}</h2>
    {children !== undefined && <p>{children}</p>}
    {actions !== undefined && <div className={css.emptyActions}>{actions}</div>}
  </div>
)

export interface BannerProps {
  tone?: 'quiet' | 'amber' | 'red'
  children: ReactNode
  actions?: ReactNode
}

/** Something to know that stays until it is settled. */
export const Banner = ({ tone = 'quiet', children, actions }: BannerProps) => (
  <div className={cx(css.banner, tone !== 'quiet' && css[tone])}>
    <div className={css.bannerText}>
      {tone === 'quiet' ? <Info aria-hidden /> : <TriangleAlert aria-hidden />}
      <span>{children}</span>
    </div>
    {actions !== undefined && <div className={css.bannerActions}>{actions}</div>}
  </div>
)

export interface NameProps {
  children: string
  className?: string | undefined
  /** What tells this person from another of the same name. */
  mark?: string | null
}

/** A person's name: its own direction, cut with an ellipsis where it is long, whole on hover. */
export function Name({ children, className, mark = null }: NameProps) {
  const name = (
    <bdi className={cx(css.name, className)} {...useHint(children)} dir="auto">
      {children}
    </bdi>
  )
  if (mark === null) return name
  return (
    <span className={css.marked}>
      {name} <span className={css.mark}>{mark}</span>
    </span>
  )
}

const mac = typeof navigator !== 'undefined' && navigator.userAgent.includes('Macintosh')
const shown: Record<string, string> = mac
  ? { Mod: '⌘', Shift: '⇧', Alt: '⌥', Up: '↑', Down: '↓' }
  : { Mod: 'Ctrl', Up: '↑', Down: '↓' }

/** "Mod+Shift+F" as keys. */
export const Keys = ({ combo }: { combo: string }) => (
  <span className={css.keys}>
    {combo.split('+').map((key) => (
      <kbd key={key} className={css.key}>
        {shown[key] ?? key}
      </kbd>
    ))}
  </span>
)
