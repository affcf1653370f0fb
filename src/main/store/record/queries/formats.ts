import { z } from '../../../../shared/contract/schema.ts'
import { format, type Format } from '../../../../shared/document/formats/format.ts'
import type { ReadHandle, WriteHandle } from '../../Store.ts'

const row = z.strictObject({ id: z.string(), format: z.string() })

/**
 * A person's own formats, by name. The id is the format's key. One that cannot be read is left out: a note can still be
 * begun, and those written in it keep their headings themselves.
 */
export async function ownFormats(h: ReadHandle): Promise<Format[]> {
  const rows = await h.all(`SELECT id, format FROM formats ORDER BY name COLLATE NOCASE, id`)
  return rows.flatMap((found) => {
    const { id, format: stored } = row.parse(found)
    const read = format.safeParse({ ...parsed(stored), key: id })
    return read.success ? [read.data] : []
  })
}

function parsed(stored: string): object {
  try {
    const value: unknown = JSON.parse(stored)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

export async function putFormat(
  h: WriteHandle,
  id: string,
  { key: _, ...kept }: Format,
  now: number,
): Promise<void> {
  await h.run(
    `INSERT INTO formats (id, name, format, created_at, updated_at) VALUES (:id, :name, :format, :now, :now)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, format = excluded.format, updated_at = excluded.updated_at`,
    { id, name: kept.name, format: JSON.stringify(kept), now },
  )
}

/** Returns whether there was one. */
export async function dropFormat(h: WriteHandle, id: string): Promise<boolean> {
  return (await h.run(`DELETE FROM formats WHERE id = :id`, { id })).changes === 1
}
