import type { Setting } from '../contract/app.ts'
import { z } from '../contract/schema.ts'
import { type Section, sections } from './document.ts'

/** A private note is words alone: no format asks anything of it, and nothing in it is structured. */
export const PRIVATE_VERSION = 1
export const privateDocument = z.strictObject({ version: z.literal(PRIVATE_VERSION), sections })
export type PrivateDocument = z.infer<typeof privateDocument>

/** The section that every private note has. It has no heading: it is what the note was before it had others. */
export const PRIVATE_SECTION = 'private'

/** Every key in a private note begins so: none of them can be taken for a section of a progress note. */
export const isPrivateKey = (key: string): boolean =>
  key === PRIVATE_SECTION || key.startsWith(`${PRIVATE_SECTION}-`)

export interface PrivatePrompt {
  readonly key: string
  readonly label: string
  /** Shown in the empty section. */
  readonly prompt: string
}

const prompt = (name: string, label: string, words: string): PrivatePrompt => ({
  key: `${PRIVATE_SECTION}-${name}`,
  label,
  prompt: words,
})

const hypotheses = prompt(
  'hypotheses',
  'Hypotheses',
  'What might be going on, and what would speak against it',
)
const reactions = prompt('reactions', 'My reactions', 'What I felt and thought while I was listening')
const culture = prompt('culture', 'Culture', 'What my background and theirs make each of us see, or miss')
const unfinished = prompt('unfinished', 'Unfinished conversations', 'What was begun and left, on either side')
const transference = prompt(
  'transference',
  'Transference and countertransference',
  'Who I may be to them, and who they are to me',
)
const supervision = prompt('supervision', 'Questions for supervision', 'What I want to ask, and of whom')
const relationship = prompt(
  'relationship',
  'The relationship and my part in it',
  'Who I may be to this student, and who they are to me',
)
const consultation = prompt(
  'consultation',
  'Questions for consultation',
  'What I want to ask, without saying who it is about',
)

const practicePrompts = [hypotheses, reactions, transference, culture, unfinished, supervision] as const
/** At a school the note is a personal memory aid: told to somebody in consultation, it would stop being one. */
const schoolPrompts = [hypotheses, reactions, relationship, culture, unfinished, consultation] as const

/** Headings that a private note may have: optional, each at most once, in the order in which they stand. */
export const promptsFor = (setting: Setting): readonly PrivatePrompt[] =>
  setting === 'school' ? schoolPrompts : practicePrompts

const known = new Map([...practicePrompts, ...schoolPrompts].map((one) => [one.key, one]))

export const promptOf = (key: string): PrivatePrompt | undefined => known.get(key)

/** A section's heading; null for the one that has none. */
export function privateHeading(key: string): string | null {
  if (key === PRIVATE_SECTION) return null
  const words = key.replace(`${PRIVATE_SECTION}-`, '').replaceAll('-', ' ')
  return known.get(key)?.label ?? words.charAt(0).toUpperCase() + words.slice(1)
}

/** The words of a private note, as they are found and shown in lists; headings are part of them. */
export const privateText = (list: readonly Section[]): string =>
  list
    .filter((s) => s.text.trim() !== '')
    .map((s) => {
      const heading = privateHeading(s.key)
      return heading === null ? s.text.trim() : `${heading}\n${s.text.trim()}`
    })
    .join('\n\n')
