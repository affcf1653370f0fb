import { expect, test } from 'vitest'
import { type Migration, schemaHash } from '../../../src/main/store/migrate.ts'
import { privateMigrations } from '../../../src/main/store/private/migrations/index.ts'
import { recordMigrations } from '../../../src/main/store/record/migrations/index.ts'
import { driver, openStore, otherDriver, randomKey, temporaryDatabase } from '../../support/storeFiles.ts'

const ROOMS: readonly [string, readonly Migration[]][] = [
  ['record', recordMigrations],
  ['private', privateMigrations],
]
const key = randomKey()

test.each(ROOMS)(
  '%s: the hash in each migration is that of the schema it makes, in both drivers',
  async (_, all) => {
    for (const name of [driver, otherDriver]) {
      for (const [place, migration] of all.entries()) {
        // Without the hashes, so that a wrong one shows as a difference and not as a refusal.
        const unchecked = all
          .slice(0, place + 1)
          .map(({ version, name: called, up }) => ({ version, name: called, up }))
        const store = await openStore({
          path: temporaryDatabase(),
          key,
          mode: 'create',
          driver: name,
          migrations: unchecked,
        })
        expect(await store.read(schemaHash)).toBe(migration.schemaHash)
        await store.close()
      }
    }
  },
)

test.each(ROOMS)('%s: a fresh file and one migrated step by step are the same', async (_, all) => {
  const fresh = await openStore({ path: temporaryDatabase(), key, mode: 'create', migrations: all })
  const path = temporaryDatabase()
  for (let to = 1; to <= all.length; to += 1) {
    const step = await openStore({
      path,
      key,
      mode: to === 1 ? 'create' : 'open',
      migrations: all.slice(0, to),
    })
    await step.close()
  }
  const migrated = await openStore({ path, key, mode: 'open', migrations: all })
  expect(migrated.version).toEqual({ from: all.length, to: all.length })
  expect(await migrated.read(schemaHash)).toBe(await fresh.read(schemaHash))
  expect(await migrated.integrity()).toBe('ok')
})

test.each(ROOMS)('%s: every table is strict, and every migration says its hash', async (_, all) => {
  for (const migration of all) expect(migration.schemaHash).toMatch(/^[0-9a-f]{64}$/)
  const store = await openStore({ path: temporaryDatabase(), key, mode: 'create', migrations: all })
  const loose = await store.read((h) =>
    h.all(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0
      AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`),
  )
  expect(loose).toEqual([])
})
