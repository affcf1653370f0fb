import { ListItemNode, ListNode } from '@lexical/list'
import { QuoteNode } from '@lexical/rich-text'
import { createEditor } from 'lexical'
import type { Section } from '../../shared/document/document.ts'
import { type Block, textOf } from './blocks.ts'
import { $fillRoot } from './lexicalBlocks.ts'
import { emptySection, readSection } from './sectionBlocks.ts'

/** The sections in which two versions of a note say something different, in the order of the first. */
export function differing(
  mine: readonly Section[],
  theirs: readonly Section[],
): { key: string; mine: Section; theirs: Section }[] {
  const keys = new Set([...mine, ...theirs].map((section) => section.key))
  return [...keys]
    .map((key) => ({ key, mine: find(mine, key), theirs: find(theirs, key) }))
    .filter((pair) => pair.mine.text !== pair.theirs.text)
}

export const sameWords = (mine: readonly Section[], theirs: readonly Section[]): boolean =>
  differing(mine, theirs).length === 0

/** Where the two differ, mine and below it theirs, with a line between that says so. No word is lost. */
export function bothVersions(mine: readonly Section[], theirs: readonly Section[]): Section[] {
  const pairs = differing(mine, theirs)
  const others = theirs.filter((t) => !mine.some((m) => m.key === t.key))
  return [...mine, ...others].map((section) => {
    const pair = pairs.find((p) => p.key === section.key)
    if (pair === undefined || pair.theirs.text.trim() === '') return section
    if (pair.mine.text.trim() === '') return pair.theirs
    return sectionOf(section.key, [
      ...readSection(pair.mine).blocks,
      DIVIDER,
      ...readSection(pair.theirs).blocks,
    ])
  })
}

const DIVIDER: Block = {
  kind: 'paragraph',
  runs: [{ text: '— The other version —', bold: false, italic: true }],
}

const find = (list: readonly Section[], key: string): Section =>
  list.find((section) => section.key === key) ?? emptySection(key)

/** Blocks as a section, with the look they have. */
export function sectionOf(key: string, blocks: readonly Block[]): Section {
  const editor = createEditor({ nodes: [ListNode, ListItemNode, QuoteNode] })
  editor.update(() => $fillRoot(blocks), { discrete: true })
  return { key, text: textOf(blocks), lexical: JSON.stringify(editor.getEditorState().toJSON(true)) }
}
