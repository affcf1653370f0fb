import { z } from '../../../../shared/contract/schema.ts'
import type { ReadHandle, WriteHandle } from '../../Store.ts'

export interface Group {
  readonly id: string
  readonly name: string
  readonly createdAt: number
  readonly endedAt: number | null
}

const groupRow = z.strictObject({
  id: z.string(),
  name: z.string(),
  createdAt: z.int(),
  endedAt: z.int().nullable(),
})
const memberRow = z.strictObject({ clientId: z.string(), name: z.string() })
export type Member = z.infer<typeof memberRow>

const SELECT = `SELECT id, name, created_at AS createdAt, ended_at AS endedAt FROM groups`

export async function findGroup(h: ReadHandle, id: string): Promise<Group | undefined> {
  const row = await h.get(`${SELECT} WHERE id = :id`, { id })
  return row === undefined ? undefined : groupRow.parse(row)
}

/** Undefined also when it has ended: it meets no more. */
export async function findCurrentGroup(h: ReadHandle, id: string): Promise<Group | undefined> {
  const group = await findGroup(h, id)
  return group?.endedAt === null ? group : undefined
}

export async function currentGroups(h: ReadHandle): Promise<Group[]> {
  return (await h.all(`${SELECT} WHERE ended_at IS NULL`)).map((row) => groupRow.parse(row))
}

export async function insertGroup(h: WriteHandle, g: Group): Promise<void> {
  await h.run(`INSERT INTO groups (id, name, created_at, ended_at) VALUES (:id, :name, :createdAt, NULL)`, {
    id: g.id,
    name: g.name,
    createdAt: g.createdAt,
  })
}

/** Returns false when there is no such group. */
export async function renameGroup(h: WriteHandle, id: string, name: string): Promise<boolean> {
  return (await h.run(`UPDATE groups SET name = :name WHERE id = :id`, { id, name })).changes === 1
}

export async function endGroup(h: WriteHandle, id: string, now: number): Promise<void> {
  await h.run(`UPDATE groups SET ended_at = :now WHERE id = :id`, { id, now })
}

export async function membersOf(h: ReadHandle, groupId: string): Promise<Member[]> {
  const rows = await h.all(
    `SELECT m.client_id AS clientId, c.name FROM group_members m JOIN clients c ON c.id = m.client_id
     WHERE m.group_id = :groupId ORDER BY m.client_id`,
    { groupId },
  )
  return rows.map((row) => memberRow.parse(row))
}

export async function putMembers(
  h: WriteHandle,
  groupId: string,
  clientIds: readonly string[],
): Promise<void> {
  await h.run(`DELETE FROM group_members WHERE group_id = :groupId`, { groupId })
  if (clientIds.length === 0) return
  await h.runMany(
    `INSERT INTO group_members (group_id, client_id) VALUES (:groupId, :clientId)`,
    clientIds.map((clientId) => ({ groupId, clientId })),
  )
}

export async function nextOfGroup(h: ReadHandle, groupId: string, after: number): Promise<number | null> {
  const row = await h.get(
    `SELECT starts_at AS at FROM sessions WHERE group_id = :groupId AND starts_at > :after
       AND removed_at IS NULL AND status = 'scheduled' ORDER BY starts_at LIMIT 1`,
    { groupId, after },
  )
  return typeof row?.['at'] === 'number' ? row['at'] : null
}
