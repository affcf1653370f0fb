import { z } from '../../../../shared/contract/schema.ts'
import type { SeriesKind } from '../../../../shared/contract/series.ts'
import type { Arrangement } from '../../../../shared/domain/calendar/arrangement.ts'
import type { ReadHandle, Row, WriteHandle } from '../../Store.ts'

/** An arrangement that recurs, or an event of a calendar that was taken in. */
export interface Series {
  readonly id: string
  readonly clientId: string | null
  readonly groupId: string | null
  readonly kind: SeriesKind
  readonly arrangement: Arrangement
  readonly travelBefore: number
  readonly travelAfter: number
  readonly calendarId: string | null
  readonly uid: string | null
  /** What it was taken from (JSON), or empty. */
  readonly taken: string
  /** Its sessions are there up to this instant. */
  readonly madeUntil: number
  readonly endedAt: number | null
  readonly createdAt: number
}

const walls = z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text)))
const seriesRow = z.strictObject({
  id: z.string(),
  clientId: z.string().nullable(),
  groupId: z.string().nullable(),
  kind: z.enum(['individual', 'home-visit']),
  starts: z.string(),
  zone: z.string(),
  minutes: z.int(),
  rule: z.string(),
  dates: walls,
  except: walls,
  travelBefore: z.int(),
  travelAfter: z.int(),
  calendarId: z.string().nullable(),
  uid: z.string().nullable(),
  taken: z.string(),
  madeUntil: z.int(),
  endedAt: z.int().nullable(),
  createdAt: z.int(),
})

const SELECT = `SELECT id, client_id AS clientId, group_id AS groupId, kind, starts, zone, minutes, rule, dates,
    except_dates AS "except", travel_before AS travelBefore, travel_after AS travelAfter,
    calendar_id AS calendarId, uid, taken, made_until AS madeUntil, ended_at AS endedAt,
    created_at AS createdAt FROM series`

function toSeries(row: Row): Series {
  const { starts, zone, minutes, rule, dates, except, ...rest } = seriesRow.parse(row)
  return { ...rest, arrangement: { starts, zone, minutes, rule, dates, except } }
}

export async function findSeries(h: ReadHandle, id: string): Promise<Series | undefined> {
  const row = await h.get(`${SELECT} WHERE id = :id`, { id })
  return row === undefined ? undefined : toSeries(row)
}

/** Those whose sessions are not there up to `until` yet, at most `limit`. */
export async function seriesToMake(h: ReadHandle, until: number, limit: number): Promise<Series[]> {
  const rows = await h.all(
    `${SELECT} WHERE ended_at IS NULL AND made_until < :until ORDER BY made_until LIMIT :limit`,
    { until, limit },
  )
  return rows.map(toSeries)
}

/** Of one calendar, by UID, after `uid`: a stretch of at most `limit`. */
export async function seriesOfCalendar(
  h: ReadHandle,
  calendarId: string,
  after: string,
  limit: number,
): Promise<Series[]> {
  const rows = await h.all(
    `${SELECT} WHERE calendar_id = :calendarId AND uid > :after ORDER BY uid LIMIT :limit`,
    { calendarId, after, limit },
  )
  return rows.map(toSeries)
}

export async function seriesOfGroup(h: ReadHandle, groupId: string): Promise<Series[]> {
  const rows = await h.all(`${SELECT} WHERE group_id = :groupId AND ended_at IS NULL`, { groupId })
  return rows.map(toSeries)
}

const params = (s: Series) => ({
  id: s.id,
  clientId: s.clientId,
  groupId: s.groupId,
  kind: s.kind,
  starts: s.arrangement.starts,
  zone: s.arrangement.zone,
  minutes: s.arrangement.minutes,
  rule: s.arrangement.rule,
  dates: JSON.stringify(s.arrangement.dates),
  except: JSON.stringify(s.arrangement.except),
  travelBefore: s.travelBefore,
  travelAfter: s.travelAfter,
  calendarId: s.calendarId,
  uid: s.uid,
  taken: s.taken,
  madeUntil: s.madeUntil,
  endedAt: s.endedAt,
  createdAt: s.createdAt,
})

/** Makes it, or brings the one of that id to this. */
export async function putSeries(h: WriteHandle, ...list: readonly Series[]): Promise<void> {
  await h.runMany(
    `INSERT INTO series (id, client_id, group_id, kind, starts, zone, minutes, rule, dates, except_dates,
       travel_before, travel_after, calendar_id, uid, taken, made_until, ended_at, created_at)
     VALUES (:id, :clientId, :groupId, :kind, :starts, :zone, :minutes, :rule, :dates, :except,
       :travelBefore, :travelAfter, :calendarId, :uid, :taken, :madeUntil, :endedAt, :createdAt)
     ON CONFLICT (id) DO UPDATE SET client_id = excluded.client_id, group_id = excluded.group_id,
       kind = excluded.kind, starts = excluded.starts, zone = excluded.zone, minutes = excluded.minutes,
       rule = excluded.rule, dates = excluded.dates, except_dates = excluded.except_dates,
       travel_before = excluded.travel_before, travel_after = excluded.travel_after,
       calendar_id = excluded.calendar_id, uid = excluded.uid, taken = excluded.taken,
       made_until = excluded.made_until, ended_at = excluded.ended_at`,
    list.map(params),
  )
}

/** Of one calendar, by id: those of whose sessions one is not over yet. */
export async function seriesWithComing(h: ReadHandle, calendarId: string, now: number): Promise<Set<string>> {
  const rows = await h.all(
    `SELECT id FROM series WHERE calendar_id = :calendarId AND EXISTS
       (SELECT 1 FROM sessions s WHERE s.series_id = series.id AND s.ends_at > :now)`,
    { calendarId, now },
  )
  return new Set(rows.map((row) => String(row['id'])))
}

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

const STANDING = `SELECT s.id, s.series_id AS seriesId, s.client_id AS clientId, s.occurrence, s.kind,
    s.starts_at AS startsAt, s.ends_at AS endsAt, s.zone, s.status, s.cancelled_by AS cancelledBy, s.started_at AS startedAt, s.changed,
    s.removed_at AS removedAt, s.group_event AS groupEvent, s.travel_before AS travelBefore,
    s.travel_after AS travelAfter, n.id AS noteId,
    (coalesce(n.blank = 0 OR n.state <> 'draft', 0)
      OR EXISTS (SELECT 1 FROM loops l WHERE l.session_id = s.id)) AS written
  FROM sessions s LEFT JOIN notes n ON n.session_id = s.id`

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
  if (ids.length === 0) return
  await h.runMany(
    `UPDATE sessions SET removed_at = :now, changed = max(changed, :changed) WHERE id = :id AND removed_at IS NULL`,
    ids.map((id) => ({ id, now, changed: byItself ? 1 : 0 })),
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
