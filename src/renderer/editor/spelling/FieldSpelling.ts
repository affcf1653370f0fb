import { BLUR_COMMAND, COMMAND_PRIORITY_LOW, HISTORIC_TAG, type LexicalEditor, type NodeKey } from 'lexical'
import { blockElements, blockText, isQuotation, rangeIn } from './blockText.ts'
import { draw } from './marks.ts'
import type { WordBook } from './WordBook.ts'
import { type FoundWord, wordsToCheck } from './words.ts'

const QUIET_MS = 300
const SCROLL_MS = 120

interface CheckedBlock {
  readonly text: string
  readonly wrong: readonly FoundWord[]
}

/** A wrong word where it stands. */
export interface Misspelling {
  readonly word: string
  readonly range: Range
}

/**
 * The spelling of one section. On a key it notes which blocks are dirty and nothing else; 300 ms after the last one it
 * looks at those that are on the screen. The document is never touched.
 */
export class FieldSpelling {
  readonly #editor: LexicalEditor
  readonly #book: WordBook
  readonly #checked = new Map<Element, CheckedBlock>()
  readonly #dirty = new Set<NodeKey>()
  readonly #release: (() => void)[]
  #everything = true
  #withheld = false
  #changedAt = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #ended = false
  #turn = 0

  constructor(editor: LexicalEditor, book: WordBook) {
    this.#editor = editor
    this.#book = book
    const scrolled = () => this.#later(SCROLL_MS)
    window.addEventListener('scroll', scrolled, { capture: true, passive: true })
    window.addEventListener('resize', scrolled, { passive: true })
    this.#release = [
      editor.registerUpdateListener(({ dirtyElements, tags }) => {
        if (dirtyElements.size > 0) for (const key of dirtyElements.keys()) this.#dirty.add(key)
        else if (tags.has(HISTORIC_TAG)) this.#everything = true
        else if (!this.#withheld) return
        this.#changedAt = performance.now()
        this.#timer ??= setTimeout(this.#tick, QUIET_MS)
      }),
      // The word that was being written is done with.
      editor.registerCommand(
        BLUR_COMMAND,
        () => {
          if (this.#withheld) this.#later(QUIET_MS)
          return false
        },
        COMMAND_PRIORITY_LOW,
      ),
      book.subscribe(() => {
        this.#checked.clear()
        this.#later(0)
      }),
      () => window.removeEventListener('scroll', scrolled, { capture: true }),
      () => window.removeEventListener('resize', scrolled),
    ]
    this.#later(QUIET_MS)
  }

  dispose(): void {
    this.#ended = true
    clearTimeout(this.#timer)
    for (const release of this.#release) release()
    this.#checked.clear()
    draw(this, [])
  }

  /** The wrong word at this place of the document, if there is one. */
  async at(node: Node, offset: number): Promise<Misspelling | null> {
    const place = document.createRange()
    place.setStart(node, offset)
    return (
      (await this.#all()).find(({ range }) =>
        range.isPointInRange(place.startContainer, place.startOffset),
      ) ?? null
    )
  }

  /** The first wrong word after this place (null: from the start); null when there is none until the end. */
  async after(place: Range | null): Promise<Misspelling | null> {
    const all = await this.#all()
    if (place === null) return all[0] ?? null
    return (
      all.find(
        ({ range }) => range.compareBoundaryPoints(Range.END_TO_START, place) >= 0 && !covers(range, place),
      ) ?? null
    )
  }

  /** Every wrong word of the section, in order, seen or not. */
  async #all(): Promise<Misspelling[]> {
    const root = this.#editor.getRootElement()
    if (root === null) return []
    const blocks = blockElements(root)
    this.#forgetDirty()
    await this.#check(blocks.filter((block) => !this.#checked.has(block)))
    return blocks.flatMap((block) =>
      (this.#checked.get(block)?.wrong ?? []).flatMap((found) => {
        const range = rangeIn(block, found.start, found.end)
        return range === null ? [] : [{ word: found.word, range }]
      }),
    )
  }

  #later(ms: number): void {
    this.#timer ??= setTimeout(this.#tick, ms)
  }

  readonly #tick = (): void => {
    this.#timer = undefined
    if (this.#ended) return
    const wait = this.#changedAt + QUIET_MS - performance.now()
    if (wait > 1) {
      this.#later(wait)
      return
    }
    requestIdleCallback(() => void this.#look().catch(() => undefined), { timeout: QUIET_MS })
  }

  async #look(): Promise<void> {
    const root = this.#editor.getRootElement()
    if (this.#ended || root === null) return
    this.#forgetDirty()
    const seen = onScreen(blockElements(root))
    const turn = ++this.#turn
    await this.#check(seen.filter((block) => !this.#checked.has(block)))
    // Keys came meanwhile: what is drawn now would be drawn in the wrong place.
    if (this.#ended || turn !== this.#turn || this.#dirty.size > 0 || this.#everything) return
    const caret = caretIn(root)
    this.#withheld = false
    const ranges = seen.flatMap((block) =>
      (this.#checked.get(block)?.wrong ?? []).flatMap((found) => {
        const range = rangeIn(block, found.start, found.end)
        if (range === null) return []
        if (caret !== null && touches(range, caret)) {
          this.#withheld = true
          return []
        }
        return [range]
      }),
    )
    draw(this, ranges)
  }

  #forgetDirty(): void {
    if (this.#everything) this.#checked.clear()
    this.#everything = false
    for (const key of this.#dirty) {
      const element = this.#editor.getElementByKey(key)
      if (element !== null) this.#checked.delete(element)
    }
    this.#dirty.clear()
    for (const block of this.#checked.keys()) if (!block.isConnected) this.#checked.delete(block)
  }

  async #check(blocks: readonly Element[]): Promise<void> {
    if (blocks.length === 0) return
    const read = blocks.map((block) => {
      const text = isQuotation(block) ? '' : blockText(block)
      return { block, text, words: wordsToCheck(text) }
    })
    const wrong = await this.#book.wrong(new Set(read.flatMap(({ words }) => words.map(({ word }) => word))))
    if (this.#ended) return
    for (const { block, text, words } of read) {
      // Written in meanwhile: it is dirty, and its turn comes.
      if (!isQuotation(block) && blockText(block) !== text) continue
      this.#checked.set(block, { text, wrong: words.filter(({ word }) => wrong.has(word)) })
    }
  }
}

const covers = (range: Range, place: Range): boolean =>
  range.startContainer === place.startContainer &&
  range.startOffset === place.startOffset &&
  range.endContainer === place.endContainer &&
  range.endOffset === place.endOffset

/** Blocks come in the order in which they stand: one look from the first that is seen to the last. */
function onScreen(blocks: readonly HTMLElement[]): HTMLElement[] {
  const seen: HTMLElement[] = []
  for (const block of blocks) {
    const { top, bottom } = block.getBoundingClientRect()
    if (bottom < 0) continue
    if (top > window.innerHeight) break
    seen.push(block)
  }
  return seen
}

/** Where the caret stands in the section; null when it is elsewhere, or a selection. */
function caretIn(root: HTMLElement): Range | null {
  const selection = document.activeElement === root ? window.getSelection() : null
  return selection?.isCollapsed === true && selection.rangeCount > 0 ? selection.getRangeAt(0) : null
}

const touches = (range: Range, caret: Range): boolean =>
  range.comparePoint(caret.startContainer, caret.startOffset) === 0
