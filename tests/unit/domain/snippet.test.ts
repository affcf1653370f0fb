import fc from 'fast-check'
import { expect, test } from 'vitest'
import { searchExpression, searchWords, snippetOf } from '../../../src/shared/domain/snippet.ts'

const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/
const word = fc.constantFrom(
  'alpha',
  'Ångström',
  'который',
  '한국어',
  'हिन्दी',
  'שָׁלוֹם',
  '𝒜𝒷𝒸',
  'PHQ9',
  'ﬁx',
  'ß',
  'İx',
)
const glue = fc.constantFrom(' ', '\n\n', '🙂', ', ', '—', '"', '  ', '👩‍👩‍👧‍👦', '…')
const prose = fc
  .array(
    fc.oneof({ weight: 3, arbitrary: fc.tuple(word, glue) }, fc.tuple(fc.string({ unit: 'grapheme' }), glue)),
    {
      maxLength: 60,
    },
  )
  .map((pairs) => pairs.flat().join(''))

test('an expression holds words, quotes and our own operators, whatever was typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (typed) => {
      const expression = searchExpression(typed)
      if (expression === null) return
      // Each quoted part holds letters, numbers and marks; outside the quotes there is nothing typed.
      const outside = expression.replace(/"[\p{L}\p{N}\p{M}\p{Co} ]+"/gu, 'w')
      expect(outside).toMatch(/^(w( \*)?|\(w( \*)? OR w( \*)?\))( AND (w( \*)?|\(w( \*)? OR w( \*)?\)))*$/)
    }),
    { numRuns: 300 },
  )
})

test('nothing to look for yet: fewer than two letters or digits', () => {
  for (const typed of [
    '',
    ' ',
    'a',
    ' a ',
    '"a"',
    '*',
    '🙂🙂',
    '--',
    '\u0301\u0301',
    '\ud800\ud800',
    '\0\0',
    'é',
  ]) {
    expect(searchExpression(typed)).toBeNull()
  }
  expect(searchExpression('é1')).not.toBeNull()
})

test('the last word may be a beginning, unless it was closed; quotes make a phrase', () => {
  expect(searchExpression('one two')).toBe('"one" AND "two" *')
  expect(searchExpression('one two ')).toBe('"one" AND "two"')
  expect(searchExpression('one t')).toBe('"one" AND "t"')
  expect(searchExpression('"one two"')).toBe('"one two"')
  expect(searchExpression('“one two”')).toBe('"one two"')
  expect(searchExpression('one" OR "two')).toBe('"one" AND "OR" AND "two" *')
  expect(searchExpression('café')).toBe(`("caf\u00e9" * OR "cafe\u0301" *)`)
})

test('a paragraph pasted into the field stays an expression of at most twelve words', () => {
  const expression = searchExpression('word '.repeat(40))
  expect(expression?.split(' AND ')).toHaveLength(12)
  expect(searchWords('a b c d e f g h i j k l m n')).toHaveLength(12)
})

test('a snippet is a piece of the text: nothing invented, nothing cut in half, short', () => {
  fc.assert(
    fc.property(prose, fc.array(word, { maxLength: 3 }), (text, typed) => {
      const flat = text.replace(/\s+/gu, ' ').trim()
      const snippet = snippetOf(text, searchWords(typed.join(' ')))
      const joined = snippet.before.replace(/^…/, '') + snippet.match + snippet.after
      // Either the end was left out and marked, or there was no more.
      const body = joined.endsWith('…') && !flat.endsWith(joined) ? joined.slice(0, -1) : joined
      expect(flat).toContain(body)
      for (const part of Object.values(snippet)) expect(part).not.toMatch(LONE)
      expect(snippet.before.length).toBeLessThanOrEqual(50)
      expect(snippet.after.length).toBeLessThanOrEqual(48 + 110 + 1)
    }),
    { numRuns: 400 },
  )
})

test('a written word is marked whole, whatever its case, marks and neighbours', () => {
  fc.assert(
    fc.property(prose, word, glue, prose, (before, wanted, gap, after) => {
      const text = `${before} ${wanted}${gap}${after}`
      const { match } = snippetOf(text, searchWords(wanted))
      expect(
        searchWords(match)
          .join('')
          .startsWith(searchWords(wanted)[0] ?? ''),
      ).toBe(true)
    }),
    { numRuns: 200 },
  )
  expect(snippetOf('An Ångström here', searchWords('angs')).match).toBe('Ångström')
  expect(snippetOf('she said: Therapy, now', searchWords('THERA'))).toEqual({
    before: 'she said: ',
    match: 'Therapy',
    after: ', now',
  })
})

test('without a match it is the beginning of the text', () => {
  expect(snippetOf('  Some\n words ', ['nothing'])).toEqual({ before: '', match: '', after: 'Some words' })
  expect(snippetOf('', ['nothing'])).toEqual({ before: '', match: '', after: '' })
  expect(snippetOf('🙂'.repeat(300), ['x']).after).not.toMatch(LONE)
})
