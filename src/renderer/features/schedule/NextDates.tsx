import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Temporal } from 'temporal-polyfill'
import type { Input } from '../../../shared/contract/index.ts'
import { read } from '../../api/cache.ts'
import { weekdayText } from '../../api/clock.ts'
import { sentenceFor } from '../../api/sentences.ts'
import { cx } from '../../ui/cx.ts'
import css from './Repeat.module.css'

const SHOWN = 8

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
        {data.next.map(({ wall, startsAt }) => {
          const out = except.includes(wall)
          return (
            <button
              key={wall}
              type="button"
              className={cx(css.day, css.wide, out && css.out)}
              aria-pressed={!out}
              onClick={() => onExcept(out ? except.filter((one) => one !== wall) : [...except, wall])}
            >
              {weekdayText(startsAt)}
            </button>
          )
        })}
        {data.more && <span aria-hidden>…</span>}
      </div>
    </div>
  )
}
