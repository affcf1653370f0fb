import { z } from '../../../../shared/contract/schema.ts'
import { noteState } from '../../../../shared/contract/sessions.ts'
import type { ReadHandle } from '../../Store.ts'

const found = z.strictObject({ id: z.string(), state: noteState, at: z.int(), zone: z.string() })
export type FoundNote = z.infer<typeof found>

/**
 * A client's written notes whose sessions began in [from, to), oldest first. `at` is when the session really
 * began, as far as that is known; `zone` is where it was arranged.
 */
export async function notesBetween(
  h: ReadHandle,
  clientId: string,
  from: number,
  to: number,
): Promise<FoundNote[]> {
  const rows = await h.all(
    `SELECT n.id, n.state, coalesce(n.actual_start, s.starts_at) AS at, s.zone
     FROM notes n JOIN sessions s ON s.id = n.session_id
     WHERE n.client_id = :clientId AND n.blank = 0 AND coalesce(n.actual_start, s.starts_at) >= :from
       AND coalesce(n.actual_start, s.starts_at) < :to
     ORDER BY coalesce(n.actual_start, s.starts_at), n.row DESC`,
    { clientId, from, to },
  )
  return rows.map((row) => found.parse(row))
}

/** What the seal covers beside words and times (signing.ts writes it). */
export const structured = z.object({
  session: z.object({ kind: z.string(), startsAt: z.int(), endsAt: z.int(), zone: z.string() }),
  setDown: z.array(z.object({ kind: z.string(), text: z.string() })),
  reviewed: z.array(
    z.object({ kind: z.string(), text: z.string(), closedHow: z.string().nullable(), outcome: z.string() }),
  ),
  goals: z.array(z.object({ text: z.string(), trend: z.string() })),
})
export type Structured = z.infer<typeof structured>
