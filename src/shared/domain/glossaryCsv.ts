import { LONG_MAX, shortOf } from './shorthand.ts'

/*
 * A glossary as a table of two columns, short and long, as spreadsheets and other programs write it: commas,
 * semicolons or tabs, quotes, with or without a line of headings.
 */

/** Why a row is left out. */
export const LEFT_OUT = [
  /** Only one column. */
  'NO_EXPANSION',
  /** More than two columns with something in them: most likely a comma that wants quotes. */
  'MORE_COLUMNS',
  /** The short form is not one word of letters and digits, or too long. */
  'SHORT_FORM',
  'TOO_LONG',
  /** The same short form stood in an earlier row; that one counts. */
  'TWICE',
  'TOO_MANY',
  /** A quote was opened and never closed. */
  'QUOTES',
] as const
export type LeftOut = (typeof LEFT_OUT)[number]

export const ROWS_MAX = 2000

export interface GlossaryRow {
  readonly short: string
  readonly long: string
}

export interface ReadGlossary {
  readonly rows: readonly GlossaryRow[]
  readonly leftOut: readonly { readonly line: number; readonly short: string; readonly reason: LeftOut }[]
}

interface Line {
  /** Where it begins in the file, from 1. */
  readonly line: number
  readonly cells: readonly string[]
  /** Its last quote was never closed. */
  readonly open: boolean
}

export function readGlossary(file: string): ReadGlossary {
  const text = file.replace(/^\ufeff/u, '').replace(/\r\n?/gu, '\n')
  const [separator, body] = separatorOf(text)
  const lines = linesOf(body.text, separator, body.line)
  if (lines[0] !== undefined && isHeading(lines[0].cells)) lines.shift()

  const rows: GlossaryRow[] = []
  const leftOut: { line: number; short: string; reason: LeftOut }[] = []
  const seen = new Set<string>()
  for (const { line, cells, open } of lines) {
    const row = rowOf(cells, open)
    if (typeof row !== 'string' && !seen.has(row.short) && rows.length < ROWS_MAX) {
      seen.add(row.short)
      rows.push(row)
      continue
    }
    const reason = typeof row === 'string' ? row : seen.has(row.short) ? 'TWICE' : 'TOO_MANY'
    leftOut.push({ line, short: (cells[0] ?? '').trim().slice(0, 40), reason })
  }
  return { rows, leftOut }
}

function rowOf(cells: readonly string[], open: boolean): GlossaryRow | LeftOut {
  if (open) return 'QUOTES'
  const [first = '', second = ''] = cells
  if (cells.slice(2).some((cell) => cell.trim() !== '')) return 'MORE_COLUMNS'
  const short = shortOf(first)
  if (second.trim() === '') return 'NO_EXPANSION'
  if (short === null) return 'SHORT_FORM'
  const long = second.replaceAll('\0', '').trim()
  if (long === '') return 'NO_EXPANSION'
  return long.length > LONG_MAX ? 'TOO_LONG' : { short, long }
}

const HEADINGS: readonly (readonly string[])[] = [
  [
    'short',
    'short form',
    'shorthand',
    'shortcut',
    'abbreviation',
    'abbr',
    'trigger',
    'snippet',
    'key',
    'code',
    'replace',
  ],
  [
    'long',
    'long form',
    'expansion',
    'expands to',
    'text',
    'replacement',
    'meaning',
    'phrase',
    'value',
    'content',
    'with',
  ],
]

/** Both must be headings: "short" alone may well be somebody's short form. */
const isHeading = (cells: readonly string[]): boolean =>
  HEADINGS.every((names, i) => names.includes((cells[i] ?? '').trim().toLowerCase()))

/** Excel may say it in a first line; else the one with which most lines have two columns. */
function separatorOf(text: string): [string, { text: string; line: number }] {
  const said = /^sep=([,;\t])\n/u.exec(text)
  if (said !== null) return [said[1] ?? ',', { text: text.slice(said[0].length), line: 2 }]
  const head = text.slice(0, 20_000)
  const twos = (separator: string) =>
    linesOf(head, separator, 1).filter(({ cells }) => cells.length === 2).length
  const [best] = [',', '\t', ';']
    .map((separator) => ({ separator, count: twos(separator) }))
    .sort((a, b) => b.count - a.count)
  return [best === undefined || best.count === 0 ? ',' : best.separator, { text, line: 1 }]
}

/** RFC 4180, and what people make of it: quotes begin only at the start of a cell. Blank lines are no rows. */
function linesOf(text: string, separator: string, firstLine: number): Line[] {
  const lines: Line[] = []
  let cells: string[] = []
  let cell = ''
  let quoted = false
  let wasQuoted = false
  let number = firstLine
  let begun = firstLine
  const endCell = () => {
    cells.push(cell)
    cell = ''
    wasQuoted = false
  }
  const endLine = (open: boolean) => {
    endCell()
    if (open || cells.some((one) => one.trim() !== '')) lines.push({ line: begun, cells, open })
    cells = []
  }
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? ''
    if (char === '\n') number += 1
    if (quoted) {
      if (char !== '"') cell += char
      else if (text[at + 1] === '"') {
        cell += '"'
        at += 1
      } else quoted = false
    } else if (char === '"' && cell.trim() === '' && !wasQuoted) {
      cell = ''
      quoted = true
      wasQuoted = true
    } else if (char === separator) endCell()
    else if (char === '\n') {
      endLine(false)
      begun = number
    } else cell += char
  }
  if (quoted || cell !== '' || cells.length > 0) endLine(quoted)
  return lines
}

/** With a mark at the start and CRLF, so that every spreadsheet reads its letters right. */
export function writeGlossary(rows: readonly GlossaryRow[]): string {
  const quote = (cell: string) =>
    /[",;\t\n\r]|^\s|\s$/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
  const lines = [{ short: 'short', long: 'expansion' }, ...rows].map(
    ({ short, long }) => `${quote(short)},${quote(long)}`,
  )
  return `\ufeff${lines.join('\r\n')}\r\n`
}
