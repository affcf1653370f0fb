import type { ReactNode, Ref } from 'react'
import {
  FieldError,
  Input,
  Label,
  Text,
  TextArea as AriaTextArea,
  TextField as AriaTextField,
} from 'react-aria-components'
import { cx } from './cx.ts'
import css from './Field.module.css'

export interface FieldProps {
  label: string
  /** Shown after the label in a muted tone, e.g. "optional". */
  aside?: string
  hint?: ReactNode
  /** A sentence; while it is there, the field is marked wrong and reads it aloud. */
  error?: string | undefined
}

interface TextProps extends FieldProps {
  value: string
  onChange: (value: string) => void
  placeholder?: string
  maxLength?: number
  autoFocus?: boolean
  isRequired?: boolean
  isDisabled?: boolean
  spellCheck?: 'true' | 'false'
  onBlur?: () => void
  /** The label is there for screen readers alone. */
  labelHidden?: boolean
}

export interface TextFieldProps extends TextProps {
  type?: 'text' | 'search' | 'password'
  inputRef?: Ref<HTMLInputElement>
}

function FieldLabel({ label, aside }: { label: string; aside?: string | undefined }) {
  return (
    <Label className={css.label ?? ''}>
      {label}
      {aside !== undefined && <span className={css.optional}> · {aside}</span>}
    </Label>
  )
}

function FieldNotes({ hint, error }: Pick<FieldProps, 'hint' | 'error'>) {
  return (
    <>
      {hint !== undefined && (
        <Text slot="description" className={css.hint ?? ''}>
          {hint}
        </Text>
      )}
      <FieldError className={css.error ?? ''}>{error}</FieldError>
    </>
  )
}

function common(props: TextProps) {
  const { label, aside, hint, error, labelHidden, placeholder, ...rest } = props
  return {
    field: {
      ...rest,
      ...(labelHidden === true ? { 'aria-label': label } : {}),
      isInvalid: error !== undefined,
      validationBehavior: 'aria' as const,
      className: cx(css.field, error !== undefined && css.wrong),
    },
    head: labelHidden === true ? null : <FieldLabel label={label} aside={aside} />,
    foot: <FieldNotes hint={hint} error={error} />,
    placeholder,
  }
}

export function TextField({ type = 'text', inputRef, ...props }: TextFieldProps) {
  const { field, head, foot, placeholder } = common(props)
  return (
    <AriaTextField {...field} type={type} autoComplete="off">
      {head}
      <Input
        className={css.input ?? ''}
        dir="auto"
        {...(inputRef === undefined ? {} : { ref: inputRef })}
        {...(placeholder === undefined ? {} : { placeholder })}
      />
      {foot}
    </AriaTextField>
  )
}

export interface TextAreaProps extends TextProps {
  rows?: number
}

export function TextArea({ rows = 3, ...props }: TextAreaProps) {
  const { field, head, foot, placeholder } = common(props)
  return (
    <AriaTextField {...field}>
      {head}
      <AriaTextArea
        className={cx(css.input, css.area)}
        dir="auto"
        rows={rows}
        {...(placeholder === undefined ? {} : { placeholder })}
      />
      {foot}
    </AriaTextField>
  )
}

export { FieldLabel, FieldNotes }
