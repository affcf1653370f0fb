import {
  scheduledSession,
  sessionView,
  type CancelledBy,
  type ScheduledSession,
  type SessionView,
} from '../../../../shared/contract/sessions.ts'
import type { ReadHandle, Row, WriteHandle } from '../../Store.ts'

const SELECT = `SELECT s.id, s.client_id AS clientId, c.name AS clientName, s.kind,
    s.starts_at AS startsAt, s.ends_at AS endsAt, s.zone, s.status, s.line,
    s.started_at AS startedAt, s.ended_at AS endedAt,
    n.id AS noteId, n.state AS noteState, n.updated_at AS noteUpdatedAt, n.sealed_at AS noteSealedAt,
    n.blank AS noteBlank, (SELECT count(*) FROM addenda a WHERE a.note_id = n.id) AS addenda
  FROM sessions s JOIN clients c ON c.id = s.client_id LEFT JOIN notes n ON n.session_id = s.id`

function toSession(row: Row): SessionView {
  const { noteId, noteState, noteUpdatedAt, noteSealedAt, noteBlank, addenda, ...session } = row
  const note =
    noteId === null
      ? null
      : {
          id: noteId,
          state: noteState,
          updatedAt: noteUpdatedAt,
          sealedAt: noteSealedAt,
          blank: noteBlank === 1,
          addenda,
        }
  return sessionView.parse({ ...session, note })
}

export async function findSession(h: ReadHandle, id: string): Promise<SessionView | undefined> {
  const row = await h.get(`${SELECT} WHERE s.id = :id`, { id })
  return row === undefined ? undefined : toSession(row)
}

/** Sessions that touch [from, to), in time order. */
export async function sessionsBetween(h: ReadHandle, from: number, to: number): Promise<SessionView[]> {
  const rows = await h.all(
    `${SELECT} WHERE s.removed_at IS NULL AND s.starts_at < :to AND s.starts_at > :from - 86400000
       AND s.ends_at > :from ORDER BY s.starts_at, s.id`,
    { from, to },
  )
  return rows.map(toSession)
}

const SCHEDULED = SELECT.replace(
  ' FROM sessions s',
  `, s.series_id AS seriesId, s.occurrence, s.changed, s.group_id AS groupId, s.group_event AS groupEvent,
    g.name AS groupName, s.travel_before AS travelBefore, s.travel_after AS travelAfter,
    s.cancelled_by AS cancelledBy, s.told_at AS toldAt, e.calendar_id IS NOT NULL AS fromCalendar
  FROM sessions s LEFT JOIN groups g ON g.id = s.group_id LEFT JOIN series e ON e.id = s.series_id`,
)

function toScheduled(row: Row): ScheduledSession {
  const {
    seriesId,
    occurrence,
    changed,
    groupId,
    groupEvent,
    groupName,
    travelBefore,
    travelAfter,
    cancelledBy,
    toldAt,
    fromCalendar,
    ...session
  } = row
  return scheduledSession.parse({
    ...toSession(session),
    group: groupEvent === null ? null : { id: groupId, name: groupName, event: groupEvent },
    seriesId,
    occurrence,
    changed: changed === 1,
    fromCalendar: fromCalendar === 1,
    travelBefore,
    travelAfter,
    cancelledBy,
    toldAt,
  })
}

/** As `sessionsBetween`, with what the schedule shows of each. */
export async function scheduledBetween(h: ReadHandle, from: number, to: number): Promise<ScheduledSession[]> {
  const rows = await h.all(
    `${SCHEDULED} WHERE s.removed_at IS NULL AND s.starts_at < :to AND s.starts_at > :from - 86400000
       AND s.ends_at > :from ORDER BY s.starts_at, s.id`,
    { from, to },
  )
  return rows.map(toScheduled)
}

export async function findScheduled(h: ReadHandle, id: string): Promise<ScheduledSession | undefined> {
  const row = await h.get(`${SCHEDULED} WHERE s.id = :id`, { id })
  return row === undefined ? undefined : toScheduled(row)
}

/** The sessions of a group's one event, removed ones left out. */
export async function sessionsOfEvent(h: ReadHandle, event: string): Promise<SessionView[]> {
  const rows = await h.all(`${SELECT} WHERE s.group_event = :event AND s.removed_at IS NULL ORDER BY s.id`, {
    event,
  })
  return rows.map(toSession)
}

/** Sessions that began before `before`, are over at `now`, and have no signed note; oldest first. */
export async function unwrittenBefore(h: ReadHandle, before: number, now: number): Promise<SessionView[]> {
  const rows = await h.all(
    `${SELECT} WHERE s.removed_at IS NULL AND s.written = 0 AND s.status = 'scheduled'
       AND s.starts_at < :before AND s.ends_at <= :now ORDER BY s.starts_at, s.id LIMIT 200`,
    { before, now },
  )
  return rows.map(toSession)
}

export async function nextSessionOf(
  h: ReadHandle,
  clientId: string,
  after: number,
): Promise<SessionView | undefined> {
  const row = await h.get(
    `${SELECT} WHERE s.client_id = :clientId AND s.removed_at IS NULL AND s.status = 'scheduled'
       AND s.starts_at > :after ORDER BY s.starts_at LIMIT 1`,
    { clientId, after },
  )
  return row === undefined ? undefined : toSession(row)
}

/** When the next scheduled session of anybody starts, after `after`. */
export async function nextStart(h: ReadHandle, after: number): Promise<number | null> {
  const row = await h.get(
    `SELECT starts_at AS at FROM sessions WHERE removed_at IS NULL AND status = 'scheduled'
       AND starts_at > :after ORDER BY starts_at LIMIT 1`,
    { after },
  )
  return typeof row?.['at'] === 'number' ? row['at'] : null
}

/** The event that its series was taken from (JSON), or empty; undefined: no such session. */
export async function takenOfSession(h: ReadHandle, id: string): Promise<string | undefined> {
  const row = await h.get(
    `SELECT coalesce(e.taken, '') AS taken FROM sessions s LEFT JOIN series e ON e.id = s.series_id
     WHERE s.id = :id`,
    { id },
  )
  return row === undefined ? undefined : String(row['taken'])
}

/** Of the client's latest session that was not a contact: those are by the clock here. */
export async function latestZone(h: ReadHandle, clientId: string): Promise<string | undefined> {
  const row = await h.get(
    `SELECT zone FROM sessions WHERE client_id = :clientId AND removed_at IS NULL AND kind <> 'contact'
     ORDER BY starts_at DESC LIMIT 1`,
    { clientId },
  )
  return row === undefined ? undefined : String(row['zone'])
}

/** Sessions of a client that were held (not cancelled, not a no-show) before `before`. */
export async function countSessionsBefore(h: ReadHandle, clientId: string, before: number): Promise<number> {
  const row = await h.get(
    `SELECT count(*) AS n FROM sessions WHERE client_id = :clientId AND removed_at IS NULL
       AND status = 'scheduled' AND starts_at < :before`,
    { clientId, before },
  )
  return Number(row?.['n'] ?? 0)
}

export interface NewSession {
  id: string
  clientId: string
  kind: SessionView['kind']
  startsAt: number
  endsAt: number
  zone: string
  createdAt: number
  group?: { id: string; event: string }
}

export async function insertSession(h: WriteHandle, s: NewSession): Promise<void> {
  await h.run(
    `INSERT INTO sessions (id, client_id, kind, starts_at, ends_at, zone, status, line, created_at, group_id, group_event)
     VALUES (:id, :clientId, :kind, :startsAt, :endsAt, :zone, 'scheduled', '', :createdAt, :groupId, :groupEvent)`,
    {
      id: s.id,
      clientId: s.clientId,
      kind: s.kind,
      startsAt: s.startsAt,
      endsAt: s.endsAt,
      zone: s.zone,
      createdAt: s.createdAt,
      groupId: s.group?.id ?? null,
      groupEvent: s.group?.event ?? null,
    },
  )
}

export async function moveSession(
  h: WriteHandle,
  s: { id: string; startsAt: number; endsAt: number; zone: string },
): Promise<void> {
  await h.run(
    `UPDATE sessions SET starts_at = :startsAt, ends_at = :endsAt, zone = :zone, changed = 1 WHERE id = :id`,
    s,
  )
}

/** It stands where its series puts it, and goes along with it again. */
export async function unchanged(h: WriteHandle, id: string): Promise<void> {
  await h.run(`UPDATE sessions SET changed = 0 WHERE id = :id`, { id })
}

export async function setSessionStatus(
  h: WriteHandle,
  s: {
    id: string
    status: SessionView['status']
    line: string
    cancelledBy?: CancelledBy
    toldAt?: number | null
  },
): Promise<void> {
  await h.run(
    `UPDATE sessions SET status = :status, line = :line, cancelled_by = :by, told_at = :toldAt, changed = 1
     WHERE id = :id`,
    { id: s.id, status: s.status, line: s.line, by: s.cancelledBy ?? null, toldAt: s.toldAt ?? null },
  )
}

/** One of a calendar's goes along with it all the same: it says nothing of the way. */
export async function setTravel(
  h: WriteHandle,
  t: { id: string; before: number; after: number },
): Promise<void> {
  await h.run(
    `UPDATE sessions SET travel_before = :before, travel_after = :after,
       changed = CASE WHEN EXISTS (SELECT 1 FROM series e WHERE e.id = series_id AND e.calendar_id IS NOT NULL)
         THEN changed ELSE 1 END
     WHERE id = :id`,
    t,
  )
}

export async function markSession(
  h: WriteHandle,
  s: { id: string; startedAt: number | null; endedAt: number | null },
): Promise<void> {
  await h.run(`UPDATE sessions SET started_at = :startedAt, ended_at = :endedAt WHERE id = :id`, s)
}

export async function removeSession(h: WriteHandle, id: string, now: number): Promise<void> {
  await h.run(`UPDATE sessions SET removed_at = :now, changed = 1 WHERE id = :id`, { id, now })
}

/** Returns true when the session had been removed and is back. */
export async function bringSessionBack(h: WriteHandle, id: string): Promise<boolean> {
  const { changes } = await h.run(
    `UPDATE sessions SET removed_at = NULL WHERE id = :id AND removed_at IS NOT NULL`,
    { id },
  )
  return changes === 1
}

export async function setWritten(h: WriteHandle, id: string): Promise<void> {
  await h.run(`UPDATE sessions SET written = 1 WHERE id = :id`, { id })
}
