import { createEmptyHistoryState } from '@lexical/history'
import { $getSelection, $isRangeSelection } from 'lexical'
import type { Section } from '../../shared/document/document.ts'
import { type Block, textOf, wordsOf } from './blocks.ts'
import { asOneAct, redo, undo } from './history.ts'
import { $blockOf, $linesSelected } from './lines.ts'
import type { Look } from './look.ts'
import type { SectionField } from './SectionField.ts'
import { $speakers } from './speaker.ts'

/** Where the lines at the caret can be sent: the sections in their order, by their headings. */
export interface SendTarget {
  readonly key: string
  readonly label: string
}

export type Sent = 'nothing' | 'same' | 'full' | { readonly lines: number }

const SAID_MS = 6000

/**
 * The sections that belong together: they share undo and redo, and one format bar. The progress note is one
 * group and the private note another, so that no undo reaches across the wall.
 */
export class WritingGroup {
  readonly history = createEmptyHistoryState()
  /** Asked to undo when nothing written is left to take back: a change of format, say. */
  undoBeyond: (() => void) | null = null
  readonly order: readonly string[]
  readonly #fields = new Map<string, SectionField>()
  readonly #listeners = new Set<() => void>()
  #active: SectionField | undefined
  #look: Look = 0
  #asking: SectionField | null = null
  #said = ''
  #silence: ReturnType<typeof setTimeout> | undefined

  constructor(order: readonly string[]) {
    this.order = order
  }

  /** A field stays readable after its element is gone: a last save may still be on its way. */
  add(field: SectionField): void {
    this.#fields.set(field.key, field)
    if (this.#active?.key === field.key) this.#active = field
  }

  field(key: string): SectionField | undefined {
    return this.#fields.get(key)
  }

  /** The fields that are there, in order. */
  get fields(): SectionField[] {
    return this.order.flatMap((key) => this.#fields.get(key) ?? [])
  }

  /** In which section the caret is, or was last. */
  get active(): SectionField | undefined {
    return this.#active
  }

  get look(): Look {
    return this.#look
  }

  /** Every section as it stands now, in order. For saving, never for a key. */
  read(): Section[] {
    return this.fields.map((field) => field.read())
  }

  /** The section before or after the one with the caret; stays at the ends. */
  step(by: 1 | -1): void {
    const at = this.#active === undefined ? -1 : this.order.indexOf(this.#active.key)
    const next = this.order[Math.min(Math.max(at + by, 0), this.order.length - 1)]
    if (next !== undefined) this.#fields.get(next)?.focus()
  }

  /** Back into the section that was written in last. */
  focus(): void {
    const field = this.#active ?? this.#fields.get(this.order[0] ?? '')
    field?.focus()
  }

  /** Takes back the last act in the whole note; the caret goes to where something came back. */
  undo(): void {
    const editor = undo(this.history, this.#active?.editor)
    if (editor === undefined) this.undoBeyond?.()
    else queueMicrotask(() => editor.getRootElement()?.focus())
  }

  redo(): void {
    const editor = redo(this.history, this.#active?.editor)
    if (editor !== undefined) queueMicrotask(() => editor.getRootElement()?.focus())
  }

  /** Sends the line with the caret, or every line that is selected, to the end of another section: one act. */
  send(key: string): Sent {
    const [from, to] = [this.#active, this.#fields.get(key)]
    if (from === undefined || to === undefined) return 'nothing'
    if (from === to) return 'same'
    const { lines, blocks } = from.editor.read(() => {
      const selection = $getSelection()
      const selected = $isRangeSelection(selection) ? $linesSelected(selection) : []
      return { lines: selected.map((line) => line.getKey()), blocks: selected.map($blockOf) }
    })
    const written = blocks.filter((block) => wordsOf(block).trim() !== '')
    if (written.length === 0) return 'nothing'
    if (!to.holds(textOf(written).length)) return 'full'
    asOneAct(this.history, () => {
      to.append(written)
      from.removeLines(lines)
    })
    return { lines: written.length }
  }

  /** Puts blocks at the end of a section, as one act; the caret goes behind them. False when they do not fit. */
  append(key: string, blocks: readonly Block[]): boolean {
    const field = this.#fields.get(key)
    if (field === undefined || !field.holds(textOf(blocks).length)) return false
    asOneAct(this.history, () => field.append(blocks, 'caret-goes-along'))
    return true
  }

  /** How many lines stand as they were carried forward. */
  get carried(): number {
    return this.fields.reduce((sum, field) => sum + field.carried, 0)
  }

  /** Of which section's quotation it is being asked who said it. */
  get asking(): SectionField | null {
    return this.#asking
  }

  ask(field: SectionField | null): void {
    this.#asking = field
    this.tell()
  }

  /** What an act came to, in a line, for a few seconds: where lines went, or why nothing moved. */
  get said(): string {
    return this.#said
  }

  say(sentence: string): void {
    clearTimeout(this.#silence)
    this.#said = sentence
    if (sentence !== '') this.#silence = setTimeout(() => this.say(''), SAID_MS)
    this.tell()
  }

  /** Everybody who is named in a quotation of this note, once each. */
  speakers(): string[] {
    return [...new Set(this.fields.flatMap((field) => field.editor.read($speakers)))]
  }

  /** The caret moved or the text changed: tells the format bar, only if something it shows is different. */
  looked(field: SectionField): void {
    const look = field.look()
    if (this.#active === field && this.#look === look) return
    this.#active = field
    this.#look = look
    this.tell()
  }

  /** Something that is shown around the words is different now. Never for a key. */
  tell(): void {
    for (const listener of this.#listeners) listener()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
}
