import { logAction, type LogAction, type LogLine } from '../../../../shared/contract/auditLog.ts'
import { z } from '../../../../shared/contract/schema.ts'
import type { ReadHandle, Row, WriteHandle } from '../../Store.ts'

export const logEntry = z.strictObject({
  sequence: z.int(),
  at: z.int(),
  action: logAction,
  subject: z.string().nullable(),
  count: z.int().nullable(),
  previous: z.string(),
  hash: z.string(),
})
export type LogEntry = z.infer<typeof logEntry>

const SELECT = 'SELECT sequence, at, action, subject, count, previous, hash FROM log'

const one = (row: Row | undefined): LogEntry | undefined =>
  row === undefined ? undefined : logEntry.parse(row)

export const lastEntry = async (h: ReadHandle): Promise<LogEntry | undefined> =>
  one(await h.get(`${SELECT} ORDER BY sequence DESC LIMIT 1`))

export const entryAt = async (h: ReadHandle, sequence: number): Promise<LogEntry | undefined> =>
  one(await h.get(`${SELECT} WHERE sequence = :sequence`, { sequence }))

/** The newest of these actions. */
export const newestOf = async (h: ReadHandle, actions: readonly LogAction[]): Promise<LogEntry | undefined> =>
  one(
    await h.get(
      `${SELECT} WHERE action IN (SELECT value FROM json_each(:actions)) ORDER BY sequence DESC LIMIT 1`,
      { actions: JSON.stringify(actions) },
    ),
  )

/** A stretch of the chain, from `after` on. Rows as they are: what does not parse is the verifier's finding. */
export const stretch = (h: ReadHandle, after: number, limit: number): Promise<Row[]> =>
  h.all(`${SELECT} WHERE sequence > :after ORDER BY sequence LIMIT :limit`, { after, limit })

export async function insertEntry(h: WriteHandle, entry: LogEntry): Promise<void> {
  await h.run(
    `INSERT INTO log (sequence, at, action, subject, count, previous, hash)
     VALUES (:sequence, :at, :action, :subject, :count, :previous, :hash)`,
    { ...entry },
  )
}

export interface LogFilter {
  /** None: all of them. */
  readonly actions: readonly LogAction[] | null
  readonly from: number
  readonly to: number
  readonly before: number
  readonly limit: number
}

/** How many there are, and when the first and the last of them were written. */
export async function logExtent(h: ReadHandle, filter: Omit<LogFilter, 'before' | 'limit'>) {
  const { actions, ...rest } = filter
  const row = await h.get(
    `SELECT count(*) AS entries, min(at) AS first, max(at) AS last FROM log
     WHERE at >= :from AND at < :to
       AND (:actions IS NULL OR action IN (SELECT value FROM json_each(:actions)))`,
    { ...rest, actions: actions === null ? null : JSON.stringify(actions) },
  )
  return extent.parse(row)
}
const extent = z.strictObject({ entries: z.int(), first: z.int().nullable(), last: z.int().nullable() })

const line = z.strictObject({
  sequence: z.int(),
  at: z.int(),
  action: logAction,
  count: z.int().nullable(),
  clientId: z.string().nullable(),
  sessionId: z.string().nullable(),
})

/** Newest first. Whom an entry is about is found by its subject: a session, a note, an addendum or a client. */
export async function logLines(h: ReadHandle, filter: LogFilter): Promise<LogLine[]> {
  const { actions, ...rest } = filter
  const rows = await h.all(
    `SELECT l.sequence, l.at, l.action, l.count,
       coalesce(s.client_id, n.client_id, an.client_id, c.id) AS clientId,
       coalesce(s.id, n.session_id, an.session_id) AS sessionId
     FROM log l
     LEFT JOIN sessions s ON s.id = l.subject
     LEFT JOIN notes n ON n.id = l.subject
     LEFT JOIN addenda a ON a.id = l.subject
     LEFT JOIN notes an ON an.id = a.note_id
     LEFT JOIN clients c ON c.id = l.subject
     WHERE l.sequence < :before AND l.at >= :from AND l.at < :to
       AND (:actions IS NULL OR l.action IN (SELECT value FROM json_each(:actions)))
     ORDER BY l.sequence DESC LIMIT :limit`,
    { ...rest, actions: actions === null ? null : JSON.stringify(actions) },
  )
  return rows.map((row) => line.parse(row))
}
