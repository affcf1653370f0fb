import { type Section, SECTION_LEXICAL_MAX, SECTION_TEXT_MAX } from '../../../shared/document/document.ts'
import { readSection, sectionOf } from '../../editor/sectionBlocks.ts'

/**
 * What was built stands below what is written: somebody may have begun before they asked for it, or while it came.
 * Null when a section would be longer than one can be; nothing is put anywhere then.
 */
export function filledWith(now: readonly Section[], built: readonly Section[]): readonly Section[] | null {
  const others = built.filter(({ key }) => !now.some((section) => section.key === key))
  const filled = [...now, ...others].map((own) => {
    const more = built.find(({ key }) => key === own.key)
    if (more === undefined || more.text.trim() === '') return own
    if (own.text.trim() === '') return more
    const both = sectionOf(own.key, [...readSection(own).blocks, ...readSection(more).blocks])
    return (both.lexical?.length ?? 0) > SECTION_LEXICAL_MAX ? { ...both, lexical: null } : both
  })
  return filled.every(({ text }) => text.length <= SECTION_TEXT_MAX) ? filled : null
}
