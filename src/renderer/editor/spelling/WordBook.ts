import { comparable } from '../../../shared/domain/personalWord.ts'
import type { Dictionary } from './dictionary.ts'

/** Where the words that a person added are kept: in the record, or in the private room. */
export interface WordShelf {
  words(): Promise<readonly string[]>
  add(word: string): Promise<void>
}

/** Verdicts remembered; beyond that it begins again. A long note has about a thousand different words. */
const REMEMBERED = 20_000

/**
 * What is right in one lane: the dictionary's words, those that the person added, and those that are ignored until the
 * application locks. Each lane has its own, so that a word of the private room is right nowhere else; and added words
 * never leave this page for the dictionary's thread.
 */
export class WordBook {
  readonly #shelf: WordShelf
  readonly #dictionary: () => Dictionary | null
  readonly #verdicts = new Map<string, boolean>()
  readonly #listeners = new Set<() => void>()
  #own = new Set<string>()
  #ignored = new Set<string>()
  #loading: Promise<void> | null = null
  #asked: Dictionary | null = null
  /** Counts up when everything begins anew: an answer from before is no longer wanted then. */
  #turn = 0

  constructor(shelf: WordShelf, dictionary: () => Dictionary | null) {
    this.#shelf = shelf
    this.#dictionary = dictionary
  }

  /** Which of these are wrong. Empty while there is no dictionary. */
  async wrong(words: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    const dictionary = this.#dictionary()
    // Another language has other verdicts.
    if (dictionary !== this.#asked) this.#verdicts.clear()
    this.#asked = dictionary
    if (dictionary === null) return new Set()
    const turn = this.#turn
    await this.#load()
    const unknown = [...words].filter((word) => !this.#verdicts.has(word))
    const known = [...words].filter((word) => this.#verdicts.get(word) === false)
    const wrong = unknown.length === 0 ? [] : await dictionary.wrong(unknown)
    // The room may have locked meanwhile: then nothing of this is remembered.
    if (turn === this.#turn) {
      if (this.#verdicts.size > REMEMBERED) this.#verdicts.clear()
      const not = new Set(wrong)
      for (const word of unknown) this.#verdicts.set(word, !not.has(word))
    }
    return new Set([...known, ...wrong].filter((word) => !this.#accepted(word)))
  }

  async suggest(word: string): Promise<readonly string[]> {
    const dictionary = this.#dictionary()
    return dictionary === null ? [] : dictionary.suggest(comparable(word))
  }

  /** Kept for good. Refused as the store refuses; then nothing is different. */
  async add(word: string): Promise<void> {
    await this.#shelf.add(word)
    this.#own.add(comparable(word))
    this.#tell()
  }

  /** Until everything locks. */
  ignore(word: string): void {
    this.#ignored.add(comparable(word))
    this.#tell()
  }

  /** Names of whoever the note is about are right while it is open. */
  know(names: readonly string[]): void {
    for (const name of names) this.#ignored.add(comparable(name))
  }

  /** The list was changed elsewhere, or the language: asked for again at the next word. */
  reload(): void {
    this.#turn += 1
    this.#loading = null
    this.#verdicts.clear()
    this.#tell()
  }

  /** Everything that was looked at, added or ignored leaves this page's memory. */
  forget(): void {
    this.#turn += 1
    this.#own = new Set()
    this.#ignored = new Set()
    this.#verdicts.clear()
    this.#loading = null
  }

  /** Runs when a word has become right or the list has changed. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  #accepted(word: string): boolean {
    // A capital at the start of a sentence, and the owner's 's, do not make another word of it.
    const stem = word.replace(/'s$/u, '')
    return [word, stem, word.toLowerCase(), stem.toLowerCase()].some(
      (form) => this.#own.has(form) || this.#ignored.has(form),
    )
  }

  #load(): Promise<void> {
    const turn = this.#turn
    this.#loading ??= this.#shelf.words().then(
      (words) => {
        if (turn === this.#turn) this.#own = new Set(words)
      },
      () => {
        // Without the list spelling is only stricter; the next question asks again.
        if (turn === this.#turn) this.#loading = null
      },
    )
    return this.#loading
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
