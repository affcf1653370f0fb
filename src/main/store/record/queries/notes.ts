import { z } from '../../../../shared/contract/schema.ts'
import { addendum, type Addendum } from '../../../../shared/contract/notes.ts'
import { noteLine, noteState, type NoteLine } from '../../../../shared/contract/sessions.ts'
import { readDocument, type NoteDocument } from '../../../../shared/document/document.ts'
import type { ReadHandle, Row, WriteHandle } from '../../Store.ts'

export const noteRow = z.strictObject({
  row: z.int(),
  id: z.string(),
  sessionId: z.string(),
  clientId: z.string(),
  template: z.string(),
  state: noteState,
  revision: z.int(),
  blank: z.int(),
  createdAt: z.int(),
  updatedAt: z.int(),
  actualStart: z.int().nullable(),
  actualEnd: z.int().nullable(),
  summary: z.string(),
  author: z.string(),
  structured: z.string(),
  sealingUntil: z.int().nullable(),
  sealedAt: z.int().nullable(),
  late: z.int(),
})
export type NoteRow = z.infer<typeof noteRow>

const SELECT = `SELECT n.row, n.id, n.session_id AS sessionId, n.client_id AS clientId, n.template, n.state,
    n.revision, n.blank, n.created_at AS createdAt, n.updated_at AS updatedAt,
    n.actual_start AS actualStart, n.actual_end AS actualEnd, n.summary, n.author, n.structured,
    n.sealing_until AS sealingUntil, n.sealed_at AS sealedAt, n.late FROM notes n`

const one = (row: Row | undefined): NoteRow | undefined =>
  row === undefined ? undefined : noteRow.parse(row)

export const findNote = async (h: ReadHandle, id: string): Promise<NoteRow | undefined> =>
  one(await h.get(`${SELECT} WHERE n.id = :id`, { id }))

export const findNoteOfSession = async (h: ReadHandle, sessionId: string): Promise<NoteRow | undefined> =>
  one(await h.get(`${SELECT} WHERE n.session_id = :sessionId`, { sessionId }))

/** The newest signed note of the same client whose session began before this one's (later sessions have lower rows). */
export async function signedBefore(
  h: ReadHandle,
  { clientId, row }: Pick<NoteRow, 'clientId' | 'row'>,
): Promise<NoteRow | undefined> {
  // Rows of one and the same start share a thousand: see `freeRow`.
  const earlier = (Math.floor(row / 1000) + 1) * 1000
  return one(
    await h.get(
      `${SELECT} WHERE n.client_id = :clientId AND n.row >= :earlier AND n.state = 'sealed'
       ORDER BY n.row LIMIT 1`,
      { clientId, earlier },
    ),
  )
}

/** Notes that are being signed: their ten seconds run. (`<> 'sealed'` is what lets SQLite use the small index.) */
export async function sealingNotes(h: ReadHandle): Promise<NoteRow[]> {
  const rows = await h.all(`${SELECT} WHERE n.state <> 'sealed' AND n.state = 'sealing'`)
  return rows.map((row) => noteRow.parse(row))
}

/** A draft's row follows the start of its session: lists, review and search go by it. */
export async function moveDraft(h: WriteHandle, id: string, startsAt: number): Promise<void> {
  const note = await findNote(h, id)
  if (note === undefined || Math.floor(note.row / 1000) === -startsAt) return
  const body = await h.get(`SELECT document, plain FROM bodies WHERE row = :row`, { row: note.row })
  const { document, plain } = bodyRow.parse(body)
  const row = await freeRow(h, startsAt)
  await h.run(`DELETE FROM bodies WHERE row = :row`, { row: note.row })
  await h.run(`UPDATE notes SET row = :row WHERE id = :id`, { row, id })
  await h.run(`INSERT INTO bodies (row, document, plain) VALUES (:row, :document, :plain)`, {
    row,
    document,
    plain,
  })
  await h.run(`UPDATE goal_links SET at = :startsAt WHERE note_id = :id`, { startsAt, id })
}

export interface Body {
  document: NoteDocument
  /** The document as it is stored, letter for letter: this is what the seal covers. */
  stored: string
  plain: string
}

const bodyRow = z.object({ document: z.string(), plain: z.string() })

export async function findBody(h: ReadHandle, row: number): Promise<Body | undefined> {
  const found = await h.get(`SELECT document, plain FROM bodies WHERE row = :row`, { row })
  if (found === undefined) return undefined
  const { document, plain } = bodyRow.parse(found)
  return { document: readDocument(document), stored: document, plain }
}

/** Where the rows of notes whose session starts at `startsAt` begin; later sessions have lower ones. */
export const firstRowAt = (startsAt: number): number => startsAt * -1000

/** The first free row for a note whose session starts at `startsAt`: see ADR 0008 for why. */
export async function freeRow(h: ReadHandle, startsAt: number): Promise<number> {
  const base = firstRowAt(startsAt)
  const found = await h.get(`SELECT max(row) AS top FROM notes WHERE row BETWEEN :base AND :base + 999`, {
    base,
  })
  const top = found?.['top']
  return typeof top === 'number' ? top + 1 : base
}

export async function insertNote(
  h: WriteHandle,
  n: {
    row: number
    id: string
    sessionId: string
    clientId: string
    template: string
    now: number
    document: string
  },
): Promise<void> {
  await h.run(
    `INSERT INTO notes (row, id, session_id, client_id, template, state, revision, blank, created_at, updated_at,
       summary, author, structured, late)
     VALUES (:row, :id, :sessionId, :clientId, :template, 'draft', 1, 1, :now, :now, '', '', '{}', 0)`,
    {
      row: n.row,
      id: n.id,
      sessionId: n.sessionId,
      clientId: n.clientId,
      template: n.template,
      now: n.now,
    },
  )
  await h.run(`INSERT INTO bodies (row, document, plain) VALUES (:row, :document, '')`, {
    row: n.row,
    document: n.document,
  })
}

/** Saves a draft if its revision is still `revision`; returns whether it was. */
export async function saveDraft(
  h: WriteHandle,
  n: {
    row: number
    revision: number
    template: string
    blank: boolean
    now: number
    document: string
    plain: string
  },
): Promise<boolean> {
  const { changes } = await h.run(
    `UPDATE notes SET revision = revision + 1, template = :template, blank = :blank, updated_at = :now
     WHERE row = :row AND revision = :revision AND state = 'draft'`,
    { row: n.row, revision: n.revision, template: n.template, blank: n.blank ? 1 : 0, now: n.now },
  )
  if (changes !== 1) return false
  await h.run(`UPDATE bodies SET document = :document, plain = :plain WHERE row = :row`, {
    row: n.row,
    document: n.document,
    plain: n.plain,
  })
  return true
}

export async function beginSealing(
  h: WriteHandle,
  n: {
    row: number
    revision: number
    actualStart: number
    actualEnd: number
    summary: string
    author: string
    until: number
  },
): Promise<boolean> {
  const { changes } = await h.run(
    `UPDATE notes SET state = 'sealing', revision = revision + 1, actual_start = :actualStart,
       actual_end = :actualEnd, summary = :summary, author = :author, sealing_until = :until
     WHERE row = :row AND revision = :revision AND state = 'draft'`,
    n,
  )
  return changes === 1
}

/** Back to a draft; the words, times and summary stay as they were typed. */
export async function backToDraft(h: WriteHandle, row: number): Promise<boolean> {
  const { changes } = await h.run(
    `UPDATE notes SET state = 'draft', sealing_until = NULL, revision = revision + 1
     WHERE row = :row AND state = 'sealing'`,
    { row },
  )
  return changes === 1
}

export async function sealNote(
  h: WriteHandle,
  n: { row: number; sealedAt: number; late: boolean; structured: string },
): Promise<void> {
  await h.run(
    `UPDATE notes SET state = 'sealed', sealed_at = :sealedAt, late = :late, structured = :structured,
       sealing_until = NULL, blank = 0 WHERE row = :row AND state = 'sealing'`,
    { row: n.row, sealedAt: n.sealedAt, late: n.late ? 1 : 0, structured: n.structured },
  )
}

export const lineRow = (row: Row): NoteLine => noteLine.parse({ ...row, late: row['late'] === 1 })

/** Before every note's order. */
export const NEWEST = Number.MIN_SAFE_INTEGER

/** What a line in a list of notes says. The condition and the order are the asker's. */
export const LINE_OF_NOTE = `SELECT n.id AS noteId, n.session_id AS sessionId, s.starts_at AS at, s.kind, n.state,
    n.late, (SELECT count(*) FROM addenda a WHERE a.note_id = n.id) AS addenda,
    CASE n.state WHEN 'draft' THEN '' ELSE n.summary END AS summary, n.row AS "order"
  FROM notes n JOIN sessions s ON s.id = n.session_id`

/** A client's notes, newest first, older than `before` (a note's order; `NEWEST` for all). Blank drafts are left out. */
export async function noteLines(
  h: ReadHandle,
  clientId: string,
  before: number,
  limit: number,
): Promise<NoteLine[]> {
  const rows = await h.all(
    `${LINE_OF_NOTE} WHERE n.client_id = :clientId AND n.row > :before AND n.blank = 0
     ORDER BY n.row LIMIT :limit`,
    { clientId, before, limit },
  )
  return rows.map(lineRow)
}

/** Notes with something in them. Blank ones are among the few that are not signed: no need to look at every row. */
export async function countNotes(h: ReadHandle, clientId: string): Promise<number> {
  const row = await h.get(
    `SELECT (SELECT count(*) FROM notes WHERE client_id = :clientId)
       - (SELECT count(*) FROM notes INDEXED BY notes_unsealed
          WHERE state <> 'sealed' AND blank = 1 AND client_id = :clientId) AS n`,
    { clientId },
  )
  return Number(row?.['n'] ?? 0)
}

export async function addendaOf(h: ReadHandle, noteId: string): Promise<Addendum[]> {
  const rows = await h.all(
    `SELECT id, text, author, created_at AS createdAt FROM addenda WHERE note_id = :noteId ORDER BY created_at, rowid`,
    { noteId },
  )
  return rows.map((row) => addendum.parse(row))
}

export async function insertAddendum(h: WriteHandle, noteId: string, a: Addendum): Promise<void> {
  await h.run(
    `INSERT INTO addenda (id, note_id, text, author, created_at) VALUES (:id, :noteId, :text, :author, :createdAt)`,
    { ...a, noteId },
  )
}

/** The newest thing that was written, for the check that the clock was not set back. */
export async function newestChange(h: ReadHandle): Promise<number | null> {
  const row = await h.get(`SELECT max(sealed_at) AS at FROM seals`)
  const draft = await h.get(`SELECT max(updated_at) AS at FROM notes WHERE state <> 'sealed'`)
  const times = [row?.['at'], draft?.['at']].filter((at): at is number => typeof at === 'number')
  return times.length === 0 ? null : Math.max(...times)
}

/** The draft that was written in last; blank ones do not count. */
export async function newestDraft(h: ReadHandle): Promise<NoteRow | undefined> {
  return one(
    await h.get(`${SELECT} WHERE n.state <> 'sealed' AND n.blank = 0 ORDER BY n.updated_at DESC LIMIT 1`),
  )
}
