import { basename, join } from 'node:path'
import {
  backupTrouble,
  backupView,
  type BackupTrouble,
  type BackupView,
} from '../../shared/contract/backup.ts'
import { Refusal } from '../../shared/contract/result.ts'
import { z } from '../../shared/contract/schema.ts'
import type { Clock } from '../../shared/domain/clock.ts'
import { OpenError } from '../store/Store.ts'
import { diskFiles } from '../vault/durableFiles.ts'
import { rememberBeside } from './beside.ts'
import { type CheckCopy, examine, examinePrivate, scratch } from './examination.ts'
import { backupsIn, rotate } from './folder.ts'
import { type HeldParts, makeBackup } from './making.ts'
import type { SchemaVersions } from './reading.ts'

const DAY = 24 * 3_600_000
/** After a try that failed: an unplugged stick is asked for again, but not every minute. */
const AGAIN_AFTER = 3_600_000
const KEY = 'backup'

const remembered = z.strictObject({
  /** The chosen folder's path. It stays in main and in the encrypted record. */
  folder: z.string().nullable(),
  ...backupView.pick({ last: true, trouble: true, drill: true, kept: true }).shape,
})
type Remembered = z.infer<typeof remembered>
const nothingYet: Remembered = { folder: null, last: null, trouble: null, drill: null, kept: 0 }

export interface BackupPorts {
  readonly profile: string
  readonly clock: Clock
  readonly version: string
  readonly schema: SchemaVersions
  /** Whose vault is open; null for none, and for the sample. */
  vault(): { vaultId: string; setting: 'practice' | 'school' } | null
  /** vault.json as it goes into a backup: with the slots of the backup passphrase, where there is one. */
  slotsForBackup(): Promise<Buffer>
  /** The built backupWorker.ts. */
  readonly workerPath: string | URL
  holdParts(directory: string): Promise<HeldParts>
  holdsKey(room: 'record' | 'private'): boolean
  checkCopy(room: 'record' | 'private', path: string): ReturnType<CheckCopy>
  read(key: string): Promise<string | undefined>
  write(key: string, value: string): Promise<void>
  /** The system's dialog; null when it was closed. */
  askForFolder(): Promise<string | null>
  changed(): void
  /** A line in the log of what was done with the vault. */
  note(action: 'backup-made' | 'backup-verified'): Promise<void>
  log(event: string, code: string): void
}

/** Backups of the open vault: when, where, how the last one fared. One thing at a time. */
export function createBackups(ports: BackupPorts) {
  const { profile, clock, schema } = ports
  let kept = nothingYet
  let work: BackupView['work'] = null
  let drilling = false
  let abort: AbortController | null = null
  let running: Promise<unknown> = Promise.resolve()
  let triedAt = -Infinity
  // Nobody asked for it: whoever asks for something goes first.
  let unasked = false

  const checkRecord: CheckCopy = (path) => ports.checkCopy('record', path)
  const checkPrivate = (): CheckCopy | null =>
    ports.holdsKey('private') ? (path) => ports.checkCopy('private', path) : null

  /** For the day on which the record does not open. */
  async function besideToo(): Promise<void> {
    const vaultId = ports.vault()?.vaultId
    if (vaultId !== undefined) await rememberBeside(diskFiles, profile, { vaultId, folder: kept.folder })
  }

  async function keep(part: Partial<Remembered>): Promise<void> {
    kept = { ...kept, ...part }
    await besideToo()
    await ports.write(KEY, JSON.stringify(kept))
  }

  /** @throws Refusal NOT_NOW while something else is under way. */
  function alone<T>(task: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (abort !== null) return Promise.reject(new Refusal('NOT_NOW'))
    const mine = new AbortController()
    abort = mine
    ports.changed()
    const result = task(mine.signal).finally(() => {
      abort = null
      work = null
      drilling = false
      ports.changed()
    })
    running = result.catch(() => undefined)
    return result
  }

  async function goFirst(): Promise<void> {
    abort?.abort()
    await running
  }

  const onWork = (now: BackupView['work']): void => {
    work = now
  }

  function requireVault(): { vaultId: string; setting: 'practice' | 'school' } {
    const vault = ports.vault()
    if (vault === null) throw new Refusal('NOT_NOW')
    return vault
  }

  async function make(folder: string, signal: AbortSignal): Promise<void> {
    const { vaultId, setting } = requireVault()
    triedAt = clock.now()
    try {
      const made = await makeBackup({
        profile,
        folder,
        version: ports.version,
        vaultId,
        setting,
        schema,
        now: () => clock.now(),
        slotsForBackup: ports.slotsForBackup,
        workerPath: ports.workerPath,
        holdParts: ports.holdParts,
        checkRecord,
        checkPrivate: checkPrivate(),
        signal,
        onWork,
      })
      const checkedAt = clock.now()
      const last = {
        name: made.name,
        createdAt: Date.parse(made.manifest.createdAt),
        size: made.size,
        counts: made.manifest.counts,
        recordCheckedAt: checkedAt,
        privateCheckedAt: made.privatePart === 'opened' ? checkedAt : null,
      }
      await keep({ last, trouble: null })
      await ports.note('backup-made')
      await ports.note('backup-verified')
      // Only now that a newer one was verified may an older one go.
      await keep({ kept: await rotate(folder, vaultId, zone()).catch(() => kept.kept) })
    } catch (error) {
      if (!isCancelled(error)) {
        const code = troubleOf(error)
        ports.log('backup', code)
        await keep({ trouble: { at: clock.now(), code } }).catch(() => undefined)
      }
      throw error
    }
  }

  /** Never rejects: nobody waits for it. */
  async function checkPrivatePart(): Promise<void> {
    const { folder, last } = kept
    if (folder === null || last === null || last.privateCheckedAt !== null || abort !== null) return
    const check = checkPrivate()
    if (check === null) return
    try {
      unasked = true
      await alone(async (signal) => {
        const path = join(folder, last.name)
        await examinePrivate({
          path,
          directory: scratch(profile),
          schema,
          workerPath: ports.workerPath,
          checkPrivate: check,
          signal,
          onWork,
        })
        await keep({ last: { ...last, privateCheckedAt: clock.now() } })
        await ports.note('backup-verified')
      })
    } catch (error) {
      // A stick that is not plugged in proves nothing; damage does.
      if (error instanceof Refusal && error.code === 'BACKUP_DAMAGED') {
        await keep({ trouble: { at: clock.now(), code: 'BACKUP_DAMAGED' } }).catch(() => undefined)
        ports.changed()
      }
    } finally {
      unasked = false
    }
  }

  async function runIfDue(): Promise<void> {
    const { folder, last } = kept
    if (folder === null || abort !== null || ports.vault() === null) return
    const now = clock.now()
    // A clock that was set back must not put backups off until it has caught up.
    const age = last === null ? Infinity : Math.abs(now - last.createdAt)
    if (age < DAY || Math.abs(now - triedAt) < AGAIN_AFTER) return
    await alone((signal) => make(folder, signal)).catch(() => undefined)
  }

  async function chooseFolder(): Promise<boolean> {
    requireVault()
    const folder = await ports.askForFolder()
    if (folder === null) return false
    await keep({ folder })
    ports.changed()
    return true
  }

  return {
    /** The record was opened. */
    async opened(): Promise<void> {
      kept = nothingYet
      triedAt = -Infinity
      const stored = await ports.read(KEY).catch(() => undefined)
      const parsed = remembered.safeParse(stored === undefined ? undefined : safeJson(stored))
      if (parsed.success) kept = parsed.data
      await besideToo()
      ports.changed()
      await runIfDue()
    },

    /** Everything is being locked: what is under way stops and leaves nothing. */
    async closing(): Promise<void> {
      abort?.abort()
      await running
      kept = nothingYet
    },

    privateOpened: checkPrivatePart,
    tick: runIfDue,

    view: (): BackupView => ({
      folder: kept.folder === null ? null : basename(kept.folder),
      last: kept.last,
      trouble: kept.trouble,
      drill: kept.drill,
      kept: kept.kept,
      work,
      drilling,
    }),

    chooseFolder,

    async backUpNow(): Promise<boolean> {
      requireVault()
      if (kept.folder === null && !(await chooseFolder())) return false
      const { folder } = kept
      if (folder === null) return false
      if (unasked) await goFirst()
      await alone((signal) => make(folder, signal))
      // The private room may have been opened meanwhile.
      void checkPrivatePart()
      return true
    },

    /** Its outcome, good or bad, is kept with its time; rejects only when it could not be tried. */
    async drill(): Promise<void> {
      if (unasked) await goFirst()
      await alone(async (signal) => {
        drilling = true
        const { vaultId } = requireVault()
        const { folder } = kept
        let name: string | null = null
        const outcome: NonNullable<BackupView['drill']> = {
          at: 0,
          name,
          code: null,
          counts: null,
          privatePart: null,
        }
        try {
          if (folder === null) throw new Refusal('BACKUP_NONE')
          const all = await backupsIn(folder, vaultId)
          name = all[0]?.name ?? null
          if (name === null) throw new Refusal('BACKUP_NONE')
          const path = join(folder, name)
          const { workerPath } = ports
          const check = { path, directory: scratch(profile), schema, workerPath, signal, onWork }
          const done = await examine({ ...check, checkRecord, checkPrivate: checkPrivate() })
          const { counts } = done.manifest
          await keep({
            kept: all.length,
            drill: { ...outcome, at: clock.now(), name, counts, privatePart: done.privatePart },
          })
          await ports.note('backup-verified')
        } catch (error) {
          if (isCancelled(error)) throw error
          await keep({ drill: { ...outcome, at: clock.now(), name, code: troubleOf(error) } })
        }
      })
      void checkPrivatePart()
    },

    cancel(): void {
      abort?.abort()
    },
  }
}

export type Backups = ReturnType<typeof createBackups>

const isCancelled = (error: unknown): boolean => error instanceof Refusal && error.code === 'CANCELLED'

function troubleOf(error: unknown): BackupTrouble {
  if (error instanceof OpenError && error.code === 'FULL') return 'DISK_FULL'
  const code = backupTrouble.safeParse(error instanceof Refusal ? error.code : undefined)
  return code.success ? code.data : 'INTERNAL'
}

const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
