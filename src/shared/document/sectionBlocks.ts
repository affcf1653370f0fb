import type { Section } from './document.ts'
import { type Block, blocksFromText, blocksOfState, stateOfBlocks, textOf, wellFormed } from './blocks.ts'

export interface ReadSection {
  readonly blocks: readonly Block[]
  /** The stored look could not be read, or does not say what the text says: the text alone is shown. */
  readonly damaged: boolean
}

/**
 * A section as blocks. The text is the truth: a look that cannot be read, or that would show other words
 * than those that were saved and signed, is left aside and the text is shown (and kept) as it is.
 */
export function readSection(section: Pick<Section, 'text' | 'lexical'>): ReadSection {
  if (section.lexical === null) return { blocks: blocksFromText(section.text), damaged: false }
  try {
    const blocks = blocksOfState(JSON.parse(section.lexical))
    if (textOf(blocks) === wellFormed(section.text)) return { blocks, damaged: false }
  } catch {
    // Falls through to the text; the caller says so on screen.
  }
  return { blocks: blocksFromText(section.text), damaged: true }
}

/** Blocks as a section, with the look they have. */
export const sectionOf = (key: string, blocks: readonly Block[]): Section =>
  blocks.length === 0
    ? emptySection(key)
    : { key, text: textOf(blocks), lexical: JSON.stringify(stateOfBlocks(blocks)) }

export const emptySection = (key: string): Section => ({ key, text: '', lexical: null })
