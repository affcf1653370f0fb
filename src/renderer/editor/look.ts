import { $isListItemNode, INSERT_UNORDERED_LIST_COMMAND, REMOVE_LIST_COMMAND } from '@lexical/list'
import { $createQuoteNode, $isQuoteNode } from '@lexical/rich-text'
import { $setBlocksType } from '@lexical/selection'
import {
  $createParagraphNode,
  $getSelection,
  $isRangeSelection,
  FORMAT_TEXT_COMMAND,
  type LexicalEditor,
  type LexicalNode,
} from 'lexical'

export type LookName = 'bold' | 'italic' | 'bullet' | 'quote'

/** What holds at the caret, as bits; a number so that "did it change?" costs nothing on a key. */
export type Look = number
export const lookBits: Readonly<Record<LookName, number>> = { bold: 1, italic: 2, bullet: 4, quote: 8 }

/** Call in a read. */
export function $lookAt(): Look {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return 0
  const node = selection.anchor.getNode()
  return (
    (selection.hasFormat('bold') ? lookBits.bold : 0) |
    (selection.hasFormat('italic') ? lookBits.italic : 0) |
    ($within(node, $isListItemNode) ? lookBits.bullet : 0) |
    ($within(node, $isQuoteNode) ? lookBits.quote : 0)
  )
}

export function toggleLook(editor: LexicalEditor, name: LookName): void {
  if (name === 'bold' || name === 'italic') {
    editor.dispatchCommand(FORMAT_TEXT_COMMAND, name)
    return
  }
  editor.update(() => {
    const selection = $getSelection()
    if (!$isRangeSelection(selection)) return
    const node = selection.anchor.getNode()
    const bullet = $within(node, $isListItemNode)
    if (name === 'bullet') {
      editor.dispatchCommand(bullet ? REMOVE_LIST_COMMAND : INSERT_UNORDERED_LIST_COMMAND, undefined)
      return
    }
    const quote = $within(node, $isQuoteNode)
    if (bullet) editor.dispatchCommand(REMOVE_LIST_COMMAND, undefined)
    $setBlocksType(selection, () => (quote ? $createParagraphNode() : $createQuoteNode()))
  })
}

function $within(node: LexicalNode, is: (node: LexicalNode | null | undefined) => boolean): boolean {
  for (let at: LexicalNode | null = node; at !== null; at = at.getParent()) if (is(at)) return true
  return false
}
