import { mkdir, open, readdir, rename, rm, stat, copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BackupWork, Counts } from '../../shared/contract/backup.ts'
import { type CheckCopy, examine, type Examined, scratch } from './examination.ts'
import { sweepPartials } from './folder.ts'
import { BACKUP_FORMAT, backupName, type Manifest, partialName, type PartName } from './manifest.ts'
import type { SchemaVersions } from './reading.ts'
import { goOn, inFolder, inProfile } from './troubles.ts'
import { type Source, writeBackup } from './writing.ts'

export interface Making {
  readonly profile: string
  readonly folder: string
  readonly version: string
  readonly vaultId: string
  readonly setting: Manifest['setting']
  readonly schema: SchemaVersions
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Copies both databases, as ciphertext, into a directory. */
  readonly copyParts: (directory: string) => Promise<{ names: string[]; counts: Counts }>
  readonly checkRecord: CheckCopy
  readonly checkPrivate: CheckCopy | null
  readonly signal: AbortSignal
  readonly onWork: (work: BackupWork) => void
}

export interface Made extends Examined {
  readonly name: string
}

/**
 * Copies, writes, reads back, checks, and only then gives the file its name: under a backup's name stands nothing
 * that was not verified where it lies. Killed at any moment, a hidden partial file stays at most, which the next
 * backup sweeps.
 */
export async function makeBackup(making: Making): Promise<Made> {
  const { profile, folder, vaultId, signal, onWork } = making
  const staging = scratch(profile)
  let partial: string | null = null
  try {
    await inFolder(() => readdir(folder))
    await sweepPartials(folder, vaultId)
    onWork({ stage: 'copying', fraction: 0 })
    await inProfile(() => mkdir(staging, { mode: 0o700 }))
    await inProfile(() => copyFile(join(profile, 'vault.json'), join(staging, 'vault.json')))
    const createdAt = making.now()
    const { names, counts } = await making.copyParts(staging)
    goOn(signal)

    const taken = new Set(await inFolder(() => readdir(folder)))
    const name = backupName(createdAt, (one) => taken.has(one))
    partial = join(folder, partialName(vaultId, name))
    const sources = await sourcesIn(staging, ['vault.json', ...names] as PartName[])
    const bytes = sources.reduce((sum, one) => sum + one.size, 0)
    await writeBackup({
      target: partial,
      sources,
      describe: (parts) => ({
        format: BACKUP_FORMAT,
        application: 'Bracket',
        version: making.version,
        vaultId,
        createdAt: new Date(createdAt).toISOString(),
        setting: making.setting,
        schema: making.schema,
        counts,
        parts,
      }),
      signal,
      onWritten: (written) => onWork({ stage: 'writing', fraction: Math.min(1, written / bytes) }),
    })
    await rm(staging, { recursive: true, force: true })

    const { schema, checkRecord, checkPrivate } = making
    const examined = await examine({
      path: partial,
      directory: scratch(profile),
      schema,
      checkRecord,
      checkPrivate,
      signal,
      onWork,
    })
    goOn(signal)
    await inFolder(() => rename(partial ?? '', join(folder, name)))
    partial = null
    await inFolder(() => syncDirectory(folder))
    return { ...examined, name }
  } finally {
    await rm(staging, { recursive: true, force: true }).catch(() => undefined)
    if (partial !== null) await rm(partial, { force: true }).catch(() => undefined)
  }
}

async function sourcesIn(directory: string, names: readonly PartName[]): Promise<Source[]> {
  return Promise.all(
    names.map(async (name) => {
      const path = join(directory, name)
      return { name, path, size: (await inProfile(() => stat(path))).size }
    }),
  )
}

async function syncDirectory(path: string): Promise<void> {
  // Windows has no such call; some network folders refuse it, and then the file itself is synced all the same.
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  try {
    await handle.sync().catch(() => undefined)
  } finally {
    await handle.close()
  }
}
