import { Bold, Italic, List, TextQuote } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { ToggleButton, Toolbar } from 'react-aria-components'
import { lookBits, type LookName } from './look.ts'
import type { WritingGroup } from './WritingGroup.ts'
import css from './FormatBar.module.css'

const tools: readonly { name: LookName; label: string; keys: string; icon: typeof Bold }[] = [
  { name: 'bold', label: 'Bold', keys: 'Mod+B', icon: Bold },
  { name: 'italic', label: 'Italic', keys: 'Mod+I', icon: Italic },
  { name: 'bullet', label: 'Bullets', keys: 'Mod+Shift+8', icon: List },
  { name: 'quote', label: 'Quotation', keys: 'Mod+Shift+9', icon: TextQuote },
]

/** Bold, italic, bullets, quotation for the section that has the caret. Renders only when one of them changes. */
export function FormatBar({ group, label }: { group: WritingGroup; label: string }) {
  const look = useSyncExternalStore(group.subscribe, () => group.look)
  return (
    <Toolbar aria-label={label} className={css.bar ?? ''}>
      {tools.map(({ name, label: tool, keys, icon: Icon }) => (
        <ToggleButton
          key={name}
          aria-label={tool}
          aria-keyshortcuts={keys.replace('Mod', 'Control')}
          className={css.tool ?? ''}
          isSelected={(look & lookBits[name]) !== 0}
          onChange={() => {
            group.active?.toggle(name)
            group.focus()
          }}
        >
          <Icon aria-hidden />
        </ToggleButton>
      ))}
    </Toolbar>
  )
}

/** Mod+Shift+8 and 9; bold and italic are Lexical's own. True when it was one of them. */
export function formatKey(event: { code: string; shiftKey: boolean }, group: WritingGroup): boolean {
  if (!event.shiftKey || (event.code !== 'Digit8' && event.code !== 'Digit9')) return false
  group.active?.toggle(event.code === 'Digit8' ? 'bullet' : 'quote')
  return true
}
