import { fold, type Folded, type Match, matchesOf } from './finding.ts'

interface Line {
  readonly element: Element
  readonly folded: Folded
  /** The text nodes of the line, each with the place in the line's text where it begins. */
  readonly pieces: readonly { readonly node: Text | null; readonly from: number; readonly to: number }[]
}

export interface Found extends Match {
  readonly line: Line
}

const LINES = 'p, li, blockquote'

/** The lines of these elements as they stand on the screen, ready to be looked through. */
export function linesOn(roots: readonly HTMLElement[]): Line[] {
  return roots.flatMap((root) =>
    [...root.querySelectorAll(LINES)]
      .filter((element) => element.querySelector(LINES) === null)
      .map((element) => readLine(element)),
  )
}

function readLine(element: Element): Line {
  const pieces: { node: Text | null; from: number; to: number }[] = []
  let text = ''
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const words = node instanceof Text ? node.data : node.nodeName === 'BR' ? '\n' : ''
    if (words === '') continue
    pieces.push({
      node: node instanceof Text ? node : null,
      from: text.length,
      to: text.length + words.length,
    })
    text += words
  }
  return { element, folded: fold(text), pieces }
}

export const find = (lines: readonly Line[], wanted: string): Found[] =>
  lines.flatMap((line) => matchesOf(line.folded, wanted).map((match) => ({ line, ...match })))

/** A place on the screen; null when the words have gone in the meantime. */
export function rangeOf({ line, from, to }: Found): StaticRange | null {
  const pieces = line.pieces.flatMap(({ node, ...place }) => (node === null ? [] : [{ node, ...place }]))
  const start = pieces.find((piece) => from < piece.to)
  const end = pieces.findLast((piece) => to > piece.from)
  if (start === undefined || end === undefined) return null
  return new StaticRange({
    startContainer: start.node,
    startOffset: Math.min(Math.max(from - start.from, 0), start.node.length),
    endContainer: end.node,
    endOffset: Math.min(to - end.from, end.node.length),
  })
}

/** So many are painted, the nearest to the one that is looked at; painting is what costs. */
const PAINTED_MAX = 200
const ALL = 'bracket-found'
const CURRENT = 'bracket-found-current'

/** Paints what was found over the words: nothing of it is in the document. */
export function paintFound(found: readonly Found[], current: number): void {
  const first = Math.max(0, Math.min(current - PAINTED_MAX / 2, found.length - PAINTED_MAX))
  const others = found.slice(first, first + PAINTED_MAX).flatMap((one) => rangeOf(one) ?? [])
  CSS.highlights.set(ALL, new Highlight(...others))
  const here = found[current]
  const range = here === undefined ? null : rangeOf(here)
  const highlight = new Highlight(...(range === null ? [] : [range]))
  highlight.priority = 1
  CSS.highlights.set(CURRENT, highlight)
}

export function unpaintFound(): void {
  CSS.highlights.delete(ALL)
  CSS.highlights.delete(CURRENT)
}
