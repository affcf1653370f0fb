import { convert } from '../../../shared/document/formats/convert.ts'
import type { NoteFormat, Section } from '../../../shared/document/document.ts'
import { type Block, carriedFrom, carriedMark, isCarried, wordsOf } from '../../editor/blocks.ts'
import { readSection } from '../../editor/sectionBlocks.ts'

/** A signed note whose words may be carried forward. `at` is when that session was, as an instant. */
export interface Earlier {
  readonly at: number
  readonly format: NoteFormat
  readonly sections: readonly Section[]
}

/**
 * What each section of `format` can take from the earlier note: the words of the same section, else those that changing
 * the format would bring there. Every block carries the mark that tells it from what was written today.
 */
export function carriedInto(format: NoteFormat, earlier: Earlier): ReadonlyMap<string, readonly Block[]> {
  const sections = convert(earlier.sections, earlier.format, format)?.sections ?? earlier.sections
  return new Map(
    sections.map((section) => [
      section.key,
      readSection(section)
        .blocks.filter((block) => wordsOf(block).trim() !== '')
        .map(({ kind, runs }) => ({ kind, runs, carried: carriedMark(wordsOf({ runs }), earlier.at) })),
    ]),
  )
}

/** Of these, what does not stand in the section yet, in the same words. */
export function notYetIn(section: Section, blocks: readonly Block[]): Block[] {
  const there = new Set(readSection(section).blocks.map(wordsOf))
  return blocks.filter((block) => !there.has(wordsOf(block)))
}

export interface Unchanged {
  /** Of all words of the note, from 0 to 1. */
  readonly share: number
  /** When the sessions were that they come from, oldest first. */
  readonly from: readonly number[]
}

/** How much of a note stands as it was carried forward, by words. */
export function unchangedOf(sections: readonly Section[]): Unchanged {
  let [all, carried] = [0, 0]
  const from = new Set<number>()
  for (const section of sections)
    for (const block of readSection(section).blocks) {
      const count = wordCount(wordsOf(block))
      all += count
      if (!isCarried(block)) continue
      carried += count
      const at = carriedFrom(block.carried ?? '')
      if (at !== null) from.add(at)
    }
  return { share: all === 0 ? 0 : carried / all, from: [...from].sort((a, b) => a - b) }
}

const words = new Intl.Segmenter('en', { granularity: 'word' })
/** As a reader would count them, in scripts without spaces too. */
function wordCount(text: string): number {
  let count = 0
  for (const { isWordLike } of words.segment(text)) if (isWordLike === true) count += 1
  return count
}

const SHARES: readonly [upTo: number, words: string][] = [
  [0.07, 'A few words'],
  [0.15, 'About a tenth'],
  [0.225, 'About a fifth'],
  [0.29, 'About a quarter'],
  [0.42, 'About a third'],
  [0.58, 'About half'],
  [0.71, 'About two thirds'],
  [0.85, 'About three quarters'],
  [0.999, 'Nearly all'],
]

/** "About a third of this note is unchanged from Mar 12."; empty when nothing is. */
export function unchangedText({ share, from }: Unchanged, dayOf: (instant: number) => string): string {
  if (share === 0) return ''
  const part = SHARES.find(([upTo]) => share < upTo)?.[1] ?? 'All'
  const days = from.map(dayOf)
  const since =
    days.length === 0
      ? 'an earlier note'
      : days.length === 1
        ? days[0]
        : `${days.slice(0, -1).join(', ')} and ${days.at(-1) ?? ''}`
  return `${part} of this note ${part === 'A few words' ? 'are' : 'is'} unchanged from ${since}.`
}
