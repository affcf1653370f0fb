/*
 * The text of a block as it stands in the page, and back from an offset in it to the page. Read from the elements and not
 * from Lexical: it is what a range needs, and it asks nothing of the editor.
 */

const BLOCKS = 'p, li, blockquote'

/** The lines of a section, in order. A bullet that only holds further bullets is none. */
export const blockElements = (root: HTMLElement): HTMLElement[] =>
  [...root.querySelectorAll<HTMLElement>(BLOCKS)].filter((block) => block.querySelector('ul, ol') === null)

/** The client's own words: left alone by every check. */
export const isQuotation = (block: Element): boolean => block.tagName === 'BLOCKQUOTE'

const walk = (block: Node): TreeWalker =>
  document.createTreeWalker(block, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)

/** A line break counts as one. */
export function blockText(block: Node): string {
  let text = ''
  const walker = walk(block)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node instanceof Text) text += node.data
    else if (node.nodeName === 'BR') text += '\n'
  }
  return text
}

/** From one offset of `blockText` to another; null when the block is shorter than that by now. */
export function rangeIn(block: Node, start: number, end: number): Range | null {
  const range = document.createRange()
  const walker = walk(block)
  let at = 0
  let begun = false
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node.nodeName === 'BR') at += 1
    if (!(node instanceof Text)) continue
    const next = at + node.length
    if (!begun && start >= at && start < next) {
      range.setStart(node, start - at)
      begun = true
    }
    if (begun && end <= next) {
      range.setEnd(node, end - at)
      return range
    }
    at = next
  }
  return null
}
