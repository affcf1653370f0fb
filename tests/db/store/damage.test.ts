import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { openDatabase } from '../../../src/main/store/open.ts'
import { OpenError } from '../../../src/main/store/openError.ts'
import { Session } from '../../../src/main/store/session.ts'
import { driver, openStore, randomKey, temporaryDatabase } from '../../support/storeFiles.ts'
import { startStoreProcess } from '../../support/storeProcess.ts'

// Most of the time goes into starting threads and processes, which a busy machine makes slow.
vi.setConfig({ testTimeout: 120_000 })

const key = randomKey()
const PAGE = 4096
const NOTES_WRITTEN = 150

interface Damage {
  readonly kind: 'bit' | 'cut' | 'swap' | 'repeat' | 'zero' | 'garbage'
  /** Where, and where to or from, as shares of the file. */
  readonly at: number
  readonly other: number
  readonly bit: number
}

const damage: fc.Arbitrary<Damage> = fc.record({
  kind: fc.constantFrom('bit', 'bit', 'bit', 'cut', 'swap', 'repeat', 'zero', 'garbage'),
  at: fc.double({ min: 0, max: 0.999999, noNaN: true }),
  other: fc.double({ min: 0, max: 0.999999, noNaN: true }),
  bit: fc.integer({ min: 0, max: 7 }),
})

function damaged(bytes: Buffer, { kind, at, other, bit }: Damage): Buffer {
  const out = Buffer.from(bytes)
  const offset = Math.floor(at * bytes.length)
  const pages = Math.max(1, Math.floor(bytes.length / PAGE))
  const page = Math.floor(at * pages) * PAGE
  const otherPage = Math.floor(other * pages) * PAGE
  if (kind === 'bit') out.writeUInt8(out.readUInt8(offset) ^ (1 << bit), offset)
  if (kind === 'cut') return out.subarray(0, offset)
  if (kind === 'zero') out.fill(0, page, page + PAGE)
  if (kind === 'garbage') out.fill(0xa5, offset, Math.min(offset + 64, out.length))
  if (kind === 'repeat' || kind === 'swap') bytes.copy(out, page, otherPage, otherPage + PAGE)
  if (kind === 'swap') bytes.copy(out, otherPage, page, page + PAGE)
  return out
}

interface Outcome {
  readonly detected: boolean
  readonly rows: readonly { id: number; body: string }[]
  readonly found: number
}

/** Reads everything there is; an error that is not one of ours, or not about damage, fails the test. */
async function readAll(path: string): Promise<Outcome> {
  const rows: { id: number; body: string }[] = []
  let found = 0
  let session: Session | undefined
  try {
    session = new Session(await openDatabase({ path, key, mode: 'open', driver, memorySecurity: false }))
    for (let id = 1; id <= NOTES_WRITTEN; id += 1) {
      const sql = 'SELECT id, body FROM notes WHERE id = :id'
      const [row] = await session.all({ sql, params: { id }, transaction: 'none' })
      if (row !== undefined) rows.push({ id: Number(row['id']), body: String(row['body']) })
    }
    const [matching] = await session.all({
      sql: "SELECT count(*) AS n FROM words WHERE words MATCH 'note'",
      params: {},
      transaction: 'none',
    })
    found = Number(matching?.['n'])
    return { detected: (await session.integrity()) !== 'ok', rows, found }
  } catch (thrown) {
    if (thrown instanceof OpenError) expect(['DAMAGED', 'WRONG_KEY_OR_DAMAGED']).toContain(thrown.code)
    else expect(thrown).toMatchObject({ name: 'SqlError', code: 'CORRUPT' })
    return { detected: true, rows, found }
  } finally {
    await session?.close({ removeFile: false })
  }
}

function body(id: number): string {
  return `note ${id} `.repeat(40)
}

async function databaseWithNotes(): Promise<string> {
  const path = temporaryDatabase()
  const store = await openStore({ path, key, mode: 'create' })
  const list = Array.from({ length: NOTES_WRITTEN }, (_, n) => ({ id: n + 1, body: body(n + 1) }))
  await store.write(async (handle) => {
    await handle.runMany('INSERT INTO notes (id, body) VALUES (:id, :body)', list)
    await handle.runMany('INSERT INTO words (rowid, body) VALUES (:id, :body)', list)
  })
  await store.close()
  return path
}

test('a damaged file never shows wrong text: the damage is noticed, or changes nothing', async () => {
  const original = await databaseWithNotes()
  const bytes = readFileSync(original)
  const path = temporaryDatabase()
  let noticed = 0
  await fc.assert(
    fc.asyncProperty(damage, async (one) => {
      for (const suffix of ['', '-wal']) rmSync(path + suffix, { force: true })
      const changed = damaged(bytes, one)
      writeFileSync(path, changed)
      const outcome = await readAll(path)
      for (const row of outcome.rows) expect(row.body).toBe(body(row.id))
      if (!changed.equals(bytes)) {
        expect(outcome.detected).toBe(true)
        noticed += 1
      } else {
        expect([outcome.detected, outcome.rows.length, outcome.found]).toEqual([
          false,
          NOTES_WRITTEN,
          NOTES_WRITTEN,
        ])
      }
    }),
    { numRuns: 100 },
  )
  expect(noticed).toBeGreaterThan(50)
})

test('a damaged WAL shows an earlier state, never wrong text', async () => {
  const original = temporaryDatabase()
  const writer = await startStoreProcess({ task: 'write', path: original, mode: 'create' }, key)
  await writer.printed(31)
  writer.child.kill('SIGKILL')
  await writer.ended()
  const wal = readFileSync(`${original}-wal`)
  const path = temporaryDatabase()
  await fc.assert(
    fc.asyncProperty(damage, async (one) => {
      copyFileSync(original, path)
      writeFileSync(`${path}-wal`, damaged(wal, one))
      const { rows, found, detected } = await readAll(path)
      expect(rows).toEqual(rows.map((_, index) => ({ id: index + 1, body: body(index + 1) })))
      // Both tables are of one and the same moment.
      if (!detected) expect(found).toBe(rows.length)
    }),
    { numRuns: 20 },
  )
})

test('damage found while working is told once, as CORRUPT, and the store still closes', async () => {
  const path = await databaseWithNotes()
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
