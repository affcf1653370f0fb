/**
 * A fragment: one or two trigger words ("Angry", "mother again", "cutting??") that say everything today and little in
 * a month (source 001). It is asked about, once and gently; this only says what is one.
 */
const LONGEST = 48
const MOST_WORDS = 2

/** Scripts that write no space between words: how many there are cannot be told by looking. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** The client's own words, whichever marks they stand in. */
const QUOTED = /^\s*["'“”„‟«»‘’‚‹›「『]/u

/** Short, and complete: an answer to what the section asks. Folded as `folded` folds. */
const ANSWERS = new Set(
  [
    'none',
    'nil',
    'no',
    'yes',
    'same',
    'unchanged',
    'no change',
    'no changes',
    'not applicable',
    'n a',
    'na',
    'none reported',
    'none noted',
    'none observed',
    'none known',
    'no concerns',
    'not assessed',
    'not asked',
    'not discussed',
    'not present',
    'not reported',
    'denied',
    'declined',
    'did not',
    'see above',
    'see below',
    'see plan',
    'as above',
    'as planned',
    'as before',
    'tbd',
    'to follow',
  ].map(folded),
)

function folded(text: string): string {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '')
    .join(' ')
}

/** Is this line of a progress note one or two trigger words, and nothing that is whole in so few? */
export function isFragment(line: string): boolean {
  const text = line.trim()
  if (text === '' || text.length > LONGEST || text.includes('\n')) return false
  // A figure is a finding ("PHQ-9: 14"), a colon begins something, a mark of speech is the client's.
  if (/\p{N}/u.test(text) || text.endsWith(':') || QUOTED.test(text) || UNSPACED.test(text)) return false
  const words = text.match(/[\p{L}\p{M}]+(?:['’‑-][\p{L}\p{M}]+)*/gu) ?? []
  return words.length > 0 && words.length <= MOST_WORDS && !ANSWERS.has(folded(text))
}
