import type { Section } from '../../shared/document/document.ts'

/**
 * As much of the look as `room` has a place for (UTF-16 units of all texts and looks together): the largest looks go
 * first. The words always stay: a note must never be too well formatted to be saved.
 */
export function lookWithin(sections: readonly Section[], room: number): Section[] {
  let size = sections.reduce((sum, { text, lexical }) => sum + text.length + (lexical?.length ?? 0), 0)
  const plain = new Set<string>()
  const largestFirst = sections.toSorted((a, b) => (b.lexical?.length ?? 0) - (a.lexical?.length ?? 0))
  for (const { key, lexical } of largestFirst) {
    if (size <= room) break
    size -= lexical?.length ?? 0
    plain.add(key)
  }
  return sections.map((section) => (plain.has(section.key) ? { ...section, lexical: null } : section))
}
