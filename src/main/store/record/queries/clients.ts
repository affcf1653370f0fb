import {
  client,
  clientRow,
  flag,
  namesake,
  type Client,
  type ClientRow,
  type Flag,
  type Namesake,
} from '../../../../shared/contract/clients.ts'
import type { ReadHandle, WriteHandle } from '../../Store.ts'

const COLUMNS = `id, name, pronouns, birth_date AS birthDate, referral_reason AS referralReason, created_at AS createdAt`

export async function findClient(h: ReadHandle, id: string): Promise<Client | undefined> {
  const row = await h.get(`SELECT ${COLUMNS} FROM clients WHERE id = :id`, { id })
  return row === undefined ? undefined : client.parse(row)
}

/** Every client by name, with what the list shows. `now` splits last from next. */
export async function listClients(h: ReadHandle, now: number): Promise<ClientRow[]> {
  const rows = await h.all(
    `SELECT c.id, c.name, c.pronouns,
       (SELECT count(*) FROM flags f WHERE f.client_id = c.id AND f.ended_at IS NULL) AS flags,
       (SELECT min(s.starts_at) FROM sessions s WHERE s.client_id = c.id AND s.removed_at IS NULL
          AND s.status = 'scheduled' AND s.starts_at > :now) AS nextSessionAt,
       (SELECT max(s.starts_at) FROM sessions s WHERE s.client_id = c.id AND s.removed_at IS NULL
          AND s.status = 'scheduled' AND s.starts_at <= :now) AS lastSessionAt,
       coalesce(u.unwritten, 0) AS unwritten
     FROM clients c LEFT JOIN (
       -- Counted once over the few that are unwritten, not client by client over all that ever were.
       SELECT client_id, count(*) AS unwritten FROM sessions INDEXED BY sessions_unwritten
       WHERE removed_at IS NULL AND written = 0 AND status = 'scheduled' AND ends_at <= :now
       GROUP BY client_id) u ON u.client_id = c.id`,
    { now },
  )
  const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true })
  return rows.map((row) => clientRow.parse(row)).sort((a, b) => collator.compare(a.name, b.name))
}

/** Those whose names differ in nothing that a glance would notice: not in case, and not in spaces. */
export async function namesakes(h: ReadHandle): Promise<Namesake[]> {
  const rows = await h.all(`SELECT id, name, birth_date AS birthDate, created_at AS createdAt FROM clients`)
  const same = (name: unknown): string => String(name).normalize().replace(/\s+/gu, ' ').trim().toLowerCase()
  const bearers = new Map<string, number>()
  for (const { name } of rows) bearers.set(same(name), (bearers.get(same(name)) ?? 0) + 1)
  return rows
    .filter(({ name }) => (bearers.get(same(name)) ?? 0) > 1)
    .map(({ id, birthDate, createdAt }) => namesake.parse({ id, birthDate, createdAt }))
}

export async function insertClient(h: WriteHandle, c: Client): Promise<void> {
  await h.run(
    `INSERT INTO clients (id, name, pronouns, birth_date, referral_reason, created_at, updated_at)
     VALUES (:id, :name, :pronouns, :birthDate, :referralReason, :createdAt, :createdAt)`,
    { ...c },
  )
}

/** Returns false when there is no such client. */
export async function updateClient(h: WriteHandle, c: Client, now: number): Promise<boolean> {
  const { changes } = await h.run(
    `UPDATE clients SET name = :name, pronouns = :pronouns, birth_date = :birthDate,
       referral_reason = :referralReason, updated_at = :now WHERE id = :id`,
    {
      id: c.id,
      name: c.name,
      pronouns: c.pronouns,
      birthDate: c.birthDate,
      referralReason: c.referralReason,
      now,
    },
  )
  return changes === 1
}

export async function activeFlags(h: ReadHandle, clientId: string): Promise<Flag[]> {
  const rows = await h.all(
    `SELECT id, text, created_at AS createdAt FROM flags
     WHERE client_id = :clientId AND ended_at IS NULL ORDER BY created_at, rowid`,
    { clientId },
  )
  return rows.map((row) => flag.parse(row))
}

export async function insertFlag(h: WriteHandle, clientId: string, f: Flag): Promise<void> {
  await h.run(
    `INSERT INTO flags (id, client_id, text, created_at) VALUES (:id, :clientId, :text, :createdAt)`,
    { ...f, clientId },
  )
}

export async function endFlag(h: WriteHandle, id: string, now: number): Promise<boolean> {
  const { changes } = await h.run(`UPDATE flags SET ended_at = :now WHERE id = :id AND ended_at IS NULL`, {
    id,
    now,
  })
  return changes === 1
}
