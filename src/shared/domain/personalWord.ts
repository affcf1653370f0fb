export const WORD_MAX = 60

const WORD = /^[\p{L}\p{M}\p{N}'’.-]+$/u
const CURLY = /[\u2018\u2019\u02bc]/gu
const SOFT = /\u00ad/gu

/** A word as spelling compares it: NFC, straight apostrophes, no soft hyphens. */
export const comparable = (word: string): string =>
  word.normalize('NFC').replace(SOFT, '').replace(CURLY, "'")

/** What may stand in a personal dictionary; null for what is no word. */
export function personalWord(typed: string): string | null {
  const word = comparable(typed.trim())
  return word.length > 0 && word.length <= WORD_MAX && WORD.test(word) && /\p{L}/u.test(word) ? word : null
}
