import { z } from '../contract/schema.ts'

/**
 * A note is a list of sections. `text` is what is signed, searched and readable in thirty years; `lexical`
 * is how it looked: Lexical's editor state as JSON, or null when only the text is known.
 */
export const SECTION_TEXT_MAX = 400_000
export const SECTION_LEXICAL_MAX = 4_000_000
export const DOCUMENT_VERSION = 1

export const section = z.strictObject({
  key: z.string().regex(/^[a-z][a-z-]{0,31}$/),
  text: z
    .string()
    .max(SECTION_TEXT_MAX)
    .refine((text) => !text.includes('\u0000')),
  lexical: z.string().max(SECTION_LEXICAL_MAX).nullable(),
})
export type Section = z.infer<typeof section>

export const sections = z
  .array(section)
  .max(24)
  .refine((list) => new Set(list.map((s) => s.key)).size === list.length)

export const noteDocument = z.strictObject({ version: z.literal(DOCUMENT_VERSION), sections })
export type NoteDocument = z.infer<typeof noteDocument>

/** The plain text of a note: what the index and the seal see. Headings are part of it. */
export function plainText(list: readonly Section[], label: (key: string) => string): string {
  return list
    .filter((s) => s.text.trim() !== '')
    .map((s) => `${label(s.key)}\n${s.text.trim()}`)
    .join('\n\n')
}

export const isBlank = (list: readonly Section[]): boolean => list.every((s) => s.text.trim() === '')
