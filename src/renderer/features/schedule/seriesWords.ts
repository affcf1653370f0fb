import { useQuery } from '@tanstack/react-query'
import { Temporal } from 'temporal-polyfill'
import type { ScheduledSession } from '../../../shared/contract/sessions.ts'
import { wordsFor } from '../../../shared/domain/calendar/ruleWords.ts'
import { read } from '../../api/cache.ts'
import { now, systemZone, timeText, zoned } from '../../api/clock.ts'
import { placeOf } from './elsewhere.ts'

/** "Every other Tuesday at 3:00 PM until Jun 30"; null for what takes place once, or while it is looked up. */
export function useSeriesWords({ id, seriesId, changed }: ScheduledSession): string | null {
  const { data } = useQuery({
    ...read('series', 'get', { id: seriesId ?? id }),
    enabled: seriesId !== null,
  })
  if (seriesId === null || data === undefined) return null
  const { arrangement } = data
  // A rule's words are by its own clock: the time is written as this computer's locale has it, whatever the zone.
  const time = (wall: string): string =>
    timeText(
      Temporal.PlainDate.from('2026-01-13').toZonedDateTime({
        timeZone: systemZone(),
        plainTime: Temporal.PlainTime.from(wall),
      }).epochMilliseconds,
    )
  const on = zoned(now(), arrangement.zone).toPlainDate().toString()
  const words = wordsFor({ ...arrangement, except: coming(arrangement.except, on) }, { time, on })
  const there = arrangement.zone === systemZone() ? '' : ` in ${placeOf(arrangement.zone)}`
  const from = data.calendar === null ? '' : `, from ${data.calendar}`
  const alone = changed ? ' This one was changed by itself.' : ''
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${there}${from}.${alone}`
}

/** Of the days that are left out those that are still to come, and no more of them than a line can say. */
const coming = (except: readonly string[], on: string): string[] =>
  except.filter((wall) => wall.slice(0, 10) >= on).slice(0, 4)
