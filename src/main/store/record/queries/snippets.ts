import { z } from '../../../../shared/contract/schema.ts'
import type { Snippet } from '../../../../shared/contract/snippets.ts'
import type { ReadHandle, WriteHandle } from '../../Store.ts'

const row = z.strictObject({ id: z.string(), short: z.string(), long: z.string() })

export async function allSnippets(h: ReadHandle): Promise<Snippet[]> {
  return (await h.all(`SELECT id, short, long FROM snippets ORDER BY short`)).map((found) => row.parse(found))
}

export async function findShort(h: ReadHandle, short: string): Promise<Snippet | undefined> {
  const found = await h.get(`SELECT id, short, long FROM snippets WHERE short = :short`, { short })
  return found === undefined ? undefined : row.parse(found)
}

export async function insertSnippet(h: WriteHandle, snippet: Snippet, now: number): Promise<void> {
  await h.run(`INSERT INTO snippets (id, short, long, updated_at) VALUES (:id, :short, :long, :now)`, {
    ...snippet,
    now,
  })
}

/** Returns whether there was one. */
export async function updateSnippet(h: WriteHandle, snippet: Snippet, now: number): Promise<boolean> {
  const { changes } = await h.run(
    `UPDATE snippets SET short = :short, long = :long, updated_at = :now WHERE id = :id`,
    { ...snippet, now },
  )
  return changes === 1
}

/** Returns whether there was one. */
export async function dropSnippet(h: WriteHandle, id: string): Promise<boolean> {
  return (await h.run(`DELETE FROM snippets WHERE id = :id`, { id })).changes === 1
}
