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

/** Of one calendar, by id: those that have, or once had, a session. */
export async function seriesWithSessions(h: ReadHandle, calendarId: string): Promise<Set<string>> {
  const rows = await h.all(
    `SELECT id FROM series WHERE calendar_id = :calendarId AND EXISTS
       (SELECT 1 FROM sessions s WHERE s.series_id = series.id)`,
    { calendarId },
  )
  return new Set(rows.map((row) => String(row['id'])))
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
