/*
 * Shorthand: a short form that becomes more when it is typed after a `;`. What it becomes may hold, in braces,
 * dates, names of whoever the note is about, and fill-ins. A brace that means nothing here stays as it was written.
 */

const SHORT_MAX = 20
export const LONG_MAX = 2000
const DAYS_MAX = 3660

const SHORT = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}_-]*$/u

/** A short form as it is kept: NFC, lower case, without the `;` it is typed after. Null: no short form. */
export function shortOf(typed: string): string | null {
  const short = typed.trim().replace(/^;/u, '').normalize('NFC').toLowerCase()
  return short.length <= SHORT_MAX && SHORT.test(short) ? short : null
}

/** Names that stand for something about the note's person and session. */
export const FACTS = [
  'client',
  'first-name',
  'pronouns',
  'they',
  'them',
  'their',
  'session-date',
  'session-time',
  'last-session',
  'next-session',
  'time',
] as const
export type Fact = (typeof FACTS)[number]

export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'today'; readonly days: number }
  | { readonly kind: 'fact'; readonly fact: Fact; readonly capital: boolean }
  | { readonly kind: 'fill-in'; readonly what: string }

/** Other words for the same: a school says student. */
const ALSO: Readonly<Record<string, Fact>> = { student: 'client', name: 'client', firstname: 'first-name' }

/** What an expansion consists of. Adjacent texts are one. */
export function partsOf(long: string): Part[] {
  const parts: Part[] = []
  const text = (words: string) => {
    const last = parts.at(-1)
    if (words === '') return
    if (last?.kind === 'text') parts[parts.length - 1] = { kind: 'text', text: last.text + words }
    else parts.push({ kind: 'text', text: words })
  }
  let at = 0
  for (const found of long.matchAll(/\{([^{}\n]{1,80})\}/gu)) {
    const part = partOf(found[1] ?? '')
    text(long.slice(at, found.index))
    if (part === null) text(found[0])
    else parts.push(part)
    at = found.index + found[0].length
  }
  text(long.slice(at))
  return parts
}

function partOf(inside: string): Part | null {
  const trimmed = inside.trim()
  if (trimmed.startsWith('?')) return { kind: 'fill-in', what: fitting(trimmed.slice(1)) }
  const day = /^today(?:\s*([+-])\s*(\d{1,4}))?$/iu.exec(trimmed)
  if (day !== null) {
    const days = Number(day[2] ?? 0) * (day[1] === '-' ? -1 : 1)
    return Math.abs(days) <= DAYS_MAX ? { kind: 'today', days } : null
  }
  const lower = trimmed.toLowerCase().replace(/[\s_]+/gu, '-')
  const fact = FACTS.find((name) => name === lower) ?? ALSO[lower]
  const capital = /^\p{Lu}/u.test(trimmed)
  return fact === undefined ? null : { kind: 'fact', fact, capital }
}

/** A fill-in's label must be found again as one: no brackets, one line. */
const fitting = (what: string): string =>
  what
    .replace(/[[\]?\s]+/gu, ' ')
    .trim()
    .slice(0, 60)

/** Whatever is not known is null, and stays in the text as a fill-in that can be seen. */
export interface Known {
  /** A day as the person's locale writes it, so many days from today. */
  day(fromToday: number): string
  fact(fact: Fact): string | null
}

export interface Expansion {
  readonly text: string
  /** Where there is something to fill in, as offsets in `text`, brackets included; in order. */
  readonly fillIns: readonly { readonly start: number; readonly end: number }[]
}

/** What is typed in place of the short form. `typed` in capitals at its start gives a capital at the start. */
export function expand(long: string, known: Known, typed = ''): Expansion {
  let text = ''
  const fillIns: { start: number; end: number }[] = []
  const open = (what: string) => {
    const label = fillIn(what)
    fillIns.push({ start: text.length, end: text.length + label.length })
    text += label
  }
  for (const part of partsOf(long)) {
    if (part.kind === 'text') text += part.text
    else if (part.kind === 'today') text += known.day(part.days)
    else if (part.kind === 'fill-in') open(part.what)
    else {
      const value = known.fact(part.fact)
      if (value === null || value === '') open(part.fact)
      else text += part.capital ? capitalised(value) : value
    }
  }
  const shouted = /^\p{Lu}/u.test(typed)
  return { text: shouted && fillIns[0]?.start !== 0 ? sameLength(text) : text, fillIns }
}

/** A capital at the start, only where no offset moves by it ("ß" would). */
function sameLength(text: string): string {
  const capital = capitalised(text)
  return capital.length === text.length ? capital : text
}

function capitalised(text: string): string {
  const [first = ''] = text
  return first.toUpperCase() + text.slice(first.length)
}

/** How a fill-in stands in the text: it can be read and found, also on paper, should it be forgotten. */
export const fillIn = (what: string): string => `[${what}?]`
export const FILL_IN = /\[[^[\]\n]{0,60}\?\]/gu

/**
 * The short form that is being typed at the end of `before`: a `;` at the start of a word and at least one letter
 * or digit, nothing else. Null for everything that is prose: ";)", "; then", "a;b".
 */
export function typedShort(before: string): string | null {
  const found = /(?:^|[\s([])(;[\p{L}\p{N}][\p{L}\p{N}\p{M}_-]{0,19})$/u.exec(before)
  return found?.[1]?.slice(1) ?? null
}

/** The client's own words are left alone: is the end of `before` inside quotation marks? */
export function insideQuotes(before: string): boolean {
  const opened = Math.max(before.lastIndexOf('“'), before.lastIndexOf('«'), before.lastIndexOf('„'))
  if (opened !== -1 && !/[”»]/u.test(before.slice(opened + 1))) {
    // „German“ closes with what opens in English.
    if (before[opened] !== '“' || !before.slice(0, opened).includes('„')) return true
  }
  return (before.split('"').length - 1) % 2 === 1
}

export interface Short {
  readonly short: string
}

/** Snippets whose short form begins with what was typed: the one that matches exactly first, then by length. */
export function matching<S extends Short>(snippets: readonly S[], typed: string, most = 8): S[] {
  const start = typed.normalize('NFC').toLowerCase()
  return snippets
    .filter(({ short }) => short.startsWith(start))
    .sort((a, b) => a.short.length - b.short.length || (a.short < b.short ? -1 : 1))
    .slice(0, most)
}

/** The one that a space expands. Short forms are unique, so there is one or none. */
export function exactly<S extends Short>(snippets: readonly S[], typed: string): S | null {
  const short = typed.normalize('NFC').toLowerCase()
  return snippets.find((one) => one.short === short) ?? null
}

const SETS: readonly (readonly [string, string, string])[] = [
  ['she', 'her', 'her'],
  ['he', 'him', 'his'],
  ['they', 'them', 'their'],
  ['ze', 'hir', 'hir'],
  ['xe', 'xem', 'xyr'],
  ['ey', 'em', 'eir'],
  ['it', 'it', 'its'],
]

/**
 * They, them and their from a client's card ("she/her", "they"). Null where the card does not say, or says more
 * than one set ("she/they"): which one is meant is not for a machine to guess.
 */
export function pronounsOf(card: string): { they: string; them: string; their: string } | null {
  const words = card
    .toLowerCase()
    .split(/[/,\s]+/u)
    .filter((word) => word !== '')
  const sets = SETS.filter(([they]) => words.includes(they))
  const [set] = sets
  if (set === undefined || sets.length > 1) return null
  return { they: set[0], them: set[1], their: set[2] }
}
