import { basename, join } from 'node:path'
import { backupTrouble, type BackupTrouble, type BackupView } from '../../shared/contract/backup.ts'
import { Refusal } from '../../shared/contract/result.ts'
import type { Clock } from '../../shared/domain/clock.ts'
import { OpenError } from '../store/Store.ts'
import { diskFiles } from '../vault/durableFiles.ts'
import { rememberBeside } from './beside.ts'
import { type CheckCopy, type CheckKeys, examine, examinePrivate, scratch } from './examination.ts'
import { backupsIn, rotate } from './folder.ts'
import { type HeldParts, makeBackup } from './making.ts'
import { behindBy, opensWith } from './opensWith.ts'
import { look, type SchemaVersions } from './reading.ts'
import { nothingYet, STANDING, standingIn, type Standing } from './standing.ts'
import { goOn } from './troubles.ts'
import { createTurns, type Turn } from './turns.ts'

const DAY = 24 * 3_600_000
/** After a try that failed: an unplugged stick is asked for again, but not every minute. */
const AGAIN_AFTER = 3_600_000
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
  /** Of a backup's vault.json at a path. */
  keysOf: CheckKeys
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
  let kept: Standing = nothingYet
  let behind: BackupView['behind'] = null
  let triedAt = -Infinity
  const turns = createTurns(() => ports.changed())

  const checkRecord: CheckCopy = (path) => ports.checkCopy('record', path)
  const checkPrivate = (): CheckCopy | null =>
    ports.holdsKey('private') ? (path) => ports.checkCopy('private', path) : null

  /** For the day on which the record does not open. */
  async function besideToo(): Promise<void> {
    const vaultId = ports.vault()?.vaultId
    if (vaultId !== undefined) await rememberBeside(diskFiles, profile, { vaultId, folder: kept.folder })
  }

  async function keep(part: Partial<Standing>): Promise<void> {
    kept = { ...kept, ...part }
    await besideToo()
    await ports.write(STANDING, JSON.stringify(kept))
  }

  /** Whoever asks for something goes before what nobody asked for. */
  const isUnasked = (): boolean => turns.kind() === 'private part'

  async function goFirst(): Promise<void> {
    turns.cancel()
    await turns.settled()
  }

  function requireVault(): { vaultId: string; setting: 'practice' | 'school' } {
    const vault = ports.vault()
    if (vault === null) throw new Refusal('NOT_NOW')
    return vault
  }

  async function make(folder: string, { signal, onWork }: Turn): Promise<void> {
    const { vaultId, setting } = requireVault()
    triedAt = clock.now()
    let opens: Standing['opens'] = null
    try {
      const made = await makeBackup({
        profile,
        folder,
        version: ports.version,
        vaultId,
        setting,
        schema,
        now: () => clock.now(),
        slotsForBackup: async () => {
          const slots = await ports.slotsForBackup()
          opens = opensWith(slots)
          return slots
        },
        workerPath: ports.workerPath,
        keysOf: ports.keysOf,
        holdParts: ports.holdParts,
        checkRecord,
        checkPrivate: checkPrivate(),
        signal,
        onWork,
      })
      goOn(signal)
      const checkedAt = clock.now()
      const last = {
        name: made.name,
        createdAt: Date.parse(made.manifest.createdAt),
        size: made.size,
        counts: made.manifest.counts,
        recordCheckedAt: checkedAt,
        privateCheckedAt: made.privatePart === 'opened' ? checkedAt : null,
      }
      await keep({ last, opens, trouble: null })
      await compare()
      await ports.note('backup-made')
      await ports.note('backup-verified')
      // Only now that a newer one was verified may an older one go.
      const rules = { zone: zone(), now: clock.now(), verified: made.name }
      const stay = await rotate(folder, vaultId, rules, signal).catch(() => kept.kept)
      goOn(signal)
      await keep({ kept: stay })
    } catch (error) {
      if (!signal.aborted && !isCancelled(error)) {
        const code = troubleOf(error)
        ports.log('backup', code)
        await keep({ trouble: { at: clock.now(), code } }).catch(() => undefined)
      }
      throw error
    }
  }

  /** Whether what opens these notes was made anew since the newest backup. Never rejects. */
  async function compare(): Promise<void> {
    const { opens } = kept
    if (opens === null || ports.vault() === null) return
    const present = await ports.slotsForBackup().then(opensWith, () => null)
    // Locked, or another backup made, meanwhile.
    if (present === null || kept.opens !== opens) return
    const found = behindBy(opens, present)
    if (found === behind) return
    behind = found
    // A try that failed before is no reason to wait: it was for less.
    triedAt = -Infinity
    ports.changed()
  }

  /** The newest backup is no good: it counts no longer, so that Today says so and another one is due at once. */
  async function noteDamage(name: string, also: Partial<Standing> = {}): Promise<void> {
    if (kept.last?.name !== name) {
      await keep(also)
      return
    }
    triedAt = -Infinity
    behind = null
    const trouble = { at: clock.now(), code: 'BACKUP_DAMAGED' as const }
    await keep({ ...also, last: null, opens: null, trouble })
    ports.changed()
  }

  /** Never rejects: nobody waits for it. */
  async function checkPrivatePart(): Promise<void> {
    const { folder, last } = kept
    if (folder === null || last === null || last.privateCheckedAt !== null || turns.kind() !== null) return
    const check = checkPrivate()
    if (check === null) return
    try {
      await turns.alone('private part', async ({ signal, onWork }) => {
        const path = join(folder, last.name)
        await examinePrivate({
          path,
          directory: scratch(profile),
          schema,
          workerPath: ports.workerPath,
          keysOf: ports.keysOf,
          checkPrivate: check,
          signal,
          onWork,
        })
        goOn(signal)
        await keep({ last: { ...last, privateCheckedAt: clock.now() } })
        await ports.note('backup-verified')
      })
    } catch (error) {
      // A stick that is not plugged in proves nothing, and neither does one from before new keys; damage does.
      if (isDamage(error)) await noteDamage(last.name).catch(() => undefined)
    }
  }

  async function runIfDue(): Promise<void> {
    await compare()
    const { folder, last } = kept
    if (folder === null || turns.kind() !== null || ports.vault() === null) return
    const now = clock.now()
    // A clock that was set back must not put backups off until it has caught up.
    const age = last === null ? Infinity : Math.abs(now - last.createdAt)
    if ((age < DAY && behind === null) || Math.abs(now - triedAt) < AGAIN_AFTER) return
    await turns.alone('backup', (turn) => make(folder, turn)).catch(() => undefined)
  }

  /** After something was checked: what could not be opened then, and what became due by what was found. */
  async function goOnChecking(): Promise<void> {
    await checkPrivatePart()
    await runIfDue()
  }

  /**
   * The newest backup of this vault, and how many there are. One that was the newest, and lies there but can no longer
   * be read, is not passed over in silence: that is what a drill is for.
   */
  async function newestIn(folder: string, vaultId: string): Promise<{ name: string; count: number }> {
    const all = await backupsIn(folder, vaultId, clock.now())
    const { last } = kept
    if (last !== null && !all.some(({ name }) => name === last.name)) {
      const seen = await look(join(folder, last.name)).catch((error: unknown) => error)
      if (isDamage(seen)) return { name: last.name, count: all.length }
    }
    const newest = all[0]
    if (newest === undefined) throw new Refusal('BACKUP_NONE')
    return { name: newest.name, count: all.length }
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
      behind = null
      triedAt = -Infinity
      kept = standingIn(await ports.read(STANDING).catch(() => undefined))
      await besideToo()
      ports.changed()
      await runIfDue()
    },

    /**
     * Everything is being locked: what is under way stops and leaves nothing, but where a folder does not answer
     * nobody waits for it.
     */
    async closing(): Promise<void> {
      turns.cancel()
      await turns.settled()
      kept = nothingYet
      behind = null
    },

    /** New sheets, a changed passphrase, a backup passphrase set or removed: the next one is due now. Never rejects. */
    async keysChanged(): Promise<void> {
      await compare()
      // One that is being made may have been begun before.
      await turns.settled()
      await runIfDue()
    },

    privateOpened: checkPrivatePart,
    tick: runIfDue,

    view: (): BackupView => ({
      folder: kept.folder === null ? null : basename(kept.folder),
      last: kept.last,
      behind: kept.last === null ? null : behind,
      trouble: kept.trouble,
      drill: kept.drill,
      kept: kept.kept,
      work: turns.work(),
      drilling: turns.kind() === 'drill',
    }),

    chooseFolder,

    async backUpNow(): Promise<boolean> {
      requireVault()
      if (kept.folder === null && !(await chooseFolder())) return false
      const { folder } = kept
      if (folder === null) return false
      if (isUnasked()) await goFirst()
      await turns.alone('backup', (turn) => make(folder, turn))
      // The private room may have been opened meanwhile.
      void checkPrivatePart()
      return true
    },

    /** Its outcome, good or bad, is kept with its time; rejects only when it could not be tried. */
    async drill(): Promise<void> {
      if (isUnasked()) await goFirst()
      await turns.alone('drill', async ({ signal, onWork }) => {
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
          const newest = await newestIn(folder, vaultId)
          name = newest.name
          const path = join(folder, name)
          const { workerPath, keysOf } = ports
          const check = { path, directory: scratch(profile), schema, workerPath, keysOf, signal, onWork }
          const done = await examine({ ...check, checkRecord, checkPrivate: checkPrivate() })
          goOn(signal)
          const { counts } = done.manifest
          await keep({
            kept: newest.count,
            drill: { ...outcome, at: clock.now(), name, counts, privatePart: done.privatePart },
          })
          await ports.note('backup-verified')
        } catch (error) {
          if (signal.aborted || isCancelled(error)) throw error
          const drill = { ...outcome, at: clock.now(), name, code: troubleOf(error) }
          if (name !== null && isDamage(error)) await noteDamage(name, { drill })
          else await keep({ drill })
        }
      })
      void goOnChecking()
    },

    cancel: turns.cancel,
  }
}

export type Backups = ReturnType<typeof createBackups>

const isCancelled = (error: unknown): boolean => error instanceof Refusal && error.code === 'CANCELLED'

const isDamage = (error: unknown): boolean =>
  error instanceof Refusal && (error.code === 'BACKUP_DAMAGED' || error.code === 'BACKUP_NOT_ONE')

function troubleOf(error: unknown): BackupTrouble {
  if (error instanceof OpenError && error.code === 'FULL') return 'DISK_FULL'
  const code = backupTrouble.safeParse(error instanceof Refusal ? error.code : undefined)
  return code.success ? code.data : 'INTERNAL'
}

const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone
