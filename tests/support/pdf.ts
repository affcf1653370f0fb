import { execFileSync } from 'node:child_process'

/* PDFs read back with poppler, as whoever receives them would. */

/** The words of each page, in reading order. */
export function pagesOf(file: string): string[] {
  const text = execFileSync('pdftotext', ['-enc', 'UTF-8', file, '-'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  return text.split('\f').slice(0, -1)
}

/** What the file says about itself: Title, Tagged, Pages, "Page size" and so on. */
export function factsOf(file: string): Record<string, string> {
  const lines = execFileSync('pdfinfo', [file], { encoding: 'utf8' }).trim().split('\n')
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  )
}

/** Names of the structure elements (H1, Table, P …), as often as they stand there. */
export function tagsOf(file: string): string[] {
  const tree = execFileSync('pdfinfo', ['-struct', file], { encoding: 'utf8', maxBuffer: 1 << 28 })
  return [...tree.matchAll(/^\s*([A-Z][A-Za-z0-9]*)/gmu)].map(([, tag]) => tag ?? '')
}

/** Names of the fonts in the file, without the six letters of a subset, and their types. */
export function fontsOf(file: string): { name: string; type: string }[] {
  const lines = execFileSync('pdffonts', [file], { encoding: 'utf8' }).trim().split('\n').slice(2)
  return lines.map((line) => ({
    name: line
      .slice(0, 36)
      .trim()
      .replace(/^[A-Z]{6}\+/u, ''),
    type: line.slice(37, 54).trim(),
  }))
}
