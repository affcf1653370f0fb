import { createHeadlessEditor } from '@lexical/headless'
import { ListItemNode, ListNode } from '@lexical/list'
import { QuoteNode } from '@lexical/rich-text'
import fc from 'fast-check'
import { $createRangeSelection, $getRoot, $setSelection } from 'lexical'
import { describe, expect, it } from 'vitest'
import { type Block, blocksFromText, blocksOfState, textOf } from '../../../src/renderer/editor/blocks.ts'
import { $fillRoot } from '../../../src/renderer/editor/lexicalBlocks.ts'
import { $lines } from '../../../src/renderer/editor/lines.ts'
import type { SectionField } from '../../../src/renderer/editor/SectionField.ts'
import { takeOut, wordsAt } from '../../../src/renderer/editor/wordsAt.ts'
import { blocks } from './arbitrary.ts'

/** As much of a section as these functions ask for, without an element. */
function section(list: readonly Block[]) {
  const editor = createHeadlessEditor({ nodes: [ListNode, ListItemNode, QuoteNode] })
  editor.update(() => $fillRoot(list), { discrete: true })
  const text = (): string => textOf(blocksOfState(editor.getEditorState().toJSON()))
  return { field: { key: 'plan', editor } as unknown as SectionField, editor, text }
}

type Section = ReturnType<typeof section>

function caretIn({ editor }: Section, line: number): void {
  editor.update(() => void $lines()[line]?.selectStart(), { discrete: true })
}

function select({ editor }: Section, from: number, to: number): void {
  editor.update(
    () => {
      const [first, last] = [$lines()[from]?.selectStart().anchor, $lines()[to]?.selectEnd().focus]
      if (first === undefined || last === undefined) throw new Error('no such line')
      const selection = $createRangeSelection()
      const start = $lines()[from]?.getFirstDescendant() ?? $lines()[from]
      selection.anchor.set(start?.getKey() ?? '', 0, $lines()[from]?.isEmpty() === true ? 'element' : 'text')
      selection.focus.set(last.key, last.offset, last.type)
      $setSelection(selection)
    },
    { discrete: true },
  )
}

describe('the words at the caret', () => {
  it('are the line it is in, and taking them out leaves every other line', () => {
    fc.assert(
      fc.property(blocks, fc.nat(), (list, n) => {
        const made = section(list)
        const line = n % list.length
        caretIn(made, line)
        const words = wordsAt(made.field)
        const own = textOf([list[line]!])
        if (own.trim() === '') {
          expect(words).toBeNull()
          return
        }
        expect(words?.text).toBe(own)
        expect(words === null ? false : takeOut(words)).toBe(true)
        expect(made.text()).toBe(textOf(list.filter((_, at) => at !== line)))
      }),
      { numRuns: 60 },
    )
  })

  it('are what is selected, and the rest of a line stays', () => {
    const made = section(blocksFromText('one two\nthree\nfour'))
    select(made, 0, 1)
    const words = wordsAt(made.field)
    expect(words?.text).toBe('one two\nthree')
    expect(words === null ? false : takeOut(words)).toBe(true)
    expect(made.text()).toBe('four')

    const partly = section(blocksFromText('one two\nthree'))
    partly.editor.update(
      () => {
        const leaf = $getRoot().getFirstDescendant()
        const selection = $createRangeSelection()
        selection.anchor.set(leaf?.getKey() ?? '', 4, 'text')
        selection.focus.set(leaf?.getKey() ?? '', 7, 'text')
        $setSelection(selection)
      },
      { discrete: true },
    )
    const two = wordsAt(partly.field)
    expect(two?.text).toBe('two')
    expect(two === null ? false : takeOut(two)).toBe(true)
    expect(partly.text()).toBe('one \nthree')
  })

  it('stay where they are when they are others by now, or gone', () => {
    for (const change of ['changed', 'gone'] as const) {
      for (const selected of [true, false]) {
        const made = section(blocksFromText('one two\nthree'))
        if (selected) select(made, 0, 0)
        else caretIn(made, 0)
        const words = wordsAt(made.field)
        made.editor.update(
          () => {
            if (change === 'gone') $getRoot().getFirstChild()?.remove()
            else $lines()[0]?.selectEnd().insertText('!')
          },
          { discrete: true },
        )
        const before = made.text()
        // Selected words are still the same when something was written behind them.
        const same = selected && change === 'changed'
        expect(words === null ? null : takeOut(words)).toBe(same)
        expect(made.text()).toBe(same ? '!\nthree' : before)
      }
    }
  })
})
