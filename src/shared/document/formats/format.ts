import { z } from '../../contract/schema.ts'
import { UNPRINTABLE } from '../../contract/values.ts'
import { detailParts } from '../detailLines.ts'
import { type NoteFormat, sectionKey } from '../document.ts'

/** A format of a progress note, built in or somebody's own: what it asks for, and in which words. */
export const FORMAT_SECTIONS_MAX = 20
export const LABEL_MAX = 120
export const PROMPT_MAX = 300
export const BOX_MAX = 80
export const BOXES_MAX = 40
export const GROUPS_MAX = 20
const shown = (min: number, max: number) =>
  z
    .string()
    .trim()
    .min(min)
    .max(max)
    .refine((text) => !UNPRINTABLE.test(text))
const label = shown(1, LABEL_MAX)

export const formatSection = z.strictObject({
  /** Never changes once notes carry it; a label may. */
  key: sectionKey,
  label,
  /** Shown in the empty section: what belongs there, in a few words. */
  prompt: shown(0, PROMPT_MAX),
  /** The sign sheet names it while it is empty. */
  required: z.boolean(),
})

export const boxGroup = z.strictObject({
  key: z.string().regex(/^[a-z][a-z-]{0,39}$/),
  label,
  options: z.array(shown(1, BOX_MAX)).min(1).max(BOXES_MAX),
})
export type BoxGroup = z.infer<typeof boxGroup>

export const format = z.strictObject({
  key: z.string().min(1).max(64),
  name: label,
  sections: z
    .array(formatSection)
    .min(1)
    .max(FORMAT_SECTIONS_MAX)
    .refine((list) => new Set(list.map((s) => s.key)).size === list.length),
  parts: z.array(z.enum(detailParts)).max(detailParts.length),
  boxes: z
    .array(boxGroup)
    .max(GROUPS_MAX)
    .refine((list) => new Set(list.map((b) => b.key)).size === list.length),
})
export type Format = z.infer<typeof format>

/** What a note keeps of the format it is written in. */
export const headOf = ({ key, name, sections, parts }: Format): NoteFormat => ({
  key,
  name,
  sections: sections.map(({ key: k, label: l }) => ({ key: k, label: l })),
  parts: [...parts],
})
