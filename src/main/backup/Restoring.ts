import { randomUUID } from 'node:crypto'
import { constants, copyFile, mkdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { BackupWork, Counts, RestoreFinding, RestoreOffer } from '../../shared/contract/backup.ts'
import { Refusal } from '../../shared/contract/result.ts'
import { z } from '../../shared/contract/schema.ts'
import type { Clock } from '../../shared/domain/clock.ts'
import type { DurableFiles } from '../vault/durableFiles.ts'
import { refuseWhileMarked } from '../vault/destructionMark.ts'
import { VaultError } from '../vault/errors.ts'
import { profilePaths } from '../vault/profile.ts'
import type { RestoredKeys, RestoreKeys } from '../vault/restoring.ts'
import { backupsBeside } from './beside.ts'
import { checkParts } from './examination.ts'
import { isUnderWay, putInPlace, settle, sweepScratch, vaultFilesIn } from './placing.ts'
import { readInThread } from './jobs.ts'
import { PART_NAMES } from './format.ts'
import type { Found, SchemaVersions } from './reading.ts'
import { goOn, inProfile } from './troubles.ts'

/** What this needs of a Vault on a directory that a backup's vault.json was taken into. */
export interface RestorableVault {
  openRestored(given: RestoreKeys): Promise<RestoredKeys>
  rewrapRestored(given: RestoreKeys): Promise<void>
  passphraseOpens(): Promise<boolean>
  hasBackupSlot(): Promise<boolean>
}

export interface RestorePorts {
  readonly profile: string
  readonly clock: Clock
  readonly files: DurableFiles
  readonly schema: SchemaVersions
  /** The built backupWorker.ts. */
  readonly workerPath: string | URL
  /** The system's dialog; null when it was closed. */
  askForFile(): Promise<string | null>
  vaultAt(directory: string): RestorableVault
  /** Takes the key over and zeroes it. */
  checkCopy(
    room: 'record' | 'private',
    path: string,
    key: Uint8Array,
  ): Promise<{ intact: boolean; counts: Counts | null }>
  /** The keychain no longer expects the log of this vault to be where it last was; gives the way back. Never rejects. */
  anchorAnew(vaultId: string): Promise<() => Promise<void>>
  /** False while somebody is inside: a restore happens at the door alone. */
  isLocked(): boolean
  /** What was rehearsed is let go of by itself: the page is to forget it as well. */
  onLeft?(): void
  /** For tests. */
  readonly patienceMs?: number
}

interface Chosen {
  readonly found: Found
  /** A name in the profile. */
  readonly staging: string
  checked: boolean
}

/** A rehearsed restore is one click from being put in place, with the passphrase typed: not for anybody who comes by. */
const PATIENCE_MS = 5 * 60_000

/** What makes one go on to the backup before it. */
const PASSED_OVER: readonly string[] = ['BACKUP_DAMAGED', 'BACKUP_NOT_ONE', 'BACKUP_NEWER']

/** Why what a stop interrupted cannot be finished. */
export type Unsettled = 'PROFILE_READ_ONLY' | 'DISK_FULL' | 'UNKNOWN'

export function unsettledBy(error: unknown): Unsettled {
  // A marker that cannot be read, or leads nowhere: no right to write would help there.
  if (!(error instanceof VaultError) || error.code === 'INTERNAL') return 'UNKNOWN'
  return error.code === 'DISK_FULL' ? 'DISK_FULL' : 'PROFILE_READ_ONLY'
}

const vaultIdOnly = z.looseObject({ vaultId: z.string() })

/** Restoring at the door: one chosen file at a time; whatever is asked, the vault in place is touched last. */
export function createRestoring(ports: RestorePorts) {
  const { profile, clock, files, schema } = ports
  const placing = { files, profile }
  let chosen: Chosen | null = null
  let work: BackupWork | null = null
  let abort: AbortController | null = null
  let running: Promise<unknown> = Promise.resolve()
  let swept = false
  let impatient: NodeJS.Timeout | undefined
  let settling: Promise<Unsettled | null> | null = null

  function alone<T>(task: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (abort !== null || !ports.isLocked()) return Promise.reject(new Refusal('NOT_NOW'))
    const mine = new AbortController()
    abort = mine
    clearTimeout(impatient)
    // Nor where a vault waits to be destroyed: what was put in its place would be destroyed instead.
    const marked = refuseWhileMarked({ files, paths: profilePaths(profile) })
    const result = marked
      .then(() => task(mine.signal))
      .finally(() => {
        abort = null
        work = null
        if (chosen?.checked === true)
          impatient = setTimeout(() => void leaveByItself(), ports.patienceMs ?? PATIENCE_MS).unref()
      })
    running = result.catch(() => undefined)
    return result
  }

  const directoryOf = (one: Pick<Chosen, 'staging'>): string => join(profile, one.staging)

  async function drop(): Promise<void> {
    const leaving = chosen
    chosen = null
    clearTimeout(impatient)
    if (leaving !== null)
      await rm(directoryOf(leaving), { recursive: true, force: true }).catch(() => undefined)
  }

  async function forget(): Promise<void> {
    abort?.abort()
    await running
    await drop()
  }

  async function leaveByItself(): Promise<void> {
    if (chosen === null && abort === null) return
    await forget()
    ports.onLeft?.()
  }

  function requireChosen(): Chosen {
    if (chosen === null) throw new Refusal('NOT_NOW')
    return chosen
  }

  async function present(vaultId: string): Promise<RestoreOffer['present']> {
    if ((await vaultFilesIn(placing)).length === 0) return 'none'
    return (await idIn(profilePaths(profile).vaultFile)) === vaultId ? 'same' : 'other'
  }

  async function idIn(path: string): Promise<string | null> {
    const read = await files.read(path, 64 * 1024)
    if (read.kind !== 'bytes') return null
    try {
      return vaultIdOnly.parse(JSON.parse(read.bytes.toString('utf8'))).vaultId
    } catch {
      return null
    }
  }

  async function finish(): Promise<Unsettled | null> {
    try {
      await settle(placing)
      if (!swept) await sweepScratch(placing)
      swept = true
      return null
    } catch (error) {
      return unsettledBy(error)
    }
  }

  /** Reads the file through and takes it out, into the profile; nothing that is in place is touched. */
  async function take(path: string, signal: AbortSignal): Promise<RestoreOffer> {
    await drop()
    const staging = `restoring-${randomUUID()}`
    const directory = join(profile, staging)
    try {
      await files.makeDirectory(directory)
      const found = await readInThread(
        { path, schema, into: { directory, names: PART_NAMES }, durable: true },
        {
          workerPath: ports.workerPath,
          signal,
          onFraction: (fraction) => {
            work = { stage: 'reading', fraction }
          },
        },
      )
      const { vaultId, createdAt, setting, version, counts } = found.manifest
      if ((await idIn(join(directory, 'vault.json'))) !== vaultId) throw new Refusal('BACKUP_DAMAGED')
      const offer: RestoreOffer = {
        name: basename(path),
        createdAt: Date.parse(createdAt),
        setting,
        appVersion: version,
        size: found.size,
        counts,
        present: await present(vaultId),
        passphraseOpens: await ports.vaultAt(directory).passphraseOpens(),
        backupPassphrase: await ports.vaultAt(directory).hasBackupSlot(),
      }
      chosen = { found, staging, checked: false }
      return offer
    } catch (error) {
      await rm(directory, { recursive: true, force: true }).catch(() => undefined)
      throw error
    }
  }

  return {
    /** Before anything looks at the profile: a restore that was interrupted is finished. Null, or why it cannot be. */
    settled(): Promise<Unsettled | null> {
      // One that is under way in this moment finishes by itself.
      if (abort !== null) return Promise.resolve(null)
      // The page may ask twice at once: the files are moved by one of them.
      settling ??= finish().finally(() => {
        settling = null
      })
      return settling
    },

    choose: (): Promise<RestoreOffer | null> =>
      alone(async (signal) => {
        const path = await ports.askForFile()
        return path === null ? null : take(path, signal)
      }),

    /** The newest of those remembered beside the record that is whole; null when none is in reach. */
    chooseNewest: (): Promise<RestoreOffer | null> =>
      alone(async (signal) => {
        let first: Refusal | null = null
        for (const { path } of await backupsBeside(profile, clock.now())) {
          try {
            return await take(path, signal)
          } catch (error) {
            const next = error instanceof Refusal && PASSED_OVER.includes(error.code)
            if (!next) throw error
            first ??= error
          }
        }
        if (first !== null) throw first
        return null
      }),

    work: (): BackupWork | null => work,

    check: (given: RestoreKeys): Promise<RestoreFinding> =>
      alone(async (signal) => {
        const one = requireChosen()
        const directory = directoryOf(one)
        const keys = await ports.vaultAt(directory).openRestored(given)
        const rehearsal = join(directory, 'rehearsal')
        try {
          work = { stage: 'checking', fraction: 0 }
          // Opening may migrate; what will be put in place stays as it came out of the backup.
          await inProfile(() => mkdir(rehearsal, { mode: 0o700 }))
          for (const { name } of one.found.manifest.parts) {
            goOn(signal)
            if (name !== 'vault.json') {
              await inProfile(() =>
                copyFile(join(directory, name), join(rehearsal, name), constants.COPYFILE_FICLONE),
              )
            }
          }
          const { recordKey, privateKey } = keys
          await checkParts(rehearsal, one.found.manifest, {
            checkRecord: (path) => ports.checkCopy('record', path, new Uint8Array(recordKey)),
            checkPrivate:
              privateKey === null
                ? null
                : (path) => ports.checkCopy('private', path, new Uint8Array(privateKey)),
            signal,
            onWork: (now) => {
              work = now
            },
          })
          one.checked = true
          const { counts } = one.found.manifest
          return { checkedAt: clock.now(), counts, privatePart: privateKey === null ? 'hash' : 'opened' }
        } finally {
          keys.recordKey.fill(0)
          keys.privateKey?.fill(0)
          await rm(rehearsal, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined)
        }
      }),

    apply: (given: RestoreKeys): Promise<void> =>
      alone(async () => {
        const one = requireChosen()
        if (!one.checked) throw new Refusal('NOT_NOW')
        await ports.vaultAt(directoryOf(one)).rewrapRestored(given)
        // Before and not after: a stop in between must not make what was restored look put back by somebody.
        const anchorBack = await ports.anchorAnew(one.found.manifest.vaultId)
        // From here on it is no longer ours to throw away.
        chosen = null
        try {
          await putInPlace(placing, one.staging, clock.now())
        } catch (error) {
          // Not even begun: the vault that is here stays, and with it what would notice an older copy of it.
          if (!(await isUnderWay(placing))) {
            await anchorBack()
            chosen = one
          }
          throw error
        }
      }),

    forget,
    /** Sleep, screen lock, another user, or nobody for five minutes after the rehearsal. */
    leaveByItself,
  }
}

export type Restoring = ReturnType<typeof createRestoring>
