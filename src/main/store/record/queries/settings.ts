import type { ReadHandle, WriteHandle } from '../../Store.ts'

export async function getSetting(h: ReadHandle, key: string): Promise<string | undefined> {
  const row = await h.get(`SELECT value FROM settings WHERE key = :key`, { key })
  return typeof row?.['value'] === 'string' ? row['value'] : undefined
}

export async function putSetting(h: WriteHandle, key: string, value: string): Promise<void> {
  await h.run(
    `INSERT INTO settings (key, value) VALUES (:key, :value)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    { key, value },
  )
}

export async function dropSetting(h: WriteHandle, key: string): Promise<void> {
  await h.run(`DELETE FROM settings WHERE key = :key`, { key })
}
