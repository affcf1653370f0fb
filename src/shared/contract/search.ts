import { appChannel } from './channel.ts'
import { z } from './schema.ts'
import { noteState } from './sessions.ts'
import { id, instant } from './values.ts'

/** A word as it stands in the note, with what is around it. Plain text in three parts; never markup. */
export const snippet = z.strictObject({ before: z.string(), match: z.string(), after: z.string() })
export type Snippet = z.infer<typeof snippet>

export const hit = z.strictObject({
  noteId: id,
  sessionId: id,
  clientId: id,
  clientName: z.string(),
  at: instant,
  state: noteState,
  snippet,
})
export type Hit = z.infer<typeof hit>

export const search = {
  /** Searches the record alone, from two letters on; at most twenty hits. */
  query: appChannel(
    z.strictObject({ text: z.string().max(200), order: z.enum(['newest', 'best']) }),
    z.strictObject({ hits: z.array(hit), clients: z.array(z.strictObject({ id, name: z.string() })) }),
  ),
}
