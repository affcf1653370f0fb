import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withinSize } from '../../../src/main/ipc/size.ts'
import { lookWithin } from '../../../src/renderer/editor/lookWithin.ts'
import { notes } from '../../../src/shared/contract/notes.ts'
import { type Section, SECTION_LEXICAL_MAX } from '../../../src/shared/document/document.ts'
import { soapNote } from '../../support/words.ts'

const NOTE = { noteId: '018f0000-0000-7000-8000-000000000001', revision: 1 }

describe('a note on its way to the store', () => {
  it('is never too well formatted to be saved', () => {
    const sections = ['subjective', 'objective', 'assessment', 'plan'].map((key) => ({
      key,
      text: 'words',
      lexical: 'x'.repeat(SECTION_LEXICAL_MAX - 1),
    }))
    const whole = { ...NOTE, ...soapNote(sections) }
    expect(withinSize(whole, notes.save.limit)).toBe(false)
    const sent = { ...whole, sections: lookWithin(sections, notes.save.limit - 3_000_000) }
    expect(withinSize(sent, notes.save.limit)).toBe(true)
    expect(sent.sections.map(({ text }) => text)).toEqual(sections.map(({ text }) => text))
    expect(sent.sections.filter(({ lexical }) => lexical !== null)).toHaveLength(2)
  })

  it('keeps every word, and every look there is room for, the largest going first', () => {
    const section = fc.record({
      key: fc.string(),
      text: fc.string(),
      lexical: fc.option(fc.string({ maxLength: 40 })),
    })
    fc.assert(
      fc.property(
        fc.uniqueArray(section, { selector: ({ key }) => key, maxLength: 6 }),
        fc.nat(300),
        (sections, room) => {
          const size = (list: readonly Section[]) =>
            list.reduce((sum, { text, lexical }) => sum + text.length + (lexical?.length ?? 0), 0)
          const kept = lookWithin(sections, room)
          expect(kept.map(({ key, text }) => [key, text])).toEqual(
            sections.map(({ key, text }) => [key, text]),
          )
          if (size(sections) <= room) expect(kept).toEqual(sections)
          else if (size(kept) > room) expect(kept.every(({ lexical }) => lexical === null)).toBe(true)
        },
      ),
    )
  })
})
