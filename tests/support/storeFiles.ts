import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { chooseDriver } from '../../src/main/store/driver/choose.ts'
import type { DriverName } from '../../src/main/store/driver/SqlDriver.ts'
import type { Migration } from '../../src/main/store/migrate.ts'
import { Store, type StoreOptions } from '../../src/main/store/Store.ts'
import { storeWorkerPath } from './storeWorker.ts'

/** The driver of this run: BRACKET_SQLCIPHER, or the platform's own. */
export const driver: DriverName = chooseDriver({
  platform: process.platform,
  environment: process.env,
  allowOverrides: true,
})

const platformsOwn = chooseDriver({ platform: process.platform, environment: {}, allowOverrides: false })
/** What is tried is often ours, not the driver's: all rounds with the platform's own, a part with the other. */
export const rounds = (all: number, part: number): number => (driver === platformsOwn ? all : part)

export const otherDriver: DriverName = driver === 'signal' ? 'journeyapps' : 'signal'

/** A directory that goes with the test. Call it inside a test. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'bracket-store-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

/** A path for a database that does not exist yet, in a directory of its own. */
export function temporaryDatabase(): string {
  return join(temporaryDirectory(), 'test.db')
}

export function randomKey(): Uint8Array {
  return new Uint8Array(randomBytes(32))
}

/** A small schema: notes with their words, and a sealed table. */
export const NOTES: readonly Migration[] = [
  {
    version: 1,
    name: 'notes',
    up: `CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT NOT NULL, counter INTEGER NOT NULL DEFAULT 0) STRICT;
         CREATE TABLE sealed (id INTEGER PRIMARY KEY, body TEXT NOT NULL UNIQUE) STRICT;
         CREATE TRIGGER sealed_update BEFORE UPDATE ON sealed BEGIN SELECT RAISE(ABORT, 'SEALED'); END;
         CREATE TRIGGER sealed_delete BEFORE DELETE ON sealed BEGIN SELECT RAISE(ABORT, 'SEALED'); END;
         CREATE VIRTUAL TABLE words USING fts5(body, prefix = '2');`,
  },
]

/** Opens a store that is closed with the test. `key` is copied: the caller's stays. */
export async function openStore(
  options: Partial<StoreOptions> & Pick<StoreOptions, 'path' | 'key' | 'mode'>,
): Promise<Store> {
  const workerPath = await storeWorkerPath()
  const store = await Store.open({
    driver,
    workerPath,
    migrations: NOTES,
    // Per process and not to be switched off again; without it the whole suite is quicker. Tested where named.
    memorySecurity: false,
    ...options,
    key: new Uint8Array(options.key),
  })
  onTestFinished(() => store.close().catch(() => undefined))
  return store
}
