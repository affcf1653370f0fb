import { setTimeout } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { copyPath, schemaHash } from '../../../src/main/store/migrate.ts'
import type { Store } from '../../../src/main/store/Store.ts'
import {
  driver,
  NOTES,
  openStore,
  otherDriver,
  randomKey,
  temporaryDatabase,
} from '../../support/storeFiles.ts'
import { startStoreProcess } from '../../support/storeProcess.ts'

// Most of the time goes into starting threads and processes, which a busy machine makes slow.
vi.setConfig({ testTimeout: 120_000 })

/** Half of the hundred cycles in each driver's run, on two files at a time. */
const CYCLES_PER_FILE = 25

interface Kept {
  readonly notes: number
  readonly last: number
  readonly words: number
  readonly wrong: number
}

async function kept(store: Store): Promise<Kept> {
  const row = await store.read((handle) =>
    handle.get<Kept>(
      `SELECT count(*) AS notes, coalesce(max(id), 0) AS last, (SELECT count(*) FROM words) AS words,
        coalesce(sum(counter <> id OR body NOT LIKE 'note ' || id || ' %'), 0) AS wrong FROM notes`,
    ),
  )
  if (row === undefined) throw new Error('no row')
  return row
}

async function cycles(seed: number): Promise<void> {
  const [path, key] = [temporaryDatabase(), randomKey()]
  await (await openStore({ path, key, mode: 'create' })).close()
  let acknowledged = 0
  for (let cycle = 0; cycle < CYCLES_PER_FILE; cycle += 1) {
    const writer = await startStoreProcess({ task: 'write', path, mode: 'open' }, key)
    // Every third is killed while it still starts, opens or recovers; the others while they write.
    if (cycle % 3 !== 0) await writer.printed(1)
    await setTimeout((cycle * 37 + seed * 11) % 97)
    writer.child.kill('SIGKILL')
    await writer.ended()
    const last = Number(writer.lines().at(-1) ?? 0)
    if (last > 0) acknowledged = last
    const store = await openStore({ path, key, mode: 'open', driver: cycle % 5 === 4 ? otherDriver : driver })
    const state = await kept(store)
    expect(state.last).toBeGreaterThanOrEqual(acknowledged)
    expect(state).toEqual({ notes: state.last, last: state.last, words: state.last, wrong: 0 })
    acknowledged = state.last
    if (cycle === CYCLES_PER_FILE - 1) expect(await store.integrity()).toBe('ok')
    await store.close()
    expect(writer.stderr()).toBe('')
  }
  expect(acknowledged).toBeGreaterThan(CYCLES_PER_FILE)
}

test('killed again and again while it writes, nothing acknowledged is lost and no unit is half there', async () => {
  await Promise.all([cycles(1), cycles(2)])
})

test('each driver reads what the other left in the WAL when it was killed', async () => {
  const [path, key] = [temporaryDatabase(), randomKey()]
  const writer = await startStoreProcess({ task: 'write', path, mode: 'create', driver: otherDriver }, key)
  await writer.printed(11)
  writer.child.kill('SIGKILL')
  await writer.ended()
  const store = await openStore({ path, key, mode: 'open' })
  const state = await kept(store)
  expect(state.last).toBeGreaterThanOrEqual(Number(writer.lines().at(-1)))
  expect(state).toEqual({ notes: state.last, last: state.last, words: state.last, wrong: 0 })
  expect(await store.integrity()).toBe('ok')
})

test('each driver opens, searches and goes on writing what the other closed', async () => {
  const [path, key] = [temporaryDatabase(), randomKey()]
  for (const [turn, name] of [otherDriver, driver, otherDriver, driver].entries()) {
    const store = await openStore({ path, key, mode: turn === 0 ? 'create' : 'open', driver: name })
    await store.write((handle) => handle.run("INSERT INTO words (body) VALUES ('löwenzahn')"))
    const search = "SELECT count(*) AS n FROM words WHERE words MATCH 'lo*'"
    expect(await store.read((handle) => handle.get(search))).toEqual({ n: turn + 1 })
    expect(await store.integrity()).toBe('ok')
    await store.close()
  }
})

const WIDER = [
  ...NOTES,
  {
    version: 2,
    name: 'wider',
    up: `CREATE TABLE copies (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
         INSERT INTO copies SELECT id, body FROM notes;
         INSERT INTO words (words) VALUES ('rebuild');`,
  },
  { version: 3, name: 'narrower', up: 'DROP TABLE copies; ALTER TABLE notes ADD COLUMN title TEXT;' },
]

test('killed in a migration, the file is of one version or the other, whole', async () => {
  const [original, key] = [temporaryDatabase(), randomKey()]
  const first = await openStore({ path: original, key, mode: 'create' })
  const list = Array.from({ length: 2000 }, (_, n) => ({ id: n + 1, body: `note ${n + 1} `.repeat(40) }))
  await first.write(async (handle) => {
    await handle.runMany('INSERT INTO notes (id, body, counter) VALUES (:id, :body, :id)', list)
    await handle.runMany('INSERT INTO words (rowid, body) VALUES (:id, :body)', list)
  })
  const found: number[] = []
  for (let cycle = 0; cycle < 10; cycle += 1) {
    const path = temporaryDatabase()
    await first.copyTo(path)
    // The first two are certainly killed inside a migration, the others somewhere in starting and migrating.
    const inside = cycle < 2 ? { stayInside: cycle + 2 } : {}
    const job = { task: 'open', path, mode: 'open', migrations: WIDER, ...inside } as const
    const migrating = await startStoreProcess(job, key)
    await migrating.printed(1)
    if (cycle < 2) await migrating.printed(2)
    else await setTimeout(cycle * 15)
    migrating.child.kill('SIGKILL')
    await migrating.ended()
    const store = await openStore({ path, key, mode: 'open', migrations: WIDER })
    found.push(store.version.from)
    expect(await kept(store)).toEqual({ notes: 2000, last: 2000, words: 2000, wrong: 0 })
    if (store.version.from < 3) {
      const before = await openStore({
        path: copyPath(path, 3),
        key,
        mode: 'open',
        migrations: WIDER.slice(0, store.version.from),
      })
      expect(await kept(before)).toEqual({ notes: 2000, last: 2000, words: 2000, wrong: 0 })
      expect(await before.read(schemaHash)).not.toBe(await store.read(schemaHash))
    }
    await store.close()
  }
  expect(found.slice(0, 2)).toEqual([1, 2])
})
