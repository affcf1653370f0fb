import { z } from '../../../../shared/contract/schema.ts'
import type { ReadHandle, WriteHandle } from '../../Store.ts'

export const sealRow = z.strictObject({
  clientId: z.string(),
  sequence: z.int(),
  kind: z.enum(['note', 'addendum']),
  subjectId: z.string(),
  sealedAt: z.int(),
  contentHash: z.string(),
  previous: z.string(),
  hash: z.string(),
})
export type SealRow = z.infer<typeof sealRow>

const SELECT = `SELECT client_id AS clientId, sequence, kind, subject_id AS subjectId, sealed_at AS sealedAt,
  content_hash AS contentHash, previous, hash FROM seals`

export async function lastSeal(h: ReadHandle, clientId: string): Promise<SealRow | undefined> {
  const row = await h.get(`${SELECT} WHERE client_id = :clientId ORDER BY sequence DESC LIMIT 1`, {
    clientId,
  })
  return row === undefined ? undefined : sealRow.parse(row)
}

export async function sealOf(h: ReadHandle, subjectId: string): Promise<SealRow | undefined> {
  const row = await h.get(`${SELECT} WHERE subject_id = :subjectId`, { subjectId })
  return row === undefined ? undefined : sealRow.parse(row)
}

/** A stretch of one client's chain, from `after` on. */
export async function chainOf(
  h: ReadHandle,
  clientId: string,
  after: number,
  limit: number,
): Promise<SealRow[]> {
  const rows = await h.all(
    `${SELECT} WHERE client_id = :clientId AND sequence > :after ORDER BY sequence LIMIT :limit`,
    { clientId, after, limit },
  )
  return rows.map((row) => sealRow.parse(row))
}

/** Clients with at least one signed note or seal: whoever the verifier has to look at. */
export async function sealedClients(h: ReadHandle): Promise<string[]> {
  const rows = await h.all(
    `SELECT client_id AS id FROM seals GROUP BY client_id
     UNION SELECT client_id AS id FROM notes WHERE state = 'sealed'`,
  )
  return rows.map((row) => z.string().parse(row['id']))
}

/**
 * Signed notes and addenda that no seal covers, or that no list shows any more: there should be none. Read from the
 * table itself, which asking for `hash` makes sure of: after an old page of it was put back, the index of
 * subject_id still knows the seals that are gone.
 */
export async function unsealedSubjects(
  h: ReadHandle,
): Promise<{ noteId: string; clientId: string; at: number }[]> {
  const rows = await h.all(
    `SELECT n.id AS noteId, n.client_id AS clientId, coalesce(n.sealed_at, n.updated_at) AS at FROM notes n
       WHERE n.state = 'sealed' AND (n.blank <> 0 OR n.id NOT IN (SELECT x.subject_id || '' FROM seals x NOT INDEXED WHERE x.hash <> '')
         OR NOT EXISTS (SELECT 1 FROM sessions s WHERE s.id = n.session_id AND s.client_id = n.client_id))
     UNION ALL
     SELECT a.note_id, n.client_id, a.created_at FROM addenda a JOIN notes n ON n.id = a.note_id
       WHERE a.id NOT IN (SELECT x.subject_id || '' FROM seals x NOT INDEXED WHERE x.hash <> '')`,
  )
  const shape = z.strictObject({ noteId: z.string(), clientId: z.string(), at: z.number() })
  return rows.map((row) => shape.parse(row))
}

export async function insertSeal(h: WriteHandle, s: SealRow): Promise<void> {
  await h.run(
    `INSERT INTO seals (client_id, sequence, kind, subject_id, sealed_at, content_hash, previous, hash)
     VALUES (:clientId, :sequence, :kind, :subjectId, :sealedAt, :contentHash, :previous, :hash)`,
    { ...s },
  )
}
