import { createHeadlessEditor } from '@lexical/headless'
import { ListItemNode, ListNode } from '@lexical/list'
import { QuoteNode } from '@lexical/rich-text'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addRun,
  type Block,
  blocksFromText,
  blocksOfState,
  type Run,
  textOf,
  UnreadableState,
  wellFormed,
} from '../../../src/renderer/editor/blocks.ts'
import { $fillRoot } from '../../../src/renderer/editor/lexicalBlocks.ts'
import { readSection } from '../../../src/renderer/editor/sectionBlocks.ts'
import { blocks } from './arbitrary.ts'

const paragraph = (text: string): Block => ({
  kind: 'paragraph',
  runs: [{ text, bold: false, italic: false }],
})

/** Through a real Lexical editor and its JSON, as a section travels through the store. */
function throughLexical(list: readonly Block[], compact: boolean): string {
  const editor = createHeadlessEditor({ nodes: [ListNode, ListItemNode, QuoteNode] })
  editor.update(() => $fillRoot(list), { discrete: true })
  return JSON.stringify(editor.getEditorState().toJSON(compact))
}

/** A line break has no look, so runs are compared as they come back: broken at breaks and joined again. */
function plainBreaks(list: readonly Block[]): Block[] {
  return list.map((block) => {
    const runs: Run[] = []
    for (const run of block.runs) {
      for (const part of run.text.split(/(\n)/u)) {
        addRun(runs, part === '\n' ? { text: part, bold: false, italic: false } : { ...run, text: part })
      }
    }
    return { ...block, runs }
  })
}

describe('the text of a section', () => {
  it('says one line per block, with bullets and quotations marked', () => {
    const list: Block[] = [
      paragraph('Came on time.'),
      {
        kind: 'bullet',
        runs: [
          { text: 'slept ', bold: false, italic: false },
          { text: 'better', bold: true, italic: false },
        ],
      },
      { kind: 'bullet', runs: [] },
      { kind: 'quote', runs: [{ text: 'I am fine.\nReally.', bold: false, italic: true }] },
    ]
    expect(textOf(list)).toBe('Came on time.\n• slept better\n\n> I am fine.\n> Really.')
  })

  it('comes back from plain text as it was, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(textOf(blocksFromText(text))).toBe(wellFormed(text))
      }),
    )
  })

  it('is the same through the editor and its stored state, full or compact', () => {
    fc.assert(
      fc.property(blocks, fc.boolean(), (list, compact) => {
        const state = throughLexical(list, compact)
        expect(textOf(blocksOfState(JSON.parse(state)))).toBe(textOf(list))
      }),
      { numRuns: 60 },
    )
  })

  it('keeps every block, bold and italic through the stored state', () => {
    fc.assert(
      fc.property(blocks, (list) => {
        expect(blocksOfState(JSON.parse(throughLexical(list, true)))).toEqual(plainBreaks(list))
      }),
      { numRuns: 60 },
    )
  })
})

describe('a stored state that cannot be read', () => {
  const stored = throughLexical([paragraph('Quiet today.')], true)

  it('falls back to the text, and says so', () => {
    for (const lexical of ['', '{', 'null', '[]', '{"root":null}', stored.replace('paragraph', 'iframe')]) {
      const read = readSection({ text: 'Quiet today.', lexical })
      expect(read).toEqual({ blocks: [paragraph('Quiet today.')], damaged: true })
    }
  })

  it('is left aside when it would show other words than the text', () => {
    const read = readSection({ text: 'Something else.', lexical: stored })
    expect(read).toEqual({ blocks: [paragraph('Something else.')], damaged: true })
  })

  it('is not damaged when there is only the text', () => {
    expect(readSection({ text: 'Quiet today.', lexical: null }).damaged).toBe(false)
    expect(readSection({ text: 'Quiet today.', lexical: stored }).damaged).toBe(false)
  })

  it('never throws anything but that it is unreadable, and never runs away', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        try {
          blocksOfState({ root: value })
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableState)
        }
      }),
    )
    const nest = (depth: number): unknown =>
      depth === 0
        ? { type: 'list', children: [] }
        : { type: 'list', children: [{ type: 'listitem', children: [nest(depth - 1)] }] }
    expect(() => blocksOfState({ root: { children: [nest(500)] } })).toThrow(UnreadableState)
  })
})
