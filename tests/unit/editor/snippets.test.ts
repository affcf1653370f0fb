import { createEmptyHistoryState, registerHistory } from '@lexical/history'
import { ListItemNode, ListNode } from '@lexical/list'
import { QuoteNode, registerRichText } from '@lexical/rich-text'
import { createHeadlessEditor } from '@lexical/headless'
import { $getRoot, $getSelection, type LexicalEditor } from 'lexical'
import { describe, expect, it } from 'vitest'
import type { Block } from '../../../src/renderer/editor/blocks.ts'
import { $placeCaret } from '../../../src/renderer/editor/caret.ts'
import { undo } from '../../../src/renderer/editor/history.ts'
import { $fillRoot } from '../../../src/renderer/editor/lexicalBlocks.ts'
import { caretKey, expandAtCaret, nextFillIn } from '../../../src/renderer/editor/snippets/expanding.ts'
import { expand, type Known } from '../../../src/shared/domain/shorthand.ts'

const known: Known = { day: () => 'Nov 22, 2026', fact: () => null }
const line = (text: string, kind: Block['kind'] = 'paragraph'): Block => ({
  kind,
  runs: [{ text, bold: false, italic: false }],
})

/** An editor with these lines, the caret at the end of one of them. */
function writing(lines: readonly Block[], at: number) {
  const editor = createHeadlessEditor({ nodes: [ListNode, ListItemNode, QuoteNode] })
  const history = createEmptyHistoryState()
  registerRichText(editor)
  registerHistory(editor, history, 400)
  editor.update(() => $fillRoot(lines), { discrete: true })
  const offset = lines[at]?.runs.reduce((sum, run) => sum + run.text.length, 0) ?? 0
  editor.update(() => $placeCaret({ block: at, offset }), { discrete: true })
  return { editor, history }
}

const text = (editor: LexicalEditor): string => editor.read(() => $getRoot().getTextContent())
const selected = (editor: LexicalEditor): string => editor.read(() => $getSelection()?.getTextContent() ?? '')
const type = (editor: LexicalEditor, words: string): void =>
  editor.update(
    () => {
      $getSelection()?.insertText(words)
    },
    { discrete: true },
  )

describe('expanding', () => {
  it('puts the words in place of what was typed, and one undo brings that back with its space', () => {
    const { editor, history } = writing([line('Reports ;sx')], 0)
    expect(expandAtCaret(editor, 'sx', expand('symptoms since {today}', known), true)).toBe(true)
    expect(text(editor)).toBe('Reports symptoms since Nov 22, 2026 ')
    expect(caretKey(editor)).not.toBeNull()
    undo(history)
    expect(text(editor)).toBe('Reports ;sx ')
  })

  it('adds no space when it was taken from the menu, and none after an end of line', () => {
    const taken = writing([line(';sx')], 0).editor
    expandAtCaret(taken, 'sx', expand('symptoms', known), false)
    expect(text(taken)).toBe('symptoms')
  })

  it('leaves the look and what stands after it as they were', () => {
    const { editor } = writing(
      [{ kind: 'paragraph', runs: [{ text: 'before ;sx', bold: true, italic: false }] }, line('after')],
      0,
    )
    expandAtCaret(editor, 'sx', expand('symptoms', known), true)
    expect(text(editor)).toBe('before symptoms \n\nafter')
    const bold = editor.read(() =>
      $getRoot()
        .getAllTextNodes()
        .map((node) => node.hasFormat('bold')),
    )
    expect(bold).toEqual([true, false])
  })

  it('makes lines as Enter would: paragraphs, or bullets in a list', () => {
    const prose = writing([line(';mse')], 0).editor
    expandAtCaret(prose, 'mse', expand('Mood: {?mood}\nAffect: {?affect}', known), true)
    expect(text(prose)).toBe('Mood: [mood?]\n\nAffect: [affect?] ')
    const list = writing([line('first', 'bullet'), line(';mse', 'bullet')], 1).editor
    expandAtCaret(list, 'mse', expand('one\ntwo', known), false)
    expect(list.read(() => $getRoot().getFirstChild<ListNode>()?.getChildrenSize())).toBe(3)
  })

  it('goes from gap to gap, round to one passed over, and at last to the end of the line', () => {
    const { editor } = writing([line('Was here. ;mse')], 0)
    expandAtCaret(editor, 'mse', expand('Mood {?mood}, affect {?affect}.\nSaid {?what}.', known), true)
    expect(selected(editor)).toBe('[mood?]')
    type(editor, 'low')
    expect(nextFillIn(editor)).toBe(true)
    expect(selected(editor)).toBe('[affect?]')
    expect(nextFillIn(editor)).toBe(true)
    expect(selected(editor)).toBe('[what?]')
    type(editor, 'little')
    expect(nextFillIn(editor)).toBe(true)
    expect(selected(editor)).toBe('[affect?]')
    type(editor, 'flat')
    expect(nextFillIn(editor)).toBe(false)
    type(editor, '!')
    expect(text(editor)).toBe('Was here. Mood low, affect flat.!\n\nSaid little. ')
  })

  it('selects the gap of this expansion, not one that stood there before', () => {
    const { editor } = writing([line('[old?]'), line('x [older?] ;a')], 1)
    expandAtCaret(editor, 'a', expand('{?new}', known), false)
    expect(selected(editor)).toBe('[new?]')
    expect(text(editor)).toBe('[old?]\n\nx [older?] [new?]')
  })

  it('does nothing where the caret is not behind what was typed', () => {
    const { editor } = writing([line(';sx and more')], 0)
    expect(expandAtCaret(editor, 'sx', expand('symptoms', known), false)).toBe(false)
    expect(text(editor)).toBe(';sx and more')
  })

  it('is in nobody’s way at either end of a line with breaks', () => {
    const { editor } = writing([line('one\n;sx')], 0)
    expect(expandAtCaret(editor, 'sx', expand('symptoms', known), true)).toBe(true)
    expect(text(editor)).toBe('one\nsymptoms ')
  })
})
