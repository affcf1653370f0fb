import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  isBlank,
  noteDocument,
  plainText,
  section,
  sections,
  SECTION_LEXICAL_MAX,
  SECTION_TEXT_MAX,
  type Section,
} from '../../../src/shared/document/document.ts'
import { sectionLabel, soap, templateOf, templates } from '../../../src/shared/document/templates.ts'

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
      const text = plainText(list, (k) => `<${k}>`)
      let from = 0
      for (const s of list.filter((each) => each.text.trim() !== '')) {
        const at = text.indexOf(`<${s.key}>\n${s.text.trim()}`, from)
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
  expect(plainText(list, (k) => sectionLabel('soap', k))).toBe(
    'Subjective\nShe slept.\n\nWell.\n\nPlan\nGo on',
  )
})

test('a key whose template is gone shows as itself, and an unknown template as SOAP', () => {
  expect(sectionLabel('soap', 'gone')).toBe('gone')
  expect(sectionLabel('gone', 'plan')).toBe('Plan')
  expect(templateOf('gone')).toBe(soap)
  for (const template of templates) {
    const made = template.sections.map((s) => one({ key: s.key }))
    expect(sections.safeParse(made).success, template.key).toBe(true)
  }
})

test('what a document may be', () => {
  fc.assert(
    fc.property(fc.uniqueArray(any, { selector: (s) => s.key, maxLength: 24 }), (list) => {
      const stored = JSON.stringify({ version: 1, sections: list })
      expect(noteDocument.parse(JSON.parse(stored)).sections).toEqual(list)
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
    sections.safeParse(Array.from({ length: 25 }, (_, n) => one({ key: `k${'x'.repeat(n)}` }))).success,
  ).toBe(false)
  expect(noteDocument.safeParse({ version: 2, sections: [] }).success).toBe(false)
})
