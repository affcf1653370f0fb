import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { read } from '../../api/cache.ts'
import { useMinute } from '../../api/clock.ts'
import { useAppContext } from '../../api/context.ts'
import { cx } from '../../ui/cx.ts'
import css from './Backup.module.css'
import { freshness } from './words.ts'

/** One quiet line on Today; after a week it asks, without alarm. */
export function BackupLine() {
  const { sample } = useAppContext()
  const minute = useMinute()
  const { data } = useQuery(read('backup', 'state', {}))
  if (sample || data === undefined) return null
  const { text, stale } = freshness(data, minute)
  return (
    <p className={cx(css.line, stale && css.stale)}>
      <span>
        {text} {stale && data.last !== null && 'When it suits you, make a new one.'}
      </span>
      <Link to="/backup">Backup & recovery</Link>
    </p>
  )
}
