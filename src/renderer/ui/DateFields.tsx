import { parseDate, parseTime, type CalendarDate, type Time } from '@internationalized/date'
import { CalendarDays, ChevronLeft, ChevronRight } from 'lucide-react'
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  DateField as AriaDateField,
  DateInput,
  DatePicker as AriaDatePicker,
  DateSegment,
  Dialog,
  Group,
  Heading,
  Popover,
  TimeField as AriaTimeField,
} from 'react-aria-components'
import { cx } from './cx.ts'
import { FieldLabel, FieldNotes, type FieldProps } from './TextField.tsx'
import field from './Field.module.css'
import css from './DateFields.module.css'

/* Days are 'YYYY-MM-DD' and times of day 'HH:MM' outside; react-aria's own classes stay in this file. */

interface Props extends FieldProps {
  value: string | null
  onChange: (value: string | null) => void
  isRequired?: boolean
}

const toDate = (value: string | null): CalendarDate | null => (value === null ? null : parseDate(value))
const toTime = (value: string | null): Time | null => (value === null ? null : parseTime(value))

function Segments() {
  return (
    <DateInput className={field.segments ?? ''}>
      {(segment) => <DateSegment segment={segment} className={field.segment ?? ''} />}
    </DateInput>
  )
}

function settings({ value: _, onChange: __, label: ___, aside: ____, hint: _____, error, ...rest }: Props) {
  return {
    ...rest,
    isInvalid: error !== undefined,
    validationBehavior: 'aria' as const,
    className: cx(field.field, error !== undefined && field.wrong),
  }
}

/** A date typed in segments, without a calendar: birth dates. */
export function DateField(props: Props) {
  return (
    <AriaDateField
      {...settings(props)}
      value={toDate(props.value)}
      onChange={(date) => props.onChange(date === null ? null : date.toString())}
    >
      <FieldLabel label={props.label} aside={props.aside} />
      <div className={field.group}>
        <Segments />
      </div>
      <FieldNotes hint={props.hint} error={props.error} />
    </AriaDateField>
  )
}

export function DatePicker(props: Props) {
  return (
    <AriaDatePicker
      {...settings(props)}
      value={toDate(props.value)}
      onChange={(date) => props.onChange(date === null ? null : date.toString())}
    >
      <FieldLabel label={props.label} aside={props.aside} />
      <Group className={field.group ?? ''}>
        <Segments />
        <Button className={field.trigger ?? ''}>
          <CalendarDays aria-hidden />
        </Button>
      </Group>
      <FieldNotes hint={props.hint} error={props.error} />
      <Popover className={css.popover ?? ''}>
        <Dialog className={css.dialog ?? ''}>
          <Calendar>
            <header className={css.head}>
              <Button slot="previous" className={field.trigger ?? ''}>
                <ChevronLeft aria-hidden />
              </Button>
              <Heading className={css.month ?? ''} />
              <Button slot="next" className={field.trigger ?? ''}>
                <ChevronRight aria-hidden />
              </Button>
            </header>
            <CalendarGrid className={css.grid ?? ''}>
              {(date) => <CalendarCell date={date} className={css.cell ?? ''} />}
            </CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </AriaDatePicker>
  )
}

/** 12 or 24 hours, as the person's locale has it. */
export function TimeField(props: Props) {
  return (
    <AriaTimeField
      {...settings(props)}
      value={toTime(props.value)}
      onChange={(time) => props.onChange(time === null ? null : time.toString().slice(0, 5))}
    >
      <FieldLabel label={props.label} aside={props.aside} />
      <div className={field.group}>
        <Segments />
      </div>
      <FieldNotes hint={props.hint} error={props.error} />
    </AriaTimeField>
  )
}
