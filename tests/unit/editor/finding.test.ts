import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold, matchesOf } from '../../../src/renderer/editor/finding.ts'

const found = (text: string, wanted: string): string[] =>
  matchesOf(fold(text), wanted).map(({ from, to }) => text.slice(from, to))

describe('finding', () => {
  it('minds neither case nor accents, in the text or in what is looked for', () => {
    expect(found('José met JOSE and Jose\u0301.', 'josé')).toEqual(['José', 'JOSE', 'Jose\u0301'])
    expect(found('Straße, STRASSE', 'strasse')).toEqual(['Straße', 'STRASSE'])
    expect(found('ΟΔΟΣ και οδός', 'οδος')).toEqual(['ΟΔΟΣ', 'οδός'])
  })

  it('finds right-to-left words with or without their points', () => {
    expect(found('היא אמרה שָׁלוֹם ויצאה', 'שלום')).toEqual(['שָׁלוֹם'])
    expect(found('قالت مَرْحَبًا', 'مرحبا')).toEqual(['مَرْحَبًا'])
  })

  it('takes one kind of quotation mark, dash and space for another', () => {
    expect(found('“I can’t” – she said\u00a0so', `"i can't" - she said so`)).toHaveLength(1)
    expect(found('over\ntwo lines', 'over two')).toEqual(['over\ntwo'])
  })

  it('finds nothing for nothing, and no place twice', () => {
    expect(found('aaaa', '')).toEqual([])
    expect(found('aaaa', '\u0301')).toEqual([])
    expect(found('aaaa', 'aa')).toEqual(['aa', 'aa'])
  })

  it('finds what was cut out of a text, and only places that say it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
        fc.nat(),
        fc.nat(),
        (text, a, b) => {
          const parts = [...new Intl.Segmenter().segment(text)]
          const [i, j] = [a % parts.length, b % parts.length].sort((x, y) => x - y)
          const wanted = parts
            .slice(i, (j ?? 0) + 1)
            .map((part) => part.segment)
            .join('')
          const needle = fold(wanted).text
          const places = matchesOf(fold(text), wanted)
          if (needle !== '') expect(places.length).toBeGreaterThan(0)
          for (const { from, to } of places) expect(fold(text.slice(from, to)).text).toContain(needle)
        },
      ),
    )
  })
})
