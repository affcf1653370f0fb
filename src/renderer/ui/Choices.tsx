import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { Checkbox as AriaCheckbox, Radio, RadioGroup } from 'react-aria-components'
import { FieldLabel, FieldNotes, type FieldProps } from './TextField.tsx'
import type { Choice } from './Select.tsx'
import field from './Field.module.css'

export interface ChoicesProps<K extends string> extends FieldProps {
  value: K | null
  choices: readonly Choice<K>[]
  onChange: (value: K) => void
}

/** Two to five alternatives side by side: a radio group that looks like buttons. */
export function Choices<K extends string>({ value, choices, onChange, ...props }: ChoicesProps<K>) {
  return (
    <RadioGroup
      className={field.field ?? ''}
      value={value}
      onChange={(key) => {
        const choice = choices.find((c) => c.key === key)
        if (choice !== undefined) onChange(choice.key)
      }}
    >
      <FieldLabel label={props.label} aside={props.aside} />
      <div className={field.choices}>
        {choices.map((choice) => (
          <Radio key={choice.key} value={choice.key} className={field.choice ?? ''}>
            {choice.label}
          </Radio>
        ))}
      </div>
      <FieldNotes hint={props.hint} error={props.error} />
    </RadioGroup>
  )
}

export interface CheckboxProps {
  checked: boolean
  onChange: (checked: boolean) => void
  children: ReactNode
  isDisabled?: boolean
}

export function Checkbox({ checked, onChange, children, ...rest }: CheckboxProps) {
  return (
    <AriaCheckbox {...rest} className={field.check ?? ''} isSelected={checked} onChange={onChange}>
      <span className={field.box}>
        <Check aria-hidden strokeWidth={3} />
      </span>
      <span>{children}</span>
    </AriaCheckbox>
  )
}
