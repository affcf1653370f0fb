import { setTimeout } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { copyPath, schemaHash } from '../../../src/main/store/migrate.ts'
import { roundsInCI } from '../../reliability/inTest.ts'
import { kept } from '../../reliability/kept.ts'
import { complaints, nothingYet, runTrial } from '../../reliability/trial.ts'
import { WIDER } from '../../reliability/trials/killMigration.ts'
import { killStore } from '../../reliability/trials/killStore.ts'
import { driver, openStore, otherDriver, randomKey, temporaryDatabase } from '../../support/storeFiles.ts'
import { startStoreProcess } from '../../support/storeProcess.ts'

// Most of the time goes into starting threads and processes, which a busy machine makes slow.
vi.setConfig({ testTimeout: 120_000 })

test('killed again and again while it writes, nothing acknowledged is lost and no unit is half there', async () => {
  // The figure's hundred cycles over both drivers' runs, on two files at a time.
  const half = Math.ceil(roundsInCI(killStore) / 2)
  const reports = await Promise.all([
    runTrial(killStore, half),
    runTrial(killStore, 2 * half, { from: { ...nothingYet, rounds: half } }),
  ])
  expect(reports.flatMap((report) => complaints(killStore, report))).toEqual([])
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
