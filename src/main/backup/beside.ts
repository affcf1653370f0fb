import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from '../../shared/contract/schema.ts'
import type { DurableFiles } from '../vault/durableFiles.ts'
import { backupsIn } from './folder.ts'

/*
 * Where the backups are, once more beside the record: on the day on which the record does not open, what it holds
 * about them cannot be asked. The vault's id and a folder's path, and nothing else.
 */
const beside = z.strictObject({
  version: z.literal(1),
  vaultId: z.string().max(60),
  folder: z.string().max(4096),
})

const NAME = 'backups.json'
/** A stick that is gone answers at once; a network that is gone may take minutes. */
const PATIENCE_MS = 5000

/** Never throws: a line that cannot be written must not keep a backup from being made. */
export async function rememberBeside(
  files: DurableFiles,
  profile: string,
  { vaultId, folder }: { vaultId: string; folder: string | null },
): Promise<void> {
  try {
    const path = join(profile, NAME)
    if (folder === null) return
    const next = `${JSON.stringify({ version: 1, vaultId, folder })}\n`
    if ((await readFile(path, 'utf8').catch(() => '')) !== next) await files.write(path, next)
  } catch {
    // Said nowhere: the record remembers the folder as well.
  }
}

/** The backups of these notes in the folder that was remembered, newest first as seen at `now`; none where it is out of reach. */
export async function backupsBeside(
  profile: string,
  now: number,
): Promise<{ path: string; name: string; createdAt: number }[]> {
  try {
    const { vaultId, folder } = beside.parse(JSON.parse(await readFile(join(profile, NAME), 'utf8')))
    // Anybody may have written this file: it must not be able to make Windows present itself to another machine.
    if (/^[\\/]{2}/u.test(folder)) return []
    const found = await patiently(backupsIn(folder, vaultId, now))
    return found.map(({ name, createdAt }) => ({ path: join(folder, name), name, createdAt }))
  } catch {
    return []
  }
}

async function patiently<T>(work: Promise<T[]>): Promise<T[]> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<T[]>((resolve) => {
    timer = setTimeout(() => resolve([]), PATIENCE_MS)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
