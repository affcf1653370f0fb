import fc from 'fast-check'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { Store, StoreThread, type ReadHandle, type WriteHandle } from '../../../src/main/store/Store.ts'
import { driver, NOTES, openStore, randomKey, temporaryDatabase } from '../../support/storeFiles.ts'
import { storeWorkerPath, supportProgram } from '../../support/storeWorker.ts'

// Most of the time goes into starting threads and processes, which a busy machine makes slow.
vi.setConfig({ testTimeout: 120_000 })

function newStore(options: Partial<Parameters<typeof openStore>[0]> = {}): Promise<Store> {
  return openStore({ path: temporaryDatabase(), key: randomKey(), mode: 'create', ...options })
}

const INSERT = 'INSERT INTO notes (body, counter) VALUES (:body, :counter)'
const COUNT = 'SELECT count(*) AS n FROM notes'

async function pause(kind: number): Promise<void> {
  if (kind === 1) await Promise.resolve()
  if (kind === 2) await setImmediate()
  if (kind === 3) await setTimeout(1)
}

interface Plan {
  readonly kind: 'write' | 'failing' | 'refused' | 'read'
  readonly pauses: readonly number[]
}

const plan: fc.Arbitrary<Plan> = fc.record({
  kind: fc.constantFrom('write', 'write', 'write', 'failing', 'refused', 'read'),
  pauses: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 3 }),
})

/** Writes its number on both sides of a counter it reads, adds one to, and writes back, pausing in between. */
async function countUp(handle: WriteHandle, id: number, plan: Plan): Promise<void> {
  const [first = 0, second = 0, third = 0] = plan.pauses
  await pause(first)
  await handle.run(INSERT, { body: 'before', counter: id })
  const row = await handle.get<{ n: number }>('SELECT coalesce(max(id), 0) AS n FROM sealed')
  await pause(second)
  const n = (row?.n ?? 0) + 1
  await handle.run('INSERT INTO sealed (id, body) VALUES (:n, :body)', { n, body: `unit ${id}` })
  await pause(third)
  if (plan.kind === 'failing') throw new Error('the unit fails')
  if (plan.kind === 'refused') await handle.run('DELETE FROM sealed')
  await handle.run(INSERT, { body: 'after', counter: id })
}

test('concurrent units never interleave, keep their order, and are whole or absent', async () => {
  const store = await newStore()
  await fc.assert(
    fc.asyncProperty(fc.array(plan, { minLength: 1, maxLength: 12 }), async (plans) => {
      const before = await store.read((handle) => handle.get<{ n: number }>(COUNT))
      const settledOrder: number[] = []
      const seen: Promise<void>[] = plans.map(async (one, id) => {
        const work =
          one.kind === 'read'
            ? store.read(async (handle: ReadHandle) => {
                const first = await handle.get(COUNT)
                await pause(one.pauses[0] ?? 0)
                // Nothing may have been written between two statements of one read unit.
                expect(await handle.get(COUNT)).toEqual(first)
              })
            : store.write((handle) => countUp(handle, id, one))
        const outcome = await work.then(
          () => 'kept',
          () => 'undone',
        )
        settledOrder.push(id)
        expect(outcome).toBe(one.kind === 'write' || one.kind === 'read' ? 'kept' : 'undone')
      })
      await Promise.all(seen)
      expect(settledOrder).toEqual(plans.map((_, id) => id))
      const rows = await store.read((handle) =>
        handle.all<{ body: string; counter: number }>(
          'SELECT body, counter FROM notes ORDER BY id LIMIT -1 OFFSET :n',
          {
            n: before?.n ?? 0,
          },
        ),
      )
      const written = plans.flatMap((one, id) => (one.kind === 'write' ? [id] : []))
      expect(rows).toEqual(
        written.flatMap((counter) => [
          { body: 'before', counter },
          { body: 'after', counter },
        ]),
      )
      // Numbers without gaps or repeats: nobody read the counter between another's reading and writing.
      const sealed = await store.read((handle) => handle.all('SELECT id FROM sealed ORDER BY id'))
      expect(sealed).toEqual(sealed.map((_, index) => ({ id: index + 1 })))
      await store.write((handle) =>
        handle.run('INSERT INTO words (body) VALUES (:body)', { body: 'between' }),
      )
      await reset(store)
    }),
    { numRuns: 60 },
  )
})

async function reset(store: Store): Promise<void> {
  await store.write(async (handle) => {
    await handle.run('DROP TABLE sealed')
    await handle.run('CREATE TABLE sealed (id INTEGER PRIMARY KEY, body TEXT NOT NULL UNIQUE) STRICT')
    await handle.run(
      "CREATE TRIGGER sealed_delete BEFORE DELETE ON sealed BEGIN SELECT RAISE(ABORT, 'SEALED'); END",
    )
  })
}

test('a write unit gives its result, and an error undoes all of it', async () => {
  const store = await newStore()
  expect(
    await store.write(async (handle) => (await handle.run(INSERT, { body: 'a', counter: 1 })).changes),
  ).toBe(1)
  const failing = store.write(async (handle) => {
    await handle.run(INSERT, { body: 'b', counter: 2 })
    await handle.run('CREATE TABLE gone (x)')
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(await store.read((handle) => handle.all('SELECT body FROM notes'))).toEqual([{ body: 'a' }])
  await expect(store.read((handle) => handle.all('SELECT * FROM gone'))).rejects.toMatchObject({
    code: 'OTHER',
  })
})

test('a refused row may be caught and the unit goes on', async () => {
  const store = await newStore()
  await store.write(async (handle) => {
    await handle.run("INSERT INTO sealed (id, body) VALUES (1, 'x')")
    await expect(handle.run('DELETE FROM sealed')).rejects.toMatchObject({ code: 'SEALED' })
    await expect(handle.run("INSERT INTO sealed (body) VALUES ('x')")).rejects.toMatchObject({
      code: 'CONSTRAINT',
    })
    await handle.run("INSERT INTO sealed (id, body) VALUES (2, 'y')")
  })
  expect(await store.read((handle) => handle.all('SELECT id FROM sealed'))).toEqual([{ id: 1 }, { id: 2 }])
})

test('any other error fails the unit, even one that is caught', async () => {
  const store = await newStore()
  const unit = store.write(async (handle) => {
    await handle.run(INSERT, { body: 'a', counter: 1 })
    await handle.run('INSERT INTO nowhere VALUES (1)').catch(() => undefined)
    await handle.run(INSERT, { body: 'b', counter: 2 }).catch(() => undefined)
  })
  await expect(unit).rejects.toMatchObject({ code: 'OTHER', reason: 'SQLITE_ERROR' })
  expect(await store.read((handle) => handle.get(COUNT))).toEqual({ n: 0 })
})

test('a unit that forgets to await a statement is undone', async () => {
  const store = await newStore()
  const forgetful = store.write(async (handle) => {
    void handle.run(INSERT, { body: 'a', counter: 1 })
  })
  await expect(forgetful).rejects.toMatchObject({ code: 'UNFINISHED' })
  const unheard = store.write(async (handle) => {
    void handle.run('INSERT INTO nowhere VALUES (1)')
  })
  await expect(unheard).rejects.toMatchObject({ code: 'UNFINISHED' })
  expect(await store.read((handle) => handle.get(COUNT))).toEqual({ n: 0 })
})

test('statements sent together inside a unit keep their order', async () => {
  const store = await newStore()
  const order = Array.from({ length: 50 }, (_, counter) => counter)
  await store.write((handle) =>
    Promise.all(order.map((counter) => handle.run(INSERT, { body: '', counter }))),
  )
  const rows = await store.read((handle) => handle.all('SELECT counter FROM notes ORDER BY id'))
  expect(rows).toEqual(order.map((counter) => ({ counter })))
})

test('a handle is dead after its unit', async () => {
  const store = await newStore()
  const kept: (ReadHandle | WriteHandle)[] = []
  await store.read(async (handle) => void kept.push(handle))
  await store.write(async (handle) => void kept.push(handle))
  await store
    .write(async (handle) => {
      kept.push(handle)
      throw new Error('no')
    })
    .catch(() => undefined)
  expect(kept).toHaveLength(3)
  for (const handle of kept) await expect(handle.all(COUNT)).rejects.toMatchObject({ code: 'SETTLED' })
})

test('a unit inside a unit of the same store is refused at once, of another store is not', async () => {
  const [store, other] = [await newStore(), await newStore()]
  await store.write(async () => {
    await expect(store.write(async () => 1)).rejects.toMatchObject({ code: 'NESTED' })
    await expect(store.read(async () => 1)).rejects.toMatchObject({ code: 'NESTED' })
    await expect(store.checkpoint()).rejects.toMatchObject({ code: 'NESTED' })
    await expect(store.close()).rejects.toMatchObject({ code: 'NESTED' })
    await setTimeout(1)
    await expect(other.read(() => store.read(async () => 1))).rejects.toMatchObject({ code: 'NESTED' })
    expect(await other.read(async () => 2)).toBe(2)
  })
  // What a unit leaves behind may ask again once the unit has settled.
  let later: Promise<number> | undefined
  await store.read(async () => {
    later = setTimeout(20).then(() => store.read(async () => 3))
  })
  expect(await later).toBe(3)
})

test('read handles only read, and no handle touches transactions, pragmas or other files', async () => {
  const store = await newStore()
  const writes = ["INSERT INTO notes (body) VALUES ('x')", 'DELETE FROM notes', 'CREATE TABLE x (y)']
  const hidden = 'WITH x AS (SELECT 1) DELETE FROM notes'
  const returning = "INSERT INTO notes (body) VALUES ('x') RETURNING id"
  for (const sql of [...writes, hidden, returning]) {
    await expect(store.read((handle) => handle.all(sql))).rejects.toMatchObject({ code: 'FORBIDDEN' })
  }
  const never = [
    'BEGIN',
    'COMMIT',
    'ROLLBACK',
    'SAVEPOINT a',
    'VACUUM',
    'PRAGMA foreign_keys = OFF',
    'DETACH x',
  ]
  const attach = "ATTACH ':memory:' AS other"
  for (const sql of [
    ...never,
    attach,
    "INSERT OR ROLLBACK INTO notes (body) VALUES ('x')",
    '-- a\n/* b */ COMMIT',
  ]) {
    await expect(store.write((handle) => handle.all(sql))).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(store.write((handle) => handle.run(sql))).rejects.toMatchObject({ code: 'FORBIDDEN' })
  }
  const reading = "WITH x AS (SELECT 'DELETE; COMMIT' AS y) SELECT y FROM x"
  expect(await store.read((handle) => handle.all(reading))).toEqual([{ y: 'DELETE; COMMIT' }])
})

test('runMany runs one statement for each of the parameters, all or none', async () => {
  const store = await newStore()
  const list = Array.from({ length: 1000 }, (_, counter) => ({ body: 'x', counter }))
  expect(await store.write((handle) => handle.runMany(INSERT, list))).toEqual({ changes: 1000 })
  const sealed = 'INSERT INTO sealed (body) VALUES (:body)'
  const twice = store.write(async (handle) => {
    await handle.runMany(sealed, [{ body: 'a' }, { body: 'a' }]).catch(() => undefined)
  })
  await expect(twice).rejects.toMatchObject({ code: 'CONSTRAINT' })
  expect(await store.read((handle) => handle.all('SELECT * FROM sealed'))).toEqual([])
})

test('closing drains what was asked for; afterwards everything answers CLOSED', async () => {
  const [path, key] = [temporaryDatabase(), randomKey()]
  const store = await newStore({ path, key })
  const asked = Array.from({ length: 20 }, (_, counter) =>
    store.write((handle) => handle.run(INSERT, { body: '', counter })),
  )
  const closed = store.close()
  const calls = [
    () => store.read(async () => 1),
    () => store.write(async () => 1),
    () => store.checkpoint(),
    () => store.integrity(),
    () => store.copyTo(`${path}.copy`),
  ]
  for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'CLOSED' })
  await Promise.all(asked)
  await closed
  await store.close()
  for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'CLOSED' })
  const again = await newStore({ path, key, mode: 'open' })
  expect(await again.read((handle) => handle.get(COUNT))).toEqual({ n: 20 })
})

test('when the thread dies every pending unit is rejected and onLost is called once', async () => {
  let lost = 0
  const [path, key] = [temporaryDatabase(), randomKey()]
  await newStore({ path, key }).then((store) => store.close())
  const store = await newStore({
    path,
    key,
    mode: 'open',
    workerPath: await supportProgram('storeDyingWorker.ts'),
    onLost: () => (lost += 1),
  })
  await store.write((handle) => handle.run(INSERT, { body: 'kept', counter: 1 }))
  const units = [
    store.write((handle) => handle.run("UPDATE notes SET body = 'dying'")),
    store.read((handle) => handle.get(COUNT)),
    store.write((handle) => handle.run(INSERT, { body: 'never', counter: 2 })),
  ]
  for (const unit of units) await expect(unit).rejects.toMatchObject({ code: 'CLOSED' })
  await expect(store.read((handle) => handle.get(COUNT))).rejects.toMatchObject({ code: 'CLOSED' })
  await store.close()
  expect(lost).toBe(1)
  // Opens again in the same process, with what was acknowledged.
  const again = await newStore({ path, key, mode: 'open' })
  expect(await again.read((handle) => handle.all('SELECT body FROM notes'))).toEqual([{ body: 'kept' }])
})

test('the given key is consumed', async () => {
  const key = randomKey()
  const options = { path: temporaryDatabase(), mode: 'create', driver, migrations: NOTES } as const
  const store = await Store.open({
    ...options,
    key,
    workerPath: await storeWorkerPath(),
    memorySecurity: false,
  })
  expect(key.every((byte) => byte === 0)).toBe(true)
  await store.close()
})

test('two stores live in one process, and one closes without the other', async () => {
  const [one, other] = [await newStore(), await newStore()]
  const insert = (store: Store): Promise<unknown> =>
    store.write((handle) => handle.run(INSERT, { body: 'x', counter: 0 }))
  await Promise.all(Array.from({ length: 20 }, (_, n) => insert(n % 2 === 0 ? one : other)))
  await one.close()
  await insert(other)
  expect(await other.read((handle) => handle.get(COUNT))).toEqual({ n: 11 })
})

test('a thread made ahead serves one opening; a used or discarded one is replaced', async () => {
  const workerPath = await storeWorkerPath()
  const thread = new StoreThread(workerPath, driver)
  const stores = [await newStore({ thread }), await newStore({ thread })]
  for (const store of stores) expect(await store.read((handle) => handle.get(COUNT))).toEqual({ n: 0 })
  const discarded = new StoreThread(workerPath, driver)
  await discarded.discard()
  const store = await newStore({ thread: discarded })
  expect(await store.read((handle) => handle.get(COUNT))).toEqual({ n: 0 })
})
