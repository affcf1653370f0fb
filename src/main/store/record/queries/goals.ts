import { z } from '../../../../shared/contract/schema.ts'
import { goal, trend, type Goal, type Trend } from '../../../../shared/contract/goals.ts'
import { EARLIEST } from '../../../../shared/contract/values.ts'
import type { ReadHandle, WriteHandle } from '../../Store.ts'

const TRENDS_SHOWN = 6
const trendRow = z.object({ goalId: z.string(), at: z.number(), trend })

/** A client's goals with how the last six notes saw them; active ones first, then by age. */
export async function goalsOf(h: ReadHandle, clientId: string): Promise<Goal[]> {
  const rows = await h.all(
    `SELECT id, client_id AS clientId, text, state, created_at AS createdAt FROM goals
     WHERE client_id = :clientId
     ORDER BY CASE state WHEN 'active' THEN 0 WHEN 'met' THEN 1 ELSE 2 END, created_at, rowid`,
    { clientId },
  )
  if (rows.length === 0) return []
  // From the sixth last on, by the index: a window over every link there ever was costs ten times as much.
  const trends = await h.all(
    `SELECT l.goal_id AS goalId, l.at, l.trend FROM goals g JOIN goal_links l ON l.goal_id = g.id
       AND l.at >= coalesce((SELECT at FROM goal_links WHERE goal_id = g.id
                             ORDER BY at DESC LIMIT 1 OFFSET ${TRENDS_SHOWN - 1}), ${EARLIEST})
     WHERE g.client_id = :clientId ORDER BY l.at`,
    { clientId },
  )
  const parsed = trends.map((row) => trendRow.parse(row))
  return rows.map((row) =>
    goal.parse({
      ...row,
      trends: parsed
        .filter((t) => t.goalId === row['id'])
        .map((t) => ({ at: t.at, trend: t.trend }))
        .slice(-TRENDS_SHOWN),
    }),
  )
}

export async function insertGoal(
  h: WriteHandle,
  g: { id: string; clientId: string; text: string; createdAt: number },
): Promise<void> {
  await h.run(
    `INSERT INTO goals (id, client_id, text, state, created_at) VALUES (:id, :clientId, :text, 'active', :createdAt)`,
    g,
  )
}

export async function setGoalState(h: WriteHandle, id: string, state: Goal['state']): Promise<boolean> {
  const { changes } = await h.run(`UPDATE goals SET state = :state WHERE id = :id`, { id, state })
  return changes === 1
}

export async function goalLinks(h: ReadHandle, noteId: string): Promise<{ goalId: string; trend: Trend }[]> {
  const rows = await h.all(
    `SELECT goal_id AS goalId, trend, at FROM goal_links WHERE note_id = :noteId ORDER BY goal_id`,
    { noteId },
  )
  return rows.map((row) => {
    const link = trendRow.parse(row)
    return { goalId: link.goalId, trend: link.trend }
  })
}

/** `at` is the session's start: a note written late still counts on its day. */
export async function linkGoal(
  h: WriteHandle,
  link: { noteId: string; goalId: string; trend: Trend; at: number },
): Promise<void> {
  await h.run(
    `INSERT INTO goal_links (note_id, goal_id, trend, at) VALUES (:noteId, :goalId, :trend, :at)
     ON CONFLICT (note_id, goal_id) DO UPDATE SET trend = excluded.trend`,
    link,
  )
}

export async function unlinkGoal(h: WriteHandle, noteId: string, goalId: string): Promise<void> {
  await h.run(`DELETE FROM goal_links WHERE note_id = :noteId AND goal_id = :goalId`, { noteId, goalId })
}
