import { ChevronDown } from 'lucide-react'
import {
  Button,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
} from 'react-aria-components'
import { cx } from './cx.ts'
import { FieldLabel, FieldNotes, type FieldProps } from './TextField.tsx'
import field from './Field.module.css'
import menu from './Menu.module.css'

export interface Choice<K extends string> {
  readonly key: K
  readonly label: string
}

export interface SelectProps<K extends string> extends FieldProps {
  value: K
  choices: readonly Choice<K>[]
  onChange: (value: K) => void
  isDisabled?: boolean
}

export function Select<K extends string>({ value, choices, onChange, ...props }: SelectProps<K>) {
  const { label, aside, hint, error, ...rest } = props
  return (
    <AriaSelect
      {...rest}
      className={cx(field.field, error !== undefined && field.wrong)}
      selectedKey={value}
      onSelectionChange={(key) => {
        const choice = choices.find((c) => c.key === key)
        if (choice !== undefined) onChange(choice.key)
      }}
    >
      <FieldLabel label={label} aside={aside} />
      <Button className={cx(field.input, field.select)}>
        <SelectValue />
        <ChevronDown aria-hidden />
      </Button>
      <FieldNotes hint={hint} error={error} />
      <Popover className={menu.popover ?? ''}>
        <ListBox className={menu.list ?? ''} items={choices}>
          {(choice) => (
            <ListBoxItem id={choice.key} textValue={choice.label} className={menu.item ?? ''}>
              {choice.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}
