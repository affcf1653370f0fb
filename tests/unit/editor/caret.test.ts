import { createHeadlessEditor } from '@lexical/headless'
import { ListItemNode, ListNode } from '@lexical/list'
import { QuoteNode } from '@lexical/rich-text'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Block } from '../../../src/renderer/editor/blocks.ts'
import { $caretAt, $placeCaret, type SectionCaret } from '../../../src/renderer/editor/caret.ts'
import { $fillRoot } from '../../../src/renderer/editor/lexicalBlocks.ts'
import { blocks } from './arbitrary.ts'

function placed(list: readonly Block[], caret: SectionCaret): SectionCaret | null {
  const editor = createHeadlessEditor({ nodes: [ListNode, ListItemNode, QuoteNode] })
  editor.update(() => $fillRoot(list), { discrete: true })
  editor.update(() => $placeCaret(caret), { discrete: true })
  return editor.getEditorState().read($caretAt)
}

const length = (block: Block): number => block.runs.reduce((sum, run) => sum + run.text.length, 0)

describe('the caret', () => {
  it('comes back to its line and place, whatever the line is made of', () => {
    fc.assert(
      fc.property(blocks, fc.nat(), fc.nat(), (list, line, place) => {
        const block = line % list.length
        const offset = place % (length(list[block]!) + 1)
        expect(placed(list, { block, offset })).toEqual({ block, offset })
      }),
      { numRuns: 80 },
    )
  })

  it('stands between two line breaks, where there is no text', () => {
    const breaks = { text: '\n\n\n', bold: false, italic: false }
    for (const offset of [0, 1, 2, 3]) {
      const caret = { block: 0, offset }
      expect(placed([{ kind: 'paragraph', runs: [breaks] }], caret)).toEqual(caret)
    }
  })

  it('goes to the nearest place when its own is gone', () => {
    fc.assert(
      fc.property(blocks, fc.nat({ max: 50 }), fc.nat({ max: 500 }), (list, block, offset) => {
        const caret = placed(list, { block, offset })
        const line = Math.min(block, list.length - 1)
        expect(caret).toEqual({ block: line, offset: Math.min(offset, length(list[line]!)) })
      }),
      { numRuns: 80 },
    )
  })
})
