import { Temporal } from 'temporal-polyfill'
import type { RuleParts } from '../../../shared/domain/calendar/ruleParts.ts'
import { WEEKDAYS, type Weekday } from '../../../shared/domain/calendar/rules.ts'
import { Choices } from '../../ui/Choices.tsx'
import { cx } from '../../ui/cx.ts'
import { DatePicker } from '../../ui/DateFields.tsx'
import { FieldLabel, TextField } from '../../ui/TextField.tsx'
import { Select } from '../../ui/Select.tsx'
import css from './Repeat.module.css'

const LONGEST_EVERY = 52
const ORDINALS = ['first', 'second', 'third', 'fourth', 'last'] as const

type Usual = 'never' | 'weekly' | 'fortnightly' | 'monthly' | 'other'

const usual = [
  { key: 'never', label: 'Does not repeat' },
  { key: 'weekly', label: 'Every week' },
  { key: 'fortnightly', label: 'Every other week' },
  { key: 'monthly', label: 'Every month' },
  { key: 'other', label: 'Another rhythm…' },
] as const satisfies readonly { key: Usual; label: string }[]

const units = [
  { key: 'day', label: 'days' },
  { key: 'week', label: 'weeks' },
  { key: 'month', label: 'months' },
] as const satisfies readonly { key: RuleParts['unit']; label: string }[]

export interface RepeatFieldsProps {
  /** Null: it takes place once. */
  value: RuleParts | null
  onChange: (value: RuleParts | null) => void
  /** 'YYYY-MM-DD' of the first one; null while it is unfinished. */
  date: string | null
  /** One that repeats already is not made single here: it is ended, or this one is moved. */
  always?: boolean
  error?: string | undefined
}

/** How often a session repeats, and until when. */
export function RepeatFields({ value, onChange, date, always = false, error }: RepeatFieldsProps) {
  const day = date ?? Temporal.Now.plainDateISO().toString()
  const weekly: RuleParts = { every: 1, unit: 'week', days: [weekdayOf(day)] }
  const set = (more: Partial<RuleParts>) => onChange({ ...(value ?? weekly), ...more })
  const setUntil = (until: string | null) => {
    // A last day takes the place of a number of times.
    const rest = Object.entries(value ?? weekly).filter(([name]) => name !== 'until' && name !== 'count')
    const parts = Object.fromEntries(rest) as unknown as RuleParts
    onChange(until === null ? parts : { ...parts, until })
  }
  const choose = (key: Usual) => {
    if (key === 'never') return onChange(null)
    const base = { ...weekly, ...(value?.until === undefined ? {} : { until: value.until }) }
    if (key === 'weekly') onChange(base)
    else if (key === 'fortnightly') onChange({ ...base, every: 2 })
    else if (key === 'monthly') onChange({ ...base, unit: 'month', monthly: 'weekday' })
    else onChange({ ...base, every: 3 })
  }
  return (
    <div className={css.repeat}>
      <div className={css.line}>
        <Select
          label="Repeats"
          value={usualOf(value)}
          choices={always ? usual.filter(({ key }) => key !== 'never') : usual}
          onChange={choose}
          error={error}
        />
        {value !== null && (
          <DatePicker
            label="Until"
            aside="optional"
            value={value.until ?? null}
            onChange={setUntil}
            {...(value.count === undefined ? {} : { hint: `${value.count} times in all` })}
          />
        )}
      </div>
      {value !== null && usualOf(value) === 'other' && (
        <div className={css.every}>
          <TextField
            label="Every"
            value={String(value.every)}
            onChange={(text) =>
              set({ every: Math.min(LONGEST_EVERY, Math.max(1, Number.parseInt(text, 10) || 1)) })
            }
          />
          <Select
            label="Days, weeks or months"
            value={value.unit}
            choices={units}
            onChange={(unit) => set(unit === 'month' ? { unit, monthly: 'weekday' } : { unit })}
          />
        </div>
      )}
      {value?.unit === 'week' && (
        <Weekdays days={value.days ?? [weekdayOf(day)]} onChange={(days) => set({ days })} />
      )}
      {value?.unit === 'month' && (
        <Choices
          label="On"
          value={value.monthly ?? 'date'}
          choices={monthlyChoices(day)}
          onChange={(monthly) => set({ monthly })}
        />
      )}
    </div>
  )
}

/** The weekday of a date, "2026-01-13", as a rule calls it. */
const weekdayOf = (date: string): Weekday => WEEKDAYS[Temporal.PlainDate.from(date).dayOfWeek - 1] ?? 'MO'

function usualOf(value: RuleParts | null): Usual {
  if (value === null) return 'never'
  if (value.unit === 'week' && value.every === 1) return 'weekly'
  if (value.unit === 'week' && value.every === 2) return 'fortnightly'
  return value.unit === 'month' && value.every === 1 ? 'monthly' : 'other'
}

function monthlyChoices(date: string): readonly { key: 'date' | 'weekday'; label: string }[] {
  const day = Temporal.PlainDate.from(date)
  const weekday = day.toLocaleString(undefined, { weekday: 'long' })
  // As `ruleFrom` takes it: what is the last such weekday is meant as the last.
  const nth = day.day + 7 > day.daysInMonth ? 'last' : (ORDINALS[Math.ceil(day.day / 7) - 1] ?? 'last')
  return [
    { key: 'weekday', label: `The ${nth} ${weekday}` },
    { key: 'date', label: `Day ${day.day}` },
  ]
}

const MONDAY = Temporal.PlainDate.from('2024-01-01')

function Weekdays({
  days,
  onChange,
}: {
  days: readonly Weekday[]
  onChange: (days: readonly Weekday[]) => void
}) {
  return (
    <fieldset className={css.weekdays}>
      <legend>
        <FieldLabel label="On" aside={undefined} />
      </legend>
      <div className={css.days}>
        {WEEKDAYS.map((day, place) => {
          const on = days.includes(day)
          const name = MONDAY.add({ days: place })
          return (
            <button
              key={day}
              type="button"
              className={cx(css.day, on && css.on)}
              aria-pressed={on}
              title={name.toLocaleString(undefined, { weekday: 'long' })}
              // The last one stays: a week without a day would be no rhythm at all.
              onClick={() =>
                onChange(on ? (days.length > 1 ? days.filter((d) => d !== day) : days) : [...days, day])
              }
            >
              {name.toLocaleString(undefined, { weekday: 'short' })}
            </button>
          )
        })}
      </div>
    </fieldset>
  )
}
