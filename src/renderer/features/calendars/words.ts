import type { Output } from '../../../shared/contract/index.ts'
import type { CalendarView, TakingPlan, TakingWork, WatchView } from '../../../shared/contract/calendar.ts'
import type { LeftOutReason, UnreadableReason } from '../../../shared/domain/calendar/taken.ts'
import { dayText, now, relativeDayInText, timeText, weekdayText, zoned } from '../../api/clock.ts'

/** Why one event was not taken. */
export const leftOutWords: Readonly<Record<LeftOutReason, string>> = {
  ALL_DAY: 'lasts all day',
  NO_START: 'has no start',
  END_BEFORE_START: 'ends before it starts',
  TOO_LONG: 'is longer than 24 hours',
  UNKNOWN_ZONE: 'names a time zone that nobody knows',
  RULE_UNREADABLE: 'repeats by a rule that cannot be read',
  RULE_TOO_OFTEN: 'repeats more often than once a day',
  NEVER_OCCURS: 'never takes place by its own rule',
  OVERRIDE_WITHOUT_SERIES: 'changes a series that is not in the file',
  OLDER_VERSION: 'is an older version of another one here',
  EVENT_UNREADABLE: 'cannot be read',
}

/** What happened, what is safe, what to do. */
export const unreadableWords: Readonly<Record<UnreadableReason, string>> = {
  NOT_A_CALENDAR: 'This file is not a calendar. Nothing was changed. Please choose a file that ends in .ics.',
  TOO_BIG:
    'This file is larger than 64 MB and was not read. Nothing was changed. Please export a shorter span of time.',
  EMPTY: 'This calendar holds no events. Nothing was changed.',
  ENCODING: 'The letters in this file cannot be read. Nothing was changed. Please export it again.',
  UNREACHABLE:
    'This file could not be opened. Nothing was changed. Please see that it is still there and yours to read.',
}

export const many = (count: number): string => count.toLocaleString('en-US')
const of = (count: number, one: string, more: string): string => `${many(count)} ${count === 1 ? one : more}`

/** "Tue, Jan 6", or "Jan 6, 2018": calendars hold what is long over. */
export const dateText = (at: number): string =>
  zoned(at).year === zoned(now()).year ? weekdayText(at) : dayText(at)

/** "12 added, 3 changed, 40 as they were" */
export function countsWords({ counts }: TakingPlan): string {
  const parts = [
    counts.added > 0 ? `${many(counts.added)} added` : '',
    counts.changed > 0 ? `${many(counts.changed)} changed` : '',
    counts.gone > 0 ? `${many(counts.gone)} no longer there` : '',
    counts.unchanged > 0 ? of(counts.unchanged, 'as it was', 'as they were') : '',
    counts.unmatched > 0 ? `${many(counts.unmatched)} waiting for a name` : '',
    counts.nobody > 0 ? `${many(counts.nobody)} left out by you` : '',
    counts.leftOut > 0 ? `${many(counts.leftOut)} left out` : '',
  ].filter((part) => part !== '')
  return parts.length === 0 ? 'Nothing to take in.' : `${parts.join(', ')}.`
}

/** "Your calendar changed: 3 new, 1 changed."; null where a newer file changes nothing. */
export function newsWords(news: WatchView['news']): string | null {
  if (news === null) return 'There is a newer calendar in the watched folder.'
  const parts = [
    news.added > 0 ? `${many(news.added)} new` : '',
    news.changed > 0 ? `${many(news.changed)} changed` : '',
    news.gone > 0 ? `${many(news.gone)} no longer there` : '',
  ].filter((part) => part !== '')
  if (parts.length > 0) return `Your calendar changed: ${parts.join(', ')}.`
  return news.unmatched > 0 ? 'There is a newer calendar in the watched folder.' : null
}

/** What was done, said once it is. */
export function doneWords({ added, changed, gone, kept }: Output<'takeIn', 'apply'>): string {
  const parts = [
    added > 0 ? `${many(added)} added` : '',
    changed > 0 ? `${many(changed)} changed` : '',
    gone > 0 ? `${many(gone)} no longer there` : '',
  ].filter((part) => part !== '')
  const stayed =
    kept > 0
      ? ` ${of(kept, 'session', 'sessions')} stayed as planned here: written or changed in Bracket.`
      : ''
  return (parts.length === 0 ? 'Nothing in it was new.' : `Calendar taken in: ${parts.join(', ')}.`) + stayed
}

export const takenWords = ({ takenAt, events }: CalendarView): string =>
  `${of(events, 'event', 'events')}, taken in ${relativeDayInText(takenAt)}, ${timeText(takenAt)}`

export const stageWords: Readonly<Record<TakingWork['stage'], string>> = {
  reading: 'Reading the calendar',
  planning: 'Comparing it with the schedule',
  applying: 'Taking it in',
  dropping: 'Taking its sessions off the schedule',
}
