import { Bold, CornerDownRight, Italic, List, Quote, TextQuote } from 'lucide-react'
import { useRef, useState, useSyncExternalStore } from 'react'
import { Button, ToggleButton, Toolbar } from 'react-aria-components'
import { later } from '../ui/later.tsx'
import { $lookAt, lookBits, type LookName } from './look.ts'
import type { SendTarget, WritingGroup } from './WritingGroup.ts'
import css from './FormatBar.module.css'

const SpeakerAsk = later(async () => (await import('./SpeakerAsk.tsx')).SpeakerAsk)
const MenuPopover = later(async () => (await import('../ui/MenuPopover.tsx')).MenuPopover)

const tools: readonly { name: LookName; label: string; keys: string; icon: typeof Bold }[] = [
  { name: 'bold', label: 'Bold', keys: 'Mod+B', icon: Bold },
  { name: 'italic', label: 'Italic', keys: 'Mod+I', icon: Italic },
  { name: 'bullet', label: 'Bullets', keys: 'Mod+Shift+8', icon: List },
  { name: 'quote', label: 'Quotation', keys: 'Mod+Shift+9', icon: TextQuote },
]
const LIKELY: readonly string[] = ['Client', 'Mother', 'Father', 'Teacher']

export interface FormatBarProps {
  group: WritingGroup
  label: string
  /** Who is likely to be quoted. */
  likely?: readonly string[]
  /** The sections that lines can be sent to, in their order; nothing is offered when there are none. */
  targets?: readonly SendTarget[]
}

/** Bold, italic, bullets, quotation for the section that has the caret. Renders only when one of them changes. */
export function FormatBar({ group, label, likely = LIKELY, targets = [] }: FormatBarProps) {
  const look = useSyncExternalStore(group.subscribe, () => group.look)
  const asking = useSyncExternalStore(group.subscribe, () => group.asking)
  return (
    <>
      <Toolbar aria-label={label} className={css.bar ?? ''}>
        {tools.map(({ name, label: tool, keys, icon: Icon }) => (
          <ToggleButton
            key={name}
            aria-label={tool}
            aria-keyshortcuts={keys.replace('Mod', 'Control')}
            className={css.tool ?? ''}
            isSelected={(look & lookBits[name]) !== 0}
            onChange={() => toggle(group, name)}
          >
            <Icon aria-hidden />
          </ToggleButton>
        ))}
        {(look & lookBits.quote) !== 0 && (
          <Button
            aria-label="Who said it?"
            className={css.tool ?? ''}
            onPress={() => group.ask(group.active ?? null)}
          >
            <Quote aria-hidden />
          </Button>
        )}
        {targets.length > 1 && <SendMenu group={group} targets={targets} />}
      </Toolbar>
      {asking !== null && <SpeakerAsk group={group} field={asking} likely={likely} />}
    </>
  )
}

/** A new quotation asks who said it; nothing hangs on the answer. */
function toggle(group: WritingGroup, name: LookName): void {
  const field = group.active
  if (field === undefined) return
  field.toggle(name)
  group.focus()
  // A read, and not `look()`: the update that was just asked for is taken in first.
  if (name === 'quote' && (field.editor.read($lookAt) & lookBits.quote) !== 0) group.ask(field)
}

function SendMenu({ group, targets }: { group: WritingGroup; targets: readonly SendTarget[] }) {
  const trigger = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        ref={trigger}
        aria-label="Send to section…"
        aria-haspopup="menu"
        aria-expanded={open}
        className={css.tool ?? ''}
        onPress={() => setOpen(true)}
      >
        <CornerDownRight aria-hidden />
      </Button>
      {open && (
        <MenuPopover
          label="Send to section…"
          entries={targets
            .filter((target) => target.key !== group.active?.key)
            .map(({ key, label }) => ({
              id: key,
              label,
              onAction: () => {
                send(group, targets, key)
                // After the menu has given the focus back to its button.
                setTimeout(() => group.focus())
              },
            }))}
          trigger={trigger}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}

/** Sends what the caret is in, or what is selected, and says where it went: it may be far off the screen. */
export function send(group: WritingGroup, targets: readonly SendTarget[], key: string): void {
  const label = targets.find((target) => target.key === key)?.label ?? ''
  const sent = group.send(key)
  group.say(
    sent === 'nothing'
      ? 'There is nothing written in this line to send.'
      : sent === 'same'
        ? `The caret is in ${label} already.`
        : sent === 'full'
          ? `${label} cannot hold that much more. Nothing was moved.`
          : sent.lines === 1
            ? `Sent to ${label}`
            : `${sent.lines} lines sent to ${label}`,
  )
}

/** Mod+Shift+8 and 9; bold and italic are Lexical's own. True when it was one of them. */
export function formatKey(event: { code: string; shiftKey: boolean }, group: WritingGroup): boolean {
  if (!event.shiftKey || (event.code !== 'Digit8' && event.code !== 'Digit9')) return false
  toggle(group, event.code === 'Digit8' ? 'bullet' : 'quote')
  return true
}

/**
 * Mod+Alt+1 … 9: the section with that number. (With Shift two of them are Bullets and Quotation.) On a keyboard
 * whose AltGr types signs with the digits, AltGr does that and nothing else.
 */
export function sendKey(
  event: Pick<KeyboardEvent, 'code' | 'getModifierState'>,
  group: WritingGroup,
  targets: readonly SendTarget[],
): boolean {
  const digit = /^Digit([1-9])$/u.exec(event.code)?.[1]
  const target = digit === undefined ? undefined : targets[Number(digit) - 1]
  if (target === undefined || event.getModifierState('AltGraph')) return false
  send(group, targets, target.key)
  return true
}
