import { addRun, type Block, type BlockKind, blocksFromText, type Run, wellFormed } from './blocks.ts'

/** What this reads of a DOM node; a parsed document has it, and so has a test's small tree. */
export interface PastedNode {
  readonly nodeType: number
  readonly nodeName: string
  readonly nodeValue: string | null
  readonly childNodes: ArrayLike<PastedNode>
  readonly getAttribute?: (name: string) => string | null
}

const ELEMENT = 1
const TEXT = 3
/** A browser nests what it parses no deeper than 512; what lies deeper here would be left out without a word. */
const DEEPEST = 600

/** Never shown, or not text: a picture, a form, a script leave nothing behind. */
const DROPPED = new Set(
  'SCRIPT STYLE TEMPLATE NOSCRIPT HEAD META LINK TITLE IMG PICTURE SVG VIDEO AUDIO CANVAS IFRAME OBJECT EMBED INPUT SELECT TEXTAREA BUTTON'.split(
    ' ',
  ),
)
const HEADINGS = new Set('H1 H2 H3 H4 H5 H6'.split(' '))
const BLOCKS = new Set(
  'P DIV LI UL OL DL DT DD BLOCKQUOTE PRE TABLE TBODY THEAD TFOOT TR SECTION ARTICLE HEADER FOOTER MAIN ASIDE NAV FIGURE FIGCAPTION ADDRESS HR BODY HTML FORM FIELDSET'
    .split(' ')
    .concat([...HEADINGS]),
)

/** Where `withoutStyles` puts what stood in a style attribute. */
const LOOK = 'data-look'

/**
 * The same HTML without styles that would apply, before it is parsed: the page's policy forbids them even in
 * a document that is never shown, and would report each one. Only tags are touched, never text.
 */
export const withoutStyles = (html: string): string =>
  html
    .replace(/<style\b[^]*?(?:<\/style\s*>|$)/giu, '')
    .replace(/<[a-z][^>]*>/giu, (tag) => tag.replace(/([\s"'/])style(\s*=)/giu, `$1${LOOK}$2`))

interface Style {
  readonly bold: boolean
  readonly italic: boolean
  readonly kind: BlockKind
  readonly pre: boolean
}

/**
 * Pasted HTML as paragraphs, bullets, quotes, bold and italic; nothing else of it survives: no picture,
 * colour, font, link target or hidden text. A heading becomes a bold paragraph, a table row a line.
 */
export function blocksFromHtml(body: PastedNode): Block[] {
  const writer = new BlockWriter()
  walk(body, { bold: false, italic: false, kind: 'paragraph', pre: false }, writer, 0)
  return writer.finish()
}

function walk(node: PastedNode, style: Style, writer: BlockWriter, depth: number): void {
  if (depth > DEEPEST) return
  if (node.nodeType === TEXT) {
    writer.text(node.nodeValue ?? '', style)
    return
  }
  if (node.nodeType !== ELEMENT) return
  const name = node.nodeName.toUpperCase()
  if (DROPPED.has(name) || isHidden(node) || isWordsOwn(node, name)) return
  if (name === 'BR') {
    // What a browser puts at the end of its own copy is no line.
    if (!classOf(node).includes('Apple-interchange-newline')) writer.lineBreak(style)
    return
  }
  const inner = styleOf(node, name, style)
  const isBlock = BLOCKS.has(name)
  const isItem = name === 'LI' || isWordItem(node, name)
  // An item's own paragraphs belong to its bullet; they must not open another one.
  if (isBlock) writer.startBlock(inner.kind, isItem)
  if (name === 'TD' || name === 'TH') writer.cell(inner)
  for (let i = 0; i < node.childNodes.length; i += 1) walk(node.childNodes[i]!, inner, writer, depth + 1)
  if (isBlock) writer.endBlock(isItem || name === 'BLOCKQUOTE')
}

const lookOf = (node: PastedNode): string => node.getAttribute?.(LOOK) ?? ''
const classOf = (node: PastedNode): string => node.getAttribute?.('class') ?? ''

/** Word writes a list as paragraphs, whatever their depth: `mso-list: l0 level2 lfo1`. */
const isWordItem = (node: PastedNode, name: string): boolean =>
  name === 'P' && /mso-list\s*:\s*l\d+\s+level\d+/iu.test(lookOf(node))

/**
 * What Word writes and a reader does not see in the text: the sign or number before an item (ours is the bullet),
 * remarks of other people and what they have struck out.
 */
const isWordsOwn = (node: PastedNode, name: string): boolean =>
  /mso-list\s*:\s*ignore|mso-element\s*:\s*(comment|footnote-separator|endnote-separator)/iu.test(
    lookOf(node),
  ) ||
  /\bMsoComment(Reference|Text)\b/u.test(classOf(node)) ||
  (name === 'DEL' && (node.getAttribute?.('datetime') ?? node.getAttribute?.('cite') ?? null) !== null)

function styleOf(node: PastedNode, name: string, outer: Style): Style {
  const css = lookOf(node)
  const weight = /font-weight\s*:\s*(\w+)/iu.exec(css)?.[1]
  const slant = /font-style\s*:\s*(\w+)/iu.exec(css)?.[1]
  const boldTag = name === 'B' || name === 'STRONG' || HEADINGS.has(name)
  const italicTag = name === 'I' || name === 'EM' || name === 'CITE'
  return {
    // Google Docs wraps everything in <b style="font-weight:normal">.
    bold: weight === undefined ? outer.bold || boldTag : weight === 'bold' || Number(weight) >= 600,
    italic: slant === undefined ? outer.italic || italicTag : slant === 'italic' || slant === 'oblique',
    kind: name === 'LI' || isWordItem(node, name) ? 'bullet' : name === 'BLOCKQUOTE' ? 'quote' : outer.kind,
    pre: outer.pre || name === 'PRE' || /white-space\s*:\s*(pre|break-spaces)/iu.test(css),
  }
}

const isHidden = (node: PastedNode): boolean =>
  /display\s*:\s*none|visibility\s*:\s*hidden|mso-hide/iu.test(lookOf(node)) ||
  (node.getAttribute?.('hidden') ?? null) !== null

/** Collects runs into blocks and collapses white space as a browser would. */
class BlockWriter {
  readonly #blocks: Block[] = []
  #runs: Run[] = []
  #kind: BlockKind = 'paragraph'

  startBlock(kind: BlockKind, item: boolean): void {
    if (item || this.#runs.length > 0) this.#close()
    this.#kind = kind
  }

  endBlock(leavesKind: boolean): void {
    this.#close()
    if (leavesKind) this.#kind = 'paragraph'
  }

  lineBreak(style: Style): void {
    // A break between two sentences of a pasted mail is a new paragraph here; in bullet or quote it stays inside.
    if (style.kind === 'paragraph') this.#close(true)
    else addRun(this.#runs, { text: '\n', bold: false, italic: false })
  }

  cell(style: Style): void {
    if (this.#runs.length > 0) addRun(this.#runs, { text: '\t', bold: style.bold, italic: style.italic })
  }

  text(raw: string, style: Style): void {
    if (this.#runs.length === 0) this.#kind = style.kind
    const tidy = wellFormed(raw)
      .replace(/[\u00a0\u202f]/gu, ' ')
      .replace(/[\u00ad\u200b\ufeff]/gu, '')
    if (style.pre) {
      tidy.split('\n').forEach((line, i) => {
        if (i > 0) this.lineBreak(style)
        addRun(this.#runs, { text: line, bold: style.bold, italic: style.italic })
      })
      return
    }
    const flat = tidy.replace(/[ \t\n]+/gu, ' ')
    const before = this.#runs.at(-1)?.text ?? ''
    const text = before === '' || /[\s]$/u.test(before) ? flat.replace(/^ /u, '') : flat
    addRun(this.#runs, { text, bold: style.bold, italic: style.italic })
  }

  finish(): Block[] {
    this.#close()
    return this.#blocks
  }

  #close(keepEmpty = false): void {
    const runs = trimEnd(this.#runs)
    if (runs.length > 0 || keepEmpty) this.#blocks.push({ kind: this.#kind, runs })
    this.#runs = []
  }
}

function trimEnd(runs: readonly Run[]): Run[] {
  const kept = [...runs]
  for (let last = kept.pop(); last !== undefined; last = kept.pop()) {
    const text = last.text.replace(/\s+$/u, '')
    if (text !== '') return [...kept, { ...last, text }]
  }
  return kept
}

const TYPED_BULLET = /^[ \t]*(?:[•◦▪‣·*]|[-–—])[ \t]+(?=\S)/u

/** Pasted plain text: a line per paragraph; lines that begin like bullets become bullets. */
export function blocksFromPlainText(text: string): Block[] {
  const lines = wellFormed(text).split('\n')
  // A trailing line end is how a line was copied, not a wish for an empty paragraph.
  if (lines.length > 1 && lines.at(-1) === '') lines.pop()
  return blocksFromText(lines.map((line) => line.replace(TYPED_BULLET, '• ')).join('\n'))
}
