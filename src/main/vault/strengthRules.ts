import type { ZxcvbnResult } from '@zxcvbn-ts/core'
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common'
import { dictionary as english } from '@zxcvbn-ts/language-en'
import { isTooLong } from './keys.ts'
import type { PersonalWords, Strength, StrengthReason } from './strength.ts'
import { withoutDates } from './dates.ts'
import { professionWords } from './professionWords.ts'

export const shortestPassphrase = 12
/** Letters and digits that must be left when names and dates are taken away. */
const leastOfOnesOwn = 8
/**
 * zxcvbn's time grows faster than the text, so it sees the first 100 characters only: what comes after them can
 * make a passphrase stronger than we say, never weaker.
 */
const zxcvbnLength = 100
const compactLength = 40

let factory: ZxcvbnFactory | undefined

/** Built at first use: 0.2 s and the dictionaries' memory. Levenshtein stays: without it "Tr0ub4dour&3" scores 4. */
function zxcvbn(): ZxcvbnFactory {
  factory ??= new ZxcvbnFactory({
    dictionary: { ...common, ...english, profession: professionWords },
    graphs: adjacencyGraphs,
    useLevenshteinDistance: true,
    maxLength: zxcvbnLength,
    // The default of 100 takes up to eight seconds over a text like "4@$5!1…"; ten still sees through "P4$$w0rd".
    l33tMaxSubstitutions: 10,
  })
  return factory
}

/** Letters that people type plainly and that Unicode does not take apart. */
const plainLetters: Record<string, string> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
  ı: 'i',
  ħ: 'h',
}

/** Letters and digits only, without accents, lower case: how "Élodie-Martin" and "elodie martin" are the same. */
function compact(text: string): string {
  const bare = text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()
  return bare.replace(/[øłđðþæœßıħ]/gu, (letter) => plainLetters[letter] ?? letter)
}

function partsOf(texts: readonly string[]): string[] {
  const parts = texts.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}\p{M}]+/u)]).map(compact)
  return [...new Set(parts)].filter((part) => part.length >= 3).toSorted((a, b) => b.length - a.length)
}

function refused(reason: StrengthReason, score: Strength['score'] = 0): Strength {
  return { score, verdict: 'refused', reason }
}

/** What is left of the passphrase once the given words are cut out, and whether one of them was found in it. */
function cutting(text: string, words: readonly string[]): { rest: string; found: boolean } {
  let rest = text
  for (const word of words) rest = rest.replaceAll(word, '')
  return { rest, found: rest.length < text.length }
}

/**
 * How well a passphrase would hold against somebody with the files, a dictionary and our scrypt. Pure and slow
 * (0.1–1 s): call it through StrengthMeter. Counted in characters after NFKC, as the key derivation takes it.
 */
export function assessPassphrase(passphrase: string, personal: PersonalWords): Strength {
  if (isTooLong(passphrase)) return refused('TOO_LONG')
  const text = passphrase.normalize('NFKC')
  const length = [...text].length
  if (/\p{Surrogate}/u.test(text)) return refused('NOT_TEXT')
  if (length < shortestPassphrase) return refused('TOO_SHORT')

  const names = partsOf(personal.names)
  const computer = partsOf([personal.computer])
  const undated = withoutDates(text)
  const dated = undated !== text
  const unnamed = cutting(compact(undated), names)
  const own = cutting(unnamed.rest, computer)
  const isPersonal = dated || unnamed.found || own.found
  if (isPersonal && [...own.rest].length < leastOfOnesOwn) {
    if (unnamed.found) return refused('NAME')
    return refused(own.found ? 'COMPUTER' : 'DATE')
  }

  const result = worst(text, [...names, ...computer])
  const score = result.score
  if (score >= 3) return { score, verdict: score === 3 ? 'fair' : 'good', reason: 'NONE' }
  const reason = reasonFor(result, names, computer)
  return score === 2 ? { score, verdict: 'weak', reason } : refused(reason, score)
}

/** Spaces between two common words are no secret: the weaker of the text with and without its separators counts. */
function worst(text: string, personal: string[]): ZxcvbnResult {
  const spaced = zxcvbn().check(text, personal)
  const joined = text.replace(/[\s\p{P}]+/gu, '')
  if (spaced.score < 3 || joined === text || joined.length > compactLength || joined === '') return spaced
  const tight = zxcvbn().check(joined, personal)
  return tight.guesses < spaced.guesses ? tight : spaced
}

function reasonFor(result: ZxcvbnResult, names: string[], computer: string[]): StrengthReason {
  const longest = result.sequence.toSorted((a, b) => b.token.length - a.token.length)[0]
  const matched = (words: string[]) =>
    result.sequence.some(
      (match) => match['dictionaryName'] === 'userInputs' && words.includes(String(match['matchedWord'])),
    )
  if (matched(names)) return 'NAME'
  if (matched(computer)) return 'COMPUTER'
  switch (longest?.pattern) {
    case 'dictionary':
    case 'wordSequence':
      return 'COMMON'
    case 'repeat':
      return 'REPEATED'
    case 'spatial':
    case 'sequence':
      return 'PATTERN'
    case 'date':
    case 'regex':
      return 'DATE'
    default:
      return 'GUESSABLE'
  }
}
