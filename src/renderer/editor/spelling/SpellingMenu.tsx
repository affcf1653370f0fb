import { useEffect, useRef, useState } from 'react'
import { sentenceFor } from '../../api/sentences.ts'
import { later } from '../../ui/later.tsx'
import type { MenuEntry } from '../../ui/Menu.tsx'
import { announce } from '../../ui/Status.tsx'
import type { SectionField } from '../SectionField.ts'
import { type FieldSpelling, type Misspelling } from './FieldSpelling.ts'
import { replaceIn } from './replacing.ts'
import { spellingLanguage } from './spelling.ts'
import { nextMisspelling } from './stepping.ts'
import type { WordBook } from './WordBook.ts'
import css from './SpellingMenu.module.css'

const MenuPopover = later(async () => (await import('../../ui/MenuPopover.tsx')).MenuPopover)

export interface SpellingMenuProps {
  field: SectionField
  root: HTMLElement
  spelling: FieldSpelling
  book: WordBook
}

interface Asked {
  readonly found: Misspelling
  readonly field: SectionField
  readonly suggestions: readonly string[]
}

/**
 * What can be done about a word: a press of the right button on it, or F7 (or Mod+;), which goes to the next one. The
 * menu takes the focus and gives it back.
 */
export function SpellingMenu({ field, root, spelling, book }: SpellingMenuProps) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const anchor = useRef<HTMLSpanElement>(null)

  useEffect(() => {
    const ask = async (found: Misspelling, where: SectionField) => {
      const suggestions = await book.suggest(found.word).catch(() => [])
      await MenuPopover.preload()
      setAsked({ found, field: where, suggestions })
    }
    const step = async () => {
      if (spellingLanguage() === null) {
        announce({ text: 'Spelling is off. It can be switched on in Settings.' })
        return
      }
      const next = await nextMisspelling(field, book)
      if (next === null) announce({ text: 'No misspelling found.' })
      else await ask(next.found, next.field)
    }
    const onKey = (event: KeyboardEvent) => {
      const mod = event.ctrlKey || event.metaKey
      const steps = (event.key === 'F7' && !mod) || (event.key === ';' && mod)
      if (!steps || event.altKey || event.shiftKey || event.isComposing) return
      event.preventDefault()
      event.stopPropagation()
      void step().catch(() => undefined)
    }
    const onContextMenu = (event: MouseEvent) => {
      const place = placeOf(event)
      if (place === null || !root.contains(place.node)) return
      void spelling.at(place.node, place.offset).then(
        (found) => (found === null ? undefined : ask(found, field)),
        () => undefined,
      )
    }
    root.addEventListener('keydown', onKey)
    root.addEventListener('contextmenu', onContextMenu)
    return () => {
      root.removeEventListener('keydown', onKey)
      root.removeEventListener('contextmenu', onContextMenu)
    }
  }, [field, root, spelling, book])

  if (asked === null) return null
  const { found, suggestions } = asked
  const { left, bottom, top } = found.range.getBoundingClientRect()
  const entries: MenuEntry[] = [
    ...suggestions.map((suggestion) => ({
      id: `word ${suggestion}`,
      label: suggestion,
      onAction: () => replaceIn(asked.field.editor, found, suggestion),
    })),
    {
      id: 'add',
      label: 'Add to dictionary',
      onAction: () => {
        book.add(found.word).catch((error: unknown) => announce({ text: sentenceFor(error) }))
      },
    },
    { id: 'ignore', label: 'Ignore until Bracket locks', onAction: () => book.ignore(found.word) },
  ]
  return (
    <>
      <span
        ref={(element) => {
          anchor.current = element
          element?.style.setProperty('left', `${left}px`)
          element?.style.setProperty('top', `${top}px`)
          element?.style.setProperty('height', `${bottom - top}px`)
        }}
        className={css.anchor}
        aria-hidden
      />
      <MenuPopover
        label={`Spelling of ${found.word}`}
        heading={suggestions.length === 0 ? `No suggestion for “${found.word}”` : `“${found.word}”`}
        entries={entries}
        trigger={anchor}
        placement="bottom start"
        onClose={() => {
          setAsked(null)
          // Where the focus was not taken back by itself.
          setTimeout(() => {
            if (document.activeElement === document.body) asked.field.editor.getRootElement()?.focus()
          }, 50)
        }}
      />
    </>
  )
}

/** Under the pointer; for the keyboard's menu key, where the caret is. */
function placeOf(event: MouseEvent): { node: Node; offset: number } | null {
  if (event.button === 2 || event.ctrlKey) {
    const place = document.caretPositionFromPoint(event.clientX, event.clientY)
    return place === null ? null : { node: place.offsetNode, offset: place.offset }
  }
  const selection = window.getSelection()
  const node = selection?.anchorNode ?? null
  return selection === null || node === null ? null : { node, offset: selection.anchorOffset }
}
