import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import type { BackupWork, Counts } from '../../shared/contract/backup.ts'
import { Refusal } from '../../shared/contract/result.ts'
import { OpenError, SqlError } from '../store/Store.ts'
import type { Manifest, PartName } from './manifest.ts'
import { type Found, type SchemaVersions, takeOut, verify } from './reading.ts'
import { goOn, inProfile } from './troubles.ts'

/** Opens a copy that may be thrown away and reads every page of it; the key stays with whoever does this. */
export type CheckCopy = (path: string) => Promise<{ intact: boolean; counts: Counts | null }>

export interface Examination {
  readonly path: string
  /** Made, used and removed by this; on the profile's disk, never beside the backup. */
  readonly directory: string
  readonly schema: SchemaVersions
  readonly checkRecord: CheckCopy
  /** Null: the private part is compared by its hash alone. */
  readonly checkPrivate: CheckCopy | null
  readonly signal: AbortSignal
  readonly onWork: (work: BackupWork) => void
}

export interface Examined extends Found {
  readonly privatePart: 'opened' | 'hash'
}

/**
 * Everything a restore would do but for putting it in place: the whole file against its hash, each part against
 * the manifest's, copies opened with their keys, every page checked, the rows counted. The same code serves a
 * backup just written, the drill and the restore, so that a drill rehearses the real thing.
 * @throws Refusal BACKUP_*, DISK_FULL, READ_ONLY, CANCELLED, or what opening says when a key is not at hand
 */
export async function examine(examination: Examination): Promise<Examined> {
  const { path, directory, schema, checkPrivate, signal, onWork } = examination
  try {
    await inProfile(() => mkdir(directory, { mode: 0o700 }))
    onWork({ stage: 'reading', fraction: 0 })
    let read = 0
    let whole = 0
    const onRead = (bytes: number): void => {
      read += bytes
      // The file is read twice: for its own hash, and part by part.
      if (whole > 0) onWork({ stage: 'reading', fraction: Math.min(1, read / (2 * whole)) })
    }
    const found = await verify(path, schema, {
      signal,
      onRead: (bytes) => onRead(bytes),
      onSize: (size) => {
        whole = size
      },
    })
    const names = openedNames(found.manifest, checkPrivate !== null)
    await takeOut(path, found, { into: directory, names, signal, onRead })
    await checkParts(directory, found.manifest, examination)
    return { ...found, privatePart: checkPrivate === null ? 'hash' : 'opened' }
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined)
  }
}

/** The private part alone, once its key is at hand. Throws as `examine` does. */
export async function examinePrivate(examination: Omit<Examination, 'checkRecord'>): Promise<void> {
  const { checkPrivate, ...rest } = examination
  if (checkPrivate === null) throw new Refusal('PRIVATE_LOCKED')
  const { path, directory, schema, signal } = rest
  try {
    await inProfile(() => mkdir(directory, { mode: 0o700 }))
    const found = await verify(path, schema, { signal, onRead: () => undefined, onSize: () => undefined })
    const names = openedNames(found.manifest, true).filter((name) => name.startsWith('private'))
    await takeOut(path, found, { into: directory, names, signal, onRead: () => undefined })
    const finding = await untilCancelled(signal, damageTold(checkPrivate(join(directory, 'private.db'))))
    if (!finding.intact) throw new Refusal('BACKUP_DAMAGED')
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined)
  }
}

/** A directory of ours inside the profile; what a crash leaves of one is swept at the next start. */
export const scratch = (profile: string): string => join(profile, `backup-${randomUUID()}`)
export const isScratch = (name: string): boolean => /^backup-[0-9a-f-]{36}$/u.test(name)

/** The copies in a directory, opened and read through; the record's rows counted. Throws as `examine` does. */
export async function checkParts(
  directory: string,
  manifest: Manifest,
  {
    checkRecord,
    checkPrivate,
    signal,
    onWork,
  }: Pick<Examination, 'checkRecord' | 'checkPrivate' | 'signal' | 'onWork'>,
): Promise<void> {
  onWork({ stage: 'checking', fraction: 0 })
  const record = await untilCancelled(signal, damageTold(checkRecord(join(directory, 'record.db'))))
  if (!record.intact || !sameCounts(record.counts, manifest.counts)) throw new Refusal('BACKUP_DAMAGED')
  if (checkPrivate === null) return
  onWork({ stage: 'checking', fraction: 0.5 })
  const other = await untilCancelled(signal, damageTold(checkPrivate(join(directory, 'private.db'))))
  if (!other.intact) throw new Refusal('BACKUP_DAMAGED')
}

function sameCounts(a: Counts | null, b: Counts): boolean {
  return (
    a !== null &&
    a.clients === b.clients &&
    a.sessions === b.sessions &&
    a.notes === b.notes &&
    a.addenda === b.addenda
  )
}

function openedNames(manifest: Manifest, withPrivate: boolean): PartName[] {
  return manifest.parts
    .map((part) => part.name)
    .filter((name) => name === 'record.db' || (withPrivate && name.startsWith('private')))
}

/** Of a copy these mean that the backup is not what it should be; the vault itself is another file. */
async function damageTold<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const full = (error instanceof OpenError || error instanceof SqlError) && error.code === 'FULL'
    if (full) throw new Refusal('DISK_FULL')
    if (error instanceof OpenError && error.code === 'NEWER') throw new Refusal('BACKUP_NEWER')
    if (error instanceof OpenError && error.code !== 'DRIVER') throw new Refusal('BACKUP_DAMAGED')
    if (error instanceof SqlError) throw new Refusal('BACKUP_DAMAGED')
    throw error
  }
}

/** Locking must not wait for a check of every page; the thread ends by itself a moment later. */
function untilCancelled<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      try {
        goOn(signal)
      } catch (error) {
        reject(error)
      }
    }
    signal.addEventListener('abort', stop, { once: true })
    stop()
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
