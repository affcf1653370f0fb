import fc from 'fast-check'
import { expect, test } from 'vitest'
import { line, LINE_MAX } from '../../../src/shared/contract/values.ts'
import type { Section } from '../../../src/shared/document/document.ts'
import { proposeSummary, shorten } from '../../../src/shared/domain/summaryLine.ts'

const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

const piece = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    ' ',
    '\n',
    '🙂',
    '👩‍👩‍👧‍👦',
    '. ',
    '…',
    '• ',
    '- ',
    'word',
    '𝒜'.repeat(50),
    'x'.repeat(90),
    '\u202e',
    '\u0007',
    '\ufeff',
  ),
)
const whole = fc.array(piece, { maxLength: 40 }).map((p) => p.join(''))
const section: fc.Arbitrary<Section> = fc.record({
  key: fc.constantFrom('subjective', 'objective', 'assessment', 'plan', 'other'),
  text: whole,
  lexical: fc.constant(null),
})

const one = (key: string, said: string): Section => ({ key, text: said, lexical: null })

test('shorten: never longer, never half a character, the same when it fits, and always a beginning', () => {
  fc.assert(
    fc.property(whole, fc.integer({ min: 1, max: 200 }), (given, max) => {
      const short = shorten(given, max)
      expect(short.length).toBeLessThanOrEqual(max)
      expect(short).not.toMatch(LONE)
      if (given.length <= max) expect(short).toBe(given)
      else {
        expect(short.endsWith('…')).toBe(true)
        expect(given.startsWith(short.slice(0, -1))).toBe(true)
      }
    }),
    { numRuns: 500 },
  )
  expect(shorten('🙂'.repeat(10), 10)).toBe(`${'🙂'.repeat(4)}…`)
  expect(shorten('one two three', 9)).toBe('one two…')
})

test('the proposed line is one that signing takes, or nothing', () => {
  fc.assert(
    fc.property(fc.array(section, { maxLength: 6 }), (sections) => {
      const proposed = proposeSummary(sections)
      expect(proposed.length).toBeLessThanOrEqual(160)
      expect(proposed).not.toMatch(LONE)
      if (proposed !== '') {
        const taken = line(LINE_MAX).safeParse(proposed)
        expect(taken.success).toBe(true)
      }
    }),
    { numRuns: 500 },
  )
})

test('it says what the most telling section says first', () => {
  const sections = [
    one('subjective', 'She said it was fine. More.'),
    one('assessment', '• Mood is lifting steadily, week by week, she says.  Risk low.'),
    one('plan', 'Go on'),
  ]
  expect(proposeSummary(sections)).toBe('Mood is lifting steadily, week by week, she says.')
  expect(proposeSummary(sections.slice(0, 1))).toBe('She said it was fine. More.')
  expect(proposeSummary([one('plan', 'Ok. Then the diary, every night')])).toBe(
    'Ok. Then the diary, every night',
  )
  expect(proposeSummary([one('assessment', ' • – \n'), one('plan', 'The diary goes on')])).toBe(
    'The diary goes on',
  )
  expect(proposeSummary([])).toBe('')
  expect(proposeSummary([one('own-heading', 'Anything\nat all')])).toBe('Anything at all')
})
