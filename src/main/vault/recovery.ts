import { randomBytes, randomInt } from 'node:crypto'
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'

/** Words on a sheet: 128 bits of entropy and four of checksum. */
export const codeLength = 12
const places = new Map(wordlist.map((word, place) => [word, place]))

/** A fresh code: 12 words, and the 16 bytes that they spell (the caller zeroes them). */
export function newRecoveryCode(): { words: string[]; entropy: Buffer } {
  const entropy = randomBytes(16)
  return { words: entropyToMnemonic(entropy, wordlist).split(' '), entropy }
}

export type ParsedCode =
  | { readonly ok: true; readonly entropy: Buffer }
  | { readonly ok: false; readonly code: 'COUNT'; readonly words: number }
  | {
      readonly ok: false
      readonly code: 'NOT_A_WORD'
      readonly word: number
      readonly suggestion: string | null
    }
  | { readonly ok: false; readonly code: 'CHECKSUM' }

/** The words of a typed sheet: case, spaces, commas, line breaks, numbering and invisible characters do not count. */
export function wordsOf(text: string): string[] {
  const plain = text
    .slice(0, 4000)
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .toLowerCase()
  return plain.match(/[\p{L}\p{M}]+/gu) ?? []
}

/**
 * Reads a typed code. NOT_A_WORD names the first such word by its 1-based place, with the nearest word if one is
 * clearly nearest: nearly a secret, so it goes to the screen that asked and into no error or log. CHECKSUM: every
 * word is one, but together they are not a code: one is another word, or two have changed places.
 */
export function parseRecoveryCode(text: string): ParsedCode {
  const words = wordsOf(text)
  if (words.length !== codeLength) return { ok: false, code: 'COUNT', words: words.length }
  const stranger = words.findIndex((word) => !places.has(word))
  if (stranger >= 0) {
    return {
      ok: false,
      code: 'NOT_A_WORD',
      word: stranger + 1,
      suggestion: nearestWord(words[stranger] ?? ''),
    }
  }
  try {
    const bytes = mnemonicToEntropy(words.join(' '), wordlist)
    const entropy = Buffer.from(bytes)
    bytes.fill(0)
    return { ok: true, entropy }
  } catch {
    return { ok: false, code: 'CHECKSUM' }
  }
}

/** The one word that shares the first four letters (they are unique in the list), or is nearest within two slips. */
export function nearestWord(typed: string): string | null {
  if (typed.length < 3 || typed.length > 16) return null
  const bare = typed.normalize('NFKD').replace(/\p{M}/gu, '')
  const byStart = bare.length >= 4 ? wordlist.filter((word) => word.startsWith(bare.slice(0, 4))) : []
  if (byStart.length === 1) return byStart[0] ?? null
  let best: string[] = []
  let least = 3
  for (const word of wordlist) {
    const slips = slipsBetween(bare, word)
    if (slips > least || slips > 2) continue
    if (slips < least) best = []
    least = slips
    best.push(word)
  }
  return best.length === 1 ? (best[0] ?? null) : null
}

/** Letters to insert, drop, change or swap with their neighbour; 3 stands for "three or more". */
function slipsBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const change = a[row - 1] === b[column - 1] ? 0 : 1
      let cost = Math.min(
        (previous[column] ?? 3) + 1,
        (current[column - 1] ?? 3) + 1,
        (previous[column - 1] ?? 3) + change,
      )
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (swapped) cost = Math.min(cost, (before[column - 2] ?? 3) + 1)
      current.push(cost)
    }
    before = previous
    previous = current
  }
  return Math.min(previous[b.length] ?? 3, 3)
}

export type Sheet = 'record' | 'private'
export type SheetWords = Readonly<Record<Sheet, readonly string[]>>
const wordsToConfirm = 3

/** Which words are to be typed back: 1-based places, ascending. */
export type Challenge = Readonly<Record<Sheet, readonly number[]>>

/** The two sheets while they are being written down. Dropped once confirmed, put off, or the vault is locked. */
export class RecoverySheets {
  readonly #words: SheetWords
  readonly challenge: Challenge

  constructor(words: SheetWords) {
    this.#words = words
    this.challenge = { record: randomPlaces(), private: randomPlaces() }
  }

  /** The places whose answer is wrong; none when the sheets are confirmed. */
  wrongAnswers(answers: SheetWords): { sheet: Sheet; word: number }[] {
    const sheets: Sheet[] = ['record', 'private']
    return sheets.flatMap((sheet) =>
      this.challenge[sheet].flatMap((word, index) => {
        const typed = wordsOf(answers[sheet][index] ?? '')
        const right = typed.length === 1 && typed[0] === this.#words[sheet][word - 1]
        return right ? [] : [{ sheet, word }]
      }),
    )
  }
}

function randomPlaces(): number[] {
  const chosen = new Set<number>()
  while (chosen.size < wordsToConfirm) chosen.add(randomInt(codeLength) + 1)
  return [...chosen].toSorted((a, b) => a - b)
}
