import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textOf } from '../../../src/renderer/editor/blocks.ts'
import { readSection } from '../../../src/renderer/editor/sectionBlocks.ts'
import { bothVersions, differing, sameWords, sectionOf } from '../../../src/renderer/editor/versions.ts'
import { blocks } from './arbitrary.ts'

const key = fc.constantFrom('subjective', 'objective', 'assessment', 'plan')
const note = fc.uniqueArray(
  fc.tuple(key, blocks).map(([k, list]) => sectionOf(k, list)),
  { selector: (s) => s.key, maxLength: 4 },
)

describe('two versions of a note', () => {
  it('are kept both, whole, and with their look', () => {
    fc.assert(
      fc.property(note, note, (mine, theirs) => {
        const both = bothVersions(mine, theirs)
        for (const version of [...mine, ...theirs]) {
          const kept = both.find((s) => s.key === version.key)
          expect(kept?.text ?? '').toContain(version.text.trim() === '' ? '' : version.text)
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
        expect(sameWords(mine, plain)).toBe(true)
        expect(bothVersions(mine, plain)).toEqual(mine)
      }),
      { numRuns: 50 },
    )
  })

  it('name the sections in which they differ, also one that only one of them has', () => {
    const section = (k: string, text: string) => ({ key: k, text, lexical: null })
    const pairs = differing(
      [section('subjective', 'a'), section('plan', 'b')],
      [section('subjective', 'a'), section('plan', 'c'), section('objective', 'd')],
    )
    expect(pairs.map((p) => [p.key, p.mine.text, p.theirs.text])).toEqual([
      ['plan', 'b', 'c'],
      ['objective', '', 'd'],
    ])
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
