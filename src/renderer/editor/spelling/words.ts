import { comparable } from '../../../shared/domain/personalWord.ts'

/** A word in a block's text, by offsets in UTF-16 units. */
export interface FoundWord {
  readonly start: number
  readonly end: number
  /** As it is compared: NFC, straight apostrophes, no soft hyphens. */
  readonly word: string
}

// Marks belong to their letters; an apostrophe inside belongs to the word. Of a hyphenated one each part is a word.
const WORD = /\p{L}[\p{L}\p{M}\u00ad]*(?:['\u2018\u2019\u02bc]\p{L}[\p{L}\p{M}\u00ad]*)*/gu
const LATIN = /^[\p{Script=Latin}\p{M}'-]+$/u
const LONGEST = 45
/** Addresses, paths, tags and whatever else is glued together by something that prose does not use. */
const NO_PROSE = /[\d@#_/\\<>=&+*~^|{}$%]|\p{L}\.\p{L}|:\/\//u
const SENTENCE_END = /[.!?:…]["'”’)\]]*\s*$/u

/**
 * The words of one block that spelling looks at. Left out: words with digits, addresses, capitals up to five letters,
 * capitalised words inside a sentence (names), other scripts than Latin, and whatever stands in quotation marks: those
 * are the client's own words.
 */
export function wordsToCheck(text: string): FoundWord[] {
  const quoted = quotations(text)
  const found: FoundWord[] = []
  for (const match of text.matchAll(WORD)) {
    const start = match.index
    const end = start + match[0].length
    const word = comparable(match[0])
    if (word.length < 2 || word.length > LONGEST || !LATIN.test(word)) continue
    if (quoted.some((span) => start >= span.start && end <= span.end)) continue
    if (NO_PROSE.test(glued(text, start, end))) continue
    if (isCode(word) || isName(word, text, start)) continue
    found.push({ start, end, word })
  }
  return found
}

/** "CBT", "IEPs", "iPhone": spelt as they are on purpose. */
function isCode(word: string): boolean {
  const capitals = /^(\p{Lu}+)(?:'?s)?$/u.exec(word)
  if (capitals !== null) return (capitals[1]?.length ?? 0) <= 5
  return /[\p{Ll}]\p{Lu}|\p{Lu}{2}\p{Ll}{2}/u.test(word)
}

function isName(word: string, text: string, start: number): boolean {
  if (!/^\p{Lu}/u.test(word) || /^\p{Lu}+$/u.test(word)) return false
  const before = text.slice(Math.max(0, start - 12), start)
  const line = before.slice(before.lastIndexOf('\n') + 1)
  const begins = (start <= 12 || before.includes('\n')) && /^[\s\p{P}\p{S}]*$/u.test(line)
  return !begins && !SENTENCE_END.test(before)
}

/** Everything up to the next white space on both sides, without the punctuation around it. */
function glued(text: string, start: number, end: number): string {
  let from = start
  let to = end
  while (from > 0 && start - from < 80 && !/\s/u.test(text[from - 1] ?? ' ')) from -= 1
  while (to < text.length && to - end < 80 && !/\s/u.test(text[to] ?? ' ')) to += 1
  const whole = text.slice(from, to).replace(/^[([{"'“‘«]+|[)\]}"'”’»,.;:!?…]+$/gu, '')
  // "and/or", "he/she": prose after all.
  return /^\p{L}+(?:\/\p{L}+)+$/u.test(whole) ? '' : whole
}

/** From an opening to its closing quotation mark; one that nobody closed opens nothing. */
function quotations(text: string): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = []
  for (const [open, close] of [
    ['“', '”'],
    ['«', '»'],
    ['„', '“'],
    ['"', '"'],
  ] as const) {
    let from = text.indexOf(open)
    while (from !== -1) {
      const to = text.indexOf(close, from + 1)
      if (to === -1) break
      spans.push({ start: from, end: to + 1 })
      from = text.indexOf(open, to + 1)
    }
  }
  return spans
}
