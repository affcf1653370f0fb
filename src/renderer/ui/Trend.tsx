import { ArrowDownRight, ArrowRight, ArrowUpRight, type LucideIcon } from 'lucide-react'
import type { Trend as TrendValue } from '../../shared/contract/goals.ts'
import { cx } from './cx.ts'
import { VisuallyHidden } from './Parts.tsx'
import css from './Trend.module.css'

export const trendWords: Readonly<Record<TrendValue, string>> = {
  better: 'Better',
  same: 'Same',
  worse: 'Worse',
}

const arrows: Readonly<Record<TrendValue, LucideIcon>> = {
  better: ArrowUpRight,
  same: ArrowRight,
  worse: ArrowDownRight,
}

/** How a goal went in its last sessions, oldest first; the newest stands out. Read aloud as words. */
export function Trend({ trends }: { trends: readonly { readonly trend: TrendValue }[] }) {
  const newest = trends.at(-1)
  if (newest === undefined) return <span className={css.none}>Not looked at yet</span>
  return (
    <span className={css.trend}>
      <VisuallyHidden>{trends.map(({ trend }) => trendWords[trend]).join(', then ')}</VisuallyHidden>
      {trends.map(({ trend }, index) => {
        const Arrow = arrows[trend]
        const last = index === trends.length - 1
        return <Arrow key={index} aria-hidden className={cx(css.arrow, last && css.last)} />
      })}
      <span aria-hidden className={css.word}>
        {trendWords[newest.trend]}
      </span>
    </span>
  )
}
