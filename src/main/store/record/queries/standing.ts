import { z } from '../../../../shared/contract/schema.ts'
import type { ReadHandle, WriteHandle } from '../../Store.ts'

/** A session as far as its series is concerned. */
export const standingRow = z.strictObject({
  id: z.string(),
  seriesId: z.string().nullable(),
  clientId: z.string(),
  occurrence: z.string().nullable(),
  kind: z.string(),
  startsAt: z.int(),
  endsAt: z.int(),
  zone: z.string(),
  status: z.string(),
  cancelledBy: z.string().nullable(),
  startedAt: z.int().nullable(),
  changed: z.int().transform((n) => n === 1),
  removedAt: z.int().nullable(),
  groupEvent: z.string().nullable(),
  travelBefore: z.int(),
  travelAfter: z.int(),
  noteId: z.string().nullable(),
  /** Something hangs on it: words in its note, or a line that was set down. */
  written: z.int().transform((n) => n === 1),
})
export type StandingRow = z.infer<typeof standingRow>

/** Rows in one statement: each costs a way to the store's thread and back. */
const TOGETHER = 200

const STANDING = `SELECT s.id, s.series_id AS seriesId, s.client_id AS clientId, s.occurrence, s.kind,
    s.starts_at AS startsAt, s.ends_at AS endsAt, s.zone, s.status, s.cancelled_by AS cancelledBy, s.started_at AS startedAt, s.changed,
    s.removed_at AS removedAt, s.group_event AS groupEvent, s.travel_before AS travelBefore,
    s.travel_after AS travelAfter, n.id AS noteId,
    (coalesce(n.blank = 0 OR n.state <> 'draft', 0)
      OR EXISTS (SELECT 1 FROM loops l WHERE l.session_id = s.id)) AS written
  FROM sessions s LEFT JOIN notes n ON n.session_id = s.id`

/** Of these series every row of the times of which one is not over yet. */
export async function standingToCome(
  h: ReadHandle,
  seriesIds: readonly string[],
  now: number,
): Promise<StandingRow[]> {
  const rows = await h.all(
    `${STANDING} WHERE s.series_id IN (SELECT value FROM json_each(:ids)) AND EXISTS
       (SELECT 1 FROM sessions o
        WHERE o.series_id = s.series_id AND o.occurrence = s.occurrence AND o.ends_at > :now)
     ORDER BY s.series_id, s.occurrence, s.id`,
    { ids: JSON.stringify(seriesIds), now },
  )
  return rows.map((row) => standingRow.parse(row))
}

/** Those of a series from an occurrence on, taken away or not, by occurrence. */
export async function standingFrom(h: ReadHandle, seriesId: string, from: string): Promise<StandingRow[]> {
  const rows = await h.all(
    `${STANDING} WHERE s.series_id = :seriesId AND s.occurrence >= :from ORDER BY s.occurrence, s.id`,
    { seriesId, from },
  )
  return rows.map((row) => standingRow.parse(row))
}

/**
 * Those of occurrences before `before` that start at `begins` or later, and those of the occurrences `walls`: all
 * that a calendar may have moved, or move now, to `begins` or later.
 */
export async function standingMovedOn(
  h: ReadHandle,
  seriesId: string,
  how: { before: string; begins: number; walls: readonly string[] },
): Promise<StandingRow[]> {
  const { before, begins } = how
  const rows = await h.all(
    `${STANDING} WHERE s.series_id = :seriesId AND s.occurrence < :before
       AND (s.starts_at >= :begins OR s.occurrence IN (SELECT value FROM json_each(:walls)))`,
    { seriesId, before, begins, walls: JSON.stringify(how.walls) },
  )
  return rows.map((row) => standingRow.parse(row))
}

const ledByNone = z.strictObject({
  startsAt: z.int(),
  /** Where it was moved by itself, out of a series that has ended: which of its times it is. */
  occurrence: z.string().nullable(),
  zone: z.string(),
})

/** A client's sessions from `since` on, alone or with a group, that no calendar leads. */
export async function standingWithoutCalendar(
  h: ReadHandle,
  whose: { clientId: string; groupId: string | null; since: number },
): Promise<z.infer<typeof ledByNone>[]> {
  const rows = await h.all(
    `SELECT s.starts_at AS startsAt, coalesce(e.zone, s.zone) AS zone,
       CASE WHEN s.changed = 1 AND e.ended_at IS NOT NULL THEN s.occurrence END AS occurrence
     FROM sessions s LEFT JOIN series e ON e.id = s.series_id
     WHERE s.client_id = :clientId AND s.group_id IS :groupId AND s.removed_at IS NULL
       AND s.starts_at >= :since AND e.calendar_id IS NULL`,
    whose,
  )
  return rows.map((row) => ledByNone.parse(row))
}

/**
 * Those of a group's events of which one starts after `after`, of a series or not, taken away or not: whoever was
 * taken out of one stays where it was when the others move.
 */
export async function standingOfGroup(h: ReadHandle, groupId: string, after: number): Promise<StandingRow[]> {
  const rows = await h.all(
    `${STANDING} WHERE s.group_event IN
       (SELECT group_event FROM sessions WHERE group_id = :groupId AND starts_at > :after AND removed_at IS NULL)
     ORDER BY s.starts_at, s.id`,
    { groupId, after },
  )
  return rows.map((row) => standingRow.parse(row))
}

export async function standing(h: ReadHandle, id: string): Promise<StandingRow | undefined> {
  const row = await h.get(`${STANDING} WHERE s.id = :id`, { id })
  return row === undefined ? undefined : standingRow.parse(row)
}

/** Is there any session of it before that occurrence? */
export async function hasEarlier(h: ReadHandle, seriesId: string, occurrence: string): Promise<boolean> {
  const row = await h.get(
    `SELECT 1 AS found FROM sessions WHERE series_id = :seriesId AND occurrence < :occurrence LIMIT 1`,
    { seriesId, occurrence },
  )
  return row !== undefined
}

export interface MadeSession {
  id: string
  seriesId: string | null
  clientId: string
  groupId: string | null
  groupEvent: string | null
  occurrence: string | null
  kind: string
  startsAt: number
  endsAt: number
  zone: string
  status: 'scheduled' | 'cancelled'
  cancelledBy: string | null
  changed: number
  travelBefore: number
  travelAfter: number
  createdAt: number
}

export async function makeSessions(h: WriteHandle, list: readonly MadeSession[]): Promise<void> {
  if (list.length === 0) return
  await h.runMany(
    `INSERT INTO sessions (id, client_id, kind, starts_at, ends_at, zone, status, line, created_at, series_id,
       occurrence, changed, group_id, group_event, travel_before, travel_after, cancelled_by)
     VALUES (:id, :clientId, :kind, :startsAt, :endsAt, :zone, :status, '', :createdAt, :seriesId,
       :occurrence, :changed, :groupId, :groupEvent, :travelBefore, :travelAfter, :cancelledBy)`,
    list.map((one) => ({ ...one })),
  )
}

export interface Placed {
  id: string
  kind: string
  startsAt: number
  endsAt: number
  zone: string
  status: string
  cancelledBy: string | null
  changed: number
  groupEvent: string | null
  travelBefore: number
  travelAfter: number
}

/** Puts sessions where their series has them, bringing back what was taken away. Their lines and marks stay. */
export async function placeSessions(h: WriteHandle, list: readonly Placed[]): Promise<void> {
  if (list.length === 0) return
  await h.runMany(
    `UPDATE sessions SET kind = :kind, starts_at = :startsAt, ends_at = :endsAt, zone = :zone, status = :status,
       cancelled_by = :cancelledBy, changed = :changed, group_event = :groupEvent,
       travel_before = :travelBefore, travel_after = :travelAfter, removed_at = NULL WHERE id = :id`,
    list.map((one) => ({ ...one })),
  )
}

/** Says which occurrence of which series they are from now on. In two steps: two of them may change places. */
export async function rekeySessions(
  h: WriteHandle,
  list: readonly { id: string; seriesId: string; occurrence: string }[],
): Promise<void> {
  if (list.length === 0) return
  await h.runMany(
    `UPDATE sessions SET occurrence = '~' || id WHERE id = :id`,
    list.map(({ id }) => ({ id })),
  )
  await h.runMany(
    `UPDATE sessions SET series_id = :seriesId, occurrence = :occurrence WHERE id = :id`,
    list.map((one) => ({ ...one })),
  )
}

/** Belong to no series from now on: nothing that is done to it concerns them. */
export async function detachSessions(h: WriteHandle, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await h.runMany(
    `UPDATE sessions SET series_id = NULL, occurrence = NULL WHERE id = :id`,
    ids.map((id) => ({ id })),
  )
}

/** As taken away by their series they are the same ones when it makes them again; `byItself`: they stay away. */
export async function takeAway(
  h: WriteHandle,
  ids: readonly string[],
  now: number,
  byItself = false,
): Promise<void> {
  for (let at = 0; at < ids.length; at += TOGETHER)
    await h.run(
      `UPDATE sessions SET removed_at = :now, changed = max(changed, :changed)
       WHERE id IN (SELECT value FROM json_each(:ids)) AND removed_at IS NULL`,
      { ids: JSON.stringify(ids.slice(at, at + TOGETHER)), now, changed: byItself ? 1 : 0 },
    )
}

/** Who leaves a group leaves its sessions; what was changed in them is the group's, and is so again on coming back. */
export async function leave(h: WriteHandle, ids: readonly string[], now: number): Promise<void> {
  if (ids.length === 0) return
  await h.runMany(
    `UPDATE sessions SET removed_at = :now, changed = 0 WHERE id = :id AND removed_at IS NULL`,
    ids.map((id) => ({ id, now })),
  )
}

/** Moved or changed by itself, apart from its series. */
export async function placeAlone(
  h: WriteHandle,
  s: {
    id: string
    kind: string
    startsAt: number
    endsAt: number
    zone: string
    travelBefore: number
    travelAfter: number
  },
): Promise<void> {
  await h.run(
    `UPDATE sessions SET kind = :kind, starts_at = :startsAt, ends_at = :endsAt, zone = :zone,
       travel_before = :travelBefore, travel_after = :travelAfter, changed = 1 WHERE id = :id`,
    { ...s },
  )
}
