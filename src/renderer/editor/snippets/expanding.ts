import {
  $createRangeSelection,
  $getRoot,
  $getSelection,
  $isRangeSelection,
  $isTextNode,
  $setSelection,
  HISTORY_PUSH_TAG,
  type LexicalEditor,
  type PointType,
  type TextNode,
} from 'lexical'
import { type Expansion, FILL_IN } from '../../../shared/domain/shorthand.ts'

/** Marks our own change among all others. */
export const EXPANDED = 'shorthand'

/**
 * Puts the expansion in place of `;short` before the caret, as one act of its own that one undo takes back. `space`: a
 * space was pressed, and stands behind it as typed. False when the caret is elsewhere by now.
 */
export function expandAtCaret(
  editor: LexicalEditor,
  short: string,
  expansion: Expansion,
  space: boolean,
): boolean {
  if (editor.read(() => $typedAt(`;${short}`)) === null) return false
  let done = false
  if (space) {
    // Undo goes back to what was typed, and that is with the space.
    editor.update(
      () => {
        const selection = $getSelection()
        if (!$isRangeSelection(selection)) return
        // In the look of what it follows, so that both stay one piece.
        const node = selection.anchor.getNode()
        if ($isTextNode(node)) selection.setFormat(node.getFormat())
        selection.insertText(' ')
      },
      { discrete: true },
    )
  }
  editor.update(
    () => {
      const place = $typedAt(`;${short}${space ? ' ' : ''}`)
      if (place === null) return
      const { node, start, anchor } = place
      const before = node.getPreviousSibling()
      const parent = node.getParentOrThrow()
      anchor.set(node.getKey(), start, 'text')
      const more = space && !/\s$/u.test(expansion.text) ? ' ' : ''
      $insertLines(expansion.text + more)
      if (expansion.fillIns.length > 0) {
        const first = before === null ? parent.getFirstDescendant() : before.getNextSibling()
        $selectFillIn($isTextNode(first) ? first : null, start)
      }
      done = true
    },
    { discrete: true, tag: [HISTORY_PUSH_TAG, EXPANDED] },
  )
  return done
}

/** Where these words stand before the caret, in one piece. */
function $typedAt(typed: string): { node: TextNode; start: number; anchor: PointType } | null {
  const selection = $getSelection()
  if (!$isRangeSelection(selection) || !selection.isCollapsed()) return null
  const { anchor } = selection
  const node = anchor.getNode()
  const start = anchor.offset - typed.length
  if (!$isTextNode(node) || start < 0) return null
  return node.getTextContent().slice(start, anchor.offset) === typed ? { node, start, anchor } : null
}

/** As if it were typed, with Enter between the lines. */
function $insertLines(text: string): void {
  text.split('\n').forEach((line, i) => {
    const selection = $getSelection()
    if (!$isRangeSelection(selection)) return
    if (i > 0) selection.insertParagraph()
    if (line !== '') ($getSelection() as typeof selection).insertText(line)
  })
}

/** Selects the first fill-in from a place on; null: from the start. Returns whether there was one. */
function $selectFillIn(from: TextNode | null, offset: number): boolean {
  const nodes = $getRoot().getAllTextNodes()
  const first =
    from === null
      ? 0
      : Math.max(
          0,
          nodes.findIndex((node) => node.is(from)),
        )
  for (const node of nodes.slice(first)) {
    const at = node.is(from) ? offset : 0
    for (const found of node.getTextContent().matchAll(FILL_IN)) {
      if (found.index < at) continue
      const selection = $createRangeSelection()
      selection.anchor.set(node.getKey(), found.index, 'text')
      selection.focus.set(node.getKey(), found.index + found[0].length, 'text')
      $setSelection(selection)
      return true
    }
  }
  return false
}

/**
 * Goes to the next fill-in; after the last one to the first that was passed over, and when nothing is left to fill in to
 * the end of the line. Returns whether there is anything left.
 */
export function nextFillIn(editor: LexicalEditor): boolean {
  let found = false
  editor.update(
    () => {
      const selection = $getSelection()
      if (!$isRangeSelection(selection)) return
      const end = selection.isBackward() ? selection.anchor : selection.focus
      const node = end.getNode()
      found = $selectFillIn($isTextNode(node) ? node : null, end.offset) || $selectFillIn(null, 0)
      if (found) return
      const line = $isTextNode(node) ? node.getParent() : node
      if (line !== null) line.selectEnd()
    },
    { discrete: true },
  )
  return found
}

/** Where the caret is, for "has nothing happened since?"; null for a selection. */
export const caretKey = (editor: LexicalEditor): string | null =>
  editor.getEditorState().read(() => {
    const selection = $getSelection()
    return $isRangeSelection(selection) && selection.isCollapsed()
      ? `${selection.anchor.key}.${selection.anchor.offset}`
      : null
  })
