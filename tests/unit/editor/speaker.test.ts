import { createHeadlessEditor } from '@lexical/headless'
import { ListItemNode, ListNode } from '@lexical/list'
import { QuoteNode } from '@lexical/rich-text'
import { describe, expect, it } from 'vitest'
import { type Block, blocksOfState, textOf } from '../../../src/renderer/editor/blocks.ts'
import { $placeCaret } from '../../../src/renderer/editor/caret.ts'
import { $fillRoot } from '../../../src/renderer/editor/lexicalBlocks.ts'
import { $speakerAtCaret, $speakers, setSpeaker, speakerName } from '../../../src/renderer/editor/speaker.ts'

function quoting(...list: Block[]) {
  const editor = createHeadlessEditor({ nodes: [ListNode, ListItemNode, QuoteNode] })
  editor.update(() => $fillRoot(list), { discrete: true })
  const at = (block: number) => editor.update(() => $placeCaret({ block, offset: 0 }), { discrete: true })
  at(0)
  const blocks = () => blocksOfState(editor.getEditorState().toJSON(true))
  return { editor, at, blocks, text: () => textOf(blocks()) }
}
const quote = (text: string): Block => ({
  kind: 'quote',
  runs: text === '' ? [] : [{ text, bold: false, italic: false }],
})

describe('who said it', () => {
  it('stands in the words of the quotation, and can be changed and taken away', () => {
    const { editor, text, blocks } = quoting(quote('I am fine.'))
    expect(editor.read($speakerAtCaret)).toBe('')
    setSpeaker(editor, 'Ana')
    expect(text()).toBe('> Ana: I am fine.')
    expect(blocks()[0]?.runs[0]).toEqual({ text: 'Ana:', bold: true, italic: false })
    expect(editor.read($speakerAtCaret)).toBe('Ana')
    setSpeaker(editor, 'Mother')
    expect(text()).toBe('> Mother: I am fine.')
    setSpeaker(editor, '')
    expect(text()).toBe('> I am fine.')
  })

  it('leaves an empty quotation ready for the words', () => {
    const { editor, text } = quoting(quote(''))
    setSpeaker(editor, 'Teacher')
    expect(text()).toBe('> Teacher: ')
  })

  it('is known for the next quotation, and is asked in quotations alone', () => {
    const plain: Block = { kind: 'paragraph', runs: [{ text: 'Plain', bold: true, italic: false }] }
    const { editor, at, text } = quoting(quote('One.'), plain, quote('Two.'))
    setSpeaker(editor, 'Ana')
    at(1)
    expect(editor.read($speakerAtCaret)).toBeNull()
    setSpeaker(editor, 'Nobody')
    at(2)
    setSpeaker(editor, 'דנה')
    expect(editor.read($speakers)).toEqual(['Ana', 'דנה'])
    expect(text()).toBe('> Ana: One.\nPlain\n> דנה: Two.')
  })

  it('is one line without a colon of its own', () => {
    expect(speakerName(' Ana\n(mother): ')).toBe('Ana (mother)')
    expect(speakerName(' : \t')).toBe('')
    expect(speakerName('x'.repeat(200))).toHaveLength(60)
  })
})
