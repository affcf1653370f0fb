import { expect, test, vi } from 'vitest'
import type { Store } from '../../../src/main/store/Store.ts'
import { expectKept } from '../../reliability/inTest.ts'
import { diskFull } from '../../reliability/trials/diskFull.ts'
import { NOTES, openStore, randomKey, temporaryDatabase } from '../../support/storeFiles.ts'

// Most of the time goes into starting threads and processes, which a busy machine makes slow.
vi.setConfig({ testTimeout: 120_000 })

const key = randomKey()
function ids(store: Store): Promise<unknown[]> {
  return store.read((handle) => handle.all('SELECT id FROM notes ORDER BY id'))
}

test('full at ten sizes: what was acknowledged is there, what was not is not, and it opens again', () =>
  expectKept(diskFull, diskFull.ci))

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
  expect(await ids(store)).toEqual([])
})

test('a new database that does not fit is not left behind half made', async () => {
  const path = temporaryDatabase()
  const opening = openStore({ path, key, mode: 'create', maxPageCount: 4 })
  await expect(opening).rejects.toMatchObject({ name: 'OpenError', code: 'FULL' })
  const store = await openStore({ path, key, mode: 'create', migrations: NOTES })
  expect(await store.integrity()).toBe('ok')
})
