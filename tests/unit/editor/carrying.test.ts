import { describe, expect, it } from 'vitest'
import {
  carriedInto,
  notYetIn,
  unchangedOf,
  unchangedText,
} from '../../../src/renderer/features/write/carrying.ts'
import { isCarried, textOf } from '../../../src/renderer/editor/blocks.ts'
import { readSection, sectionOf } from '../../../src/renderer/editor/sectionBlocks.ts'
import { builtIn, soap } from '../../../src/shared/document/formats/builtIn.ts'
import { headOf } from '../../../src/shared/document/formats/format.ts'

const AT = Date.UTC(2026, 2, 12, 15)
const earlier = {
  at: AT,
  format: headOf(soap),
  sections: [
    { key: 'subjective', text: 'Slept badly.\n\n• no appetite', lexical: null },
    { key: 'plan', text: 'Call the school.', lexical: null },
  ],
}
const day = (at: number) => new Date(at).toISOString().slice(0, 10)

describe('what can be carried forward', () => {
  it('is the same section of the earlier note, marked, without its empty lines', () => {
    const blocks = carriedInto(headOf(soap), earlier).get('subjective') ?? []
    expect(textOf(blocks)).toBe('Slept badly.\n• no appetite')
    expect(blocks.every(isCarried)).toBe(true)
  })

  it('follows the words into another format', () => {
    const dap = builtIn('dap')
    if (dap === undefined) throw new Error('there is no DAP')
    const into = carriedInto(headOf(dap), earlier)
    expect(textOf(into.get('data') ?? [])).toContain('Slept badly.')
    expect(textOf(into.get('plan') ?? [])).toBe('Call the school.')
  })

  it('leaves out what stands there already', () => {
    const blocks = carriedInto(headOf(soap), earlier).get('subjective') ?? []
    const section = { key: 'subjective', text: 'Today: calm.\nSlept badly.', lexical: null }
    expect(textOf(notYetIn(section, blocks))).toBe('• no appetite')
  })
})

describe('what is unchanged', () => {
  const blocks = carriedInto(headOf(soap), earlier).get('subjective') ?? []

  it('is counted by words, through a stored section, and only while nobody touched them', () => {
    const stored = sectionOf('subjective', [
      ...blocks,
      { kind: 'paragraph', runs: [{ text: 'Four words of today.', bold: false, italic: false }] },
    ])
    expect(unchangedOf([stored])).toEqual({ share: 0.5, from: [AT] })
    expect(unchangedText(unchangedOf([stored]), day)).toBe(
      'About half of this note is unchanged from 2026-03-12.',
    )
    const edited = readSection(stored).blocks.map((block) => ({
      ...block,
      runs: block.runs.map((run) => ({ ...run, text: `${run.text}!` })),
    }))
    expect(unchangedOf([sectionOf('subjective', edited)]).share).toBe(0)
  })

  it('says all, a few words, or nothing', () => {
    expect(unchangedText({ share: 1, from: [AT] }, day)).toMatch(/^All of this note is/u)
    expect(unchangedText({ share: 0.01, from: [] }, day)).toBe(
      'A few words of this note are unchanged from an earlier note.',
    )
    expect(unchangedText({ share: 0, from: [] }, day)).toBe('')
  })
})
