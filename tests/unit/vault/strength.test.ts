import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isAcceptable, strengthReasons } from '../../../src/main/vault/strength.ts'
import { assessPassphrase } from '../../../src/main/vault/strengthRules.ts'
import { withoutDates } from '../../../src/main/vault/dates.ts'

const personal = { names: ['emontgomery', 'Élodie Montgomery-Sørensen'], computer: 'DISTRICT-LT-0417' }
const assess = (text: string) => assessPassphrase(text, personal)

describe('refused or weak, with the reason', () => {
  test.each([
    ['', 'TOO_SHORT'],
    ['k7#Qz!', 'TOO_SHORT'],
    ['elevenchars', 'TOO_SHORT'],
    ['x'.repeat(1001), 'TOO_LONG'],
    [`half a pair \ud800 of surrogates`, 'NOT_TEXT'],
    ['elodie montgomery', 'NAME'],
    ['ÉLODIE.MONTGOMERY', 'NAME'],
    ['Élodie Sorensen 7', 'NAME'],
    ['emontgomery1984', 'NAME'],
    ['Elodie 14.02.1984', 'NAME'],
    ['district-lt-0417', 'COMPUTER'],
    ['DISTRICT LT 0417 !!', 'COMPUTER'],
    ['14 February 1984', 'DATE'],
    ['February 14th, 1984', 'DATE'],
    ['1984-02-14 1986-12-03', 'DATE'],
    ['14021984 03121986', 'DATE'],
    ['14 de febrero de 1984', 'DATE'],
    ['aaaaaaaaaaaaaaaa', 'REPEATED'],
    ['therapytherapy', 'REPEATED'],
    ['progress notes', 'COMMON'],
    ['bracket notebook', 'COMMON'],
    ['password1234', 'COMMON'],
    ['qwertyuiop1234', 'COMMON'],
  ] as const)('%# is refused', (text, reason) => {
    const strength = assess(text)
    expect(strength.reason).toBe(reason)
    expect(isAcceptable(strength)).toBe(false)
  })
})

test.each(['Tr0ub4dour&3', 'P4$$w0rd1234', 'P@$$w0rd!P@$$w0rd!', 'B4sk3tb4ll123'])(
  'a disguised common word is not accepted (%#)',
  (text) => {
    expect(isAcceptable(assess(text))).toBe(false)
  },
)

describe('good ones are accepted', () => {
  test.each([
    'correct horse battery staple',
    'purple tractors dream of soup',
    'seven gray herons at the weir',
    'k7#Qz!pM2@vLx9',
    'Elodie counts nine velvet octopus hats',
    'born 14 Feb 1984 yet the kettle still hums',
    'Кот любит спать на подоконнике',
    '窓際で猫が静かに眠っている午後の光',
    'القطة تنام بهدوء قرب النافذة',
  ])('%#', (text) => {
    expect(assess(text)).toMatchObject({ verdict: 'good', reason: 'NONE' })
  })
})

test('a thousand characters are taken, in any script, and only their first hundred are weighed', () => {
  expect(isAcceptable(assess('窓際で猫が静かに眠っている午後の光と風'.repeat(60).slice(0, 1000)))).toBe(true)
  expect(assess(`${'ab'.repeat(50)}${'k7#Qz!pM2@vLx9'.repeat(60)}`.slice(0, 1000)).verdict).toBe('refused')
})

test('length is counted in characters, after NFKC', () => {
  expect(assess('🦉🦊🐝🦀🐌🦋').reason).toBe('TOO_SHORT')
  expect(assess('e\u0301'.repeat(11)).reason).toBe('TOO_SHORT')
})

test('any text gets a verdict of the closed lists', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const { score, verdict, reason } = assess(text)
      expect(strengthReasons).toContain(reason)
      expect((verdict === 'fair' || verdict === 'good') === (reason === 'NONE')).toBe(true)
      if (verdict === 'good') expect(score).toBe(4)
    }),
    { numRuns: 30 },
  )
})

test('dates are cut out, other numbers stay', () => {
  expect(withoutDates('14/2/84').trim()).toBe('')
  expect(withoutDates('born Feb 14 1984.').replace(/\s+/g, ' ')).toBe('born .')
  for (const text of ['48392017463528190473', 'room 4711', 'marching may flies', '7 gray herons']) {
    expect(withoutDates(text)).toBe(text)
  }
})
