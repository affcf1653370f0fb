import type { Snippet } from '../contract/search.ts'

const BEFORE = 48
const AFTER = 110

/** The words a search looks for, folded as the index folds them (case and diacritics). At most twelve. */
export function searchWords(text: string): string[] {
  return fold(text)
    .folded.split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .slice(0, 12)
}

/**
 * Turns what a person typed into an FTS5 expression: every word must occur, the last one may be a
 * beginning; "in quotes" is a phrase. Null when there are fewer than two letters: nothing to look for yet.
 * Words are quoted, so nothing typed is ever read as FTS5 syntax.
 */
export function searchExpression(text: string): string | null {
  const words = typedWords(text)
  const last = words.at(-1)
  if (last === undefined || searchWords(text).join('').length < 2) return null
  const phrase = /^\s*["“].*["”]\s*$/u.test(text)
  if (phrase) return eitherForm(words.join(' '), '')
  const open = !/\s$/u.test(text) && last.length >= 2
  return [...words.slice(0, -1).map((w) => eitherForm(w, '')), eitherForm(last, open ? ' *' : '')].join(
    ' AND ',
  )
}

/**
 * The words as they were typed. Folding them is left to the index, which knows its own rules: what it does to
 * Cyrillic, Hangul or Devanagari is not what taking the marks away in JavaScript does. At most twelve.
 */
function typedWords(text: string): string[] {
  return text
    .normalize('NFC')
    .split(/[^\p{L}\p{N}\p{M}\p{Co}]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, 12)
}

/** A note may hold a letter in one piece or, pasted from elsewhere, as letter and mark; the index keeps both. */
function eitherForm(word: string, star: '' | ' *'): string {
  const apart = word.normalize('NFD')
  return apart === word ? `"${word}"${star}` : `("${word}"${star} OR "${apart}"${star})`
}

/** The first place in `plain` where one of the words begins, with what stands around it. */
export function snippetOf(plain: string, words: readonly string[]): Snippet {
  const flat = plain.replace(/\s+/gu, ' ').trim()
  const { folded, origin } = fold(flat)
  const found = firstMatch(folded, words)
  if (found === null) return { before: '', match: '', after: clip(flat, 0, BEFORE + AFTER) }
  const start = origin(found.start)
  let end = origin(found.end)
  // The whole word is marked, not only the letters typed so far.
  while (end < flat.length && /[\p{L}\p{N}\p{M}]/u.test(flat[end] ?? '')) end += 1
  const from = wordStart(flat, Math.max(0, start - BEFORE))
  return {
    before: (from > 0 ? '…' : '') + flat.slice(from, start),
    match: flat.slice(start, end),
    after: clip(flat, end, AFTER),
  }
}

function firstMatch(folded: string, words: readonly string[]): { start: number; end: number } | null {
  let best: { start: number; end: number } | null = null
  for (const word of words) {
    for (let at = folded.indexOf(word); at !== -1; at = folded.indexOf(word, at + 1)) {
      if (at > 0 && /[\p{L}\p{N}]/u.test(folded[at - 1] ?? '')) continue
      if (best === null || at < best.start) best = { start: at, end: at + word.length }
      break
    }
  }
  return best
}

/** Nothing but letters without marks and what stands between them: folding changes no place. */
const SIMPLE = /^[\0-\u007f‘’“”–—…]*$/u

/** Lower case without diacritics; `origin(i)` is where the i-th folded unit stood in the text. */
function fold(text: string): { folded: string; origin: (at: number) => number } {
  // Most notes, and twenty of them whole at each key of a search.
  if (SIMPLE.test(text)) return { folded: text.toLowerCase(), origin: (at) => at }
  let folded = ''
  const places: number[] = []
  let at = 0
  for (const character of text) {
    const plain =
      character < '\u0080'
        ? character.toLowerCase()
        : character.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
    for (let i = 0; i < plain.length; i += 1) places.push(at)
    folded += plain
    at += character.length
  }
  places.push(at)
  return { folded, origin: (place) => places[place] ?? text.length }
}

function wordStart(text: string, at: number): number {
  if (at === 0) return 0
  const space = text.indexOf(' ', at)
  if (space !== -1) return space + 1
  return /[\udc00-\udfff]/u.test(text[at] ?? '') ? at + 1 : at
}

function clip(text: string, from: number, length: number): string {
  if (from + length >= text.length) return text.slice(from)
  const cut = text.slice(from, from + length).replace(/\s+\S*$/u, '')
  return `${cut.replace(/[\ud800-\udbff]$/u, '')}…`
}
