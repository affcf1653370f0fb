import { ChevronDown } from 'lucide-react'
import type { Key } from 'react'
import {
  Button,
  ComboBox as AriaComboBox,
  Group,
  Input,
  ListBox,
  ListBoxItem,
  Popover,
} from 'react-aria-components'
import { cx } from './cx.ts'
import { FieldLabel, FieldNotes, type FieldProps } from './TextField.tsx'
import field from './Field.module.css'
import menu from './Menu.module.css'

export interface ComboItem {
  readonly id: string
  readonly label: string
  /** After the label, muted. */
  readonly detail?: string
  /** What the field holds once this is chosen; the label, where it is not said. */
  readonly text?: string
}

export interface ComboBoxProps extends FieldProps {
  /** Already filtered by the caller; nothing is hidden here. */
  items: readonly ComboItem[]
  text: string
  onTextChange: (text: string) => void
  selected: string | null
  onSelect: (id: string | null) => void
  autoFocus?: boolean
  isRequired?: boolean
  /** Shown in the list when nothing matches. */
  empty?: string
  placeholder?: string
}

/** Type to filter, arrows to choose. */
export function ComboBox(props: ComboBoxProps) {
  const {
    label,
    aside,
    hint,
    error,
    items,
    text,
    onTextChange,
    selected,
    onSelect,
    empty,
    placeholder,
    ...rest
  } = props
  return (
    <AriaComboBox
      {...rest}
      items={items}
      className={cx(field.field, error !== undefined && field.wrong)}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      inputValue={text}
      onInputChange={onTextChange}
      selectedKey={selected}
      onSelectionChange={(key: Key | null) => onSelect(key === null ? null : String(key))}
      allowsCustomValue
      allowsEmptyCollection={empty !== undefined}
      menuTrigger="input"
      defaultFilter={() => true}
    >
      <FieldLabel label={label} aside={aside} />
      <Group className={field.group ?? ''}>
        <Input
          className={field.input ?? ''}
          dir="auto"
          {...(placeholder === undefined ? {} : { placeholder })}
        />
        <Button className={field.trigger ?? ''}>
          <ChevronDown aria-hidden />
        </Button>
      </Group>
      <FieldNotes hint={hint} error={error} />
      <Popover className={menu.popover ?? ''} data-veil>
        <ListBox
          className={menu.list ?? ''}
          items={items}
          renderEmptyState={() => <div className={menu.empty}>{empty}</div>}
        >
          {(item) => (
            <ListBoxItem id={item.id} textValue={item.text ?? item.label} className={menu.item ?? ''}>
              <bdi dir="auto">{item.label}</bdi>
              {item.detail !== undefined && <span className={menu.detail}>{item.detail}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  )
}
