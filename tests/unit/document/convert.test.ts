import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { type Block, textOf, wellFormed } from '../../../src/shared/document/blocks.ts'
import {
  keysOf,
  labelIn,
  noteFormat,
  type NoteFormat,
  type Section,
  SECTION_LEXICAL_MAX,
  SECTION_TEXT_MAX,
  sections as sectionsSchema,
} from '../../../src/shared/document/document.ts'
import { builtIn, builtInFormats } from '../../../src/shared/document/formats/builtIn.ts'
import { convert, type Converted, questionsOf } from '../../../src/shared/document/formats/convert.ts'
import { format as formatSchema, headOf } from '../../../src/shared/document/formats/format.ts'
import { sectionWords } from '../../../src/shared/document/formats/sectionWords.ts'
import { readSection, sectionOf } from '../../../src/shared/document/sectionBlocks.ts'
import { blocks as someBlocks } from '../editor/arbitrary.ts'

const heads = builtInFormats.map(headOf)
const head = (key: string): NoteFormat => {
  const found = builtIn(key)
  if (found === undefined) throw new Error('no such format')
  return headOf(found)
}
const builtInKeys = Object.keys(sectionWords)

/** Somebody's own: sections of the built-in ones and new ones, in any order and under any name. */
const ownFormat: fc.Arbitrary<NoteFormat> = fc
  .record({
    key: fc.oneof(fc.uuid(), fc.constantFrom('a b/c', 'own')),
    keys: fc.uniqueArray(
      fc.oneof(fc.constantFrom(...builtInKeys), fc.constantFrom('own-a', 'own-b', 'own-morning')),
      { minLength: 1, maxLength: 8 },
    ),
    label: fc.constantFrom('Plan', 'Goals', 'Anything else', 'השיעור'),
    named: fc.nat(7),
  })
  .map(({ key, keys, label, named }) => ({
    key,
    name: 'Mine',
    parts: [],
    sections: keys.map((k, at) => ({ key: k, label: at === named ? label : `${k} here` })),
  }))

const anyFormat = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...heads) }, ownFormat)

/** What a section may be stored as: with its look, as text alone, with a look that cannot be read, or blank. */
const stored = (key: string): fc.Arbitrary<Section> =>
  fc.oneof(
    { weight: 4, arbitrary: someBlocks.map((blocks) => sectionOf(key, blocks)) },
    someBlocks.map((blocks) => ({ key, text: textOf(blocks), lexical: null })),
    someBlocks.map((blocks) => ({ ...sectionOf(key, blocks), lexical: '{"root":{"children":[{"type":"x"' })),
    someBlocks.map((blocks) => ({
      key,
      text: `${textOf(blocks)}!`,
      lexical: sectionOf(key, blocks).lexical,
    })),
    fc.constantFrom('', '\n', ' \r\n\t').map((text) => ({ key, text, lexical: null })),
  )

/** A note in this format, some of its sections written, and perhaps some that the format does not have. */
const noteIn = (format: NoteFormat): fc.Arbitrary<Section[]> =>
  fc
    .tuple(
      fc.subarray(format.sections.map((s) => s.key)),
      fc.subarray(['data', 'behavior', 'home', 'own-left', 'own-b'], { maxLength: 2 }),
    )
    .chain(([inside, outside]) =>
      fc.tuple(...[...new Set([...inside, ...outside])].map((key) => stored(key))).map((list) => [...list]),
    )

/** Any answers, also such that nobody offered. */
const answersTo = (formats: readonly NoteFormat[]): fc.Arbitrary<Record<string, string>> => {
  const keys = [...new Set([...builtInKeys, ...formats.flatMap((f) => f.sections.map((s) => s.key))])]
  return fc.dictionary(fc.constantFrom(...keys), fc.constantFrom(...keys, 'nowhere-at-all'), { maxKeys: 30 })
}

const changed = (...given: Parameters<typeof convert>): Converted => {
  const result = convert(...given)
  if (result === null) throw new Error('the note should fit')
  return result
}

/** Every line that says something, with how it looks, in an order of its own. */
const lines = (list: readonly Section[]): string[] =>
  list
    .flatMap((section) => readSection(section).blocks)
    .filter((block) => textOf([block]).trim() !== '')
    .map((block) => `${block.kind} ${JSON.stringify(block.runs)}`)
    .sort()

const words = (list: readonly Section[]): string[] =>
  list
    .flatMap((section) => wellFormed(section.text).split('\n'))
    .filter((line) => line.trim() !== '')
    .sort()

/** What each section holds, leaving out blank ones and what a block remembers. */
function held(list: readonly Section[]): Record<string, Omit<Block, 'homes'>[]> {
  const written = list.filter((s) => s.text.trim() !== '')
  return Object.fromEntries(
    written.map((s) => [s.key, readSection(s).blocks.map(({ homes: _, ...block }) => block)]),
  )
}

function expectWhole(before: readonly Section[], after: Converted): void {
  expect(sectionsSchema.safeParse(after.sections).success).toBe(true)
  expect(noteFormat.safeParse(after.format).success).toBe(true)
  expect(words(after.sections)).toEqual(words(before))
  expect(lines(after.sections)).toEqual(lines(before))
  // Nothing is stored that the note's own format does not name.
  expect(keysOf(after)).toEqual(after.format.sections.map((s) => s.key))
}

describe('changing the format, from every built-in one to every other and back', () => {
  for (const from of heads)
    it(`from ${from.key}`, () => {
      for (const to of heads)
        fc.assert(
          fc.property(noteIn(from), answersTo([from, to]), answersTo([from, to]), (note, there, back) => {
            const away = changed(note, from, to, there)
            expectWhole(note, away)
            expect(questionsOf(away.sections, away.format, from)).toEqual([])
            const home = changed(away.sections, away.format, from, back)
            expectWhole(note, home)
            expect(held(home.sections)).toEqual(held(note))
          }),
          { numRuns: 4 },
        )
    })
})

test('nothing is lost or doubled on a long way through any formats, and everything comes home', () => {
  fc.assert(
    fc.property(
      anyFormat
        .chain((from) => fc.tuple(fc.constant(from), noteIn(from)))
        .chain(([from, note]) =>
          fc.tuple(
            fc.constant(from),
            fc.constant(note),
            fc.array(
              anyFormat.filter(({ key }) => key !== from.key),
              { minLength: 1, maxLength: 3 },
            ),
          ),
        )
        .chain(([from, note, way]) =>
          fc.tuple(
            fc.constant(from),
            fc.constant(note),
            fc.constant(way),
            fc.array(answersTo([from, ...way]), { minLength: 4, maxLength: 4 }),
          ),
        ),
      ([from, note, way, answers]) => {
        let now: Converted = { format: from, sections: note }
        way.forEach((to, at) => {
          now = changed(now.sections, now.format, to, answers[at])
          expectWhole(note, now)
        })
        const home = changed(now.sections, now.format, from, answers[3])
        expectWhole(note, home)
        expect(held(home.sections)).toEqual(held(note))
      },
    ),
    { numRuns: 250 },
  )
})

test('what was written meanwhile is kept as well, and what came along still goes home', () => {
  const soap = head('soap')
  const dap = head('dap')
  const paragraph = (text: string): Block => ({
    kind: 'paragraph',
    runs: [{ text, bold: false, italic: false }],
  })
  const note = [
    sectionOf('subjective', [paragraph('Slept badly.')]),
    sectionOf('objective', [paragraph('Tapped a foot.')]),
  ]
  const away = changed(note, soap, dap)
  const data = away.sections.find((s) => s.key === 'data')
  if (data === undefined) throw new Error('no data')
  const blocks = readSection(data).blocks
  expect(textOf(blocks)).toBe('Slept badly.\nTapped a foot.')
  const written = away.sections.map((s) =>
    s.key === 'data' ? sectionOf('data', [...blocks, paragraph('Cried.')]) : s,
  )
  const [question] = questionsOf(written, dap, soap)
  expect(question).toEqual({
    key: 'data',
    choices: ['subjective', 'objective', 'data'],
    proposed: 'subjective',
  })
  const home = changed(written, dap, soap, { data: 'objective' })
  expect(home.sections.map((s) => s.text)).toEqual(['Slept badly.', 'Tapped a foot.\nCried.', '', ''])
})

test('what belongs nowhere stays under the heading that it had', () => {
  const own: NoteFormat = {
    key: 'own',
    name: 'Mine',
    parts: [],
    sections: [{ key: 'own-weather', label: 'Weather report' }],
  }
  const note = [{ key: 'own-weather', text: 'Stormy.', lexical: null }]
  expect(questionsOf(note, own, head('dap'))).toEqual([
    { key: 'own-weather', choices: ['data', 'assessment', 'plan', 'own-weather'], proposed: 'own-weather' },
  ])
  const kept = changed(note, own, head('dap'))
  expect(labelIn(kept.format, 'own-weather')).toBe('Weather report')
  // A template whose headings changed, or that lost one: the note keeps what it has.
  const later = changed(note, own, { ...own, sections: [{ key: 'own-sun', label: 'Sun' }] })
  expect(labelIn(later.format, 'own-weather')).toBe('Weather report')
  expect(later.sections.map((s) => s.text)).toEqual(['', 'Stormy.'])
})

test('what would be too large for a note is not begun', () => {
  const long = (key: string): Section => ({
    key,
    text: 'word '.repeat(SECTION_TEXT_MAX / 5 - 1),
    lexical: null,
  })
  expect(convert([long('subjective'), long('objective')], head('soap'), head('dap'))).toBeNull()
})

test('a look that would be too large goes; the words stay and can go on', () => {
  const many: Block[] = Array.from({ length: 45_000 }, (_, at) => ({
    kind: 'bullet',
    runs: [{ text: `${at}`, bold: false, italic: false }],
  }))
  const note = [{ key: 'subjective', text: textOf(many), lexical: null }]
  const away = changed(note, head('soap'), head('birp'))
  expect(words(away.sections)).toEqual(words(note))
  for (const { lexical } of away.sections)
    expect(lexical?.length ?? 0).toBeLessThanOrEqual(SECTION_LEXICAL_MAX)
})

test('every built-in format is a format, and no two have one key', () => {
  for (const each of builtInFormats) expect(formatSchema.safeParse(each).success, each.key).toBe(true)
  expect(new Set(builtInFormats.map((f) => f.key)).size).toBe(builtInFormats.length)
})
