import { createEmptyHistoryState } from '@lexical/history'
import type { Section } from '../../shared/document/document.ts'
import type { Look } from './look.ts'
import type { SectionField } from './SectionField.ts'

/**
 * The sections that belong together: they share undo and redo, and one format bar. The progress note is one
 * group and the private note another, so that no undo reaches across the wall.
 */
export class WritingGroup {
  readonly history = createEmptyHistoryState()
  readonly #order: readonly string[]
  readonly #fields = new Map<string, SectionField>()
  readonly #listeners = new Set<() => void>()
  #active: SectionField | undefined
  #look: Look = 0

  constructor(order: readonly string[]) {
    this.#order = order
  }

  /** A field stays readable after its element is gone: a last save may still be on its way. */
  add(field: SectionField): void {
    this.#fields.set(field.key, field)
    if (this.#active?.key === field.key) this.#active = field
  }

  field(key: string): SectionField | undefined {
    return this.#fields.get(key)
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
    return this.#order.flatMap((key) => this.#fields.get(key)?.read() ?? [])
  }

  /** The section before or after the one with the caret; stays at the ends. */
  step(by: 1 | -1): void {
    const at = this.#active === undefined ? -1 : this.#order.indexOf(this.#active.key)
    const next = this.#order[Math.min(Math.max(at + by, 0), this.#order.length - 1)]
    if (next !== undefined) this.#fields.get(next)?.focus()
  }

  /** Back into the section that was written in last. */
  focus(): void {
    const field = this.#active ?? this.#fields.get(this.#order[0] ?? '')
    field?.focus()
  }

  /** The caret moved or the text changed: tells the format bar, only if something it shows is different. */
  looked(field: SectionField): void {
    const look = field.look()
    if (this.#active === field && this.#look === look) return
    this.#active = field
    this.#look = look
    for (const listener of this.#listeners) listener()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
}
