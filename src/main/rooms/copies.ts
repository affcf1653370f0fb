import { copyFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Counts } from '../../shared/contract/backup.ts'
import { Refusal } from '../../shared/contract/result.ts'
import type { DriverName } from '../store/driver/SqlDriver.ts'
import type { Migration } from '../store/migrate.ts'
import { countRows } from '../store/record/queries/counts.ts'
import { getSetting, putSetting } from '../store/record/queries/settings.ts'
import { Store } from '../store/Store.ts'
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
  migrations: Readonly<Record<'record' | 'private', readonly Migration[]>>
  /** The rooms' own: the files that are open, and the keys kept for checking copies of them. */
  stores: Readonly<Record<'record' | 'private', Store | null>>
  keys: Readonly<Record<'record' | 'private', Buffer | null>>
  place(): Place | null
  inPrivateTurn<T>(work: () => Promise<T>): Promise<T>
}

/** What a backup asks of the rooms: copies of their files, as ciphertext, and whether such a copy is whole. */
export function createCopies(options: CopiesOptions) {
  const { driver, workerPath, migrations, stores, keys, place, inPrivateTurn } = options
  return {
    /**
     * Copies both databases, encrypted as they are, into a directory: names of the files, and the record's counts
     * from the same turn. A closed private room is copied as a file, with what a crash left of its log.
     */
    async copyParts(directory: string): Promise<{ names: string[]; counts: Counts }> {
      const { record: recordStore } = stores
      const where = place()
      if (recordStore === null || where === null || where.sampleKey !== null) throw new Refusal('NOT_NOW')
      const at = where.directory
      // Both are asked for before either begins, so nothing can be written between them.
      const [counts] = await Promise.all([
        recordStore.read(countRows),
        recordStore.copyTo(path.join(directory, 'record.db')),
      ])
      const names = await inPrivateTurn(async () => {
        if (stores.private !== null) {
          await stores.private.copyTo(path.join(directory, 'private.db'))
          return ['private.db']
        }
        const log = await stat(path.join(at, 'private.db-wal')).catch(() => null)
        const files = log === null || log.size === 0 ? ['private.db'] : ['private.db', 'private.db-wal']
        for (const name of files) await copyFile(path.join(at, name), path.join(directory, name))
        return files
      })
      return { names: ['record.db', ...names], counts }
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
      const copy = await Store.open({
        path: file,
        key,
        mode: 'open',
        driver,
        migrations: migrations[name],
        workerPath,
      }).finally(() => key.fill(0))
      try {
        const intact = (await copy.integrity()) === 'ok'
        return { intact, counts: intact && name === 'record' ? await copy.read(countRows) : null }
      } finally {
        await copy.close()
      }
    },

    /** What was kept about backups, in the record. */
    remembered: {
      read: async (key: string): Promise<string | undefined> =>
        stores.record?.read((h) => getSetting(h, key)),
      async write(key: string, value: string): Promise<void> {
        if (stores.record === null) throw new Refusal('LOCKED')
        await stores.record.write((h) => putSetting(h, key, value))
      },
    },

    schema: { record: migrations.record.length, private: migrations.private.length },
  }
}
