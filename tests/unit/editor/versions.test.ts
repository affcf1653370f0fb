import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textOf } from '../../../src/renderer/editor/blocks.ts'
import { readSection, sectionOf } from '../../../src/renderer/editor/sectionBlocks.ts'
import { bothVersions, DETAILS_KEY, differing, sameWords } from '../../../src/renderer/editor/versions.ts'
import { noDetails, type Details } from '../../../src/shared/document/details.ts'
import { labelIn, type Section } from '../../../src/shared/document/document.ts'
import { soapNote } from '../../support/words.ts'
import { blocks } from './arbitrary.ts'

const key = fc.constantFrom('subjective', 'objective', 'assessment', 'plan')
const note = fc.uniqueArray(
  fc.tuple(key, blocks).map(([k, list]) => sectionOf(k, list)),
  { selector: (s) => s.key, maxLength: 4 },
)
const version = (sections: readonly Section[], details: Details = noDetails) => {
  const { format } = soapNote([])
  return { sections, beside: { format, details } }
}

describe('two versions of a note', () => {
  it('are kept both, whole, and with their look', () => {
    fc.assert(
      fc.property(note, note, (mine, theirs) => {
        const both = bothVersions(version(mine), version(theirs)).sections
        for (const one of [...mine, ...theirs]) {
          const kept = both.find((s) => s.key === one.key)
          expect(kept?.text ?? '').toContain(one.text.trim() === '' ? '' : one.text)
        }
        for (const section of both) expect(readSection(section).damaged).toBe(false)
      }),
      { numRuns: 50 },
    )
  })

  it('are the same when they say the same, however they look', () => {
    fc.assert(
      fc.property(note, (mine) => {
        const plain = mine.map((s) => ({ ...s, lexical: null }))
        expect(sameWords(version(mine), version(plain))).toBe(true)
        expect(bothVersions(version(mine), version(plain)).sections).toEqual(mine)
      }),
      { numRuns: 50 },
    )
  })

  it('name the sections in which they differ, also one that only one of them has', () => {
    const section = (k: string, text: string) => ({ key: k, text, lexical: null })
    const pairs = differing(
      version([section('subjective', 'a'), section('plan', 'b')]),
      version([section('subjective', 'a'), section('plan', 'c'), section('objective', 'd')]),
    )
    expect(pairs.map((p) => [p.key, p.mine.text, p.theirs.text])).toEqual([
      ['plan', 'b', 'c'],
      ['objective', '', 'd'],
    ])
  })

  it('differ in what stands beside the words, and keep both of it', () => {
    const said = (name: string): Details => ({
      ...noDetails,
      interventions: [{ name, outcome: 'helped', said: '' }],
    })
    const [mine, theirs] = [version([], said('One')), version([], said('Other'))]
    expect(differing(mine, theirs).map((p) => p.key)).toEqual([DETAILS_KEY])
    expect(sameWords(mine, theirs)).toBe(false)
    const names = bothVersions(mine, theirs).beside?.details.interventions.map((i) => i.name)
    expect(names).toEqual(['One', 'Other'])
  })

  it('of two formats keep each section under the heading that it has', () => {
    const mine = version([{ key: 'plan', text: 'a', lexical: null }])
    const own = { key: 'own-tmpl', name: 'Own', sections: [{ key: 'own-a', label: 'Étape A' }], parts: [] }
    const both = bothVersions(mine, {
      sections: [{ key: 'own-a', text: 'b', lexical: null }],
      beside: { format: own, details: noDetails },
    })
    expect(both.sections.map(({ key: k, text }) => [k, text])).toEqual([
      ['plan', 'a'],
      ['own-a', 'b'],
    ])
    expect(both.beside === null ? '' : labelIn(both.beside.format, 'own-a')).toBe('Étape A')
    expect(both.beside?.format.sections.filter(({ key: k }) => k === 'plan')).toHaveLength(1)
  })

  it('make a section whose text is what its blocks say', () => {
    fc.assert(
      fc.property(blocks, (list) => {
        expect(sectionOf('plan', list).text).toBe(textOf(list))
      }),
      { numRuns: 30 },
    )
  })
})
