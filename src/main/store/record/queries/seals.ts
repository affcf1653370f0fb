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

const coveredNote = z.object({
  state: z.string(),
  sessionId: z.string(),
  ownerId: z.string(),
  template: z.string(),
  actualStart: z.int().nullable(),
  actualEnd: z.int().nullable(),
  summary: z.string(),
  author: z.string(),
  structured: z.string(),
  createdAt: z.int(),
  noteSealedAt: z.int().nullable(),
  late: z.int(),
  document: z.string(),
  plain: z.string(),
})
/** What lists and review show of a note beside its own row; the seal covers it as it was (see `structured`). */
export const shownBeside = z.object({
  session: z.object({ kind: z.string(), startsAt: z.int(), endsAt: z.int(), zone: z.string() }),
  setDown: z.array(z.object({ kind: z.string(), text: z.string() })),
  goals: z.array(z.object({ text: z.string(), trend: z.string() })),
})
const coveredAddendum = z.object({
  addendumOf: z.string(),
  addendumText: z.string(),
  addendumAuthor: z.string(),
  addendumAt: z.int(),
})

/** One link of a chain, and what it covers as that stands now. */
export interface Covered {
  link: SealRow
  /** The note it is about: for an addendum the one it belongs to, if it is still there. */
  noteId: string
  /** Throws when the note or its body is gone or holds what we never write. */
  note(): z.infer<typeof coveredNote>
  /** What is shown beside the note. Throws likewise. */
  beside(): z.infer<typeof shownBeside>
  /** Throws likewise. */
  addendum(): z.infer<typeof coveredAddendum>
}

/**
 * A stretch of one client's chain, from `after` on, with everything that it covers. One question for all of it:
 * asked link by link and table by table, checking thirty years took a minute.
 */
export async function coveredStretch(
  h: ReadHandle,
  clientId: string,
  after: number,
  limit: number,
): Promise<Covered[]> {
  const rows = await h.all(
    `SELECT x.client_id AS clientId, x.sequence, x.kind, x.subject_id AS subjectId, x.sealed_at AS sealedAt,
       x.content_hash AS contentHash, x.previous, x.hash,
       n.state, n.session_id AS sessionId, n.client_id AS ownerId, n.template, n.actual_start AS actualStart,
       n.actual_end AS actualEnd, n.summary, n.author, n.structured, n.created_at AS createdAt,
       n.sealed_at AS noteSealedAt, n.late, b.document, b.plain,
       s.kind AS sessionKind, s.starts_at AS startsAt, s.ends_at AS endsAt, s.zone,
       (SELECT json_group_array(json_object('text', text, 'trend', trend)) FROM
         (SELECT g.text, l.trend FROM goal_links l JOIN goals g ON g.id = l.goal_id
          WHERE l.note_id = n.id ORDER BY l.goal_id)) AS goals,
       (SELECT json_group_array(json_object('kind', kind, 'text', text)) FROM
         (SELECT kind, text FROM loops WHERE session_id = n.session_id ORDER BY created_at, rowid)) AS setDown,
       a.note_id AS addendumOf, a.text AS addendumText, a.author AS addendumAuthor, a.created_at AS addendumAt
     FROM (SELECT * FROM seals WHERE client_id = :clientId AND sequence > :after
           ORDER BY sequence LIMIT :limit) x
       LEFT JOIN notes n ON x.kind = 'note' AND n.id = x.subject_id
       LEFT JOIN bodies b ON b.row = n.row
       LEFT JOIN sessions s ON s.id = n.session_id AND s.client_id = n.client_id
       LEFT JOIN addenda a ON x.kind = 'addendum' AND a.id = x.subject_id
     ORDER BY x.sequence`,
    { clientId, after, limit },
  )
  return rows.map((row) => {
    const link = sealRow.parse(
      Object.fromEntries(Object.keys(sealRow.shape).map((name) => [name, row[name]])),
    )
    const noteId = link.kind === 'note' ? link.subjectId : row['addendumOf']
    return {
      link,
      noteId: typeof noteId === 'string' ? noteId : link.subjectId,
      note: () => coveredNote.parse(row),
      beside: () =>
        shownBeside.parse({
          session: { ...row, kind: row['sessionKind'] },
          setDown: JSON.parse(String(row['setDown'])) as unknown,
          goals: JSON.parse(String(row['goals'])) as unknown,
        }),
      addendum: () => coveredAddendum.parse(row),
    }
  })
}

/** Everybody with a note or a seal: whoever the verifier has to look at. Steps from one to the next by the index. */
export async function sealedClients(h: ReadHandle): Promise<string[]> {
  const rows = await h.all(
    `WITH RECURSIVE
       sealed (id) AS (SELECT min(client_id) FROM seals UNION ALL
         SELECT (SELECT min(client_id) FROM seals WHERE client_id > sealed.id) FROM sealed WHERE id IS NOT NULL),
       written (id) AS (SELECT min(client_id) FROM notes UNION ALL
         SELECT (SELECT min(client_id) FROM notes WHERE client_id > written.id) FROM written WHERE id IS NOT NULL)
     SELECT id FROM sealed WHERE id IS NOT NULL UNION SELECT id FROM written WHERE id IS NOT NULL`,
  )
  return rows.map((row) => z.string().parse(row['id']))
}

const unsealedRow = z.object({ noteId: z.string(), at: z.number(), row: z.int() })
export type UnsealedRow = z.infer<typeof unsealedRow>

/**
 * Asking for `hash` makes sure of the table itself: after an old page of it was put back, the index of subject_id
 * still knows the seals that are gone.
 *
 * Of a stretch of a client's notes, from row `after` on, the signed ones that no seal covers or that no list
 * shows any more (there should be none); and the last row looked at, or null at the end.
 */
export async function unsealedNotes(
  h: ReadHandle,
  clientId: string,
  after: number,
  limit: number,
): Promise<{ found: UnsealedRow[]; last: number | null }> {
  const rows = await h.all(
    `SELECT n.row, n.id AS noteId, coalesce(n.sealed_at, n.updated_at) AS at,
       n.state = 'sealed' AND (n.blank <> 0 OR NOT EXISTS (SELECT 1 FROM seals x WHERE x.subject_id = n.id AND x.hash <> '')
         OR NOT EXISTS (SELECT 1 FROM sessions s WHERE s.id = n.session_id AND s.client_id = n.client_id)) AS odd
     FROM notes n WHERE n.client_id = :clientId AND n.row > :after ORDER BY n.row LIMIT :limit`,
    { clientId, after, limit },
  )
  const found = rows.filter((row) => row['odd'] === 1).map((row) => unsealedRow.parse(row))
  const last = rows.at(-1)?.['row']
  return { found, last: rows.length < limit || typeof last !== 'number' ? null : last }
}

/**
 * What the log says was signed between two of its entries (the first excluded) and no seal covers: there should be
 * none. Old pages of the seals put back together fit each other; they do not fit the log, whose head is witnessed.
 */
export async function signedUnsealed(
  h: ReadHandle,
  after: number,
  to: number,
): Promise<{ noteId: string; clientId: string; at: number }[]> {
  const rows = await h.all(
    `SELECT coalesce(a.note_id, l.subject) AS noteId, coalesce(n.client_id, '') AS clientId, l.at
     FROM log l LEFT JOIN addenda a ON a.id = l.subject
       LEFT JOIN notes n ON n.id = coalesce(a.note_id, l.subject)
     WHERE l.sequence > :after AND l.sequence <= :to AND l.action IN ('note-signed', 'addendum-added')
       AND NOT EXISTS (SELECT 1 FROM seals x WHERE x.subject_id = l.subject)`,
    { after, to },
  )
  const shape = z.strictObject({ noteId: z.string(), clientId: z.string(), at: z.number() })
  return rows.map((row) => shape.parse(row))
}

/** Addenda that no seal covers: there should be none. */
export async function unsealedAddenda(
  h: ReadHandle,
): Promise<{ noteId: string; clientId: string; at: number }[]> {
  const rows = await h.all(
    `SELECT a.note_id AS noteId, n.client_id AS clientId, a.created_at AS at
     FROM addenda a JOIN notes n ON n.id = a.note_id
     WHERE NOT EXISTS (SELECT 1 FROM seals x WHERE x.subject_id = a.id AND x.hash <> '')`,
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
