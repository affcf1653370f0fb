import { useId, useRef, useState } from 'react'
import { Popover } from 'react-aria-components'
import { Button } from '../ui/Button.tsx'
import { quoteElement, SPEAKER_MAX, $speakerAtCaret, setSpeaker } from './speaker.ts'
import type { SectionField } from './SectionField.ts'
import type { WritingGroup } from './WritingGroup.ts'
import css from './SpeakerAsk.module.css'

export interface SpeakerAskProps {
  group: WritingGroup
  field: SectionField
  /** Who is likely to have said it; whoever is named in the note already stands before them. */
  likely: readonly string[]
}

const SHOWN_MAX = 8

/** "Who said it?" beside a quotation. Enter sets it; Esc leaves the quotation as it is. */
export function SpeakerAsk({ group, field, likely }: SpeakerAskProps) {
  const [at] = useState(() => quoteElement(field.editor))
  const [name, setName] = useState(() => field.editor.read($speakerAtCaret) ?? '')
  const [known] = useState(() => [...new Set([...group.speakers(), ...likely])].slice(0, SHOWN_MAX))
  const trigger = useRef(at)
  const id = useId()
  const close = (chosen?: string) => {
    if (chosen !== undefined) setSpeaker(field.editor, chosen)
    group.ask(null)
    field.focus()
  }
  if (at === null) return null
  return (
    <Popover
      triggerRef={trigger}
      isOpen
      onOpenChange={(open) => {
        if (!open) close()
      }}
      placement="bottom start"
      offset={4}
      className={css.ask ?? ''}
      aria-label="Who said it?"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          close(name)
        }}
      >
        <label className={css.label} htmlFor={id}>
          Who said it?
        </label>
        <input
          id={id}
          className={css.input}
          value={name}
          maxLength={SPEAKER_MAX}
          autoComplete="off"
          spellCheck={false}
          dir="auto"
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- it was asked for by a key or a press, and takes the next one
          autoFocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className={css.known} role="group" aria-label="Suggestions">
          {known.map((one) => (
            <Button key={one} compact variant="quiet" onPress={() => close(one)}>
              <bdi>{one}</bdi>
            </Button>
          ))}
        </div>
        <p className={css.hint}>Enter to set, Esc to leave it open</p>
      </form>
    </Popover>
  )
}
