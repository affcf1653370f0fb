import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { expect, test, vi } from 'vitest'
import { copyPath, type Migration, schemaHash } from '../../../src/main/store/migrate.ts'
import { openDatabase } from '../../../src/main/store/open.ts'
import type { Store } from '../../../src/main/store/Store.ts'
import {
  driver,
  NOTES,
  openStore,
  otherDriver,
  randomKey,
  temporaryDatabase,
} from '../../support/storeFiles.ts'

// Most of the time goes into starting threads and processes, which a busy machine makes slow.
vi.setConfig({ testTimeout: 120_000 })

const key = randomKey()

/** schemaHash of NOTES, and of NOTES with TITLES: the same in both drivers and on every run. */
const NOTES_HASH = 'ffe56635b7aca745965e81b444f08722b5b64f742b598944c36f7bc3d4832ad6'
const TITLES_HASH = 'ab7c3e298ee44e74f9785975ade4f7930d2b8faafdaa4385cef0fdecd879e85f'

const TITLES: Migration = {
  version: 2,
  name: 'titles',
  up: async (sql) => {
    await sql.exec(
      "ALTER TABLE notes ADD COLUMN title TEXT NOT NULL DEFAULT ''; CREATE TABLE extra (x TEXT) STRICT;",
    )
    for (const { id } of await sql.all('SELECT id FROM notes')) {
      await sql.run('UPDATE notes SET title = :title WHERE id = :id', {
        title: `title ${String(id)}`,
        id: Number(id),
      })
    }
  },
}

async function olderFile(): Promise<string> {
  const path = temporaryDatabase()
  const store = await openStore({ path, key, mode: 'create' })
  await store.write((handle) =>
    handle.runMany(
      'INSERT INTO notes (body) VALUES (:body)',
      Array.from({ length: 50 }, (_, n) => ({ body: `body ${n}` })),
    ),
  )
  await store.close()
  return path
}

function bodies(store: Store): Promise<{ body: string }[]> {
  return store.read((handle) => handle.all<{ body: string }>('SELECT body FROM notes ORDER BY id'))
}

const BODIES = Array.from({ length: 50 }, (_, n) => ({ body: `body ${n}` }))

test('an older file is brought up with its rows, and an encrypted copy of it stays', async () => {
  const path = await olderFile()
  const store = await openStore({ path, key, mode: 'open', migrations: [...NOTES, TITLES] })
  expect(store.version).toEqual({ from: 1, to: 2 })
  expect(await bodies(store)).toEqual(BODIES)
  expect(await store.read((handle) => handle.get('SELECT title FROM notes WHERE id = 7'))).toEqual({
    title: 'title 7',
  })

  const copy = copyPath(path, 2)
  expect(statSync(copy).mode & 0o777).toBe(0o600)
  expect(readFileSync(copy).includes('body 7')).toBe(false)
  const before = await openStore({ path: copy, key, mode: 'open' })
  expect(before.version).toEqual({ from: 1, to: 1 })
  expect(await bodies(before)).toEqual(BODIES)
})

test('of several copies only the newest stays', async () => {
  const path = await olderFile()
  const third: Migration = { version: 3, name: 'third', up: 'CREATE TABLE third (x TEXT) STRICT' }
  for (const migrations of [
    [...NOTES, TITLES],
    [...NOTES, TITLES, third],
  ]) {
    await (await openStore({ path, key, mode: 'open', migrations })).close()
  }
  expect(readdirSync(dirname(path)).sort()).toEqual([basename(path), basename(copyPath(path, 3))])
})

const FAILING: readonly Migration['up'][] = [
  'CREATE TABLE half (x TEXT) STRICT; DELETE FROM notes; INSERT INTO nowhere VALUES (1);',
  'DELETE FROM notes; COMMIT;',
  async (sql) => {
    await sql.exec('CREATE TABLE half (x TEXT) STRICT; DELETE FROM notes;')
    throw new Error('no')
  },
  async (sql) => {
    await sql.exec('DELETE FROM notes')
    await sql.run('INSERT INTO nowhere VALUES (1)').catch(() => undefined)
  },
]

test('a failing migration leaves the file wholly as it was', async () => {
  for (const up of FAILING) {
    const path = await olderFile()
    const failing = openStore({
      path,
      key,
      mode: 'open',
      migrations: [...NOTES, { version: 2, name: 'bad', up }],
    })
    await expect(failing).rejects.toMatchObject({ name: 'OpenError', code: 'MIGRATION', detail: '2' })
    const store = await openStore({ path, key, mode: 'open' })
    expect(await bodies(store)).toEqual(BODIES)
    expect(await store.read(schemaHash)).toBe(NOTES_HASH)
  }
})

test('when the second of two migrations fails the first stays done', async () => {
  const path = await olderFile()
  const bad: Migration = { version: 3, name: 'bad', up: 'DROP TABLE extra; INSERT INTO nowhere VALUES (1)' }
  const failing = openStore({ path, key, mode: 'open', migrations: [...NOTES, TITLES, bad] })
  await expect(failing).rejects.toMatchObject({ code: 'MIGRATION', detail: '3' })
  const store = await openStore({ path, key, mode: 'open', migrations: [...NOTES, TITLES] })
  expect(store.version).toEqual({ from: 2, to: 2 })
  expect(await store.read(schemaHash)).toBe(TITLES_HASH)
})

test('creating with a failing migration leaves no file behind', async () => {
  const path = temporaryDatabase()
  const bad: Migration = { version: 2, name: 'bad', up: 'INSERT INTO nowhere VALUES (1)' }
  const failing = openStore({ path, key, mode: 'create', migrations: [...NOTES, bad] })
  await expect(failing).rejects.toMatchObject({ code: 'MIGRATION' })
  expect(readdirSync(dirname(path))).toEqual([])
})

test('a newer file is refused and not changed', async () => {
  const path = temporaryDatabase()
  await (await openStore({ path, key, mode: 'create', migrations: [...NOTES, TITLES] })).close()
  const before = readFileSync(path)
  await expect(openStore({ path, key, mode: 'open' })).rejects.toMatchObject({ code: 'NEWER', detail: '2' })
  expect(readFileSync(path).equals(before)).toBe(true)
  expect(existsSync(copyPath(path, 1))).toBe(false)
})

test('an existing file without a schema is not taken for a new one', async () => {
  const path = temporaryDatabase()
  await (await openStore({ path, key, mode: 'create', migrations: [] })).close()
  await expect(openStore({ path, key, mode: 'open' })).rejects.toMatchObject({
    code: 'DAMAGED',
    detail: 'EMPTY',
  })
})

test('migrations with a gap are refused', async () => {
  const opening = openStore({ path: temporaryDatabase(), key, mode: 'create', migrations: [TITLES] })
  await expect(opening).rejects.toMatchObject({ code: 'MIGRATION', detail: 'NUMBERING' })
})

test('the schema hash is the same in both drivers, and for a new file and a migrated one', async () => {
  const migrations = [...NOTES, TITLES]
  for (const name of [driver, otherDriver]) {
    const [first, both] = [temporaryDatabase(), temporaryDatabase()]
    const notes = await openStore({ path: first, key, mode: 'create', driver: name })
    expect(await notes.read(schemaHash)).toBe(NOTES_HASH)
    await notes.close()
    const migrated = await openStore({ path: first, key, mode: 'open', driver: name, migrations })
    expect(await migrated.read(schemaHash)).toBe(TITLES_HASH)
    const made = await openStore({ path: both, key, mode: 'create', driver: name, migrations })
    expect(await made.read(schemaHash)).toBe(TITLES_HASH)
  }
})

const CHANGES: readonly string[] = [
  'DROP TRIGGER sealed_update',
  'CREATE TABLE more (x)',
  'CREATE INDEX more ON notes (body)',
  'ALTER TABLE notes ADD COLUMN more TEXT',
  'DROP TABLE words',
  'DROP TRIGGER sealed_delete; CREATE TRIGGER sealed_delete BEFORE DELETE ON sealed BEGIN SELECT RAISE(IGNORE); END',
]

test('a schema changed with the key in hand is refused, before and after a migration', async () => {
  const checked: Migration[] = NOTES.map((migration) => ({ ...migration, schemaHash: NOTES_HASH }))
  const path = temporaryDatabase()
  await (await openStore({ path, key, mode: 'create', migrations: checked })).close()
  await (await openStore({ path, key, mode: 'open', migrations: checked })).close()
  for (const change of CHANGES) {
    const changed = temporaryDatabase()
    await (await openStore({ path: changed, key, mode: 'create', migrations: checked })).close()
    const database = await openDatabase({ path: changed, key, mode: 'open', driver, memorySecurity: false })
    await database.sql.exec(change)
    await database.close()
    for (const migrations of [checked, [...checked, TITLES]]) {
      const opening = openStore({ path: changed, key, mode: 'open', migrations })
      await expect(opening).rejects.toMatchObject({ code: 'CHANGED', detail: '1' })
    }
  }
})

test('what ANALYZE makes is no change of the schema', async () => {
  const path = await olderFile()
  const store = await openStore({ path, key, mode: 'open' })
  await store.write((handle) => handle.run('ANALYZE'))
  expect(await store.read(schemaHash)).toBe(NOTES_HASH)
})
