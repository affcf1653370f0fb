import { wordlist } from '@scure/bip39/wordlists/english.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  RecoverySheets,
  nearestWord,
  newRecoveryCode,
  parseRecoveryCode,
  wordsOf,
} from '../../../src/main/vault/recovery.ts'

const known = 'legal winner thank year wave sausage worth useful legal winner thank yellow'
const knownEntropy = '7f'.repeat(16)

function entropyOf(text: string): string | null {
  const parsed = parseRecoveryCode(text)
  return parsed.ok ? parsed.entropy.toString('hex') : null
}

test('reads the reference words of BIP39', () => {
  expect(entropyOf(known)).toBe(knownEntropy)
})

test('what is made can be read, however it is typed', () => {
  const separators = fc.constantFrom(' ', '  ', ', ', ',', '\n', '\r\n', ' \t', ' · ', '\u00a0', '; ', ' - ')
  const numbered = fc.constantFrom('', '#. ', '#) ', '# ', '(#) ')
  const spelling = fc.constantFrom('lower', 'upper', 'title', 'wide')
  fc.assert(
    fc.property(separators, numbered, spelling, fc.boolean(), (separator, number, style, invisible) => {
      const { words, entropy } = newRecoveryCode()
      expect(words).toHaveLength(12)
      const typed = words.map((word, index) => {
        const prefix = number.replace('#', String(index + 1))
        if (style === 'upper') return prefix + word.toUpperCase()
        if (style === 'title') return prefix + word.slice(0, 1).toUpperCase() + word.slice(1)
        if (style === 'wide') {
          return prefix + [...word].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join('')
        }
        return prefix + (invisible ? `${word.slice(0, 2)}\u00ad${word.slice(2)}\u200b` : word)
      })
      expect(entropyOf(` ${typed.join(separator)} `)).toBe(entropy.toString('hex'))
    }),
  )
})

test('too few, too many, none', () => {
  const words = known.split(' ')
  expect(parseRecoveryCode('')).toEqual({ ok: false, code: 'COUNT', words: 0 })
  expect(parseRecoveryCode(words.slice(1).join(' '))).toEqual({ ok: false, code: 'COUNT', words: 11 })
  expect(parseRecoveryCode(`${known} able`)).toEqual({ ok: false, code: 'COUNT', words: 13 })
  expect(parseRecoveryCode('able '.repeat(200_000))).toMatchObject({ ok: false, code: 'COUNT' })
})

test('says which word is no word, and what it may have been', () => {
  const typed = known.replace('sausage', 'sausige')
  expect(parseRecoveryCode(typed)).toEqual({ ok: false, code: 'NOT_A_WORD', word: 6, suggestion: 'sausage' })
  expect(parseRecoveryCode(known.replace('year', 'año'))).toMatchObject({ code: 'NOT_A_WORD', word: 4 })
})

test('a wrong or swapped word is noticed by the checksum, but for one in sixteen', () => {
  const words = known.split(' ')
  const swapped = [words[1], words[0], ...words.slice(2)].join(' ')
  expect(parseRecoveryCode(swapped)).toEqual({ ok: false, code: 'CHECKSUM' })
  let unnoticed = 0
  for (const word of wordlist) if (entropyOf([word, ...words.slice(1)].join(' ')) !== null) unnoticed += 1
  expect(unnoticed).toBeGreaterThan(2048 / 16 / 2)
  expect(unnoticed).toBeLessThan((2048 / 16) * 2)
})

test('suggests one word for one slip, and nothing where it would be a guess', () => {
  expect(nearestWord('abandn')).toBe('abandon')
  expect(nearestWord('kichen')).toBe('kitchen')
  // As near to "below" as to "yellow".
  expect(nearestWord('yelow')).toBeNull()
  expect(nearestWord('viusal')).toBe('visual')
  expect(nearestWord('éagle')).toBe('eagle')
  expect(nearestWord('xqzzkw')).toBeNull()
  expect(nearestWord('a')).toBeNull()
  expect(nearestWord('a'.repeat(500))).toBeNull()
})

test('any text at all is read or refused, never thrown at', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (text) => {
      expect(parseRecoveryCode(text).ok).toBe(false)
      expect(wordsOf(text).every((word) => word.length > 0)).toBe(true)
    }),
  )
})

test('three words of each sheet are asked for; right ones confirm, wrong ones are named', () => {
  const words = { record: newRecoveryCode().words, private: newRecoveryCode().words }
  const sheets = new RecoverySheets(words)
  const { challenge } = sheets
  const answers = {
    record: challenge.record.map((place) => ` ${words.record[place - 1]?.toUpperCase() ?? ''}`),
    private: challenge.private.map((place) => words.private[place - 1] ?? ''),
  }
  for (const places of [challenge.record, challenge.private]) {
    expect(new Set(places).size).toBe(3)
    expect(places.every((place) => place >= 1 && place <= 12)).toBe(true)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  }
  expect(sheets.wrongAnswers(answers)).toEqual([])
  const mistaken = { ...answers, private: [answers.private[0] ?? '', 'not', ''] }
  expect(sheets.wrongAnswers(mistaken)).toEqual([
    { sheet: 'private', word: challenge.private[1] },
    { sheet: 'private', word: challenge.private[2] },
  ])
  expect(sheets.wrongAnswers({ record: [], private: [] })).toHaveLength(6)
  // Every word of the sheet in one field is not an answer.
  const all = words.record.join(' ')
  expect(sheets.wrongAnswers({ ...answers, record: [all, all, all] })).toHaveLength(3)
})
