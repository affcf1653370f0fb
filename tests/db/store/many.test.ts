import fc from 'fast-check'
import { expect, test } from 'vitest'
import { StoreError, SqlError } from '../../../src/main/store/Store.ts'
import { openStore, randomKey, temporaryDatabase } from '../../support/storeFiles.ts'

/* Many rows in one message: the drivers put them together as they like, and it must not be seen. */

const MIGRATIONS = [
  {
    version: 1,
    name: 'rows',
    up: `CREATE TABLE rows (id INTEGER PRIMARY KEY, whole INTEGER, any ANY, text TEXT NOT NULL) STRICT;
         CREATE TABLE again (id INTEGER PRIMARY KEY, whole INTEGER, any ANY, text TEXT NOT NULL) STRICT;`,
  },
]
const insert = (table: string): string =>
  `INSERT INTO ${table} (id, whole, any, text) VALUES (:id, :whole, :any, :text)
   ON CONFLICT (id) DO UPDATE SET whole = excluded.whole, any = excluded.any, text = excluded.text`

const wide = fc.constantFrom(0, 7, -1, 2 ** 31, -(2 ** 31) - 1, Number.MAX_SAFE_INTEGER)
const row = fc.record({
  id: fc.integer({ min: 1, max: 40 }),
  whole: fc.option(wide),
  any: fc.oneof(wide, fc.constantFrom('', "it's (:id), 'so'", '12'), fc.constant(0.5), fc.constant(null)),
  text: fc.constantFrom('a', 'b', ') VALUES ('),
})

const open = () =>
  openStore({ path: temporaryDatabase(), key: randomKey(), mode: 'create', migrations: MIGRATIONS })

test('many rows at once are what they are one by one, types and order included', async () => {
  const store = await open()
  const rows = (table: string) =>
    store.read((h) => h.all(`SELECT *, typeof(whole) AS w, typeof(any) AS a FROM ${table} ORDER BY id`))
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 150 }), async (list) => {
      const changes = await store.write(async (h) => {
        await h.run('DELETE FROM rows')
        await h.run('DELETE FROM again')
        for (const one of list) await h.run(insert('again'), one)
        return (await h.runMany(insert('rows'), list)).changes
      })
      expect(changes).toBe(list.length)
      expect(await rows('rows')).toEqual(await rows('again'))
    }),
    { numRuns: 40 },
  )
})

test('one refused among many undoes the whole unit', async () => {
  const store = await open()
  const list = Array.from({ length: 90 }, (_, at) => ({ id: at + 1, whole: at, any: null, text: 'x' }))
  const refused = store.write((h) =>
    h.runMany('INSERT INTO rows (id, whole, any, text) VALUES (:id, :whole, :any, :text)', [
      ...list,
      ...list.slice(70),
    ]),
  )
  await expect(refused).rejects.toBeInstanceOf(SqlError)
  expect(await store.read((h) => h.get('SELECT count(*) AS n FROM rows'))).toEqual({ n: 0 })
  await expect(store.write((h) => h.runMany('PRAGMA user_version', []))).rejects.toBeInstanceOf(StoreError)
})
