import { useNavigate } from '@tanstack/react-router'
import { Check, ChevronUp } from 'lucide-react'
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components'
import { formatsFor } from '../../../shared/document/formats/builtIn.ts'
import type { Format } from '../../../shared/document/formats/format.ts'
import { useAppContext } from '../../api/context.ts'
import button from '../../ui/Button.module.css'
import { cx } from '../../ui/cx.ts'
import menu from '../../ui/Menu.module.css'
import { useOwnFormats } from './knownFormat.ts'
import css from './Format.module.css'

export interface FormatMenuProps {
  current: { readonly key: string; readonly name: string }
  onChoose: (format: Format) => void
}

const TEMPLATES = '(templates)'

/** The name of the format, and behind it every other one; a person's own come after the built-in ones. */
export function FormatMenu({ current, onChoose }: FormatMenuProps) {
  const { setting } = useAppContext()
  const own = useOwnFormats()
  const navigate = useNavigate()
  const groups = [
    { heading: 'Formats', formats: formatsFor(setting) },
    { heading: 'Your own', formats: own },
  ].filter(({ formats }) => formats.length > 0)
  return (
    <MenuTrigger>
      <Button
        className={cx(button.button, button.quiet, button.compact, css.trigger)}
        aria-label={`Format: ${current.name}`}
      >
        <bdi>{current.name}</bdi>
        <ChevronUp aria-hidden />
      </Button>
      <Popover className={menu.popover ?? ''} placement="top end">
        <Menu
          className={cx(menu.list, css.list)}
          aria-label="Format of this note"
          onAction={(key) => {
            if (key === TEMPLATES) void navigate({ to: '/templates' })
            const chosen = groups.flatMap(({ formats }) => formats).find((format) => format.key === key)
            if (chosen !== undefined) onChoose(chosen)
          }}
        >
          {groups.map(({ heading, formats }) => (
            <MenuSection key={heading}>
              <Header className={css.heading ?? ''}>{heading}</Header>
              {formats.map(({ key, name }) => (
                <MenuItem
                  key={key}
                  id={key}
                  textValue={name}
                  className={menu.item ?? ''}
                  aria-label={key === current.key ? `${name}, the one it is in` : name}
                >
                  <span className={css.tick}>{key === current.key && <Check aria-hidden />}</span>
                  <bdi>{name}</bdi>
                </MenuItem>
              ))}
            </MenuSection>
          ))}
          <MenuSection className={css.last ?? ''} aria-label="More">
            <MenuItem id={TEMPLATES} textValue="Templates" className={menu.item ?? ''}>
              <span className={css.tick} />
              Templates…
            </MenuItem>
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
