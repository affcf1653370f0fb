import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { read } from '../../api/cache.ts'
import { newsWords } from './words.ts'
import css from './Calendars.module.css'

/** One quiet line on Today when the watched folder holds a newer calendar. It counts; it names nobody. */
export function CalendarNews() {
  const { data } = useQuery(read('calendars', 'list', {}))
  const watch = data?.watch ?? null
  if (watch === null || !watch.waiting || watch.gone) return null
  const words = newsWords(watch.news)
  if (words === null) return null
  return (
    <p className={css.news} role="status">
      <span>{words}</span>
      <Link to="/calendars">Look</Link>
    </p>
  )
}
