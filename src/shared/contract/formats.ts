import { format } from '../document/formats/format.ts'
import { appChannel } from './channel.ts'
import { z } from './schema.ts'
import { id, nothing } from './values.ts'

/** What a note may be about when it begins, for the default format. */
export const noteKind = z.enum(['individual', 'home-visit', 'contact', 'group'])
export type NoteKind = z.infer<typeof noteKind>

const formatKey = z.string().min(1).max(64)
export const formatDefaults = z.strictObject({
  individual: formatKey,
  'home-visit': formatKey,
  contact: formatKey,
  group: formatKey,
})
export type FormatDefaults = z.infer<typeof formatDefaults>

const LIMIT = 200_000

/** The formats that a person made, beside the built-in ones (`shared/document/formats`), and which one is used when. */
export const formats = {
  list: appChannel(nothing, z.strictObject({ own: z.array(format), defaults: formatDefaults })),
  /** A new one (`id` null) or a changed one. Notes that were written in it keep the headings that they had. */
  save: appChannel(
    z.strictObject({ id: id.nullable(), format: format.omit({ key: true }) }),
    z.strictObject({ key: id }),
    { limit: LIMIT },
  ),
  /** Refused NOT_FOUND. Where it was the default, the built-in one is again. */
  remove: appChannel(z.strictObject({ key: id }), nothing),
  /** Refused NOT_FOUND for a format that there is not. */
  setDefault: appChannel(z.strictObject({ kind: noteKind, key: formatKey }), nothing),
}
