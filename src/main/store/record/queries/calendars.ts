import { keptDetails, type KeptDetails } from '../../../../shared/contract/calendar.ts'
import { z } from '../../../../shared/contract/schema.ts'
import type { ReadHandle, WriteHandle } from '../../Store.ts'

export interface Calendar {
  readonly id: string
  readonly name: string
  readonly takenAt: number
  readonly keep: KeptDetails
}

const calendarRow = z.strictObject({
  id: z.string(),
  name: z.string(),
  takenAt: z.int(),
  keep: z.string().transform((text) => keptDetails.parse(JSON.parse(text))),
})
const SELECT = `SELECT id, name, taken_at AS takenAt, keep FROM calendars`

export async function findCalendar(h: ReadHandle, id: string): Promise<Calendar | undefined> {
  const row = await h.get(`${SELECT} WHERE id = :id`, { id })
  return row === undefined ? undefined : calendarRow.parse(row)
}

export async function allCalendars(h: ReadHandle): Promise<Calendar[]> {
  return (await h.all(`${SELECT} ORDER BY name, id`)).map((row) => calendarRow.parse(row))
}

export async function countEvents(h: ReadHandle, calendarId: string): Promise<number> {
  const row = await h.get(`SELECT count(*) AS n FROM series WHERE calendar_id = :calendarId`, { calendarId })
  return Number(row?.['n'] ?? 0)
}

export async function putCalendar(h: WriteHandle, c: Calendar): Promise<void> {
  await h.run(
    `INSERT INTO calendars (id, name, taken_at, keep) VALUES (:id, :name, :takenAt, :keep)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, taken_at = excluded.taken_at, keep = excluded.keep`,
    { id: c.id, name: c.name, takenAt: c.takenAt, keep: JSON.stringify(c.keep) },
  )
}

/** Its series stay, as series of ours that have ended: what is past goes on saying what it was part of. */
export async function dropCalendar(h: WriteHandle, id: string, now: number): Promise<void> {
  await h.run(
    `UPDATE series SET calendar_id = NULL, uid = NULL, taken = '', ended_at = coalesce(ended_at, :now)
     WHERE calendar_id = :id`,
    { id, now },
  )
  await h.run(`DELETE FROM calendars WHERE id = :id`, { id })
}

const matchRow = z.strictObject({
  title: z.string(),
  clientId: z.string().nullable(),
  groupId: z.string().nullable(),
  kind: z.enum(['individual', 'home-visit']),
  name: z.string().nullable(),
})
/** What a title means; both ids null: nobody. */
export type Match = z.infer<typeof matchRow>

export async function allMatches(h: ReadHandle): Promise<Match[]> {
  const rows = await h.all(
    `SELECT m.title, m.client_id AS clientId, m.group_id AS groupId, m.kind, coalesce(c.name, g.name) AS name
     FROM title_matches m LEFT JOIN clients c ON c.id = m.client_id LEFT JOIN groups g ON g.id = m.group_id
     ORDER BY m.title`,
  )
  return rows.map((row) => matchRow.parse(row))
}

/** Not to a group that has ended since they were shown: such a title is asked again. */
export async function putMatches(
  h: WriteHandle,
  list: readonly Omit<Match, 'name'>[],
  now: number,
): Promise<void> {
  if (list.length === 0) return
  await h.runMany(
    `INSERT INTO title_matches (title, client_id, group_id, kind, matched_at)
     SELECT :title, :clientId, :groupId, :kind, :now
       WHERE NOT EXISTS (SELECT 1 FROM groups WHERE id = :groupId AND ended_at IS NOT NULL)
     ON CONFLICT (title) DO UPDATE SET client_id = excluded.client_id, group_id = excluded.group_id,
       kind = excluded.kind, matched_at = excluded.matched_at`,
    list.map(({ title, clientId, groupId, kind }) => ({ title, clientId, groupId, kind, now })),
  )
}

export async function dropMatchesOfGroup(h: WriteHandle, groupId: string): Promise<void> {
  await h.run(`DELETE FROM title_matches WHERE group_id = :groupId`, { groupId })
}

export async function dropMatch(h: WriteHandle, title: string): Promise<boolean> {
  return (await h.run(`DELETE FROM title_matches WHERE title = :title`, { title })).changes === 1
}
