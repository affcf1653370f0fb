/**
 * What a title is remembered by: capitals and spaces do not make another title. Accents and vowel signs do: José and
 * Jose, मीना and मोना may be two clients, and what is said of the one must never go to the other.
 */
export const titleKey = (title: string): string => nameKey(title).slice(0, 300).trimEnd()

/** For suggestions only, which decide nothing. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .trim()

/** The same name, but for capitals and spaces. An accent makes another person. */
export const nameKey = (name: string): string =>
  name.normalize('NFC').toLowerCase().replace(/\s+/gu, ' ').trim()

/** What stands around a name in people's calendars, and is no part of it. */
const AROUND = [
  /\b\d{1,3}\s*(?:min(?:ute)?s?|m|hrs?|hours?|h|std)\b\.?/g,
  /\b(?:individual|weekly|biweekly|regular|initial|first|follow[- ]?up|intake|online|zoom|telehealth|virtual|phone|in[- ]person|home|tentative|confirmed)\b/g,
  /\b(?:session|sessions|appointment|appt|meeting|visit|call|therapy|counsell?ing|consult(?:ation)?|check[- ]?in|sitzung|termin|sesion|cita|seance|rdv)\b/g,
  /\b(?:with|w\/|for|mit|con|avec|re|and|at|and me|client|student|patient|mr|mrs|ms|mx|dr)\b\.?/g,
  /\(.*?\)|\[.*?\]/g,
  /#\s*\d+/g,
]

/** The words of a title that may be a name. */
export function nameWords(title: string): string[] {
  let text = folded(title)
  for (const pattern of AROUND) text = text.replace(pattern, ' ')
  return wordsOf(text)
}

const wordsOf = (text: string): string[] =>
  folded(text)
    .split(/[^\p{L}\p{N}']+/u)
    .filter((word) => word !== '')
    .slice(0, 12)

export interface Named {
  readonly id: string
  readonly name: string
}

interface Known extends Named {
  readonly words: readonly string[]
  readonly initials: string
}

/** Suggests; it never decides. Made once for a plan: titles and clients may be many. */
export class NameFinder {
  readonly #byWord = new Map<string, Known[]>()
  readonly #byInitials = new Map<string, Known[]>()
  readonly #exact = new Map<string, Known[]>()
  #typosLeft = 200

  constructor(people: readonly Named[]) {
    for (const { id, name } of people) {
      const words = wordsOf(name)
      const one = { id, name, words, initials: words.map((word) => [...word][0] ?? '').join('') }
      for (const word of new Set(words)) put(this.#byWord, word, one)
      put(this.#byInitials, one.initials, one)
      put(this.#exact, nameKey(name), one)
    }
  }

  /** The only one whose full name this title is, or null. */
  exactly(title: string): Named | null {
    const found = this.#exact.get(nameKey(title)) ?? []
    return found.length === 1 ? (found[0] ?? null) : null
  }

  /** Whether this title is the full name of anybody but that client. */
  others(title: string, id: string): boolean {
    return (this.#exact.get(nameKey(title)) ?? []).some((one) => one.id !== id)
  }

  /** Who may be meant, likeliest first. */
  suggest(title: string, most = 3): Named[] {
    const words = nameWords(title)
    const scores = new Map<Known, number>()
    const raise = (one: Known, score: number): void => {
      scores.set(one, Math.max(scores.get(one) ?? 0, score))
    }
    for (const word of words)
      for (const one of this.#byWord.get(word) ?? []) raise(one, wordScore(one, words))
    const initials = words.every((word) => [...word].length === 1)
      ? words.join('')
      : words.length === 1
        ? (words[0] ?? '')
        : ''
    if (initials.length >= 2 && initials.length <= 4) {
      for (const one of this.#byInitials.get(initials) ?? []) raise(one, 30)
    }
    if (scores.size === 0 && this.#typosLeft > 0) {
      this.#typosLeft -= 1
      for (const [word, people] of this.#byWord) {
        if (words.some((other) => almost(word, other))) for (const one of people) raise(one, 20)
      }
    }
    return [...scores]
      .toSorted(([a, x], [b, y]) => y - x || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
      .slice(0, most)
      .map(([{ id, name }]) => ({ id, name }))
  }
}

export function put<K, T>(map: Map<K, T[]>, key: K, one: T): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [one])
  else list.push(one)
}

function wordScore(one: Known, words: readonly string[]): number {
  const said = new Set(words)
  const shared = one.words.filter((word) => said.has(word))
  if (shared.length === one.words.length) return words.length === one.words.length ? 100 : 90
  const rest = one.words.filter((word) => !said.has(word))
  // "Anna B." and "A. Berger".
  const abbreviated = rest.every((word) =>
    words.some((other) => other.length === 1 && word.startsWith(other)),
  )
  if (abbreviated) return 70
  return (
    (one.words[0] !== undefined && said.has(one.words[0]) ? 50 : 45) -
    Math.max(0, words.length - shared.length) * 2
  )
}

/** One letter more, less, other or swapped, in words long enough for that to mean little. */
function almost(one: string, other: string): boolean {
  if (one.length < 4 || other.length < 4 || Math.abs(one.length - other.length) > 1 || one === other)
    return false
  let start = 0
  while (start < one.length && one[start] === other[start]) start++
  let end = 0
  while (end < Math.min(one.length, other.length) - start && one.at(-1 - end) === other.at(-1 - end)) end++
  const [a, b] = [one.slice(start, one.length - end), other.slice(start, other.length - end)]
  return (
    a.length + b.length <= 1 ||
    (a.length === 1 && b.length === 1) ||
    (a.length === 2 && b.length === 2 && a[0] === b[1] && a[1] === b[0])
  )
}
