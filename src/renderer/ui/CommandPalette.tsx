import { Search } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
} from 'react-aria-components'
import { Keys } from './Parts.tsx'
import menu from './Menu.module.css'
import css from './CommandPalette.module.css'

export interface PaletteItem {
  readonly id: string
  readonly label: string
  readonly icon?: ReactNode
  /** After the label, muted. */
  readonly detail?: string
  /** "Mod+1" */
  readonly keys?: string
}

export interface PaletteSection {
  readonly heading: string
  /** Already filtered by `text`. */
  readonly items: readonly PaletteItem[]
  /** They are about somebody: the privacy blur covers them. */
  readonly veiled?: boolean
}

export interface CommandPaletteProps {
  label: string
  placeholder: string
  sections: readonly PaletteSection[]
  text: string
  onTextChange: (text: string) => void
  onChoose: (id: string) => void
  onClose: () => void
  empty: string
}

/** Type, arrow, Enter. It appears at once: no fade. */
export function CommandPalette(props: CommandPaletteProps) {
  const sections = props.sections.filter((section) => section.items.length > 0)
  return (
    <ModalOverlay
      className={css.veil ?? ''}
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) props.onClose()
      }}
    >
      <Modal className={css.modal ?? ''}>
        <Dialog aria-label={props.label} className={css.dialog ?? ''}>
          {/* Esc closes at once; the search field would first clear itself. */}
          <div
            className={css.inside}
            onKeyDownCapture={(event) => {
              if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
              event.stopPropagation()
              props.onClose()
            }}
          >
            <Autocomplete inputValue={props.text} onInputChange={props.onTextChange}>
              <SearchField aria-label={props.label} autoFocus className={css.field ?? ''}>
                <Search aria-hidden />
                <Input className={css.input ?? ''} placeholder={props.placeholder} dir="auto" />
              </SearchField>
              <Menu
                className={css.list ?? ''}
                aria-label={props.label}
                onAction={(key) => props.onChoose(String(key))}
                renderEmptyState={() => <div className={menu.empty}>{props.empty}</div>}
              >
                {sections.map((section) => (
                  <MenuSection key={section.heading} id={section.heading}>
                    <Header className={css.heading ?? ''}>{section.heading}</Header>
                    {section.items.map((item) => (
                      <MenuItem key={item.id} id={item.id} textValue={item.label} className={menu.item ?? ''}>
                        {item.icon}
                        <bdi
                          dir="auto"
                          className={css.label}
                          {...(section.veiled === true ? { 'data-veil': '' } : {})}
                        >
                          {item.label}
                        </bdi>
                        {item.detail !== undefined && (
                          <span
                            className={css.detail}
                            {...(section.veiled === true ? { 'data-veil': '' } : {})}
                          >
                            {item.detail}
                          </span>
                        )}
                        {item.keys !== undefined && (
                          <span className={menu.keys}>
                            <Keys combo={item.keys} />
                          </span>
                        )}
                      </MenuItem>
                    ))}
                  </MenuSection>
                ))}
              </Menu>
            </Autocomplete>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
