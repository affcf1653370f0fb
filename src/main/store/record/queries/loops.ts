import { loop, type Loop, type LoopEnd } from '../../../../shared/contract/loops.ts'
import type { ReadHandle, WriteHandle } from '../../Store.ts'

const SELECT = `SELECT l.id, l.client_id AS clientId, l.session_id AS sessionId, l.kind, l.text,
    l.created_at AS createdAt, s.starts_at AS sessionAt, l.closed_at AS closedAt,
    l.closed_how AS closedHow, l.outcome
  FROM loops l LEFT JOIN sessions s ON s.id = l.session_id`

/** Every open loop of a client, oldest first. */
export async function openLoops(h: ReadHandle, clientId: string): Promise<Loop[]> {
  const rows = await h.all(
    `${SELECT} WHERE l.client_id = :clientId AND l.closed_at IS NULL ORDER BY l.created_at, l.rowid`,
    { clientId },
  )
  return rows.map((row) => loop.parse(row))
}

/** Loops set down in one session, closed ones too. */
export async function loopsOfSession(h: ReadHandle, sessionId: string): Promise<Loop[]> {
  const rows = await h.all(`${SELECT} WHERE l.session_id = :sessionId ORDER BY l.created_at, l.rowid`, {
    sessionId,
  })
  return rows.map((row) => loop.parse(row))
}

/** Loops of a client that were closed within [from, to]: what a session reviewed. */
export async function loopsClosedBetween(
  h: ReadHandle,
  clientId: string,
  from: number,
  to: number,
): Promise<Loop[]> {
  const rows = await h.all(
    `${SELECT} WHERE l.client_id = :clientId AND l.closed_at BETWEEN :from AND :to ORDER BY l.created_at, l.rowid`,
    { clientId, from, to },
  )
  return rows.map((row) => loop.parse(row))
}

export async function findLoop(h: ReadHandle, id: string): Promise<Loop | undefined> {
  const row = await h.get(`${SELECT} WHERE l.id = :id`, { id })
  return row === undefined ? undefined : loop.parse(row)
}

export async function insertLoop(
  h: WriteHandle,
  l: Pick<Loop, 'id' | 'clientId' | 'sessionId' | 'kind' | 'text' | 'createdAt'>,
): Promise<void> {
  await h.run(
    `INSERT INTO loops (id, client_id, session_id, kind, text, created_at, outcome)
     VALUES (:id, :clientId, :sessionId, :kind, :text, :createdAt, '')`,
    {
      id: l.id,
      clientId: l.clientId,
      sessionId: l.sessionId,
      kind: l.kind,
      text: l.text,
      createdAt: l.createdAt,
    },
  )
}

export async function editLoop(h: WriteHandle, id: string, text: string): Promise<void> {
  await h.run(`UPDATE loops SET text = :text WHERE id = :id`, { id, text })
}

export async function closeLoop(
  h: WriteHandle,
  id: string,
  how: LoopEnd,
  outcome: string,
  now: number,
): Promise<void> {
  await h.run(`UPDATE loops SET closed_at = :now, closed_how = :how, outcome = :outcome WHERE id = :id`, {
    id,
    how,
    outcome,
    now,
  })
}

export async function reopenLoop(h: WriteHandle, id: string): Promise<void> {
  await h.run(`UPDATE loops SET closed_at = NULL, closed_how = NULL, outcome = '' WHERE id = :id`, { id })
}
