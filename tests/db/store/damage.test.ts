import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { expectKept } from '../../reliability/inTest.ts'
import { damage, damagedLog, databaseWithNotes, PAGE } from '../../reliability/trials/damage.ts'
import { openStore, randomKey } from '../../support/storeFiles.ts'

// Most of the time goes into starting threads and processes, which a busy machine makes slow.
vi.setConfig({ testTimeout: 120_000 })

const key = randomKey()

test('a damaged file never shows wrong text: the damage is noticed, or changes nothing', () =>
  expectKept(damage, damage.ci))

test('a damaged WAL shows an earlier state, never wrong text', () => expectKept(damagedLog))

test('damage found while working is told once, as CORRUPT, and the store still closes', async () => {
  const path = await databaseWithNotes(key)
  const bytes = readFileSync(path)
  // Everything behind the schema and the first notes.
  bytes.fill(0xa5, 8 * PAGE)
  writeFileSync(path, bytes)
  let told = 0
  const store = await openStore({ path, key, mode: 'open', onDamage: () => (told += 1) })
  for (const sql of [
    'SELECT sum(length(body)) FROM notes',
    "SELECT count(*) FROM words WHERE words MATCH 'note'",
  ]) {
    await expect(store.read((handle) => handle.all(sql))).rejects.toMatchObject({ code: 'CORRUPT' })
  }
  const unit = store.write((handle) => handle.run("INSERT INTO notes (body) VALUES ('x')"))
  await expect(unit).rejects.toMatchObject({ code: 'CORRUPT' })
  expect(await store.integrity()).toBeGreaterThan(0)
  expect(told).toBe(1)
  await store.close()
})
