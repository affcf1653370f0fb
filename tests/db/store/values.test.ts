import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { DriverName, SqlDriver, SqlValue } from '../../../src/main/store/driver/SqlDriver.ts'
import { openDatabase } from '../../../src/main/store/open.ts'
import { driver, randomKey, temporaryDatabase } from '../../support/storeFiles.ts'

// Most of the time goes into starting threads and processes, which a busy machine makes slow.
vi.setConfig({ testTimeout: 120_000 })

const SCHEMA = `
  CREATE TABLE kept (id INTEGER PRIMARY KEY, i INTEGER, r REAL, t TEXT, b BLOB) STRICT;
  CREATE TABLE parent (id INTEGER PRIMARY KEY) STRICT;
  CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent, u TEXT UNIQUE,
    c INTEGER CHECK (c < 100)) STRICT;
  CREATE TABLE counted (x INTEGER) STRICT;
  CREATE TRIGGER counting AFTER UPDATE ON kept BEGIN INSERT INTO counted VALUES (1), (2), (3); END;
  CREATE TABLE sealed (x TEXT) STRICT;
  CREATE TRIGGER sealed_delete BEFORE DELETE ON sealed BEGIN SELECT RAISE(ABORT, 'SEALED'); END;
  INSERT INTO sealed VALUES ('a');
  CREATE VIRTUAL TABLE words USING fts5(body);`

async function connection(name: DriverName): Promise<SqlDriver> {
  const options = { path: temporaryDatabase(), key: randomKey(), driver: name, memorySecurity: false }
  const database = await openDatabase({ ...options, mode: 'create' })
  await database.sql.exec(SCHEMA)
  return database.sql
}

const exact: fc.Arbitrary<SqlValue> = fc.oneof(
  fc.constant(null),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.constantFrom(0, -0, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1, Number.MAX_SAFE_INTEGER),
  fc.integer({ min: -1e6, max: 1e6 }).map((n) => n / 4),
  fc.bigInt({ min: -(2n ** 53n) + 1n, max: 2n ** 53n - 1n }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom("'", '\0', ':a', ';', '--', '"') }),
  fc.uint8Array(),
)
const value = fc.oneof(exact, fc.double({ noNaN: true, noDefaultInfinity: true }))

function sqlType(bound: SqlValue): string {
  if (bound === null) return 'null'
  if (typeof bound === 'string') return 'text'
  if (bound instanceof Uint8Array) return 'blob'
  return typeof bound === 'bigint' || Number.isSafeInteger(bound) ? 'integer' : 'real'
}

function readBack(bound: SqlValue): unknown {
  if (bound instanceof Uint8Array) return [...bound]
  if (typeof bound === 'bigint') return Number(bound)
  return Object.is(bound, -0) ? 0 : bound
}

test('what is bound comes back, with the type SQLite should give it', async () => {
  const sql = await connection(driver)
  await fc.assert(
    fc.asyncProperty(value, value, async (a, b) => {
      const text = 'SELECT :a AS a, typeof(:a) AS ta, :b AS b, typeof(:b) AS tb, :a IS :b AS same, 5 AS five'
      const [row] = await sql.all(text, { b, a })
      const got = [row?.['a'], row?.['b']].map((one) => (one instanceof Uint8Array ? [...one] : one))
      expect(got).toEqual([readBack(a), readBack(b)])
      expect([row?.['ta'], row?.['tb'], row?.['five']]).toEqual([sqlType(a), sqlType(b), 5])
    }),
    { numRuns: 300 },
  )
  await sql.close()
})

test('both drivers give the same rows and the same text for the same values', async () => {
  const both = [await connection('journeyapps'), await connection('signal')]
  const text = `SELECT quote(:v) AS q, :v || '' AS joined, hex(:v) AS h, :v / 2 AS half, :v = 5 AS five,
    json_array(CASE typeof(:v) WHEN 'blob' THEN 0 ELSE :v END) AS j,
    (SELECT count(*) FROM sqlite_schema WHERE name < :v) AS n`
  await fc.assert(
    // Only fractions of few digits: SQLite 3.53 writes REAL as text with 17 digits, 3.51 with 15.
    fc.asyncProperty(exact, async (v) => {
      const [one, other] = await Promise.all(both.map((sql) => sql.all(text, { v })))
      expect(one).toEqual(other)
    }),
    { numRuns: 200 },
  )
  await Promise.all(both.map((sql) => sql.close()))
})

test('strict columns keep every kind of value, and integers come back as numbers', async () => {
  const sql = await connection(driver)
  const row = { i: 1_790_000_000_000, r: 0.5, t: 'ä\0‮😀', b: new Uint8Array([0, 255]) }
  await sql.run('INSERT INTO kept (i, r, t, b) VALUES (:i, :r, :t, :b)', row)
  const rows = await sql.all('SELECT i, r, t, b FROM kept')
  expect(rows.map(({ b, ...others }) => ({ ...others, b: [...(b as Uint8Array)] }))).toEqual([
    { ...row, b: [0, 255] },
  ])
  await sql.close()
})

test('changes counts rows of the statement and not of its triggers', async () => {
  const sql = await connection(driver)
  expect(await sql.run('INSERT INTO kept (i) VALUES (1), (2)')).toEqual({ changes: 2 })
  expect(await sql.run('UPDATE kept SET i = 3')).toEqual({ changes: 2 })
  expect(await sql.run('CREATE TABLE another (x)')).toEqual({ changes: 0 })
  expect(await sql.run('DELETE FROM kept WHERE i = 9')).toEqual({ changes: 0 })
  expect(await sql.all('INSERT INTO kept (i) VALUES (7) RETURNING i')).toEqual([{ i: 7 }])
  await sql.close()
})

const REFUSALS: readonly (readonly [sql: string, code: string, reason: string])[] = [
  ['DELETE FROM sealed', 'SEALED', 'SQLITE_CONSTRAINT'],
  ["INSERT INTO child (u) VALUES ('x'), ('x')", 'CONSTRAINT', 'SQLITE_CONSTRAINT'],
  ["INSERT INTO child (u) VALUES ('SEALED'), ('SEALED')", 'CONSTRAINT', 'SQLITE_CONSTRAINT'],
  ['INSERT INTO child (c) VALUES (1000)', 'CONSTRAINT', 'SQLITE_CONSTRAINT'],
  ['INSERT INTO child (parent) VALUES (99)', 'CONSTRAINT', 'SQLITE_CONSTRAINT'],
  ["INSERT INTO child (id) VALUES ('words')", 'CONSTRAINT', 'SQLITE_MISMATCH'],
  ['INSERT INTO secretname VALUES (1)', 'OTHER', 'SQLITE_ERROR'],
  ["DELETE FROM words WHERE words MATCH 'secret\" AND'", 'OTHER', 'SQLITE_ERROR'],
  ['DELETE FROM kept WHERE id = :secret', 'OTHER', 'MISUSE_PARAMETERS'],
  ['DELETE FROM kept WHERE id = ?', 'OTHER', 'MISUSE_PARAMETER_STYLE'],
  ['DELETE FROM kept; DELETE FROM sealed', 'OTHER', 'MISUSE_SECOND_STATEMENT'],
  ['SELECT 1', 'OTHER', 'MISUSE_RUN_WITH_ROWS'],
  ['DELETE FROM kept RETURNING id', 'OTHER', 'MISUSE_RUN_WITH_ROWS'],
]

test('errors are codes from the closed list, without SQL or values, and the same in both drivers', async () => {
  for (const name of ['journeyapps', 'signal'] as const) {
    const sql = await connection(name)
    for (const [text, code, reason] of REFUSALS) {
      const error: unknown = await sql.run(text).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code, reason, message: `${code} ${reason}` })
      expect(error).not.toHaveProperty('cause')
    }
    // The connection is as good as before.
    expect(await sql.run("INSERT INTO child (u) VALUES ('x')")).toEqual({ changes: 1 })
    await sql.close()
  }
})

test('values SQLite cannot hold and parameters that do not match are refused', async () => {
  const sql = await connection(driver)
  for (const bad of [NaN, Infinity, 2n ** 63n, undefined, true, {}, []]) {
    const params = { v: bad as SqlValue }
    await expect(sql.all('SELECT :v', params)).rejects.toMatchObject({ reason: 'MISUSE_VALUE' })
  }
  for (const params of [{}, { v: 1, w: 2 }]) {
    await expect(sql.all('SELECT :v', params)).rejects.toMatchObject({ reason: 'MISUSE_PARAMETERS' })
  }
  // A cached statement must not remember what it was given before.
  expect(await sql.all('SELECT :v AS v', { v: 1 })).toEqual([{ v: 1 }])
  expect(await sql.all('SELECT :v AS v', { v: null })).toEqual([{ v: null }])
  await sql.close()
})

test('calls made at once run in the order they were made', async () => {
  const sql = await connection(driver)
  await sql.exec('CREATE TABLE log (n INTEGER PRIMARY KEY, x INTEGER) STRICT')
  const order = Array.from({ length: 200 }, (_, x) => x)
  await Promise.all(order.map((x) => sql.run('INSERT INTO log (x) VALUES (:x)', { x })))
  expect((await sql.all('SELECT x FROM log ORDER BY n')).map((row) => row['x'])).toEqual(order)
  await sql.close()
})

test('more different statements than are kept prepared work, and the connection still closes', async () => {
  const sql = await connection(driver)
  for (let n = 0; n < 600; n += 1) expect(await sql.all(`SELECT ${n} AS n`)).toEqual([{ n }])
  await sql.close()
})
