import type { SeriesView } from '../../../shared/contract/series.ts'
import type { ScheduledSession } from '../../../shared/contract/sessions.ts'
import { untilAsDay } from '../../../shared/domain/calendar/ending.ts'
import { rulePartsOf } from '../../../shared/domain/calendar/ruleParts.ts'
import { arrangementFrom } from './arrangementFrom.ts'
import { NextDates } from './NextDates.tsx'
import { comingExcept, type Rhythm } from './moving.ts'
import { RepeatFields } from './RepeatFields.tsx'

export interface RhythmFieldsProps {
  series: SeriesView
  session: ScheduledSession
  starts: string
  zone: string
  minutes: number
  /** Null: it has not been touched. */
  value: Rhythm | null
  onChange: (rhythm: Rhythm) => void
}

/** The rhythm as it is, until it is changed here; once it is, the dates that come of it. */
export function RhythmFields(props: RhythmFieldsProps) {
  const { series, session, starts, zone, minutes, value, onChange } = props
  const { arrangement } = series
  const now = rulePartsOf(untilAsDay(arrangement), session.occurrence ?? arrangement.starts)
  if (now === null && value === null)
    return <p>It repeats in a way of its own, which stays as it is. To change it, end it and add it anew.</p>
  const except = value?.except ?? comingExcept(arrangement.except, starts)
  const shown = value === null ? null : arrangementFrom(value.parts, starts, { zone, minutes, except })
  return (
    <>
      <RepeatFields
        value={value?.parts ?? now}
        date={starts.slice(0, 10)}
        always
        onChange={(parts) => parts !== null && onChange({ parts, except })}
      />
      {value !== null && shown !== null && (
        <NextDates arrangement={shown} onExcept={(left) => onChange({ ...value, except: left })} />
      )}
    </>
  )
}
