import { $generateJSONFromSelectedNodes } from '@lexical/clipboard'
import {
  $getNodeByKey,
  $getSelection,
  $isElementNode,
  $isRangeSelection,
  $setSelection,
  HISTORY_PUSH_TAG,
  type NodeKey,
  type RangeSelection,
  SKIP_DOM_SELECTION_TAG,
  SKIP_SCROLL_INTO_VIEW_TAG,
} from 'lexical'
import { type Block, blocksOfNodes, textOf } from './blocks.ts'
import { $blockOf, $lineOf, $removeLines } from './lines.ts'
import type { SectionField } from './SectionField.ts'

/** The words that are selected, or the line with the caret; with what it takes to find them again. */
export interface WordsAt {
  readonly field: SectionField
  readonly blocks: readonly Block[]
  readonly text: string
  readonly selection: RangeSelection
  /** Set when nothing was selected: then the whole line is meant. */
  readonly line: NodeKey | null
}

/** Null when there is neither a selection nor a line with words. Serialises what is selected: never for a key's sake. */
export function wordsAt(field: SectionField): WordsAt | null {
  return field.editor.read(() => {
    const selection = $getSelection()
    if (!$isRangeSelection(selection)) return null
    const line = selection.isCollapsed() ? $lineOf(selection.anchor.getNode()) : undefined
    const blocks = line === undefined ? $selected(field, selection) : [newBlock($blockOf(line))]
    const text = textOf(blocks)
    if (text.trim() === '') return null
    return { field, blocks, text, selection: selection.clone(), line: line?.getKey() ?? null }
  })
}

/** Takes exactly these words out, as one act that can be undone. False, and nothing done, when they are others by now. */
export function takeOut({ field, text, selection, line }: WordsAt): boolean {
  let out = false
  field.editor.update(
    () => {
      if (line !== null) {
        const node = $getNodeByKey(line)
        if (!$isElementNode(node) || !node.isAttached() || textOf([$blockOf(node)]) !== text) return
        $removeLines([node])
        out = true
        return
      }
      const points = [selection.anchor, selection.focus].map((point) => $getNodeByKey(point.key))
      if (!points.every((node) => node?.isAttached() === true)) return
      const again = selection.clone()
      if (textOf($selected(field, again)) !== text) return
      $setSelection(again)
      again.removeText()
      const left = $lineOf(again.anchor.getNode())
      if (left?.isEmpty() === true) $removeLines([left])
      out = true
    },
    { discrete: true, tag: [HISTORY_PUSH_TAG, SKIP_DOM_SELECTION_TAG, SKIP_SCROLL_INTO_VIEW_TAG] },
  )
  return out
}

/** Do these very lines stand here, one after the other? */
export const standsIn = (field: SectionField, text: string): boolean =>
  `\n${field.read().text}\n`.includes(`\n${text}\n`)

const $selected = (field: SectionField, selection: RangeSelection): Block[] =>
  blocksOfNodes($generateJSONFromSelectedNodes(field.editor, selection).nodes)

/** What goes elsewhere was not carried there, and never stood there before. */
const newBlock = ({ kind, runs }: Block): Block => ({ kind, runs })
