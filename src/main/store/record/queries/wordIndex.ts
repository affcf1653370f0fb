import { z } from '../../../../shared/contract/schema.ts'
import { noteState } from '../../../../shared/contract/sessions.ts'
import type { ReadHandle, WriteHandle } from '../../Store.ts'

/** Takes a draft's old words out of the drafts' index and, with `next`, puts the new ones in. */
export async function reindexDraft(
  h: WriteHandle,
  row: number,
  next: { revision: number; plain: string } | null,
): Promise<void> {
  await h.run(`DELETE FROM draft_index WHERE rowid = :row`, { row })
  if (next === null || next.plain === '') return
  const { revision, plain } = next
  await h.run(`INSERT INTO draft_index (rowid, plain, revision) VALUES (:row, :plain, :revision)`, {
    row,
    plain,
    revision,
  })
}

/** A note that is signed for good. */
export async function indexNote(h: WriteHandle, row: number, plain: string): Promise<void> {
  await h.run(`INSERT INTO note_index (rowid, plain) VALUES (:row, :plain)`, { row, plain })
}

/** Drafts whose index row is older than their words. */
export async function staleDrafts(
  h: ReadHandle,
): Promise<{ row: number; revision: number; plain: string }[]> {
  const rows = await h.all(
    `SELECT n.row, n.revision, b.plain FROM notes n JOIN bodies b ON b.row = n.row
       LEFT JOIN draft_index d ON d.rowid = n.row
     WHERE n.state <> 'sealed' AND coalesce(d.revision, 0) < n.revision
       AND (n.blank = 0 OR d.rowid IS NOT NULL)`,
  )
  const shape = z.strictObject({ row: z.int(), revision: z.int(), plain: z.string() })
  return rows.map((r) => shape.parse(r))
}

const hitRow = z.strictObject({
  noteId: z.string(),
  sessionId: z.string(),
  clientId: z.string(),
  clientName: z.string(),
  at: z.int(),
  state: noteState,
  plain: z.string(),
})
export type HitRow = z.infer<typeof hitRow>

/**
 * Notes that match an FTS5 expression. The rows of the index are numbered backwards in time, so `newest` needs no
 * sort and no reading backwards; the twenty rows are found before anything is joined to them, which is what keeps a common word fast.
 */
export async function findWords(
  h: ReadHandle,
  expression: string,
  order: 'newest' | 'best',
  limit: number,
): Promise<HitRow[]> {
  const by = order === 'newest' ? 'rowid' : 'rank'
  const best = (index: 'note_index' | 'draft_index') =>
    `SELECT * FROM (SELECT rowid AS row, ${by} AS place FROM ${index}
       WHERE ${index} MATCH :expression ORDER BY ${by} LIMIT :limit)`
  const rows = await h.all(
    `SELECT n.id AS noteId, n.session_id AS sessionId, n.client_id AS clientId, c.name AS clientName,
       s.starts_at AS at, n.state, b.plain
     FROM (SELECT row, place FROM (${best('note_index')} UNION ALL ${best('draft_index')})
           ORDER BY place LIMIT :limit) f
       JOIN notes n ON n.row = f.row JOIN bodies b ON b.row = f.row
       JOIN sessions s ON s.id = n.session_id JOIN clients c ON c.id = n.client_id
     ORDER BY f.place`,
    { expression, limit },
  )
  return rows.map((row) => hitRow.parse(row))
}

/** Clients whose name contains the text, whatever its case and accents; at most `limit`. */
export async function findNames(
  h: ReadHandle,
  text: string,
  limit: number,
): Promise<{ id: string; name: string }[]> {
  const rows = await h.all(`SELECT id, name FROM clients`)
  const shape = z.strictObject({ id: z.string(), name: z.string() })
  const wanted = folded(text)
  return rows
    .map((row) => shape.parse(row))
    .filter((c) => folded(c.name).includes(wanted))
    .slice(0, limit)
}

const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase()
