import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import type { BackupWork, Counts } from '../../shared/contract/backup.ts'
import { Refusal } from '../../shared/contract/result.ts'
import { OpenError, SqlError } from '../store/Store.ts'
import type { PartName } from './format.ts'
import type { Manifest } from './manifest.ts'
import { readInThread } from './jobs.ts'
import type { Found, SchemaVersions } from './reading.ts'
import { goOn, inProfile } from './troubles.ts'

/** Opens a copy that may be thrown away and reads every page of it; the key stays with whoever does this. */
export type CheckCopy = (path: string) => Promise<{ intact: boolean; counts: Counts | null }>

/**
 * Of the vault.json at a path: sealed under the keys that these notes have now, or under others; unfit: it is none, or
 * another vault's.
 */
export type CheckKeys = (path: string) => Promise<'present' | 'other' | 'unfit'>

export interface Examination {
  readonly path: string
  /** Made, used and removed by this; on the profile's disk, never beside the backup. */
  readonly directory: string
  readonly schema: SchemaVersions
  /** The built backupWorker.ts. */
  readonly workerPath: string | URL
  readonly keysOf: CheckKeys
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
 * Everything a restore would do but for putting it in place: every byte of the file against its hash, copies opened with their keys, every page checked, the rows counted. The same code serves a
 * backup just written, the drill and the restore, so that a drill rehearses the real thing.
 * @throws Refusal BACKUP_*, DISK_FULL, READ_ONLY, CANCELLED, or what opening says when a key is not at hand
 */
export async function examine(examination: Examination): Promise<Examined> {
  const { directory, checkPrivate, onWork } = examination
  try {
    await inProfile(() => mkdir(directory, { mode: 0o700 }))
    onWork({ stage: 'reading', fraction: 0 })
    const found = await taken(examination, [
      'vault.json',
      'record.db',
      ...(checkPrivate === null ? [] : PRIVATE),
    ])
    const privatePart = await underItsKeys(examination, () =>
      checkParts(directory, found.manifest, examination),
    )
    return { ...found, privatePart }
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined)
  }
}

/** The private part alone, once its key is at hand. Throws as `examine` does. */
export async function examinePrivate(examination: Omit<Examination, 'checkRecord'>): Promise<void> {
  const { checkPrivate, directory, signal } = examination
  if (checkPrivate === null) throw new Refusal('PRIVATE_LOCKED')
  try {
    await inProfile(() => mkdir(directory, { mode: 0o700 }))
    await taken(examination, ['vault.json', ...PRIVATE])
    const finding = await underItsKeys(examination, () =>
      untilCancelled(signal, damageTold(checkPrivate(join(directory, 'private.db')))),
    )
    if (!finding.intact) throw new Refusal('BACKUP_DAMAGED')
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined)
  }
}

/** It could not be opened with the key that was given. */
class Unopened extends Refusal {
  constructor() {
    super('BACKUP_DAMAGED')
  }
}

/**
 * A backup from before new keys does not open with the present ones, and a person who is told that it is damaged
 * throws it away. Only the seal of its vault.json tells which it is; and one that opens in spite of another seal was
 * changed by somebody.
 */
async function underItsKeys<T>(
  { directory, keysOf, signal }: Pick<Examination, 'directory' | 'keysOf' | 'signal'>,
  check: () => Promise<T>,
): Promise<T> {
  const keys = await untilCancelled(signal, keysOf(join(directory, 'vault.json')))
  let finding: T
  try {
    finding = await check()
  } catch (error) {
    throw keys === 'other' && error instanceof Unopened ? new Refusal('BACKUP_OTHER_KEYS') : error
  }
  if (keys !== 'present') throw new Refusal('BACKUP_DAMAGED')
  return finding
}

/** A directory of ours inside the profile; what a crash leaves of one is swept at the next start. */
export const scratch = (profile: string): string => join(profile, `backup-${randomUUID()}`)
export const isScratch = (name: string): boolean => /^backup-[0-9a-f-]{36}$/u.test(name)

/** The copies in a directory, opened and read through; the record's rows counted. Throws as `examine` does but for a private room that is closed meanwhile. */
export async function checkParts(
  directory: string,
  manifest: Manifest,
  {
    checkRecord,
    checkPrivate,
    signal,
    onWork,
  }: Pick<Examination, 'checkRecord' | 'checkPrivate' | 'signal' | 'onWork'>,
): Promise<Examined['privatePart']> {
  onWork({ stage: 'checking', fraction: 0 })
  const record = await untilCancelled(signal, damageTold(checkRecord(join(directory, 'record.db'))))
  if (!record.intact || !sameCounts(record.counts, manifest.counts)) throw new Refusal('BACKUP_DAMAGED')
  if (checkPrivate === null) return 'hash'
  onWork({ stage: 'checking', fraction: 0.5 })
  try {
    const other = await untilCancelled(signal, damageTold(checkPrivate(join(directory, 'private.db'))))
    if (!other.intact) throw new Refusal('BACKUP_DAMAGED')
    return 'opened'
  } catch (error) {
    // The room was closed while the record was being checked, and its key is gone: that is no damage.
    if (error instanceof Refusal && error.code === 'PRIVATE_LOCKED') return 'hash'
    throw error
  }
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

const PRIVATE: readonly PartName[] = ['private.db', 'private.db-wal']

/** Reads the file once, through and through, and leaves these of its parts in the directory. */
function taken(
  { path, directory, schema, workerPath, signal, onWork }: Omit<Examination, 'checkRecord' | 'checkPrivate'>,
  names: readonly PartName[],
): Promise<Found> {
  return readInThread(
    { path, schema, into: { directory, names }, durable: false },
    { workerPath, signal, onFraction: (fraction) => onWork({ stage: 'reading', fraction }) },
  )
}

/** Of a copy these mean that the backup is not what it should be; the vault itself is another file. */
async function damageTold<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const full = (error instanceof OpenError || error instanceof SqlError) && error.code === 'FULL'
    if (full) throw new Refusal('DISK_FULL')
    if (error instanceof OpenError && error.code === 'WRONG_KEY_OR_DAMAGED') throw new Unopened()
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
