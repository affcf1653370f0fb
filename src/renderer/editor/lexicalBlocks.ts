import { $createListItemNode, $createListNode, $isListNode, type ListNode } from '@lexical/list'
import { $createQuoteNode } from '@lexical/rich-text'
import {
  $createLineBreakNode,
  $createParagraphNode,
  $createTabNode,
  $createTextNode,
  $getRoot,
  $setState,
  createState,
  type ElementNode,
  type LexicalNode,
} from 'lexical'
import type { Block, Memory, Run } from './blocks.ts'

const memory = (name: Memory) =>
  createState(name, { parse: (value) => (typeof value === 'string' ? value : '') })
/** What a block remembers about itself, as Lexical keeps it (under `$` in the stored state). */
export const memories = { homes: memory('homes'), carried: memory('carried') }

function $remember(node: ElementNode, block: Block): void {
  if (block.homes !== undefined) $setState(node, memories.homes, block.homes)
  if (block.carried !== undefined) $setState(node, memories.carried, block.carried)
}

/** Lexical's nodes for these blocks; bullets that follow one another share a list. Call inside an update. */
export function $nodesOf(blocks: readonly Block[]): ElementNode[] {
  const nodes: ElementNode[] = []
  for (const block of blocks) {
    if (block.kind === 'bullet') {
      const item = $createListItemNode().append(...block.runs.flatMap($leavesOf))
      $remember(item, block)
      const last = nodes.at(-1)
      const list: ListNode = $isListNode(last) ? last : $createListNode('bullet')
      list.append(item)
      if (list !== last) nodes.push(list)
    } else {
      const node = block.kind === 'quote' ? $createQuoteNode() : $createParagraphNode()
      $remember(node, block)
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
