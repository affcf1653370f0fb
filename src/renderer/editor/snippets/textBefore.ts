/*
 * What stands before the caret, read from the page: the one character on every letter that is typed, the whole line only
 * behind a `;`.
 */

/** The character before a caret (not a selection), or '' at the start of a piece of text. */
export function characterBefore(selection: Selection | null): string {
  if (selection?.isCollapsed !== true) return ''
  const { anchorNode, anchorOffset } = selection
  return anchorNode instanceof Text ? (anchorNode.data[anchorOffset - 1] ?? '') : ''
}

/** The line's text up to the caret; null in a quotation block (the client's own words) and where there is no caret. */
export function lineBefore(root: HTMLElement, selection: Selection | null): string | null {
  const node = selection?.isCollapsed === true ? selection.anchorNode : null
  if (selection === null || !(node instanceof Text) || !root.contains(node)) return null
  const line = node.parentElement?.closest('p, li, blockquote') ?? null
  if (line === null || line.tagName === 'BLOCKQUOTE') return null
  let text = ''
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  for (let at = walker.nextNode(); at !== null && at !== node; at = walker.nextNode()) {
    if (at instanceof Text) text += at.data
    else if (at.nodeName === 'BR') text += '\n'
  }
  return text + node.data.slice(0, selection.anchorOffset)
}
