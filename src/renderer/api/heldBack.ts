import { useSyncExternalStore } from 'react'
import type { HeldNote } from '../../shared/contract/app.ts'
import { HELD_LIMIT } from '../../shared/contract/limits.ts'
import type { Details } from '../../shared/document/details.ts'
import type { NoteFormat, Section } from '../../shared/document/document.ts'

/** Words that could not be committed, with the revision that they were based on. */
export interface HeldWords {
  readonly revision: number
  readonly sections: readonly Section[]
  /** What goes with a progress note's words; null for an addendum or a private note. */
  readonly beside: { readonly format: NoteFormat; readonly details: Details } | null
}

/**
 * Words that are on no screen and not in the store: kept in this page's memory until somebody takes them up.
 * Each room has a holder of its own, and nothing goes from one to another.
 */
export class HeldBack {
  readonly #held = new Map<string, HeldWords>()
  readonly #listeners = new Set<() => void>()
  #ids: readonly string[] = []

  hold(id: string, words: HeldWords): void {
    this.#held.set(id, words)
    this.#tell()
  }

  get(id: string): HeldWords | undefined {
    return this.#held.get(id)
  }

  /** Whoever takes them up answers for them from then on. */
  take(id: string): HeldWords | undefined {
    const words = this.#held.get(id)
    if (this.#held.delete(id)) this.#tell()
    return words
  }

  /** The same array until something changes. */
  readonly ids = (): readonly string[] => this.#ids

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  #tell(): void {
    this.#ids = [...this.#held.keys()]
    for (const listener of this.#listeners) listener()
  }
}

export const useHeld = (holder: HeldBack, id: string): boolean =>
  useSyncExternalStore(holder.subscribe, () => holder.get(id) !== undefined)

/** Drafts of the record that were left while saving failed. */
export const heldDrafts = new HeldBack()
/** Addenda that were begun and not added: they have no draft in the store. */
export const heldAddenda = new HeldBack()

const ADDENDUM = 'addendum'

/** An addendum goes through a lock as words of this one section, with no format beside them. */
export const addendumWords = (text: string): HeldWords => ({
  revision: 0,
  sections: [{ key: ADDENDUM, text, lexical: null }],
  beside: null,
})

/** Everything of the record that is held back, as main takes it. */
export const allHeld = (): HeldNote[] =>
  [heldDrafts, heldAddenda].flatMap((holder) =>
    holder.ids().flatMap((noteId) => {
      const words = holder.get(noteId)
      return words === undefined ? [] : [heldNote(noteId, words)]
    }),
  )

export const heldNote = (noteId: string, { revision, sections, beside }: HeldWords): HeldNote => ({
  noteId,
  revision,
  sections: [...sections],
  beside,
})

/** What main kept through a lock. */
export function holdAgain(notes: readonly HeldNote[]): void {
  for (const { noteId, ...words } of notes) {
    // A note may have a heading of that key too; it has a format beside it.
    const addendum = words.beside === null && words.sections[0]?.key === ADDENDUM
    ;(addendum ? heldAddenda : heldDrafts).hold(noteId, words)
  }
}

const MOST = 8
const ROOM = HELD_LIMIT - 1_000

/**
 * As much as main takes at once. What does not fit goes without its look first: the words are what must not be
 * lost. Later entries are nearer to the pen, and stay before earlier ones.
 */
export function fitting(notes: readonly HeldNote[]): HeldNote[] {
  const kept: HeldNote[] = []
  let left = ROOM
  for (const note of [...notes].reverse().slice(0, MOST)) {
    const plain = { ...note, sections: note.sections.map((s) => ({ ...s, lexical: null })) }
    const fits = [note, plain].find((one) => JSON.stringify(one).length <= left)
    if (fits === undefined) continue
    left -= JSON.stringify(fits).length
    kept.push(fits)
  }
  return kept.reverse()
}
