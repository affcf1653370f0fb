import { createEmptyHistoryState, registerHistory } from '@lexical/history'
import { createHeadlessEditor } from '@lexical/headless'
import { ListItemNode, ListNode } from '@lexical/list'
import { QuoteNode } from '@lexical/rich-text'
import fc from 'fast-check'
import { $getRoot, $getSelection, $isRangeSelection, HISTORY_PUSH_TAG, type LexicalEditor } from 'lexical'
import { describe, expect, it } from 'vitest'
import { type Block, blocksOfState, textOf, wordsOf } from '../../../src/renderer/editor/blocks.ts'
import { $caretAt, $placeCaret } from '../../../src/renderer/editor/caret.ts'
import { asOneAct, redo, undo } from '../../../src/renderer/editor/history.ts'
import { $fillRoot } from '../../../src/renderer/editor/lexicalBlocks.ts'
import {
  $appendBlocks,
  $blockOf,
  $lines,
  $linesSelected,
  $removeLines,
} from '../../../src/renderer/editor/lines.ts'
import { blocks } from './arbitrary.ts'

const line = (kind: Block['kind'], text: string): Block => ({
  kind,
  runs: text === '' ? [] : [{ text, bold: false, italic: false }],
})

const editorWith = (list: readonly Block[]): LexicalEditor => {
  const editor = createHeadlessEditor({ nodes: [ListNode, ListItemNode, QuoteNode] })
  editor.update(() => $fillRoot(list), { discrete: true })
  return editor
}
const said = (editor: LexicalEditor): string => textOf(blocksOfState(editor.getEditorState().toJSON(true)))
const pushed = { discrete: true, tag: HISTORY_PUSH_TAG } as const

/** As WritingGroup sends the lines of the selection. */
function send(from: LexicalEditor, to: LexicalEditor): void {
  const sent = from.read(() => {
    const selection = $getSelection()
    return $isRangeSelection(selection)
      ? $linesSelected(selection).map((node) => ({ key: node.getKey(), block: $blockOf(node) }))
      : []
  })
  to.update(() => $appendBlocks(sent.map((one) => one.block)), pushed)
  const keys = sent.map((one) => one.key)
  from.update(() => $removeLines($lines().filter((node) => keys.includes(node.getKey()))), pushed)
}

describe('lines sent to another section', () => {
  it('arrive at its end, and the caret stays for the next one', () => {
    const from = editorWith([
      line('bullet', 'slept badly'),
      line('bullet', 'call mother'),
      line('bullet', 'calm'),
    ])
    const to = editorWith([line('bullet', 'go on'), line('paragraph', '')])
    from.update(() => $placeCaret({ block: 1, offset: 2 }), { discrete: true })
    send(from, to)
    expect(said(from)).toBe('• slept badly\n• calm')
    expect(said(to)).toBe('• go on\n• call mother')
    expect(from.read($caretAt)).toEqual({ block: 1, offset: 0 })
    send(from, to)
    send(from, to)
    expect(said(from)).toBe('')
    expect(said(to)).toBe('• go on\n• call mother\n• calm\n• slept badly')
  })

  it('are those that the selection reaches into, not one at whose start it ends', () => {
    const editor = editorWith([line('paragraph', 'one'), line('bullet', 'two'), line('quote', 'three')])
    const selected = (from: number, to: number, offset: number) => {
      editor.update(
        () => {
          $placeCaret({ block: from, offset: 1 })
          const selection = $getSelection()
          const target = $lines()[to]?.getFirstDescendant()
          if ($isRangeSelection(selection) && target) selection.focus.set(target.getKey(), offset, 'text')
        },
        { discrete: true },
      )
      return editor.read(() => {
        const selection = $getSelection()
        return $isRangeSelection(selection) ? $linesSelected(selection).map((l) => l.getTextContent()) : []
      })
    }
    expect(selected(0, 1, 2)).toEqual(['one', 'two'])
    expect(selected(0, 2, 0)).toEqual(['one', 'two'])
    expect(selected(2, 0, 1)).toEqual(['one', 'two', 'three'])
    expect(selected(1, 1, 1)).toEqual(['two'])
  })

  it('are never lost or changed, whatever they are, and come back by one undo', () => {
    fc.assert(
      fc.property(blocks, blocks, fc.nat(), (left, right, at) => {
        const [from, to] = [editorWith(left), editorWith(right)]
        const history = createEmptyHistoryState()
        history.current = { editor: from, editorState: from.getEditorState() }
        const stop = [from, to].map((editor) => registerHistory(editor, history, 0))
        from.update(() => $placeCaret({ block: at % left.length, offset: 0 }), { discrete: true })
        const before = [said(from), said(to)]
        const words = (list: readonly LexicalEditor[]) =>
          list
            .flatMap((editor) => blocksOfState(editor.getEditorState().toJSON(true)).map(wordsOf))
            .filter((text) => text !== '')
            .sort()
        const all = words([from, to])
        asOneAct(history, () => send(from, to))
        const after = [said(from), said(to)]
        expect(words([from, to])).toEqual(all)
        undo(history)
        expect([said(from), said(to)]).toEqual(before)
        expect(undo(history)).toBeUndefined()
        redo(history)
        expect([said(from), said(to)]).toEqual(after)
        for (const each of stop) each()
      }),
      { numRuns: 60 },
    )
  })
})

describe('undo', () => {
  it('takes back one act at a time, and typing after it apart', () => {
    const [from, to] = [editorWith([line('paragraph', 'one')]), editorWith([line('paragraph', '')])]
    const history = createEmptyHistoryState()
    history.current = { editor: from, editorState: from.getEditorState() }
    for (const editor of [from, to]) registerHistory(editor, history, 0)
    from.update(() => $placeCaret({ block: 0, offset: 0 }), { discrete: true })
    asOneAct(history, () => send(from, to))
    asOneAct(history, () => to.update(() => $appendBlocks([line('bullet', 'two')]), pushed))
    to.update(() => $getRoot().getLastChild()?.remove(), pushed)
    expect(said(to)).toBe('one')
    undo(history)
    expect(said(to)).toBe('one\n• two')
    undo(history)
    expect([said(from), said(to)]).toEqual(['', 'one'])
    // A change after an undo is an act of its own.
    from.update(() => $appendBlocks([line('paragraph', 'new')]), pushed)
    undo(history)
    expect([said(from), said(to)]).toEqual(['', 'one'])
    undo(history)
    expect([said(from), said(to)]).toEqual(['one', ''])
    redo(history)
    expect([said(from), said(to)]).toEqual(['', 'one'])
  })
})
