import { spanText, useMinute } from '../../api/clock.ts'
import css from './FocusCards.module.css'

/** The last minutes are said in words too; before that the line is enough. */
const SOON_MS = 10 * 60_000

/** The end of the hour, softly: a line that fills, and near the end how long is left. Nothing blinks or sounds. */
export function Ending({ from, to }: { from: number; to: number }) {
  const minute = useMinute()
  const left = Math.max(0, to - minute)
  const gone = Math.min(1, Math.max(0, (minute - from) / Math.max(1, to - from)))
  return (
    <div className={css.ending}>
      <svg className={css.hour} viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
        <rect className={css.whole} width="100" height="1" />
        <rect className={css.gone} width={Math.round(gone * 100)} height="1" />
      </svg>
      {left <= SOON_MS && (
        <span className={css.left}>{left === 0 ? 'The time is up' : `${spanText(left)} left`}</span>
      )}
    </div>
  )
}
