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

/** Why a file could not be taken in as a format. */
export const formatUnreadable = z.enum(['UNREACHABLE', 'TOO_BIG', 'NOT_ONE', 'DAMAGED', 'NEWER'])
export type FormatUnreadable = z.infer<typeof formatUnreadable>

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
  /** What was removed a moment ago, as it was and under the key that it had. Refused CONFLICT where it is there. */
  putBack: appChannel(z.strictObject({ key: id, format: format.omit({ key: true }) }), nothing, {
    limit: LIMIT,
  }),
  /** Refused NOT_FOUND for a format that there is not. */
  setDefault: appChannel(z.strictObject({ kind: noteKind, key: formatKey }), nothing),
  /** One as a file: headings, prompts, boxes, no word of anybody's. Main asks for the place; false: cancelled. */
  saveOut: appChannel(z.strictObject({ key: formatKey }), z.strictObject({ saved: z.boolean() })),
  /**
   * Main asks for a file and takes the format in, beside those that there are. `chosen` false: cancelled. Else of
   * `taken` and `unreadable` one is null.
   */
  takeIn: appChannel(
    nothing,
    z.strictObject({
      chosen: z.boolean(),
      taken: z.strictObject({ key: id, name: z.string() }).nullable(),
      unreadable: formatUnreadable.nullable(),
    }),
  ),
}
