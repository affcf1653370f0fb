import { $createListItemNode, $createListNode } from '@lexical/list'
import { $createQuoteNode } from '@lexical/rich-text'
import {
  $getSelection,
  $isParagraphNode,
  $isRangeSelection,
  COMMAND_PRIORITY_LOW,
  KEY_SPACE_COMMAND,
  type LexicalEditor,
} from 'lexical'

/**
 * "- ", "* " or "• " at the start of a paragraph begins a bullet, "> " a quote. Undo brings the typed mark
 * back. It hangs on the space key alone, so that no other key pays for it and no loaded text is rewritten.
 */
export function registerTypedBullets(editor: LexicalEditor): () => void {
  return editor.registerCommand(
    KEY_SPACE_COMMAND,
    (event) => {
      const selection = $getSelection()
      if (!$isRangeSelection(selection) || !selection.isCollapsed()) return false
      const { anchor } = selection
      if (anchor.type !== 'text' || anchor.offset !== 1) return false
      const leaf = anchor.getNode()
      const paragraph = leaf.getParent()
      if (!$isParagraphNode(paragraph) || leaf.getPreviousSibling() !== null) return false
      const mark = leaf.getTextContent()[0]
      if (mark === undefined || !'-*•>'.includes(mark)) return false
      event.preventDefault()
      const rest = leaf.getTextContent().slice(1)
      const block = mark === '>' ? $createQuoteNode() : $createListItemNode()
      paragraph.replace(mark === '>' ? block : $createListNode('bullet').append(block))
      block.append(...paragraph.getChildren())
      const first = block.getFirstChild()
      if (first?.is(leaf)) {
        if (rest === '') leaf.remove()
        else leaf.setTextContent(rest)
      }
      block.selectStart()
      return true
    },
    COMMAND_PRIORITY_LOW,
  )
}
