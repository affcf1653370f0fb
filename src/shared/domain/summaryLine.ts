import { UNPRINTABLE } from '../contract/values.ts'
import type { Section } from '../document/document.ts'

const MAX = 160
const ENOUGH = 40
/** The sections that say most in one line, best first; formats other than SOAP fall back to their order. */
const PREFERRED = ['assessment', 'subjective', 'data', 'response', 'objective', 'plan']

/**
 * Proposes the one line that review and lists show for a signed note: how it begins, in the words
 * of the section that says most. The author edits it on the sign sheet.
 */
export function proposeSummary(sections: readonly Section[]): string {
  const rank = (key: string) => {
    const place = PREFERRED.indexOf(key)
    return place === -1 ? PREFERRED.length : place
  }
  const written = sections
    .map(({ key, text }) => ({ key, flat: inOneLine(text) }))
    .filter(({ flat }) => flat !== '')
  const flat = written.sort((a, b) => rank(a.key) - rank(b.key))[0]?.flat ?? ''
  return shorten(opening(flat), MAX)
}

/** The first sentence; a short one takes the next along, so that the line says something. */
function opening(text: string): string {
  let end = 0
  // The end of the text ends a sentence too: notes are written in a hurry.
  for (const stop of text.matchAll(/[.!?…]["”’)]?(?=\s|$)|$/gu)) {
    const next = stop.index + stop[0].length
    if (end > 0 && next > MAX) break
    end = next
    if (end >= ENOUGH) break
  }
  return end === 0 ? text : text.slice(0, end)
}

/**
 * Without bullets and marks of quotation, and without what a line may not hold: nobody could see why it was refused.
 */
function inOneLine(text: string): string {
  const flat = text
    // A line that does not end like a sentence would run into the one after it.
    .replace(/([^\s.!?…:;,])\s*\n+(?=[•>] )/gu, '$1; ')
    .replace(/^(?:[•>] )+|(?<=; )[•>] /gmu, '')
    .replace(/\s+/gu, ' ')
    .replace(new RegExp(UNPRINTABLE, 'gu'), '')
  return flat.replace(/^[•\-–*\s]+/u, '').trim()
}

/** Cuts at a word, never inside a surrogate pair, and marks the cut. `max` is in UTF-16 units. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text
  const cut = text.slice(0, max - 1)
  const atWord = cut.replace(/\s+\S*$/u, '')
  const whole = atWord.length > max / 2 ? atWord : cut
  return `${whole.replace(/[\ud800-\udbff]$/u, '')}…`
}
