const HTML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** HTML that is finished: everything a person typed in it has been escaped. */
export type Markup = string & { readonly markup: true }

/**
 * The only way from text to markup. Values are escaped, markup is taken as it is, lists are joined, and what is
 * null or false leaves nothing.
 */
export function markup(parts: TemplateStringsArray, ...values: readonly Piece[]): Markup {
  return parts.reduce((made, part, n) => made + markupOf(values[n - 1] ?? null) + part) as Markup
}
export type Piece = Escaped | string | number | null | false | readonly Piece[]
interface Escaped {
  readonly done: Markup
}

/** Marks finished markup, so that `markup` does not escape it again. */
export const done = (markup: Markup): Escaped => ({ done: markup })

function markupOf(value: Piece): string {
  if (value === null || value === false) return ''
  if (typeof value === 'string') return value.replace(/[&<>"']/gu, (character) => HTML[character] ?? '')
  if (typeof value === 'number') return String(value)
  return 'done' in value ? value.done : value.map(markupOf).join('')
}

/** A text as a string of CSS. Everything but plain letters and digits is written as its code point. */
export const cssString = (text: string): string =>
  `"${Array.from(text, (character) =>
    /[A-Za-z0-9]/u.test(character)
      ? character
      : `\\${(character.codePointAt(0) ?? 0xfffd).toString(16).padStart(6, '0')}`,
  ).join('')}"`
