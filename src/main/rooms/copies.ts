import { constants, copyFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Counts } from '../../shared/contract/backup.ts'
import { Refusal } from '../../shared/contract/result.ts'
import type { HeldParts } from '../backup/making.ts'
import type { PartSource } from '../backup/sources.ts'
import type { DriverName } from '../store/driver/SqlDriver.ts'
import type { Migration } from '../store/migrate.ts'
import { countRows } from '../store/record/queries/counts.ts'
import { dropSetting, getSetting, putSetting } from '../store/record/queries/settings.ts'
import { checkPages, type CheckProcess, type PageCheck } from '../store/pageCheck.ts'
import { type Hold, Store } from '../store/Store.ts'
import type { Place } from './opening.ts'

/** What opening a copy and reading every page of it showed. */
export interface CopyFinding {
  readonly intact: boolean
  /** Of the record; null for the private room, of which nothing is ever counted. */
  readonly counts: Counts | null
}

export interface CopiesOptions {
  driver: DriverName
  workerPath: string | URL
  /** A process in which a copy's pages are read; without one, or where none comes up, a thread of ours does it. */
  startCheck?: (() => CheckProcess | null) | undefined
  migrations: Readonly<Record<'record' | 'private', readonly Migration[]>>
  /** The rooms' own: the files that are open, and the keys kept for checking copies of them. */
  stores: Readonly<Record<'record' | 'private', Store | null>>
  keys: Readonly<Record<'record' | 'private', Buffer | null>>
  place(): Place | null
  inPrivateTurn<T>(work: () => Promise<T>): Promise<T>
}

/** What a backup asks of the rooms: copies of their files, as ciphertext, and whether such a copy is whole. */
export function createCopies(options: CopiesOptions) {
  const { driver, workerPath, migrations, stores, keys, place, inPrivateTurn, startCheck } = options
  /** Under way with an open room's own key. */
  const checking: Record<'record' | 'private', Set<PageCheck>> = { record: new Set(), private: new Set() }

  async function faultsElsewhere(
    name: 'record' | 'private',
    path: string,
    key: Uint8Array,
    ofRoom: boolean,
  ): Promise<number | null> {
    const process = startCheck?.() ?? null
    if (process === null) return null
    const check = checkPages(process, {
      path,
      key: new Uint8Array(key),
      driver,
      workerPath: workerPath instanceof URL ? fileURLToPath(workerPath) : workerPath,
    })
    if (ofRoom) checking[name].add(check)
    return check.faults.finally(() => checking[name].delete(check))
  }

  return {
    /**
     * Both databases, encrypted as they are, for copying: the record, and the private room while it is open, stand
     * still in their place; a closed private room is copied into the directory as a file, with what a crash left of
     * its log. With the record's counts from the same turn.
     */
    async holdParts(directory: string): Promise<HeldParts> {
      const { record: recordStore } = stores
      const where = place()
      if (recordStore === null || where === null || where.sampleKey !== null) throw new Refusal('NOT_NOW')
      // Both are asked for before either begins, so nothing can be written between them.
      const [counting, holding] = [recordStore.read(countRows), recordStore.hold()]
      counting.catch(() => undefined)
      const holds: Hold[] = [await holding]
      const release = async (): Promise<void> => {
        await Promise.all(holds.map((one) => one.release()))
      }
      try {
        const parts = await inPrivateTurn(async () => {
          if (stores.private === null) return copied(where.directory, directory)
          const hold = await stores.private.hold()
          holds.push(hold)
          return [heldPart('private.db', hold)]
        })
        // The smaller one first: it is held, or may change, for as short as can be.
        return { parts: [...parts, heldPart('record.db', holds[0])], counts: await counting, release }
      } catch (error) {
        await release()
        throw error
      }
    },

    /** Rows of the record, as they are now. */
    async counts(): Promise<Counts> {
      if (stores.record === null) throw new Refusal('LOCKED')
      return stores.record.read(countRows)
    },

    /** The record alone, encrypted as it is, into a file that does not exist yet. */
    async copyRecord(file: string): Promise<void> {
      if (stores.record === null) throw new Refusal('LOCKED')
      await stores.record.copyTo(file)
    },

    /** Whether a copy of this room could be opened now. */
    holdsKey: (name: 'record' | 'private'): boolean => keys[name] !== null,

    /**
     * Opens a copy (which this changes: it is a copy to throw away) and reads every page. The key is the open
     * room's own, unless one is given, which is taken over and zeroed.
     */
    async checkCopy(name: 'record' | 'private', file: string, given?: Uint8Array): Promise<CopyFinding> {
      const key = given ?? (keys[name] === null ? null : new Uint8Array(keys[name]))
      if (key === null) throw new Refusal(name === 'record' ? 'LOCKED' : 'PRIVATE_LOCKED')
      let copy: Store
      let faults: number | null
      try {
        faults = await faultsElsewhere(name, file, key, given === undefined)
        if (faults !== null && faults > 0) return { intact: false, counts: null }
        copy = await Store.open({
          path: file,
          key,
          mode: 'open',
          driver,
          migrations: migrations[name],
          workerPath,
        })
      } finally {
        key.fill(0)
      }
      try {
        const intact = faults === 0 || (await copy.integrity()) === 'ok'
        return { intact, counts: intact && name === 'record' ? await copy.read(countRows) : null }
      } finally {
        await copy.close()
      }
    },

    /** The room is being closed: a process that has its key ends now, and with it the check. */
    stopChecks(name: 'record' | 'private'): void {
      const because = new Refusal(name === 'record' ? 'CANCELLED' : 'PRIVATE_LOCKED')
      for (const check of checking[name]) check.stop(because)
    },

    /**
     * A copy under the old key becomes one under the new. Both keys are taken over and zeroed. Resolves when it was
     * closed, opened with the new key, and every page and the record's counts were found to be as before.
     * @throws Refusal DAMAGED; whatever opening throws
     */
    async rekeyCopy(
      name: 'record' | 'private',
      file: string,
      given: { old: Uint8Array; fresh: Uint8Array },
      onStage: (stage: 'reading' | 'rewriting' | 'checking') => void,
    ): Promise<void> {
      const fresh = new Uint8Array(given.fresh)
      const open = (key: Uint8Array): Promise<Store> =>
        Store.open({ path: file, key, mode: 'open', driver, migrations: migrations[name], workerPath })
      const content = async (store: Store): Promise<string> => {
        if ((await store.integrity()) !== 'ok') throw new Refusal('DAMAGED')
        return name === 'record' ? JSON.stringify(await store.read(countRows)) : ''
      }
      try {
        onStage('reading')
        const before = await open(given.old)
        let found: string
        try {
          found = await content(before)
          onStage('rewriting')
          await before.rekey(given.fresh)
        } finally {
          await before.close()
        }
        onStage('checking')
        const after = await open(fresh)
        try {
          if ((await content(after)) !== found) throw new Refusal('DAMAGED')
        } finally {
          await after.close()
        }
      } finally {
        for (const key of [given.old, given.fresh, fresh]) key.fill(0)
      }
    },

    /** What is kept about backups and keys, in the record. */
    remembered: {
      read: async (key: string): Promise<string | undefined> =>
        stores.record?.read((h) => getSetting(h, key)),
      async write(key: string, value: string): Promise<void> {
        if (stores.record === null) throw new Refusal('LOCKED')
        await stores.record.write((h) => putSetting(h, key, value))
      },
      async drop(key: string): Promise<void> {
        if (stores.record === null) throw new Refusal('LOCKED')
        await stores.record.write((h) => dropSetting(h, key))
      },
    },

    schema: { record: migrations.record.length, private: migrations.private.length },
  }
}

function heldPart(name: 'record.db' | 'private.db', hold: Hold | undefined): PartSource {
  if (hold === undefined) throw new Refusal('INTERNAL')
  return { name, size: hold.size, from: { kind: 'held', port: hold.port } }
}

/** Of the closed private room. */
async function copied(from: string, to: string): Promise<PartSource[]> {
  const parts: PartSource[] = []
  for (const name of ['private.db', 'private.db-wal'] as const) {
    const found = await stat(path.join(from, name)).catch(() => null)
    if (name === 'private.db-wal' && (found === null || found.size === 0)) continue
    const target = path.join(to, name)
    await copyFile(path.join(from, name), target, constants.COPYFILE_FICLONE)
    parts.push({ name, size: (await stat(target)).size, from: { kind: 'file', path: target } })
  }
  return parts
}
