import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Temporal } from 'temporal-polyfill'
import type { Input } from '../../../shared/contract/index.ts'
import { read } from '../../api/cache.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { cx } from '../../ui/cx.ts'
import css from './Repeat.module.css'

const SHOWN = 8

/** By the clock of the arrangement: its Tuesday may be somebody's Monday here. */
const dateWords = (wall: string): string =>
  Temporal.PlainDate.from(wall.slice(0, 10)).toLocaleString(undefined, {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    ...(wall.slice(0, 4) === String(Temporal.Now.plainDateISO().year) ? {} : { year: 'numeric' }),
  })

export interface NextDatesProps {
  arrangement: Input<'series', 'preview'>['arrangement']
  onExcept: (except: string[]) => void
}

/** The dates that come of it; pressing one leaves it out, for the holiday that everybody knows already. */
export function NextDates({ arrangement, onExcept }: NextDatesProps) {
  const { except } = arrangement
  const from = Temporal.PlainDateTime.from(arrangement.starts).toZonedDateTime(
    arrangement.zone,
  ).epochMilliseconds
  // With everything in: what was left out stays on the list, to be taken in again.
  const input = { arrangement: { ...arrangement, except: [] }, from, count: SHOWN + except.length }
  const { data, error } = useQuery({ ...read('series', 'preview', input), placeholderData: keepPreviousData })
  if (error !== null) return <p className={css.wrong}>{sentenceFor(error)}</p>
  if (data === undefined) return null
  return (
    <div className={css.next}>
      <p className={css.hint}>Next dates. Press one to leave it out.</p>
      <div className={css.days}>
        {data.next.map(({ wall }) => {
          const out = except.some((one) => wall.startsWith(one))
          return (
            <button
              key={wall}
              type="button"
              className={cx(css.day, css.wide, out && css.out)}
              aria-pressed={!out}
              onClick={() =>
                onExcept(out ? except.filter((one) => !wall.startsWith(one)) : [...except, wall.slice(0, 10)])
              }
            >
              {dateWords(wall)}
            </button>
          )
        })}
        {data.more && <span aria-hidden>…</span>}
      </div>
    </div>
  )
}
