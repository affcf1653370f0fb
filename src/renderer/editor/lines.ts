import { $isListItemNode, $isListNode, ListItemNode } from '@lexical/list'
import { $isQuoteNode } from '@lexical/rich-text'
import {
  $createParagraphNode,
  $getRoot,
  $getState,
  $isElementNode,
  $isLineBreakNode,
  $isParagraphNode,
  $isTextNode,
  type ElementNode,
  type LexicalNode,
  type RangeSelection,
} from 'lexical'
import { addRun, type Block, type Run } from './blocks.ts'
import { $nodesOf, memories } from './lexicalBlocks.ts'

/** A section's lines: paragraphs, bullets and quotes, in order. Call in a read or an update, as everything here. */
export function $lines(): ElementNode[] {
  const lines: ElementNode[] = []
  const collect = (node: LexicalNode): void => {
    if ($isListNode(node) || ($isListItemNode(node) && $isListNode(node.getFirstChild()))) {
      node.getChildren().forEach(collect)
    } else if ($isElementNode(node)) lines.push(node)
  }
  $getRoot().getChildren().forEach(collect)
  return lines
}

/** The line in which this node is. */
export const $lineOf = (node: LexicalNode): ElementNode | undefined =>
  [node, ...node.getParents()].find(
    (one): one is ElementNode => $isListItemNode(one) || $isParagraphNode(one) || $isQuoteNode(one),
  )

/** The lines that the caret is in or the selection reaches into. */
export function $linesSelected(selection: RangeSelection): ElementNode[] {
  const touched = new Set(selection.getNodes().flatMap((node) => $lineOf(node)?.getKey() ?? []))
  const lines = $lines().filter((line) => touched.has(line.getKey()))
  const [, end] = selection.isBackward()
    ? [selection.focus, selection.anchor]
    : [selection.anchor, selection.focus]
  const last = lines.at(-1)
  // Shift+Down selects up to the start of the next line, of which nothing is meant.
  const reachesIn = end.offset > 0 || last === undefined || $startOf(last)?.getKey() !== end.key
  return lines.length > 1 && !reachesIn ? lines.slice(0, -1) : lines
}

const $startOf = (line: ElementNode): LexicalNode => line.getFirstDescendant() ?? line

/** What a line says and remembers, without where it stood before: whoever moves it by hand has decided. */
export function $blockOf(line: ElementNode): Block {
  const runs: Run[] = []
  for (const leaf of line.getChildren()) {
    if ($isLineBreakNode(leaf)) addRun(runs, { text: '\n', bold: false, italic: false })
    else if ($isTextNode(leaf))
      addRun(runs, {
        text: leaf.getTextContent(),
        bold: leaf.hasFormat('bold'),
        italic: leaf.hasFormat('italic'),
      })
  }
  const carried = $getState(line, memories.carried)
  return {
    kind: line instanceof ListItemNode ? 'bullet' : $isQuoteNode(line) ? 'quote' : 'paragraph',
    runs,
    ...(carried === '' ? {} : { carried }),
  }
}

/** Puts blocks after everything that is there; an empty last line gives way, and bullets join the bullets before them. */
export function $appendBlocks(blocks: readonly Block[]): void {
  const root = $getRoot()
  const last = root.getLastChild()
  const nodes = $nodesOf(blocks)
  const first = nodes[0]
  if (first === undefined) return
  const before = $isParagraphNode(last) && last.isEmpty() ? last.getPreviousSibling() : last
  if ($isListNode(before) && $isListNode(first)) {
    before.append(...first.getChildren())
    nodes.shift()
  }
  root.append(...nodes)
  if (last !== before) last?.remove()
}

/** Takes lines away; the caret goes to the line that came after them, for the next one. */
export function $removeLines(lines: readonly ElementNode[]): void {
  const all = $lines()
  const gone = new Set(lines.map((line) => line.getKey()))
  const lastGone = all.findLastIndex((line) => gone.has(line.getKey()))
  const next = all[lastGone + 1]
  const before = all.slice(0, lastGone).findLast((line) => !gone.has(line.getKey()))
  for (const line of lines) {
    const list = line.getParent()
    line.remove()
    if ($isListNode(list) && list.isEmpty()) list.remove()
  }
  if (next !== undefined) next.selectStart()
  else if (before !== undefined) before.selectEnd()
  else {
    const empty = $createParagraphNode()
    $getRoot().clear().append(empty)
    empty.selectStart()
  }
}
