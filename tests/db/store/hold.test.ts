import { statSync, writeFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import type { MessagePort } from 'node:worker_threads'
import { expect, test, vi } from 'vitest'
import type { HeldAnswer } from '../../../src/main/store/heldFile.ts'
import type { Hold, Store } from '../../../src/main/store/Store.ts'
import { openStore, randomKey, temporaryDatabase } from '../../support/storeFiles.ts'
import { runStoreProcess, startStoreProcess } from '../../support/storeProcess.ts'

// Most of the time goes into starting threads and processes, which a busy machine makes slow.
vi.setConfig({ testTimeout: 120_000 })

const ROUNDS = Number(process.env['BRACKET_ROUNDS'] ?? 5)
const COUNT = 'SELECT count(*) AS n FROM notes'

const write = (store: Store, notes: number): Promise<unknown> =>
  store.write((handle) =>
    handle.runMany(
      'INSERT INTO notes (body) VALUES (:body)',
      Array.from({ length: notes }, (_, n) => ({ body: `note ${n} `.repeat(400) })),
    ),
  )

function ask(port: MessagePort, at: number, length: number): Promise<HeldAnswer> {
  return new Promise((resolve) => {
    port.once('message', resolve)
    port.postMessage({ at, length, into: new ArrayBuffer(length) })
  })
}

/** Reads all of it, and writes more than a checkpoint's worth after every stretch. */
async function copied({ port, size }: Hold, meanwhile: () => Promise<unknown>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  const stretch = Math.ceil(size / 4)
  for (let at = 0; at < size; at += stretch) {
    const answer = await ask(port, at, Math.min(stretch, size - at))
    if (answer === null) throw new Error('broken off')
    chunks.push(answer)
    await meanwhile()
  }
  return Buffer.concat(chunks)
}

const logOf = (path: string): number => statSync(`${path}-wal`).size

test('a held file stands still while much more than a checkpoint is committed; its copy is of that moment', async () => {
  const [path, key] = [temporaryDatabase(), randomKey()]
  const store = await openStore({ path, key, mode: 'create' })
  await write(store, 500)
  const hold = await store.hold()
  const copy = await copied(hold, () => write(store, 1000))
  expect(copy).toHaveLength(hold.size)
  // Every commit since lies in the log alone: four times what it is otherwise written back at.
  expect(logOf(path)).toBeGreaterThan(4 * 1000 * 4096)
  await hold.release()
  await write(store, 1)
  const before = logOf(path)
  await write(store, 1)
  // Written back again: the log begins anew instead of growing.
  expect(logOf(path)).toBe(before)
  await store.checkpoint()
  expect(logOf(path)).toBe(0)
  expect(await store.read((h) => h.get(COUNT))).toEqual({ n: 4502 })
  expect(await store.integrity()).toBe('ok')

  writeFileSync(`${path}.copy`, copy)
  const other = await openStore({ path: `${path}.copy`, key, mode: 'open' })
  expect(await other.read((h) => h.get(COUNT))).toEqual({ n: 500 })
  expect(await other.integrity()).toBe('ok')
})

test('a checkpoint asked for meanwhile is made at the end; a check and another hold wait for it', async () => {
  const [path, key] = [temporaryDatabase(), randomKey()]
  const store = await openStore({ path, key, mode: 'create' })
  await write(store, 10)
  const hold = await store.hold()
  await write(store, 10)
  await store.checkpoint()
  expect(logOf(path)).toBeGreaterThan(0)
  const order: string[] = []
  const waiting = [
    store.integrity().then((found) => order.push(found === 'ok' ? 'checked' : 'damaged')),
    store.hold().then(async (second) => {
      order.push('held')
      await second.release()
    }),
  ]
  await write(store, 10)
  order.push('written')
  await hold.release()
  await hold.release()
  await Promise.all(waiting)
  expect(order).toEqual(['written', 'checked', 'held'])
  expect(logOf(path)).toBe(0)
})

test('closing does not wait for who reads: he is told, and nothing is missing', async () => {
  const [path, key] = [temporaryDatabase(), randomKey()]
  const store = await openStore({ path, key, mode: 'create' })
  await write(store, 100)
  const { port, release } = await store.hold()
  const told = new Promise((resolve) => port.once('close', resolve))
  expect(await ask(port, 0, 4096)).toHaveLength(4096)
  await write(store, 100)
  await store.close()
  await told
  await release()
  const again = await openStore({ path, key, mode: 'open' })
  expect(await again.read((h) => h.get(COUNT))).toEqual({ n: 200 })
  expect(await again.integrity()).toBe('ok')
})

test('holding, reading and letting go never gives the lock up: another process stays outside', async () => {
  const [path, key] = [temporaryDatabase(), randomKey()]
  const store = await openStore({ path, key, mode: 'create' })
  await write(store, 10)
  const outside = async () => (await runStoreProcess({ task: 'open', path, mode: 'open' }, key)).lines.at(-1)
  const hold = await store.hold()
  await copied(hold, async () => undefined)
  hold.port.close()
  expect(await outside()).toBe('IN_USE')
  await hold.release()
  expect(await outside()).toBe('IN_USE')
  await store.close()
  expect(await outside()).toBe('OK')
})

test(`killed while held and written to, nothing acknowledged is lost (${ROUNDS} rounds)`, async () => {
  const [path, key] = [temporaryDatabase(), randomKey()]
  await (await openStore({ path, key, mode: 'create' })).close()
  let acknowledged = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const writer = await startStoreProcess({ task: 'write', path, mode: 'open', held: true }, key)
    await writer.printed(2)
    await setTimeout((round * 41) % 103)
    writer.child.kill('SIGKILL')
    await writer.ended()
    acknowledged = Math.max(acknowledged, Number(writer.lines().at(-1)))
    const store = await openStore({ path, key, mode: 'open' })
    const row = await store.read((h) =>
      h.get<{ n: number; last: number }>('SELECT count(*) AS n, max(id) AS last FROM notes'),
    )
    expect(row?.last).toBeGreaterThanOrEqual(acknowledged)
    expect(row?.n).toBe(row?.last)
    expect(await store.integrity()).toBe('ok')
    await store.close()
  }
})
