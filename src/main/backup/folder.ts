import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isBackupName, isPartialOf } from './manifest.ts'
import { look } from './reading.ts'
import { type Dated, newestFirst, outdated } from './rotation.ts'
import { goOn, inFolder } from './troubles.ts'

/** The backups of one vault in a folder, newest first as seen at `now`. Whatever else lies there is not looked at twice. */
export async function backupsIn(folder: string, vaultId: string, now: number): Promise<Dated[]> {
  const names = (await inFolder(() => readdir(folder))).filter(isBackupName)
  const found: Dated[] = []
  for (const name of names) {
    // One that cannot be read is nobody's to delete, and no backup either.
    const seen = await look(join(folder, name)).catch(() => null)
    if (seen?.manifest.vaultId === vaultId)
      found.push({ name, createdAt: Date.parse(seen.manifest.createdAt) })
  }
  return newestFirst(found, now)
}

/**
 * Removes what rotation lets go, never `verified`; gives how many stay. A file that will not go is left for the next
 * time. @throws Refusal CANCELLED, BACKUP_FOLDER_GONE
 */
export async function rotate(
  folder: string,
  vaultId: string,
  rules: { zone: string; now: number; verified: string },
  signal: AbortSignal,
): Promise<number> {
  const all = await backupsIn(folder, vaultId, rules.now)
  const going = outdated(all, rules)
  for (const name of going) {
    goOn(signal)
    await rm(join(folder, name), { force: true }).catch(() => undefined)
  }
  return all.length - going.length
}

/** What a crash left of this vault's backups. */
export async function sweepPartials(folder: string, vaultId: string): Promise<void> {
  for (const name of await inFolder(() => readdir(folder))) {
    if (isPartialOf(vaultId, name)) await rm(join(folder, name), { force: true }).catch(() => undefined)
  }
}
