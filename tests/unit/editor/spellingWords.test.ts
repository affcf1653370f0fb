import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wordsToCheck } from '../../../src/renderer/editor/spelling/words.ts'

const words = (text: string): string[] => wordsToCheck(text).map(({ word }) => word)

describe('the words that spelling looks at', () => {
  it('are the words of prose, with their apostrophes', () => {
    expect(words("She didn't sleep; he’s well-rested, n'est-ce pas?")).toEqual([
      'She',
      "didn't",
      'sleep',
      "he's",
      'well',
      'rested',
      "n'est",
      'ce',
      'pas',
    ])
    expect(words('and/or he/she')).toEqual(['and', 'or', 'he', 'she'])
  })

  it('are not names, abbreviations, numbers or addresses', () => {
    expect(words('met Tuan and Mrs Okonjo at school')).toEqual(['met', 'and', 'at', 'school'])
    expect(words('CBT, DBT, IEPs and EMDR but ANXIETY')).toEqual(['and', 'but', 'ANXIETY'])
    expect(words('f2f on 3rd, v2 iPhone McKinney')).toEqual(['on'])
    expect(words('see www.example.org, http://a.b/cdef ana@exampl.org #tagg ~/filez')).toEqual(['see'])
    expect(words('a I x')).toEqual([])
  })

  it('begin again after the end of a sentence, a line and a mark', () => {
    expect(words('Done. Wnet home')).toEqual(['Done', 'Wnet', 'home'])
    expect(words('one\nWnet two')).toEqual(['one', 'Wnet', 'two'])
    expect(words('asked: Wnet “Xyz” Ana')).toEqual(['asked', 'Wnet'])
    expect(words('– Wnet')).toEqual(['Wnet'])
    expect(words(`${'a long line of words without an end '.repeat(3)}Tuan`)).not.toContain('Tuan')
  })

  it("are never the client's own", () => {
    expect(words('said “I was fyne” and wnet')).toEqual(['said', 'and', 'wnet'])
    expect(words('said "fyne" wnet "fyne"')).toEqual(['said', 'wnet'])
    expect(words('dijo «fyne» y sagte „fyne“ dann')).toEqual(['dijo', 'sagte', 'dann'])
    expect(words('5" tall, wnet')).toEqual(['tall', 'wnet'])
  })

  it('are of a script that a dictionary has', () => {
    expect(words('слово 言葉 λόγος كلمة שלום word')).toEqual(['word'])
    expect(words('nai\u0308ve señora Müdigkeit œuvre'.toLowerCase())).toEqual([
      'naïve',
      'señora',
      'müdigkeit',
      'œuvre',
    ])
    expect(words('wоrd')).toEqual([])
    expect(words('co\u00adoperate')).toEqual(['cooperate'])
    expect(words('a👩‍👩‍👧well🙂done')).toEqual(['well', 'done'])
  })

  it('stand where they say, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string({ unit: 'binary', maxLength: 20 }),
            fc.constantFrom(' ', '\n', '. ', '“', '”', '"', "'", 'word', 'Name', 'e\u0301', '\ud83d'),
          ),
          { maxLength: 30 },
        ),
        (parts) => {
          const text = parts.join('')
          let last = 0
          for (const { start, end, word } of wordsToCheck(text)) {
            expect(start).toBeGreaterThanOrEqual(last)
            expect(end).toBeGreaterThan(start)
            expect(word.length).toBeGreaterThan(1)
            expect(word).not.toMatch(/\s/u)
            last = end
          }
          expect(last).toBeLessThanOrEqual(text.length)
        },
      ),
      { numRuns: 200 },
    )
  })
})
