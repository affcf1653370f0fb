import { z } from '../contract/schema.ts'
import { type Details, details, noDetails } from './details.ts'
import { detailLines, detailParts, noneWritten } from './detailLines.ts'

/**
 * A note is a list of sections. `text` is what is signed, searched and readable in thirty years; `lexical`
 * is how it looked: Lexical's editor state as JSON, or null when only the text is known.
 */
export const SECTION_TEXT_MAX = 400_000
export const SECTION_LEXICAL_MAX = 4_000_000
export const SECTIONS_MAX = 40
export const DOCUMENT_VERSION = 2

export const sectionKey = z.string().regex(/^[a-z][a-z-]{0,31}$/)

export const section = z.strictObject({
  key: sectionKey,
  text: z
    .string()
    .max(SECTION_TEXT_MAX)
    .refine((text) => !text.includes('\u0000')),
  lexical: z.string().max(SECTION_LEXICAL_MAX).nullable(),
})
export type Section = z.infer<typeof section>

export const sections = z
  .array(section)
  .max(SECTIONS_MAX)
  .refine((list) => new Set(list.map((s) => s.key)).size === list.length)

/**
 * The format that a note is written in, as the note itself keeps it: what its headings are called must not depend
 * on a template that somebody changes or throws away later.
 */
export const noteFormat = z.strictObject({
  /** A built-in format's key, or a template's id. */
  key: z.string().min(1).max(64),
  name: z.string().min(1).max(120),
  sections: z.array(z.strictObject({ key: sectionKey, label: z.string().min(1).max(120) })).max(SECTIONS_MAX),
  /** Which structured parts this format asks for; one that is left blank is "Not assessed". */
  parts: z.array(z.enum(detailParts)).max(detailParts.length),
})
export type NoteFormat = z.infer<typeof noteFormat>

export const noteDocument = z.strictObject({
  version: z.literal(DOCUMENT_VERSION),
  format: noteFormat,
  sections,
  details,
})
export type NoteDocument = z.infer<typeof noteDocument>
/** A note's words and what goes with them, as they are written and saved. */
export interface NoteWords {
  readonly format: NoteFormat
  readonly sections: readonly Section[]
  readonly details: Details
}

const firstVersion = z.strictObject({ version: z.literal(1), sections })

/** The only format there was when documents had no format of their own. */
const FIRST_FORMAT: NoteFormat = {
  key: 'soap',
  name: 'SOAP',
  sections: [
    { key: 'subjective', label: 'Subjective' },
    { key: 'objective', label: 'Objective' },
    { key: 'assessment', label: 'Assessment' },
    { key: 'plan', label: 'Plan' },
  ],
  parts: [],
}

/** A stored document of any version, as today's. Throws for one that is neither: a newer one must not be guessed at. */
export function readDocument(stored: string): NoteDocument {
  const value: unknown = JSON.parse(stored)
  const first = firstVersion.safeParse(value)
  if (!first.success) return noteDocument.parse(value)
  return {
    version: DOCUMENT_VERSION,
    format: FIRST_FORMAT,
    sections: first.data.sections,
    details: noDetails,
  }
}

/** A section's heading; one that the format does not have shows as its key, never as nothing. */
export const labelIn = (format: NoteFormat, key: string): string =>
  format.sections.find((s) => s.key === key)?.label ?? keyAsHeading(key)

/** A heading for a section of which only the key is known. */
export const keyAsHeading = (key: string): string => {
  const words = key.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The format's sections in their order, then whatever else the note holds: nothing written is ever left out. */
export function keysOf({ format, sections }: { format: NoteFormat; sections: readonly Section[] }): string[] {
  const known = format.sections.map((s) => s.key)
  return [...known, ...sections.map((s) => s.key).filter((key) => !known.includes(key))]
}

/** The plain text of a note: what the index and the seal see. Headings are part of it. */
export function plainText(words: NoteWords): string {
  const prose = words.sections
    .filter((s) => s.text.trim() !== '')
    .map((s) => `${labelIn(words.format, s.key)}\n${s.text.trim()}`)
  const lines = detailLines(words.details).map(({ name, text }) => `${name}: ${text}`)
  return [...prose, ...(lines.length === 0 ? [] : [lines.join('\n')])].join('\n\n')
}

/** Nothing is written in any section: there is nothing to sign, whatever is ticked. */
export const isBlank = (list: readonly Section[]): boolean => list.every((s) => s.text.trim() === '')

/** Nothing was set down at all. */
export const isUntouched = (words: NoteWords): boolean =>
  isBlank(words.sections) && noneWritten(words.details)
