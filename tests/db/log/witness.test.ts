import { copyFileSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { auditLog } from '../../../src/main/services/record/auditLog.ts'
import { openRecord, type OpenRecord } from '../../../src/main/services/record/openRecord.ts'
import { compare } from '../../../src/main/services/record/witnessing.ts'
import { notebook } from '../../../src/main/store/record/migrations/0001-notebook.ts'
import { recordMigrations } from '../../../src/main/store/record/migrations/index.ts'
import { KeychainError } from '../../../src/main/vault/keychain.ts'
import { WitnessItem, witnessAccount } from '../../../src/main/vault/witness.ts'
import type { Notice } from '../../../src/shared/contract/vault.ts'
import { FakeKeychain } from '../../support/fakeKeychain.ts'
import { force, verified } from '../../support/forging.ts'
import {
  addClient,
  addSession,
  HOUR,
  MINUTE,
  MORNING,
  RecordFile,
  sealed,
  soap,
  write,
  ZONE,
} from '../../support/recordFile.ts'
import { openStore, temporaryDatabase } from '../../support/storeFiles.ts'

// Most of the time goes into starting threads, which a busy machine makes slow.
vi.setConfig({ testTimeout: 180_000 })

const VAULT = 'a-vault'
const ACCOUNT = witnessAccount(VAULT)

/** A small, repeatable source of chance. */
function chance(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** What `kill -9` leaves at this moment: the file and its log as they are, the keychain as it is. */
interface Left {
  readonly path: string
  readonly walThere: boolean
  readonly item: string | undefined
}

function leftBehind(file: RecordFile, keychain: FakeKeychain): Left {
  const path = temporaryDatabase()
  copyFileSync(file.path, path)
  const walThere = existsSync(`${file.path}-wal`)
  if (walThere) copyFileSync(`${file.path}-wal`, `${path}-wal`)
  return { path, walThere, item: keychain.items.get(ACCOUNT) }
}

function keychainWith(item: string | undefined): FakeKeychain {
  const keychain = new FakeKeychain()
  if (item !== undefined) keychain.items.set(ACCOUNT, item)
  return keychain
}

/** Opens what was left and asks; closes it again. */
async function noticed(file: RecordFile, left: Left): Promise<Notice | null> {
  const walThere = existsSync(`${left.path}-wal`)
  const store = await openStore({
    path: left.path,
    key: file.key,
    mode: 'open',
    migrations: recordMigrations,
  })
  try {
    return await compare(store, new WitnessItem(keychainWith(left.item), VAULT), walThere)
  } finally {
    await store.close()
  }
}

/** Refuses now and then, or answers late: an older witness then lands after a newer one. */
class MoodyKeychain extends FakeKeychain {
  readonly late: string[] = []
  around: () => void = () => undefined
  mood: () => 'good' | 'refuses' | 'late' = () => 'good'

  override async set(account: string, secret: string): Promise<void> {
    this.around()
    const mood = this.mood()
    if (mood === 'refuses') throw new KeychainError('REFUSED')
    if (mood === 'late') {
      this.late.push(secret)
      throw new KeychainError('LATE')
    }
    await super.set(account, secret)
    this.around()
  }
}

/** Something that a person does, or nothing in particular. */
async function act(
  file: RecordFile,
  record: OpenRecord,
  pick: (below: number) => number,
): Promise<OpenRecord> {
  file.now += MINUTE
  const deed = pick(7)
  if (deed === 0) await record.log.note('private-opened')
  else if (deed === 1) await record.preferences.set(record.preferences.current())
  else if (deed === 2) await sealed(file, record, await addClient(record), 'Signed')
  else if (deed === 3)
    await write(record, await addSession(record, await addClient(record), file.now), 'Draft')
  else if (deed === 4) {
    await record.close()
    return file.open()
  } else if (deed === 5) await record.anchor()
  else await record.log.note('printed')
  return record
}

test('200 crashes between commit and keychain, with a keychain that refuses and comes late: no false alarm', async () => {
  const pick = chance(11)
  const file = new RecordFile()
  const keychain = new MoodyKeychain()
  file.witness = new WitnessItem(keychain, VAULT)
  const crashes: Left[] = []
  const crash = (): void => {
    if (crashes.length < 200) crashes.push(leftBehind(file, keychain))
  }
  keychain.around = crash
  keychain.mood = () => (['good', 'good', 'good', 'refuses', 'late'] as const)[pick(5)] ?? 'good'
  let record = await file.open()
  while (crashes.length < 200) {
    record = await act(file, record, pick)
    // Committed, and nothing in the keychain yet.
    crash()
    if (pick(3) === 0) await record.anchor()
    const late = pick(4) === 0 ? keychain.late.shift() : undefined
    if (late !== undefined) keychain.items.set(ACCOUNT, late)
  }
  let alarms = 0
  for (const left of crashes) if ((await noticed(file, left)) !== null) alarms += 1
  expect({ crashes: crashes.length, alarms }).toEqual({ crashes: 200, alarms: 0 })
})

test('20 older copies put back: every one is noticed, with a write-ahead log of its own or without', async () => {
  const pick = chance(5)
  const file = new RecordFile()
  const keychain = new FakeKeychain()
  file.witness = new WitnessItem(keychain, VAULT)
  let record = await file.open()
  const older: Left[] = []
  for (let n = 0; n < 20; n += 1) {
    record = await act(file, record, pick)
    await record.log.note('printed')
    older.push(leftBehind(file, keychain))
    if (n % 2 === 0) await file.store.checkpoint()
  }
  await record.log.note('printed')
  await record.anchor()
  const item = keychain.items.get(ACCOUNT)
  const outcomes = new Set<Notice | null>()
  for (const [n, left] of older.entries()) {
    if (n % 3 === 0) rmSync(`${left.path}-wal`, { force: true })
    outcomes.add(await noticed(file, { ...left, item }))
  }
  expect(outcomes).toEqual(new Set(['OLDER_COPY']))
})

test('a write-ahead log removed after a crash: noticed 20 times out of 20, also where only a draft was in it', async () => {
  const pick = chance(3)
  const file = new RecordFile()
  const keychain = new FakeKeychain()
  file.witness = new WitnessItem(keychain, VAULT)
  let record = await file.open()
  await record.anchor()
  let unnoticed = 0
  let draftsOnly = 0
  for (let n = 0; n < 20; n += 1) {
    record = await act(file, record, pick)
    if (n % 2 === 0) {
      // All that was logged is in the file itself; what follows is autosave alone.
      await record.anchor()
      await file.store.checkpoint()
      const draft = await write(
        record,
        await addSession(record, await addClient(record), file.now),
        'A draft',
      )
      await record.notes.save(draft.id, draft.revision, soap('A draft, and more'))
      draftsOnly += 1
    } else {
      await record.log.note('printed')
      await record.anchor()
    }
    const left = leftBehind(file, keychain)
    expect(statSync(`${left.path}-wal`).size).toBeGreaterThan(0)
    // As it was left it is all right; without its log it is not.
    const copy = { ...left, path: temporaryDatabase() }
    for (const end of ['', '-wal']) copyFileSync(left.path + end, copy.path + end)
    expect(await noticed(file, copy)).toBeNull()
    rmSync(`${left.path}-wal`)
    if ((await noticed(file, left)) === null) unnoticed += 1
  }
  expect({ draftsOnly, unnoticed }).toEqual({ draftsOnly: 10, unnoticed: 0 })
})

const PAGE = 4096

test('20 and more old pages put back: noticed, or nothing that was signed or logged is another', async () => {
  const file = new RecordFile()
  const keychain = new FakeKeychain()
  file.witness = new WitnessItem(keychain, VAULT)
  const first = await file.open()
  const ana = await addClient(first)
  for (let n = 0; n < 3; n += 1) await sealed(file, first, ana, `Signed ${n}`, MORNING - (n + 1) * HOUR)
  await first.close()
  const before = readFileSync(file.path)
  const second = await file.open()
  for (let n = 0; n < 30; n += 1) {
    await sealed(
      file,
      second,
      ana,
      `Signed later ${n} ${'and at length '.repeat(60)}`,
      MORNING - (n + 20) * HOUR,
    )
  }
  await second.close()
  const after = readFileSync(file.path)
  const item = keychain.items.get(ACCOUNT)
  const whole = await proof(file.path)

  async function proof(path: string): Promise<string> {
    const store = await openStore({ path, key: file.key, mode: 'open', migrations: recordMigrations })
    try {
      const notice = await compare(store, new WitnessItem(keychainWith(item), VAULT), false)
      if (notice !== null) return 'noticed'
      // As the application does beside the first screen.
      if ((await verified(store)).state !== 'intact') return 'noticed'
      const { brokenAt } = await auditLog({ store, clock: { now: () => 0 } }, () => undefined).verify()
      if (brokenAt !== null) return 'noticed'
      const rows = await store.read((h) =>
        Promise.all(['log', 'seals', 'addenda', 'bodies'].map((table) => h.all(`SELECT * FROM ${table}`))),
      )
      return JSON.stringify(rows)
    } finally {
      await store.close().catch(() => undefined)
    }
  }

  let [changed, told, silent] = [0, 0, 0]
  for (let at = 0; at + PAGE <= Math.min(before.length, after.length); at += PAGE) {
    const old = before.subarray(at, at + PAGE)
    if (old.equals(after.subarray(at, at + PAGE))) continue
    changed += 1
    const path = temporaryDatabase()
    const bytes = Buffer.from(after)
    old.copy(bytes, at)
    writeFileSync(path, bytes)
    const found = await proof(path).catch(() => 'noticed')
    if (found === 'noticed') told += 1
    else if (found !== whole) silent += 1
  }
  expect(changed).toBeGreaterThanOrEqual(20)
  expect(told).toBeGreaterThan(0)
  expect(silent).toBe(0)
})

test('a forged history, another copy’s history and a log of version 1 are told apart from a crash', async () => {
  const file = new RecordFile()
  const keychain = new FakeKeychain()
  file.witness = new WitnessItem(keychain, VAULT)
  const record = await file.open()
  for (let n = 0; n < 5; n += 1) await record.log.note('printed', { count: n })
  await record.anchor()
  const item = file.witness
  expect(await compare(file.store, item, true)).toBeNull()
  expect(await record.verifyLog()).toMatchObject({ brokenAt: null, witness: 'agrees' })
  await force(file.store, (h) =>
    h.run('UPDATE log SET hash = :hash WHERE sequence = 6', { hash: 'f'.repeat(64) }),
  )
  expect(await compare(file.store, item, true)).toBe('LOG_CHANGED')
  expect(await record.verifyLog()).toMatchObject({ brokenAt: 6, witness: 'differs' })
  await force(file.store, (h) => h.run('DELETE FROM log WHERE sequence > 4'))
  expect(await compare(file.store, item, true)).toBe('OLDER_COPY')
  expect(await record.verifyLog()).toMatchObject({ brokenAt: null, witness: 'ahead' })

  const path = temporaryDatabase()
  await (await openStore({ path, key: file.key, mode: 'create', migrations: [notebook] })).close()
  expect(await noticed(file, { path, walThere: false, item: keychain.items.get(ACCOUNT) })).toBe('OLDER_COPY')
})

test('entries after the witness are checked at opening, too', async () => {
  const file = new RecordFile()
  const keychain = new FakeKeychain()
  file.witness = new WitnessItem(keychain, VAULT)
  const record = await file.open()
  await record.anchor()
  for (let n = 0; n < 5; n += 1) await record.log.note('printed', { count: n })
  expect(await compare(file.store, file.witness, true)).toBeNull()
  await force(file.store, (h) => h.run('UPDATE log SET count = 9 WHERE sequence = 4'))
  expect(await compare(file.store, file.witness, true)).toBe('LOG_CHANGED')
})

test('a missing witness is missed once the keychain had one, told once, and anchored anew', async () => {
  const file = new RecordFile()
  const keychain = new FakeKeychain()
  const item = new WitnessItem(keychain, VAULT)
  file.witness = item
  // The keychain refuses from the start: nothing was ever remembered, and nothing is missing.
  keychain.failure = 'REFUSED'
  await (await file.open()).close()
  keychain.failure = null
  const record = await file.open()
  expect(await compare(file.store, item, true)).toBeNull()
  await record.anchor()
  for (const spoil of [
    () => void keychain.items.delete(ACCOUNT),
    () => void keychain.items.set(ACCOUNT, 'not ours'),
    () => void keychain.items.set(ACCOUNT, '{"version":1,"sequence":-1,"hash":"","open":true}'),
    () => void (keychain.failure = 'UNAVAILABLE'),
  ]) {
    spoil()
    expect(await compare(file.store, item, true)).toBe('WITNESS_MISSING')
    keychain.failure = null
  }
  await record.close()

  keychain.items.delete(ACCOUNT)
  const store = await openStore({
    path: file.path,
    key: file.key,
    mode: 'open',
    migrations: recordMigrations,
  })
  const notice = await compare(store, item, false)
  expect(notice).toBe('WITNESS_MISSING')
  const again = await openRecord(
    { store, clock: { now: () => file.now }, changed: () => undefined },
    {
      setting: 'practice',
      zone: ZONE,
      recoveryConfirmed: () => true,
      witness: item,
      opening: { how: 'unlocked', failures: 2, accepted: notice },
    },
  )
  expect(await compare(store, item, true)).toBeNull()
  const { entries } = await again.log.list(null, null, null)
  expect(entries.slice(0, 4).map(({ action, count }) => [action, count])).toEqual([
    ['went-on', null],
    ['unlocked', null],
    ['unlock-failed', 2],
    ['witness-missing', null],
  ])
  await again.close()
})

test('a keychain that never answers does not hold up a lock', async () => {
  const file = new RecordFile()
  const keychain = new FakeKeychain()
  file.witness = new WitnessItem(keychain, VAULT)
  const record = await file.open()
  await record.anchor()
  keychain.set = () => new Promise(() => undefined)
  await record.log.note('printed')
  await record.close()
  expect(existsSync(`${file.path}-wal`)).toBe(false)
  // The witness still says "open", and the file was closed: no alarm.
  const left = { path: file.path, walThere: false, item: keychain.items.get(ACCOUNT) }
  expect(await noticed(file, left)).toBeNull()
})
