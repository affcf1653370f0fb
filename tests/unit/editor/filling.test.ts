import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isCarried } from '../../../src/renderer/editor/blocks.ts'
import { readSection, sectionOf } from '../../../src/renderer/editor/sectionBlocks.ts'
import { filledWith } from '../../../src/renderer/features/write/filling.ts'
import { type Section, SECTION_TEXT_MAX } from '../../../src/shared/document/document.ts'
import { summarySections } from '../../../src/shared/document/formats/treatmentSummary.ts'
import { blocks } from './arbitrary.ts'

const note = fc.uniqueArray(
  fc
    .tuple(fc.constantFrom('presenting', 'course', 'progress', 'own-words'), blocks)
    .map(([key, list]) => sectionOf(key, list)),
  { selector: ({ key }) => key, maxLength: 4 },
)
const textIn = (sections: readonly Section[] | null, key: string) =>
  sections?.find((section) => section.key === key)?.text ?? ''

describe('what is built from signed notes', () => {
  it('stands below what is written and takes no word of it away', () => {
    fc.assert(
      fc.property(note, note, (now, built) => {
        const filled = filledWith(now, built)
        for (const list of [now, built])
          for (const { key, text } of list)
            if (text.trim() !== '') expect(textIn(filled, key)).toContain(text)
        for (const { key, text } of now)
          expect(textIn(filled, key).startsWith(text.trim() === '' ? '' : text)).toBe(true)
        expect((filled ?? []).some((section) => readSection(section).damaged)).toBe(false)
      }),
      { numRuns: 50 },
    )
  })

  it('stays marked as carried beside words that are the author’s own', () => {
    const built = summarySections(
      {
        sessions: 1,
        from: 0,
        to: 0,
        referral: 'Sleeps badly',
        presenting: null,
        course: [],
        goals: [],
        interventions: [],
        now: null,
      },
      () => 'Jan 1',
    )
    const filled = filledWith([{ key: 'presenting', text: 'Mine.', lexical: null }], built) ?? []
    const [own, ...rest] = readSection(filled[0] ?? { text: '', lexical: null }).blocks
    expect(own === undefined ? true : isCarried(own)).toBe(false)
    expect(rest.length).toBeGreaterThan(0)
    expect(rest.every(isCarried)).toBe(true)
  })

  it('is put nowhere when a section cannot hold it', () => {
    const full = [{ key: 'course', text: 'x'.repeat(SECTION_TEXT_MAX), lexical: null }]
    expect(filledWith(full, [{ key: 'course', text: 'more', lexical: null }])).toBeNull()
  })
})
