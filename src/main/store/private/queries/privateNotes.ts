import { z } from '../../../../shared/contract/schema.ts'
import type { Section } from '../../../../shared/document/document.ts'
import {
  PRIVATE_SECTION,
  privateDocument,
  type PrivateDocument,
} from '../../../../shared/document/privateDocument.ts'
import type { ReadHandle, Row, WriteHandle } from '../../Store.ts'

const noteRow = z.object({
  row: z.int(),
  sessionId: z.string(),
  clientId: z.string(),
  revision: z.int(),
  updatedAt: z.int(),
  plain: z.string(),
})
export type PrivateRow = z.infer<typeof noteRow>
const wholeRow = noteRow.extend({ document: z.string() })
export type WholeRow = PrivateRow & { document: PrivateDocument }
/** As a list shows it. One damaged document must not keep the others from being shown: its words stand for it. */
export type ListedRow = PrivateRow & { sections: readonly Pick<Section, 'key' | 'text'>[] }

const SELECT = `SELECT row, session_id AS sessionId, client_id AS clientId, revision, updated_at AS updatedAt, plain
  FROM private_notes`

const WHOLE = SELECT.replace('plain', 'plain, document')

function whole(row: Row): WholeRow {
  const { document, ...note } = wholeRow.parse(row)
  return { ...note, document: privateDocument.parse(JSON.parse(document)) }
}

function listed(row: Row): ListedRow {
  try {
    const { document, ...note } = whole(row)
    return { ...note, sections: document.sections }
  } catch {
    const note = noteRow.parse(row)
    return { ...note, sections: [{ key: PRIVATE_SECTION, text: note.plain }] }
  }
}

export async function findPrivateNote(h: ReadHandle, sessionId: string): Promise<WholeRow | undefined> {
  const row = await h.get(`${WHOLE} WHERE session_id = :sessionId`, { sessionId })
  return row === undefined ? undefined : whole(row)
}

/** Without its document: one that cannot be read any more can still be destroyed. */
export async function findPrivateRow(h: ReadHandle, sessionId: string): Promise<PrivateRow | undefined> {
  const row = await h.get(`${SELECT} WHERE session_id = :sessionId`, { sessionId })
  return row === undefined ? undefined : noteRow.parse(row)
}

/** Whether words are written about this session, without reading any of them. */
export async function isWritten(h: ReadHandle, sessionId: string): Promise<boolean> {
  const row = await h.get(
    `SELECT 1 AS written FROM private_notes WHERE session_id = :sessionId AND plain <> ''`,
    {
      sessionId,
    },
  )
  return row !== undefined
}

/** The row and its index row; with `secure_delete` and FTS5's own, what stood in them is overwritten. */
export async function deletePrivateNote(h: WriteHandle, { row }: Pick<PrivateRow, 'row'>): Promise<void> {
  await h.run(`DELETE FROM private_index WHERE rowid = :row`, { row })
  await h.run(`DELETE FROM private_notes WHERE row = :row`, { row })
}

export async function insertPrivateNote(
  h: WriteHandle,
  n: { sessionId: string; clientId: string; document: string; plain: string; now: number },
): Promise<boolean> {
  const { changes } = await h.run(
    `INSERT INTO private_notes (session_id, client_id, revision, document, plain, created_at, updated_at, indexed)
     VALUES (:sessionId, :clientId, 1, :document, :plain, :now, :now, 0)
     ON CONFLICT (session_id) DO NOTHING`,
    n,
  )
  return changes === 1
}

/** Saves if the revision is still `revision`; returns whether it was. */
export async function updatePrivateNote(
  h: WriteHandle,
  n: { sessionId: string; revision: number; document: string; plain: string; now: number },
): Promise<boolean> {
  const { changes } = await h.run(
    `UPDATE private_notes SET revision = revision + 1, document = :document, plain = :plain, updated_at = :now
     WHERE session_id = :sessionId AND revision = :revision`,
    n,
  )
  return changes === 1
}

/** A client's private notes that hold words, newest first. */
export async function privateNotesOf(h: ReadHandle, clientId: string, limit: number): Promise<ListedRow[]> {
  const rows = await h.all(
    `${WHOLE} WHERE client_id = :clientId AND plain <> '' ORDER BY updated_at DESC LIMIT :limit`,
    { clientId, limit },
  )
  return rows.map(listed)
}

/** Brings the index of words up to the notes as they stand. */
export async function indexStale(h: WriteHandle): Promise<void> {
  const rows = await h.all(`${SELECT} WHERE indexed < revision`)
  for (const { row, revision, plain } of rows.map((r) => noteRow.parse(r))) {
    await h.run(`DELETE FROM private_index WHERE rowid = :row`, { row })
    await h.run(`INSERT INTO private_index (rowid, plain) VALUES (:row, :plain)`, { row, plain })
    await h.run(`UPDATE private_notes SET indexed = :revision WHERE row = :row`, { row, revision })
  }
}

export async function anyStale(h: ReadHandle): Promise<boolean> {
  return (await h.get(`SELECT 1 AS stale FROM private_notes WHERE indexed < revision LIMIT 1`)) !== undefined
}

export async function findPrivateWords(
  h: ReadHandle,
  expression: string,
  limit: number,
): Promise<ListedRow[]> {
  const rows = await h.all(
    `${WHOLE} WHERE row IN
       (SELECT rowid FROM private_index WHERE private_index MATCH :expression ORDER BY rowid DESC LIMIT :limit)
     ORDER BY updated_at DESC`,
    { expression, limit },
  )
  return rows.map(listed)
}
