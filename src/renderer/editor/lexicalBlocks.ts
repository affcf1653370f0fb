import { $createListItemNode, $createListNode, $isListNode, type ListNode } from '@lexical/list'
import { $createQuoteNode } from '@lexical/rich-text'
import {
  $createLineBreakNode,
  $createParagraphNode,
  $createTabNode,
  $createTextNode,
  $getRoot,
  type ElementNode,
  type LexicalNode,
} from 'lexical'
import type { Block, Run } from './blocks.ts'

/** Lexical's nodes for these blocks; bullets that follow one another share a list. Call inside an update. */
export function $nodesOf(blocks: readonly Block[]): ElementNode[] {
  const nodes: ElementNode[] = []
  for (const block of blocks) {
    if (block.kind === 'bullet') {
      const item = $createListItemNode().append(...block.runs.flatMap($leavesOf))
      const last = nodes.at(-1)
      const list: ListNode = $isListNode(last) ? last : $createListNode('bullet')
      list.append(item)
      if (list !== last) nodes.push(list)
    } else {
      const node = block.kind === 'quote' ? $createQuoteNode() : $createParagraphNode()
      nodes.push(node.append(...block.runs.flatMap($leavesOf)))
    }
  }
  return nodes
}

/** Puts these blocks in place of everything. There is always at least one block to write in. */
export function $fillRoot(blocks: readonly Block[]): void {
  const nodes = $nodesOf(blocks)
  $getRoot()
    .clear()
    .append(...(nodes.length > 0 ? nodes : [$createParagraphNode()]))
}

export function $leavesOf(run: Run): LexicalNode[] {
  return run.text
    .split(/(\n|\t)/u)
    .filter((part) => part !== '')
    .map((part) => {
      if (part === '\n') return $createLineBreakNode()
      const text = part === '\t' ? $createTabNode() : $createTextNode(part)
      if (run.bold) text.toggleFormat('bold')
      if (run.italic) text.toggleFormat('italic')
      return text
    })
}
