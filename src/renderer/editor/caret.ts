import { $createRangeSelection, $getSelection, $isRangeSelection, $isTextNode, $setSelection } from 'lexical'
import { $lines } from './lines.ts'

/** A place in a section's text: the line (paragraph, bullet, quote) and the offset in it, both from 0. */
export interface SectionCaret {
  readonly block: number
  readonly offset: number
}

/** Where the caret stands (the moving end of a selection). Call in a read. */
export function $caretAt(): SectionCaret | null {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return null
  const point = selection.focus
  const node = point.getNode()
  const lines = $lines()
  const block = lines.findIndex((line) => line.is(node) || line.isParentOf(node))
  const line = lines[block]
  if (line === undefined) return null
  let offset = 0
  for (const leaf of line.getChildren()) {
    if (point.type === 'text' && leaf.is(node)) return { block, offset: offset + point.offset }
    if (point.type === 'element' && leaf.getIndexWithinParent() >= point.offset) break
    offset += leaf.getTextContentSize()
  }
  return { block, offset }
}

/** Puts the caret there, or as near as there still is something. Call in an update. */
export function $placeCaret(caret: SectionCaret): void {
  const lines = $lines()
  const line = lines[Math.min(caret.block, lines.length - 1)]
  if (line === undefined) return
  const selection = $createRangeSelection()
  let rest = caret.offset
  const leaves = line.getChildren()
  let at = 0
  for (const leaf of leaves) {
    const size = leaf.getTextContentSize()
    if ($isTextNode(leaf) && rest <= size) {
      selection.anchor.set(leaf.getKey(), rest, 'text')
      selection.focus.set(leaf.getKey(), rest, 'text')
      $setSelection(selection)
      return
    }
    // Between two line breaks there is no text to stand in: the place is one of the line's own.
    if (rest <= 0) break
    rest -= size
    at += 1
  }
  selection.anchor.set(line.getKey(), at, 'element')
  selection.focus.set(line.getKey(), at, 'element')
  $setSelection(selection)
}
