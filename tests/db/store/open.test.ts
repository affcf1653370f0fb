import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, test, vi } from 'vitest'
import { type OpenDatabase, openDatabase, type OpenOptions } from '../../../src/main/store/open.ts'
import {
  driver,
  openStore,
  randomKey,
  temporaryDatabase,
  temporaryDirectory,
} from '../../support/storeFiles.ts'
import { runStoreProcess, startStoreProcess } from '../../support/storeProcess.ts'

// Most of the time goes into starting threads and processes, which a busy machine makes slow.
vi.setConfig({ testTimeout: 120_000 })

const key = randomKey()

function open(options: Partial<OpenOptions> & Pick<OpenOptions, 'path' | 'mode'>): Promise<OpenDatabase> {
  return openDatabase({ key, driver, memorySecurity: false, ...options })
}

async function made(): Promise<string> {
  const path = temporaryDatabase()
  const database = await open({ path, mode: 'create' })
  await database.sql.exec("CREATE TABLE t (x TEXT) STRICT; INSERT INTO t VALUES ('kept')")
  await database.close()
  return path
}

test('creates a file of mode 0600 that holds no plaintext, and opens it again', async () => {
  const path = await made()
  const bytes = readFileSync(path)
  expect(bytes.subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3')
  expect(bytes.includes('kept')).toBe(false)
  expect(bytes.includes('CREATE')).toBe(false)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  const database = await open({ path, mode: 'open' })
  expect(await database.sql.all('SELECT x FROM t')).toEqual([{ x: 'kept' }])
  expect(database.facts).toMatchObject({ driver, cipherVersion: expect.stringMatching(/^4\./) as string })
  await database.close()
})

test('the WAL is made with mode 0600 too, holds no plaintext, and has no shared memory beside it', async () => {
  const path = temporaryDatabase()
  const database = await open({ path, mode: 'create' })
  await database.sql.exec("CREATE TABLE t (x TEXT) STRICT; INSERT INTO t VALUES ('canary')")
  expect(statSync(`${path}-wal`).mode & 0o777).toBe(0o600)
  expect(readFileSync(`${path}-wal`).includes('canary')).toBe(false)
  expect(existsSync(`${path}-shm`)).toBe(false)
  await database.close()
})

const SETTINGS: readonly (readonly [pragma: string, value: string | number])[] = [
  ['cipher_memory_security', '1'],
  ['locking_mode', 'exclusive'],
  ['journal_mode', 'wal'],
  ['synchronous', 2],
  ['checkpoint_fullfsync', 1],
  ['foreign_keys', 1],
  ['recursive_triggers', 1],
  ['secure_delete', 1],
  ['temp_store', 2],
  ['trusted_schema', 0],
  ['cell_size_check', 1],
  ['cache_size', -32768],
  ['cipher_log_level', 'NONE'],
  ['cipher_page_size', '4096'],
]

test('every setting reads back, after creating and after opening', async () => {
  const path = temporaryDatabase()
  for (const mode of ['create', 'open'] as const) {
    const database = await open({ path, mode, memorySecurity: true })
    for (const [pragma, value] of SETTINGS) {
      const [row] = await database.sql.all(`PRAGMA ${pragma}`)
      expect([pragma, Object.values(row ?? {})[0]]).toEqual([pragma, value])
    }
    await database.close()
  }
})

test('creating refuses an existing file and leaves it alone', async () => {
  const path = await made()
  const before = readFileSync(path)
  await expect(open({ path, mode: 'create' })).rejects.toMatchObject({ code: 'EXISTS' })
  expect(readFileSync(path).equals(before)).toBe(true)
})

test('opening refuses a missing file and never makes one', async () => {
  const path = temporaryDatabase()
  await expect(open({ path, mode: 'open' })).rejects.toMatchObject({ code: 'MISSING' })
  expect(existsSync(path)).toBe(false)
})

test('a wrong key is refused, changes nothing, and the right one still opens', async () => {
  const path = await made()
  const before = readFileSync(path)
  await expect(open({ path, mode: 'open', key: randomKey() })).rejects.toMatchObject({
    code: 'WRONG_KEY_OR_DAMAGED',
  })
  expect(readFileSync(path).equals(before)).toBe(true)
  const database = await open({ path, mode: 'open' })
  expect(await database.sql.all('SELECT x FROM t')).toEqual([{ x: 'kept' }])
  await database.close()
})

test('a wrong key prints nothing', async () => {
  const path = await made()
  const { lines, stderr } = await runStoreProcess({ task: 'open', path, mode: 'open' }, randomKey())
  expect({ lines, stderr }).toEqual({ lines: ['started', 'WRONG_KEY_OR_DAMAGED'], stderr: '' })
})

test('a wrong key over the WAL of a killed process loses nothing of it', async () => {
  const path = temporaryDatabase()
  const writer = await startStoreProcess({ task: 'write', path, mode: 'create' }, key)
  await writer.printed(4)
  writer.child.kill('SIGKILL')
  await writer.ended()
  await expect(open({ path, mode: 'open', key: randomKey() })).rejects.toMatchObject({
    code: 'WRONG_KEY_OR_DAMAGED',
  })
  const store = await openStore({ path, key, mode: 'open' })
  const row = await store.read((handle) => handle.get<{ n: number }>('SELECT count(*) AS n FROM notes'))
  expect(row?.n).toBeGreaterThanOrEqual(writer.lines().length - 1)
})

test('a key of another length is refused, not taken for a passphrase', async () => {
  for (const length of [0, 16, 31, 33, 48]) {
    const path = temporaryDatabase()
    const opening = open({ path, mode: 'create', key: new Uint8Array(length) })
    await expect(opening).rejects.toMatchObject({ code: 'DRIVER', detail: 'KEY_LENGTH' })
    expect(existsSync(path)).toBe(false)
  }
})

test('an unencrypted database, an empty file and a stub are refused and left alone', async () => {
  const plain = temporaryDatabase()
  const header = Buffer.alloc(8192)
  header.write('SQLite format 3\0', 'latin1')
  writeFileSync(plain, header)
  await expect(open({ path: plain, mode: 'open' })).rejects.toMatchObject({ code: 'PLAINTEXT' })
  for (const size of [0, 1, 100]) {
    const path = temporaryDatabase()
    writeFileSync(path, Buffer.alloc(size, 7))
    await expect(open({ path, mode: 'open' })).rejects.toMatchObject({ code: 'DAMAGED' })
    expect(statSync(path).size).toBe(size)
  }
})

test('another process that holds the file is noticed, also after failed attempts of our own', async () => {
  const path = temporaryDatabase()
  await openStore({ path, key, mode: 'create' })
  await expect(openStore({ path, key, mode: 'open' })).rejects.toMatchObject({ code: 'IN_USE' })
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const { lines, stderr } = await runStoreProcess({ task: 'open', path, mode: 'open' }, key)
    expect({ lines, stderr }).toEqual({ lines: ['started', 'IN_USE'], stderr: '' })
  }
})

test('the lock survives copying the database while it is open', async () => {
  const path = temporaryDatabase()
  const store = await openStore({ path, key, mode: 'create' })
  await store.copyTo(`${path}.copy`)
  const { lines } = await runStoreProcess({ task: 'open', path, mode: 'open' }, key)
  expect(lines).toEqual(['started', 'IN_USE'])
  const copied = await runStoreProcess({ task: 'open', path: `${path}.copy`, mode: 'open' }, key)
  expect(copied.lines).toEqual(['started', 'OK'])
})

test('an ordinary user with a read-only file or directory is told READONLY', async () => {
  // Writable by all as long as nothing is refused: otherwise the cases below could not fail.
  const control = temporaryDirectory()
  chmodSync(control, 0o777)
  const good = await runStoreProcess({ task: 'unprivileged', path: `${control}/new.db`, mode: 'create' }, key)
  expect(good.lines).toEqual(['started', 'OK'])

  const readOnlyFile = await made()
  chmodSync(dirname(readOnlyFile), 0o777)
  chmodSync(readOnlyFile, 0o444)
  const readOnlyDirectory = await made()
  chmodSync(readOnlyDirectory, 0o666)
  chmodSync(dirname(readOnlyDirectory), 0o555)
  for (const [path, mode] of [
    [readOnlyFile, 'open'],
    [readOnlyDirectory, 'open'],
    [`${readOnlyDirectory}.new`, 'create'],
  ] as const) {
    const { lines, stderr } = await runStoreProcess({ task: 'unprivileged', path, mode }, key)
    expect({ lines, stderr }).toEqual({ lines: ['started', 'READONLY'], stderr: '' })
  }
})
