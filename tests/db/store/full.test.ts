import { expect, test, vi } from 'vitest'
import type { Store } from '../../../src/main/store/Store.ts'
import { NOTES, openStore, randomKey, temporaryDatabase } from '../../support/storeFiles.ts'

// Most of the time goes into starting threads and processes, which a busy machine makes slow.
vi.setConfig({ testTimeout: 120_000 })

const key = randomKey()
/** In pages of 4096 bytes; the schema alone takes about 15. */
const SIZES = [18, 20, 23, 27, 32, 40, 50, 64, 80, 100]

async function writeUntilFull(store: Store): Promise<number> {
  for (let id = 1; ; id += 1) {
    try {
      await store.write(async (handle) => {
        const body = `note ${id} `.repeat(60 + (id % 7) * 150)
        await handle.run('INSERT INTO notes (id, body) VALUES (:id, :body)', { id, body })
        await handle.run('INSERT INTO words (rowid, body) VALUES (:id, :body)', { id, body })
      })
    } catch (thrown) {
      expect(thrown).toMatchObject({ name: 'SqlError', code: 'FULL' })
      return id - 1
    }
  }
}

function ids(store: Store, table: 'notes' | 'words'): Promise<unknown[]> {
  const column = table === 'notes' ? 'id' : 'rowid'
  return store.read((handle) => handle.all(`SELECT ${column} AS id FROM ${table} ORDER BY ${column}`))
}

for (const maxPageCount of SIZES) {
  test(`full at ${maxPageCount} pages: what was acknowledged is there, what was not is not`, async () => {
    const path = temporaryDatabase()
    const store = await openStore({ path, key, mode: 'create', maxPageCount })
    const acknowledged = await writeUntilFull(store)
    const expected = Array.from({ length: acknowledged }, (_, n) => ({ id: n + 1 }))
    // The same connection still reads, and still refuses.
    expect(await ids(store, 'notes')).toEqual(expected)
    await expect(
      store.write((handle) =>
        handle.run('INSERT INTO notes (body) VALUES (:body)', { body: 'x'.repeat(500_000) }),
      ),
    ).rejects.toMatchObject({ code: 'FULL' })
    await store.close()

    const again = await openStore({ path, key, mode: 'open' })
    expect(await again.integrity()).toBe('ok')
    expect([await ids(again, 'notes'), await ids(again, 'words')]).toEqual([expected, expected])
    await again.write((handle) => handle.run("INSERT INTO notes (body) VALUES ('room again')"))
  })
}

test('a unit that meets a full disk is undone as a whole, also when it catches the error', async () => {
  const store = await openStore({ path: temporaryDatabase(), key, mode: 'create', maxPageCount: 40 })
  const unit = store.write(async (handle) => {
    await handle.run("INSERT INTO notes (body) VALUES ('first')")
    const body = 'x'.repeat(1_000_000)
    await handle.run('INSERT INTO notes (body) VALUES (:body)', { body }).catch(() => undefined)
    // Would be committed alone if it ran after SQLite's own rollback.
    await handle.run("INSERT INTO notes (body) VALUES ('last')").catch(() => undefined)
  })
  await expect(unit).rejects.toMatchObject({ code: 'FULL' })
  expect(await ids(store, 'notes')).toEqual([])
})

test('a new database that does not fit is not left behind half made', async () => {
  const path = temporaryDatabase()
  const opening = openStore({ path, key, mode: 'create', maxPageCount: 4 })
  await expect(opening).rejects.toMatchObject({ name: 'OpenError', code: 'FULL' })
  const store = await openStore({ path, key, mode: 'create', migrations: NOTES })
  expect(await store.integrity()).toBe('ok')
})
