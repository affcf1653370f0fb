import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { SqlError } from '../../../src/main/store/driver/SqlDriver.ts'
import { openDatabase } from '../../../src/main/store/open.ts'
import { OpenError } from '../../../src/main/store/openError.ts'
import { Session } from '../../../src/main/store/session.ts'
import { driver, openStore, randomKey, temporaryDatabase } from '../../support/storeFiles.ts'
import { startStoreProcess } from '../../support/storeProcess.ts'
import { must, type Trial } from '../trial.ts'

export const PAGE = 4096
const NOTES_WRITTEN = 150

interface Damage {
  readonly kind: 'bit' | 'cut' | 'swap' | 'repeat' | 'zero' | 'garbage'
  /** Where, and where to or from, as shares of the file. */
  readonly at: number
  readonly other: number
  readonly bit: number
}

const anyDamage: fc.Arbitrary<Damage> = fc.record({
  kind: fc.constantFrom('bit', 'bit', 'bit', 'cut', 'swap', 'repeat', 'zero', 'garbage'),
  at: fc.double({ min: 0, max: 0.999999, noNaN: true }),
  other: fc.double({ min: 0, max: 0.999999, noNaN: true }),
  bit: fc.integer({ min: 0, max: 7 }),
})

function damaged(bytes: Buffer, seed: number): Buffer {
  const [one] = fc.sample(anyDamage, { seed, numRuns: 1 })
  if (one === undefined) throw new Error('no damage')
  const { kind, at, other, bit } = one
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

/** Reads everything there is; an error that is not one of ours, or not about damage, is a fault. */
async function readAll(path: string, key: Uint8Array): Promise<Outcome> {
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
    if (thrown instanceof OpenError) {
      must(['DAMAGED', 'WRONG_KEY_OR_DAMAGED'].includes(thrown.code), `opening said ${thrown.code}`)
    } else {
      must(thrown instanceof SqlError && thrown.code === 'CORRUPT', 'another error than damage')
    }
    return { detected: true, rows, found }
  } finally {
    await session?.close({ removeFile: false })
  }
}

function body(id: number): string {
  return `note ${id} `.repeat(40)
}

export async function databaseWithNotes(key: Uint8Array): Promise<string> {
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

export const damage: Trial = {
  name: 'damage',
  says: 'A bit, a page or the end of the file changed: noticed, and never another text',
  ci: 100,
  release: 10_000,
  lacks: ({ noticed = 0 }, rounds) => (noticed > rounds / 2 ? null : 'hardly anything was damaged'),
  async stand() {
    const key = randomKey()
    const bytes = readFileSync(await databaseWithNotes(key))
    const path = temporaryDatabase()
    return {
      async round(seed) {
        for (const suffix of ['', '-wal']) rmSync(path + suffix, { force: true })
        const changed = damaged(bytes, seed)
        writeFileSync(path, changed)
        const { rows, detected, found } = await readAll(path, key)
        must(
          rows.every((row) => row.body === body(row.id)),
          'damage shown as text',
        )
        if (!changed.equals(bytes)) {
          must(detected, 'damage unnoticed')
          return { noticed: 1 }
        }
        must(!detected && rows.length === NOTES_WRITTEN && found === NOTES_WRITTEN, 'a false alarm')
        return { unchanged: 1 }
      },
    }
  },
}

export const damagedLog: Trial = {
  name: 'damaged-wal',
  says: 'The same in the -wal that a kill left: an earlier state, never another text',
  ci: 40,
  release: 2000,
  async stand() {
    const key = randomKey()
    const original = temporaryDatabase()
    const writer = await startStoreProcess({ task: 'write', path: original, mode: 'create' }, key)
    await writer.printed(31)
    writer.child.kill('SIGKILL')
    await writer.ended()
    const wal = readFileSync(`${original}-wal`)
    const path = temporaryDatabase()
    return {
      async round(seed) {
        copyFileSync(original, path)
        writeFileSync(`${path}-wal`, damaged(wal, seed))
        const { rows, found, detected } = await readAll(path, key)
        must(
          rows.every((row, place) => row.id === place + 1 && row.body === body(row.id)),
          'not an earlier state',
        )
        // Both tables are of one and the same moment.
        must(detected || found === rows.length, 'two tables of two moments')
        return { rows: rows.length }
      },
    }
  },
}
