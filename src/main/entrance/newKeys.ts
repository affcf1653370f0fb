import { randomUUID } from 'node:crypto'
import { copyFile, mkdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { type Code, Refusal } from '../../shared/contract/result.ts'
import type { KeyWork } from '../../shared/contract/vault.ts'
import { toFailure } from '../ipc/failures.ts'
import type { HeldBack } from '../heldBack.ts'
import type { Locking } from '../locking.ts'
import type { Rooms } from '../rooms/rooms.ts'
import { diskFiles, writeRefusal } from '../vault/durableFiles.ts'
import type { NewKeys } from '../vault/newKeys.ts'
import { wipeNewKeys } from '../vault/newKeys.ts'
import { profilePaths } from '../vault/profile.ts'
import type { Vault } from '../vault/Vault.ts'
import type { UnsealedVaultFile } from '../vault/vaultFile.ts'
import type { Windows } from '../window/windows.ts'
import { createActNotes } from './actNotes.ts'
import { BACKUP_SLOTS } from './keyWindow.ts'

export interface NewKeysOptions {
  profile: string
  vault: Vault
  rooms: Rooms
  windows: Windows
  locking: Locking
  heldBack: HeldBack
  /** Takes the key over. Refuses it where its owner has left since: see Locking.timesAway. */
  enter(recordKey: Uint8Array, since: number): Promise<void>
}

const ROOMS = ['record', 'private'] as const
type Work = NonNullable<KeyWork['work']>
/** Rough shares of the time that a file takes. */
const SHARES: Readonly<Record<Work['stage'], number>> = {
  closing: 0,
  copying: 0,
  reading: 0.1,
  rewriting: 0.25,
  checking: 0.85,
  switching: 1,
}

/** Closed files: nobody has them open here, and a copy as a file takes no lock away. */
async function copyClosed(name: string, from: string, to: string): Promise<void> {
  try {
    await copyFile(path.join(from, name), path.join(to, name))
    // What a full disk kept from being written back when it closed.
    const log = await stat(path.join(from, `${name}-wal`)).catch(() => null)
    if (log !== null && log.size > 0)
      await copyFile(path.join(from, `${name}-wal`), path.join(to, `${name}-wal`))
  } catch (error) {
    throw writeRefusal(error)
  }
}

export interface Staging {
  readonly profile: string
  /** A name in the profile; made here. */
  readonly staging: string
  readonly vault: Pick<Vault, 'stageVaultFile'>
  readonly rooms: Pick<Rooms, 'rekeyCopy'>
  readonly keys: NewKeys
  readonly file: UnsealedVaultFile
}

/**
 * Step 1 of vault/keySwitch.ts: both closed files, rewritten under the new keys and checked, with their vault.json.
 * `onWork` may throw, which ends it; the vault itself is not touched.
 */
export async function stageNewKeys(
  { profile, staging, vault, rooms, keys, file }: Staging,
  onWork: (work: Work) => void,
): Promise<void> {
  const directory = path.join(profile, staging)
  await mkdir(directory, { mode: 0o700 }).catch((error: unknown) => {
    throw writeRefusal(error)
  })
  const sizes = await Promise.all(
    ROOMS.map(async (room) => (await stat(path.join(profile, `${room}.db`))).size),
  )
  const all = sizes.reduce((sum, size) => sum + size, 0)
  let before = 0
  for (const [at, room] of ROOMS.entries()) {
    const size = sizes[at] ?? 0
    const stage = (now: Work['stage']): void =>
      onWork({ stage: now, room, fraction: Math.min(1, (before + size * SHARES[now]) / all) })
    stage('copying')
    await copyClosed(`${room}.db`, profile, directory)
    const given = { old: new Uint8Array(keys.old[room]), fresh: new Uint8Array(keys.fresh[room]) }
    await rooms.rekeyCopy(room, path.join(directory, `${room}.db`), given, stage)
    before += size
  }
  await vault.stageVaultFile(directory, file, keys)
}

/**
 * New keys for both files: everything closes, copies are rewritten and checked under the new keys, and one switch puts
 * them in place (vault/keySwitch.ts). Until then the files, keys and sheets that there are stay what they are.
 */
export function createNewKeys({ profile, vault, rooms, windows, locking, heldBack, enter }: NewKeysOptions) {
  let view: KeyWork = { work: null, trouble: null }
  let cancelled = false
  /** They are in place, and the record was not open yet in which that is to be written. */
  let unwritten = false
  const { note } = createActNotes(rooms)

  function goOn(): void {
    if (cancelled) throw new Refusal('CANCELLED')
  }

  /** Whether nothing of a switch has happened; once its marker may be there it goes forward by itself. */
  async function isUntouched(directory: string): Promise<boolean> {
    const marker = await diskFiles.size(profilePaths(profile).rekeyMarker)
    // It is moved last of all: where it is gone, the new files are in their places.
    const staged = await diskFiles.size(path.join(directory, 'vault.json'))
    return marker === null && staged !== null && !Number.isNaN(staged)
  }

  async function run(since: number): Promise<void> {
    const staging = `rekeying-${randomUUID()}`
    const directory = path.join(profile, staging)
    let keys: NewKeys | null = null
    let switching = false
    try {
      const taken = await vault.takeNewKeys()
      if (taken === null) throw new Refusal('NOT_NOW')
      keys = taken.keys
      await locking.lock()
      await locking.settled()
      // They are kept under a key of the old one, and would not come back.
      if (heldBack.holding()) throw new Refusal('DISK_FULL')
      await stageNewKeys({ profile, staging, vault, rooms, ...taken }, (work) => {
        goOn()
        view = { work, trouble: null }
      })
      goOn()
      view = { work: { stage: 'switching', room: 'record', fraction: 1 }, trouble: null }
      switching = true
      await vault.switchKeys(staging, keys.fresh.record)
      unwritten = true
      const recordKey = new Uint8Array(keys.fresh.record)
      await enter(recordKey, since)
      view = { work: null, trouble: null }
      windows.send('vaultState', {})
    } catch (error) {
      const failed = toFailure(error)
      // A switch that was begun goes forward at the next look at the profile: it is not to be said that nothing changed.
      const untouched = !switching || (await isUntouched(directory))
      const trouble: Code | null = untouched ? failed.code : null
      view = { work: null, trouble }
      if (untouched)
        await rm(directory, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined)
      windows.send('vaultState', {})
    } finally {
      wipeNewKeys(keys)
    }
  }

  return {
    keyWork: (): KeyWork => view,
    /** Copies are being made: nothing else may touch the profile. */
    makingKeys: (): boolean => view.work !== null,

    beginNewKeys(): void {
      if (view.work !== null) return
      cancelled = false
      view = { work: { stage: 'closing', room: 'record', fraction: 0 }, trouble: null }
      void run(locking.timesAway())
    },

    /** The record was opened. */
    async entered(): Promise<void> {
      if (!unwritten) return
      unwritten = false
      // Its slots open the old keys only, and are of no more use to any backup.
      await rooms.remembered.drop(BACKUP_SLOTS).catch(() => undefined)
      await note('keys-renewed')
    },

    cancelNewKeys(): void {
      cancelled = true
    },

    leaveNewKeys(): void {
      if (view.work !== null) return
      view = { work: null, trouble: null }
      windows.send('vaultState', {})
    },
  }
}
