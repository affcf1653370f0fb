import { sections } from '../document/document.ts'
import { appChannel } from './channel.ts'
import { z } from './schema.ts'
import { snippet } from './search.ts'
import { id, instant, nothing } from './values.ts'

export const privateNote = z.strictObject({
  /** 0 when nothing was written yet. */
  revision: z.int(),
  sections,
  updatedAt: instant.nullable(),
})
export type PrivateNote = z.infer<typeof privateNote>

export const privateLine = z.strictObject({ sessionId: id, updatedAt: instant, text: z.string() })
export type PrivateLine = z.infer<typeof privateLine>

/** The private room. Rows name clients and sessions by id only; the page puts the two together. */
export const privateRoom = {
  state: appChannel(nothing, z.strictObject({ room: z.enum(['locked', 'open']) })),
  /** Asks for the passphrase in its own small window; answers when that window is done. */
  unlock: appChannel(nothing, z.strictObject({ opened: z.boolean() })),
  lock: appChannel(nothing, nothing),
  get: appChannel(z.strictObject({ sessionId: id }), privateNote, { needs: 'private' }),
  save: appChannel(
    z.strictObject({ sessionId: id, clientId: id, revision: z.int(), sections }),
    z.strictObject({ revision: z.int(), savedAt: instant }),
    { needs: 'private', limit: 12_000_000 },
  ),
  /** The newest private notes of a client, newest first. */
  forClient: appChannel(
    z.strictObject({ clientId: id }),
    z.strictObject({ notes: z.array(privateLine), more: z.boolean() }),
    { needs: 'private' },
  ),
  search: appChannel(
    z.strictObject({ text: z.string().max(200) }),
    z.strictObject({
      hits: z.array(z.strictObject({ sessionId: id, clientId: id, updatedAt: instant, snippet })),
    }),
    { needs: 'private' },
  ),
}
