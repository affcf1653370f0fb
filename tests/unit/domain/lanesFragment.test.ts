import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isFragment } from '../../../src/shared/domain/fragment.ts'

const word = fc.stringMatching(/^[a-zéñß]{4,12}$/u).filter((w) => w !== 'none' && w !== 'same')
const mark = fc.constantFrom('', '.', '?', '??', '!', '…', ' -', ' …')

describe('a fragment', () => {
  it('is one or two words that only mean something today', () => {
    for (const line of [
      'Angry',
      'mother again',
      'cutting??',
      '  Tearful.  ',
      'self-harm',
      'Злится',
      'غاضب',
      'mother’s boyfriend',
    ]) {
      expect(isFragment(line), line).toBe(true)
    }
  })

  it('is no phrase, no figure, no heading, no quotation and no answer that is whole', () => {
    for (const line of [
      '',
      '   ',
      '??',
      'Said she was angry',
      'angry about homework',
      'PHQ-9: 14',
      '50 minutes',
      'Homework:',
      '“mother again”',
      '"Whatever"',
      '«Non»',
      'None.',
      'N/A',
      'No change',
      'Not assessed',
      'see above',
      '不安を感じる',
      '一',
      'Donaudampfschifffahrtselektrizitätenhauptbetriebswerk',
    ]) {
      expect(isFragment(line), line).toBe(false)
    }
  })

  it('holds for any one or two words, whatever stands around them, and never for three', () => {
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 5 }),
        mark,
        fc.boolean(),
        (words, end, spaced) => {
          const line = words.join(' ') + end
          expect(isFragment(spaced ? `  ${line}\t` : line)).toBe(words.length <= 2)
        },
      ),
    )
  })

  it('answers for anything that can be typed, says the same for the same words, and never for a digit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (line) => {
        expect(isFragment(line)).toBe(isFragment(` ${line} `))
        expect(isFragment(`${line}7`)).toBe(false)
        expect(isFragment(`“${line}”`)).toBe(false)
      }),
    )
  })
})
