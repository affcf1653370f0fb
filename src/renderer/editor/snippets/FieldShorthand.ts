import { type LexicalEditor, UNDO_COMMAND } from 'lexical'
import type { Snippet } from '../../../shared/contract/snippets.ts'
import {
  exactly,
  expand,
  insideQuotes,
  type Known,
  matching,
  typedShort,
} from '../../../shared/domain/shorthand.ts'
import { caretKey, expandAtCaret, EXPANDED, nextFillIn } from './expanding.ts'
import { characterBefore, lineBefore } from './textBefore.ts'

export interface ShorthandPorts {
  /** As it is known now; empty where shorthand is switched off. */
  readonly snippets: () => readonly Snippet[]
  readonly known: () => Known
}

/** What the menu shows; null: there is none. */
export interface ShorthandMenu {
  readonly options: readonly Snippet[]
  readonly active: number
  /** Where the short form stands in the window. */
  readonly at: { readonly left: number; readonly top: number; readonly bottom: number }
}

/**
 * Shorthand in one section. It listens before Lexical does, and on a key that is not its own it looks at one character.
 * Nothing begins without a `;` at the start of a word; a menu is offered and never takes the focus.
 */
export class FieldShorthand {
  readonly #editor: LexicalEditor
  readonly #root: HTMLElement
  readonly #ports: ShorthandPorts
  readonly #listeners = new Set<() => void>()
  readonly #release: () => void
  /** Behind a `;` something is being typed. */
  #watching = false
  #menu: ShorthandMenu | null = null
  /** Where the caret stood after the last expansion, while nothing else has happened. */
  #just: string | null = null
  #filling = false

  constructor(editor: LexicalEditor, root: HTMLElement, ports: ShorthandPorts) {
    this.#editor = editor
    this.#root = root
    this.#ports = ports
    root.addEventListener('keydown', this.#onKey, true)
    root.addEventListener('blur', this.#onBlur)
    window.addEventListener('scroll', this.#onScroll, { capture: true, passive: true })
    const stop = editor.registerUpdateListener(({ dirtyElements, tags }) => {
      if (this.#just !== null && dirtyElements.size > 0 && !tags.has(EXPANDED)) this.#just = null
      if (this.#watching) this.#look()
    })
    this.#release = () => {
      stop()
      root.removeEventListener('keydown', this.#onKey, true)
      root.removeEventListener('blur', this.#onBlur)
      window.removeEventListener('scroll', this.#onScroll, { capture: true })
    }
  }

  dispose(): void {
    this.#release()
    this.#close()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  get menu(): ShorthandMenu | null {
    return this.#menu
  }

  /** Takes this one, as a press on it does. */
  take(snippet: Snippet): void {
    const typed = typedShort(lineBefore(this.#root, window.getSelection()) ?? '')
    if (typed === null) this.#close()
    else this.#expand(snippet, typed, false)
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    if (this.#isOurs(event)) {
      event.preventDefault()
      event.stopImmediatePropagation()
    }
  }

  /** Does what the key does here; false when it is an ordinary key. */
  #isOurs(event: KeyboardEvent): boolean {
    const { key, shiftKey } = event
    if (this.#menu !== null && !shiftKey && this.#menuKey(key, this.#menu)) return true
    if (this.#filling && !shiftKey) {
      if (key === 'Tab') {
        this.#filling = nextFillIn(this.#editor)
        return true
      }
      if (key === 'Escape') this.#filling = false
    }
    if (key === ' ' && this.#watching) {
      const typed = typedShort(lineBefore(this.#root, window.getSelection()) ?? '')
      const snippet = typed === null ? null : exactly(this.#ports.snippets(), typed)
      return typed !== null && snippet !== null && this.#expand(snippet, typed, true)
    }
    if (key === 'Backspace' && this.#just !== null) {
      const undoes = this.#just === caretKey(this.#editor)
      this.#just = null
      if (undoes) this.#editor.dispatchCommand(UNDO_COMMAND, undefined)
      return undoes
    }
    // The whole price of any other key: one character.
    if (key.length === 1 && key !== ' ' && characterBefore(window.getSelection()) === ';') this.#begin(key)
    return false
  }

  #begin(key: string): void {
    const before = lineBefore(this.#root, window.getSelection())
    this.#watching =
      before !== null &&
      this.#ports.snippets().length > 0 &&
      typedShort(before + key) !== null &&
      !insideQuotes(before)
  }

  #menuKey(key: string, menu: ShorthandMenu): boolean {
    const { options, active } = menu
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      const by = key === 'ArrowDown' ? 1 : -1
      this.#show({ ...menu, active: (active + by + options.length) % options.length })
      return true
    }
    if (key === 'Escape') {
      this.#close()
      return true
    }
    if (key !== 'Enter' && key !== 'Tab') return false
    const chosen = options[active]
    if (chosen !== undefined) this.take(chosen)
    return true
  }

  /** After each change while something is being typed behind a `;`. */
  #look(): void {
    const selection = window.getSelection()
    const before = lineBefore(this.#root, selection)
    const typed = before === null ? null : typedShort(before)
    const options = typed === null ? [] : matching(this.#ports.snippets(), typed)
    if (typed === null || options.length === 0 || selection === null) {
      this.#close()
      return
    }
    const range = selection.getRangeAt(0).cloneRange()
    range.setStart(range.startContainer, Math.max(0, range.startOffset - typed.length - 1))
    const { left, top, bottom } = range.getBoundingClientRect()
    this.#show({ options, active: 0, at: { left, top, bottom } })
  }

  #expand(snippet: Snippet, typed: string, space: boolean): boolean {
    this.#close()
    const expansion = expand(snippet.long, this.#ports.known(), typed)
    if (!expandAtCaret(this.#editor, typed, expansion, space)) return false
    this.#filling = expansion.fillIns.length > 0
    this.#just = caretKey(this.#editor)
    return true
  }

  #show(menu: ShorthandMenu): void {
    this.#menu = menu
    this.#tell()
  }

  #close(): void {
    this.#watching = false
    if (this.#menu === null) return
    this.#menu = null
    this.#tell()
  }

  readonly #onBlur = (): void => {
    this.#filling = false
    this.#just = null
    this.#close()
  }

  readonly #onScroll = (): void => {
    if (this.#menu !== null) this.#close()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
