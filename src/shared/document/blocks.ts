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
}

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
  const text = block.runs.map((run) => run.text).join('')
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
  return blocks
}

function readBlock(node: Plain, into: Block[], depth: number): void {
  if (depth > DEEPEST) throw new UnreadableState()
  switch (node['type']) {
    case 'paragraph':
      into.push({ kind: 'paragraph', runs: runsOf(node) })
      return
    case 'quote':
      into.push({ kind: 'quote', runs: runsOf(node) })
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
  if (nested.length === 0) into.push({ kind: 'bullet', runs: runsOf(item) })
  else if (nested.length === childrenOf(item).length)
    nested.forEach((list) => readBlock(list, into, depth + 1))
  else throw new UnreadableState()
}

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
