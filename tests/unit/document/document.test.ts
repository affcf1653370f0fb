import fc from 'fast-check'
import { expect, test } from 'vitest'
import { noDetails } from '../../../src/shared/document/details.ts'
import {
  isBlank,
  labelIn,
  noteDocument,
  plainText,
  readDocument,
  section,
  sections,
  SECTION_LEXICAL_MAX,
  SECTION_TEXT_MAX,
  type Section,
} from '../../../src/shared/document/document.ts'
import { builtInFormats } from '../../../src/shared/document/formats/builtIn.ts'
import { headOf } from '../../../src/shared/document/formats/format.ts'
import { soapNote } from '../../support/words.ts'

const key = fc.stringMatching(/^[a-z][a-z-]{0,31}$/)
const one = (given: Partial<Section> = {}): Section => ({ key: 'plan', text: '', lexical: null, ...given })
const any: fc.Arbitrary<Section> = fc.record({
  key,
  text: fc.string({ unit: 'grapheme' }).map((t) => t.replaceAll('\0', '')),
  lexical: fc.option(fc.string()),
})

test('plain text holds every word that was written, in order, under its heading', () => {
  fc.assert(
    fc.property(fc.uniqueArray(any, { selector: (s) => s.key, maxLength: 8 }), (list) => {
      const note = soapNote(list)
      const text = plainText(note)
      let from = 0
      for (const s of list.filter((each) => each.text.trim() !== '')) {
        const at = text.indexOf(`${labelIn(note.format, s.key)}\n${s.text.trim()}`, from)
        expect(at).toBeGreaterThanOrEqual(from)
        from = at + s.text.trim().length
      }
      expect(text === '').toBe(isBlank(list))
    }),
  )
})

test('SOAP reads as it was written; sections without words leave no heading', () => {
  const list = [
    one({ key: 'subjective', text: ' She slept.\n\nWell. ' }),
    one({ key: 'objective' }),
    one({ text: 'Go on' }),
  ]
  expect(plainText(soapNote(list))).toBe('Subjective\nShe slept.\n\nWell.\n\nPlan\nGo on')
})

test('a key that the format does not have shows as itself; every built-in format makes a document', () => {
  const { format } = soapNote([])
  expect(labelIn(format, 'long-gone')).toBe('Long gone')
  expect(labelIn(format, 'plan')).toBe('Plan')
  for (const builtIn of builtInFormats) {
    const made = builtIn.sections.map((s) => one({ key: s.key }))
    const document = { version: 2, format: headOf(builtIn), sections: made, details: noDetails }
    expect(noteDocument.safeParse(document).success, builtIn.key).toBe(true)
  }
})

test('what a document may be', () => {
  fc.assert(
    fc.property(fc.uniqueArray(any, { selector: (s) => s.key, maxLength: 24 }), (list) => {
      const stored = JSON.stringify({ version: 1, sections: list })
      // Before notes had formats; every such note was in SOAP.
      expect(readDocument(stored)).toEqual({ version: 2, ...soapNote(list) })
      const now = { version: 2 as const, ...soapNote(list) }
      expect(readDocument(JSON.stringify(now))).toEqual(now)
    }),
  )
  const good = (s: Section): boolean => section.safeParse(s).success
  expect(good(one({ text: 'x'.repeat(SECTION_TEXT_MAX) }))).toBe(true)
  expect(good(one({ text: 'x'.repeat(SECTION_TEXT_MAX + 1) }))).toBe(false)
  expect(good(one({ lexical: 'x'.repeat(SECTION_LEXICAL_MAX + 1) }))).toBe(false)
  expect(good(one({ text: 'a\0b' }))).toBe(false)
  for (const bad of ['', 'Plan', '1', '-a', 'a b', 'a'.repeat(33), '__proto__', 'plan\n']) {
    expect(good(one({ key: bad })), bad).toBe(false)
  }
  expect(sections.safeParse([one(), one()]).success).toBe(false)
  expect(
    sections.safeParse(
      Array.from({ length: 41 }, (_, n) =>
        one({ key: `k${'abcdefghij'[n % 10]}${'abcde'[Math.floor(n / 10)]}` }),
      ),
    ).success,
  ).toBe(false)
  expect(noteDocument.safeParse({ version: 2, sections: [] }).success).toBe(false)
  expect(() => readDocument(JSON.stringify({ version: 3, ...soapNote([]) }))).toThrow('version')
})
