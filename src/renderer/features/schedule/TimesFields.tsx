import { useState } from 'react'
import { useAppContext } from '../../api/context.ts'
import { DatePicker, TimeField } from '../../ui/DateFields.tsx'
import { usualMinutes, withEnd, withStart, type FieldErrors, type SessionTimes } from './sessionForm.ts'
import css from './SessionDialog.module.css'

export interface TimesFieldsProps {
  value: SessionTimes
  onChange: (times: SessionTimes) => void
  errors: FieldErrors
  /** The end was meant as it is: a changed start leaves it alone. */
  endGiven: boolean
}

/** Day, start and end; an end that nobody has touched follows the start. */
export function TimesFields({ value, onChange, errors, endGiven }: TimesFieldsProps) {
  const [endTouched, setEndTouched] = useState(endGiven)
  const minutes = usualMinutes(useAppContext().setting)
  return (
    <div className={css.times}>
      <DatePicker
        label="Date"
        value={value.date}
        onChange={(date) => onChange({ ...value, date })}
        error={errors.date}
      />
      <TimeField
        label="Starts"
        value={value.starts}
        onChange={(starts) => onChange(withStart(value, starts, endTouched ? null : minutes))}
        error={errors.starts}
      />
      <TimeField
        label="Ends"
        {...(value.endDays > 0 ? { aside: 'next day' } : {})}
        value={value.ends}
        onChange={(ends) => {
          setEndTouched(true)
          onChange(withEnd(value, ends))
        }}
        error={errors.ends}
      />
    </div>
  )
}
