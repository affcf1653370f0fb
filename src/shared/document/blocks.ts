/**
 * What a section is made of, apart from any editor: paragraphs, bullets and quotes of plain, bold or italic
 * runs. Everything that reads a section (the editor, the signed note on screen, the text that is sealed)
 * goes through these blocks, so that it can be said what a stored state says without running an editor.
 */
export type BlockKind = 'paragraph' | 'bullet' | 'quote'

export interface Run {
  /** May hold line breaks and tabs. */
  readonly text: string
  readonly bold: boolean
  readonly italic: boolean
}

export interface Block {
  readonly kind: BlockKind
  readonly runs: readonly Run[]
  /**
   * Where this block stood in each format that the note had before, oldest first, as `format/section` with a space
   * between: changing back brings it home. See `formats/convert.ts`.
   */
  readonly homes?: string
  /** Set on a block that was carried forward from an earlier note: what `carriedMark` makes of its words. */
  readonly carried?: string
}

/** The two things that a block remembers about itself; no reader of the note sees them. */
const MEMORIES = ['homes', 'carried'] as const
export type Memory = (typeof MEMORIES)[number]
const MEMORY_MAX = 400

/**
 * Marks these words as carried forward. The mark holds only as long as the words are the same: typing in them makes
 * it untrue without anybody having to take it away, and undoing the typing makes it true again. `from` is when the
 * session was that they come from, as an instant.
 */
export function carriedMark(words: string, from?: number): string {
  // Two FNV-1a sums with different seeds: no secret hangs on it, it only tells touched from untouched.
  const sum = (seed: number) => {
    let hash = seed
    for (let i = 0; i < words.length; i += 1) hash = Math.imul(hash ^ words.charCodeAt(i), 0x01000193)
    return (hash >>> 0).toString(36)
  }
  const mark = `${sum(0x811c9dc5)}.${sum(0x2545f491)}`
  return from === undefined ? mark : `${mark}@${from}`
}

/** When the session was that these words were carried from, as an instant; null where the mark does not say. */
export function carriedFrom(mark: string): number | null {
  const at = /@(\d{1,15})$/u.exec(mark)?.[1]
  return at === undefined ? null : Number(at)
}

/** Is this mark still true of these words? An empty block says nothing, so it is never unchanged text. */
export const marksThese = (mark: string, words: string): boolean =>
  words !== '' && mark.split('@')[0] === carriedMark(words)

export const wordsOf = (block: Pick<Block, 'runs'>): string => block.runs.map((run) => run.text).join('')

/** Carried forward and not touched since. */
export const isCarried = (block: Block): boolean =>
  block.carried !== undefined && marksThese(block.carried, wordsOf(block))

/** The stored state is not one that this editor writes: damaged, or from something else. */
export class UnreadableState extends Error {
  constructor() {
    super('UNREADABLE_STATE')
    this.name = 'UnreadableState'
  }
}

const BULLET = '• '
const QUOTE = '> '

/**
 * The text of a section, one line per block. It depends on the blocks alone and is the same for ever: it is
 * what is signed, searched and readable in thirty years.
 */
export function textOf(blocks: readonly Block[]): string {
  return blocks.map(lineOf).join('\n')
}

function lineOf(block: Block): string {
  const text = wordsOf(block)
  // An empty bullet says nothing, and must not make a blank note look written.
  if (block.kind === 'paragraph' || text === '') return text
  return block.kind === 'bullet'
    ? BULLET + text.replaceAll('\n', '\n  ')
    : QUOTE + text.replaceAll('\n', `\n${QUOTE}`)
}

/** The blocks of a plain text, such that `textOf` gives the same text back (with \n for every line end). */
export function blocksFromText(text: string): Block[] {
  return wellFormed(text)
    .split('\n')
    .map((line) => {
      if (line.startsWith(BULLET) && line.length > BULLET.length) return block('bullet', line.slice(2))
      if (line.startsWith(QUOTE) && line.length > QUOTE.length) return block('quote', line.slice(2))
      return block('paragraph', line)
    })
}

const block = (kind: BlockKind, text: string): Block => ({
  kind,
  runs: text === '' ? [] : [{ text, bold: false, italic: false }],
})

/** One kind of line end, no NUL (SQLite would cut there), no half of a surrogate pair. */
export const wellFormed = (text: string): string =>
  text.replace(/\r\n?/gu, '\n').replaceAll('\u0000', '').replace(LONE_SURROGATE, '\ufffd')

// Without the `u` flag on purpose: with it, the two halves of a pair are never seen apart.
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

const BOLD = 1
const ITALIC = 2
const DEEPEST = 24

type Plain = Readonly<Record<string, unknown>>

/**
 * The blocks of a stored Lexical state, in the full form or the compact one.
 * Throws `UnreadableState` for anything that is not a tree of the nodes we write.
 */
export function blocksOfState(state: unknown): Block[] {
  const blocks: Block[] = []
  for (const child of childrenOf(asNode(asNode(state)['root']))) readBlock(asNode(child), blocks, 0)
  return blocks
}

/** The blocks of some serialised nodes, as a selection yields them: loose leaves make a paragraph. */
export function blocksOfNodes(nodes: readonly unknown[]): Block[] {
  const blocks: Block[] = []
  let loose: Run[] | undefined
  for (const node of nodes.map(asNode)) {
    if (node['type'] === 'text' || node['type'] === 'tab' || node['type'] === 'linebreak') {
      if (loose === undefined) blocks.push({ kind: 'paragraph', runs: (loose = []) })
      addRun(loose, readRun(node))
      continue
    }
    loose = undefined
    if (node['type'] === 'listitem') readItem(node, blocks, 0)
    else readBlock(node, blocks, 0)
  }
  // Copied words are new words where they arrive: they were not carried there, and never stood in another section.
  return blocks.map(({ kind, runs }) => ({ kind, runs }))
}

function readBlock(node: Plain, into: Block[], depth: number): void {
  if (depth > DEEPEST) throw new UnreadableState()
  switch (node['type']) {
    case 'paragraph':
      into.push({ kind: 'paragraph', runs: runsOf(node), ...memoriesOf(node) })
      return
    case 'quote':
      into.push({ kind: 'quote', runs: runsOf(node), ...memoriesOf(node) })
      return
    case 'list':
      for (const child of childrenOf(node)) readItem(asNode(child), into, depth)
      return
    default:
      throw new UnreadableState()
  }
}

/** A nested list arrives as an item that holds nothing but that list; our bullets have one level. */
function readItem(item: Plain, into: Block[], depth: number): void {
  if (item['type'] !== 'listitem') throw new UnreadableState()
  const nested = childrenOf(item)
    .map(asNode)
    .filter((child) => child['type'] === 'list')
  if (nested.length === 0) into.push({ kind: 'bullet', runs: runsOf(item), ...memoriesOf(item) })
  else if (nested.length === childrenOf(item).length)
    nested.forEach((list) => readBlock(list, into, depth + 1))
  else throw new UnreadableState()
}

/** Lexical keeps what a node remembers under `$`. Anything else there, or of another shape, is nobody's. */
function memoriesOf(node: Plain): Partial<Record<Memory, string>> {
  const kept = node['$']
  if (typeof kept !== 'object' || kept === null) return {}
  const found: Partial<Record<Memory, string>> = {}
  for (const name of MEMORIES) {
    const value = (kept as Plain)[name]
    if (typeof value === 'string' && value !== '' && value.length <= MEMORY_MAX) found[name] = value
  }
  return found
}

/** A stored Lexical state that says these blocks: what `blocksOfState` reads back. */
export function stateOfBlocks(blocks: readonly Block[]): unknown {
  const children: unknown[] = []
  let items: unknown[] | undefined
  for (const block of blocks) {
    const memories = Object.fromEntries(
      MEMORIES.flatMap((name) => (block[name] === undefined ? [] : [[name, block[name]]])),
    )
    const node = {
      type: block.kind === 'bullet' ? 'listitem' : block.kind,
      version: 1,
      ...(Object.keys(memories).length === 0 ? {} : { $: memories }),
      children: block.runs.flatMap(leavesOf),
    }
    if (block.kind !== 'bullet') {
      items = undefined
      children.push(node)
    } else if (items === undefined) {
      items = [node]
      children.push({ type: 'list', listType: 'bullet', tag: 'ul', start: 1, version: 1, children: items })
    } else items.push(node)
  }
  return { root: { type: 'root', version: 1, children } }
}

const leavesOf = (run: Run): unknown[] =>
  run.text
    .split(/(\n|\t)/u)
    .filter((part) => part !== '')
    .map((part) => {
      if (part === '\n') return { type: 'linebreak', version: 1 }
      const format = (run.bold ? BOLD : 0) | (run.italic ? ITALIC : 0)
      return { type: part === '\t' ? 'tab' : 'text', text: part, format, version: 1 }
    })

function runsOf(node: Plain): Run[] {
  const runs: Run[] = []
  for (const child of childrenOf(node)) addRun(runs, readRun(asNode(child)))
  return runs
}

function readRun(leaf: Plain): Run {
  if (leaf['type'] === 'linebreak') return { text: '\n', bold: false, italic: false }
  if (leaf['type'] !== 'text' && leaf['type'] !== 'tab') throw new UnreadableState()
  const text = leaf['text'] ?? (leaf['type'] === 'tab' ? '\t' : '')
  const format = leaf['format'] ?? 0
  if (typeof text !== 'string' || typeof format !== 'number') throw new UnreadableState()
  return { text: wellFormed(text), bold: (format & BOLD) !== 0, italic: (format & ITALIC) !== 0 }
}

/** Neighbours that look the same are one run: where an editor happened to split them says nothing. */
export function addRun(runs: Run[], run: Run): void {
  const last = runs.at(-1)
  if (run.text === '') return
  if (last !== undefined && last.bold === run.bold && last.italic === run.italic) {
    runs[runs.length - 1] = { ...last, text: last.text + run.text }
  } else runs.push(run)
}

function asNode(value: unknown): Plain {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new UnreadableState()
  return value as Plain
}

function childrenOf(node: Plain): readonly unknown[] {
  const children = node['children'] ?? []
  if (!Array.isArray(children)) throw new UnreadableState()
  return children
}
