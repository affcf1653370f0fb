import { z } from '../../../../shared/contract/schema.ts'
import type { CrossingDirection } from '../../../../shared/contract/privateRoom.ts'
import type { ReadHandle, WriteHandle } from '../../Store.ts'

export interface Crossing {
  readonly id: string
  readonly sessionId: string
  readonly clientId: string
  readonly direction: CrossingDirection
  readonly text: string
}

/** Remembers it, once; answers when it was remembered. */
export async function insertCrossing(h: WriteHandle, crossing: Crossing & { at: number }): Promise<number> {
  await h.run(
    `INSERT INTO crossings (id, session_id, client_id, direction, text, at)
     VALUES (:id, :sessionId, :clientId, :direction, :text, :at) ON CONFLICT (id) DO NOTHING`,
    { ...crossing },
  )
  const row = await h.get(`SELECT at FROM crossings WHERE id = :id`, { id: crossing.id })
  return z.object({ at: z.int() }).parse(row).at
}

const crossingRow = z.object({
  direction: z.enum(['to-progress', 'to-private']),
  text: z.string(),
  at: z.int(),
})

/** What crossed in a session, oldest first. */
export async function crossingsOf(h: ReadHandle, sessionId: string): Promise<z.infer<typeof crossingRow>[]> {
  const rows = await h.all(
    `SELECT direction, text, at FROM crossings WHERE session_id = :sessionId ORDER BY at, rowid`,
    { sessionId },
  )
  return rows.map((row) => crossingRow.parse(row))
}

/** A private note that is destroyed takes along what was copied of it, and leaves its ids and the time. */
export async function markDestroyed(
  h: WriteHandle,
  gone: { id: string; sessionId: string; clientId: string; at: number },
): Promise<void> {
  await h.run(`DELETE FROM crossings WHERE session_id = :sessionId`, { sessionId: gone.sessionId })
  await h.run(
    `INSERT INTO destroyed_notes (id, session_id, client_id, at) VALUES (:id, :sessionId, :clientId, :at)`,
    gone,
  )
}
