import { type Block, textOf } from '../blocks.ts'
import {
  keysOf,
  labelIn,
  type NoteFormat,
  type Section,
  SECTION_LEXICAL_MAX,
  SECTION_TEXT_MAX,
  SECTIONS_MAX,
} from '../document.ts'
import { readSection, sectionOf } from '../sectionBlocks.ts'
import { holdsOf, type Topic } from './sectionWords.ts'

/**
 * Changing a note's format. Every block moves, whole, to the section where it belongs; where that cannot be told the
 * author is asked; a section that belongs nowhere stays, under its own heading. A block remembers where it stood in
 * each format that it has been in, so that changing back brings it home, exactly, however long the way was.
 */
export interface Question {
  /** The section whose words are to be placed. */
  readonly key: string
  /** Where they could go, as keys of the new format; `key` itself means "as it is, under its own heading". */
  readonly choices: readonly string[]
  readonly proposed: string
}

/** What has to be asked before `sections` can be written in `to`. Sections that are empty are not asked about. */
export function questionsOf(sections: readonly Section[], from: NoteFormat, to: NoteFormat): Question[] {
  return keysOf({ format: from, sections }).flatMap((key) => {
    const section = sections.find((s) => s.key === key)
    if (section === undefined || isEmpty(section)) return []
    const belongs = placesFor(key, from, to)
    if (belongs.length === 1 || readSection(section).blocks.every((block) => isPlaced(block, to))) return []
    const choices = belongs.length > 1 ? belongs : to.sections.map((s) => s.key)
    return [{ key, choices: [...new Set([...choices, key])], proposed: belongs[0] ?? key }]
  })
}

/** What a note is written in after the change: the new format, and the headings of what belongs nowhere in it. */
export interface Converted {
  readonly format: NoteFormat
  readonly sections: readonly Section[]
}

/**
 * The same words in another format. `answers` says where the asked-about sections go (by key); what is not answered
 * goes where it was proposed. Returns null when the result would be larger than a note can be; nothing is moved then.
 */
export function convert(
  sections: readonly Section[],
  from: NoteFormat,
  to: NoteFormat,
  answers: Readonly<Record<string, string>> = {},
): Converted | null {
  const filled = new Map<string, Block[]>(to.sections.map((s) => [s.key, []]))
  const asked = new Map(questionsOf(sections, from, to).map((q) => [q.key, q]))
  for (const key of keysOf({ format: from, sections })) {
    const section = sections.find((s) => s.key === key)
    if (section === undefined || isEmpty(section)) continue
    const question = asked.get(key)
    const answer = answers[key]
    const place =
      question === undefined
        ? (placesFor(key, from, to)[0] ?? key)
        : answer !== undefined && question.choices.includes(answer)
          ? answer
          : question.proposed
    for (const block of readSection(section).blocks) {
      const home = homeIn(block, to) ?? place
      const blocks = filled.get(home) ?? []
      blocks.push(remembering(block, from, key))
      filled.set(home, blocks)
    }
  }
  const result = [...filled].map(([key, blocks]) => fitting(key, blocks))
  const fits = result.length <= SECTIONS_MAX && result.every((s) => s.text.length <= SECTION_TEXT_MAX)
  return fits ? { format: withHeadings(to, result, from), sections: result } : null
}

/** Headings that the new format does not have are kept by the note itself, under the names that they had. */
function withHeadings(to: NoteFormat, sections: readonly Section[], from: NoteFormat): NoteFormat {
  const known = new Set(to.sections.map((s) => s.key))
  const others = sections.filter(({ key }) => !known.has(key))
  return {
    ...to,
    sections: [...to.sections, ...others.map(({ key }) => ({ key, label: labelIn(from, key) }))],
  }
}

const isEmpty = (section: Section): boolean => section.text.trim() === ''

/** A look that is too large to be stored goes, first what it remembers and then all of it; the words stay. */
function fitting(key: string, blocks: readonly Block[]): Section {
  const whole = sectionOf(key, blocks)
  if (fitsLook(whole)) return whole
  const plainer = sectionOf(
    key,
    blocks.map(({ homes: _, ...block }) => block),
  )
  return fitsLook(plainer) ? plainer : { ...whole, lexical: null }
}

const fitsLook = ({ lexical }: Section): boolean => lexical === null || lexical.length <= SECTION_LEXICAL_MAX

const HOMES_LENGTH_MAX = 380

interface Home {
  readonly format: string
  readonly key: string
}

/** Oldest first, one for each format. What is not of this shape came from nowhere that we know. */
const homesOf = ({ homes = '' }: Block): Home[] =>
  homes.split(' ').flatMap((home) => {
    const at = home.lastIndexOf('/')
    const key = home.slice(at + 1)
    return /^[a-z][a-z-]{0,31}$/u.test(key) ? [{ format: home.slice(0, Math.max(0, at)), key }] : []
  })

/** A format's key as it stands among homes: neither a space nor a stroke may come from it. */
const tagOf = ({ key }: NoteFormat): string => encodeURIComponent(key)

/** Where this block stood when the note was last in `to`; else the last section it was in that `to` has as well. */
function homeIn(block: Block, to: NoteFormat): string | undefined {
  const homes = homesOf(block)
  return (
    homes.findLast((home) => home.format === tagOf(to)) ??
    homes.findLast((home) => to.sections.some((s) => s.key === home.key))
  )?.key
}

/** Nothing to ask about it: it is known where it goes, or it says nothing. */
const isPlaced = (block: Block, to: NoteFormat): boolean =>
  homeIn(block, to) !== undefined || textOf([block]).trim() === ''

function remembering(block: Block, from: NoteFormat, key: string): Block {
  const kept = [...homesOf(block).filter((home) => home.format !== tagOf(from)), { format: tagOf(from), key }]
  let homes = kept.map((home) => `${home.format}/${home.key}`)
  // The oldest is forgotten first.
  while (homes.length > 1 && homes.join(' ').length > HOMES_LENGTH_MAX) homes = homes.slice(1)
  return { ...block, homes: homes.join(' ') }
}

/** Where a section's words belong in `to`, best first: none, one, or several between which only the author can tell. */
function placesFor(key: string, from: NoteFormat, to: NoteFormat): string[] {
  if (to.sections.some((s) => s.key === key)) return [key]
  const label = named(labelIn(from, key))
  const namesake = to.sections.find((s) => named(s.label) === label)
  if (namesake !== undefined) return [namesake.key]
  return [...new Set(holdsOf(key).flatMap((topic) => bestFor(topic, to)))]
}

const named = (label: string): string => label.trim().toLowerCase()

/** The sections of `to` that are most for this topic; several when they are equally so. */
function bestFor(topic: Topic, to: NoteFormat): string[] {
  const ranked = to.sections
    .map(({ key }) => ({ key, rank: holdsOf(key).indexOf(topic) }))
    .filter(({ rank }) => rank !== -1)
  const best = Math.min(...ranked.map(({ rank }) => rank))
  return ranked.filter(({ rank }) => rank === best).map(({ key }) => key)
}
