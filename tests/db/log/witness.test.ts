import { existsSync, statSync, truncateSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { openRecord } from '../../../src/main/services/record/openRecord.ts'
import { compare } from '../../../src/main/services/record/witnessing.ts'
import { notebook } from '../../../src/main/store/record/migrations/0001-notebook.ts'
import { recordMigrations } from '../../../src/main/store/record/migrations/index.ts'
import { KeychainError } from '../../../src/main/vault/keychain.ts'
import { WitnessItem } from '../../../src/main/vault/witness.ts'
import { chance } from '../../reliability/chance.ts'
import { expectKept } from '../../reliability/inTest.ts'
import { olderCopies, pagePutBack, walRemoved } from '../../reliability/trials/putBack.ts'
import { FakeKeychain } from '../../support/fakeKeychain.ts'
import { force } from '../../support/forging.ts'
import { ACCOUNT, act, type Left, leftBehind, noticed, VAULT } from '../../support/leftBehind.ts'
import { RecordFile, ZONE } from '../../support/recordFile.ts'
import { openStore, rounds, temporaryDatabase } from '../../support/storeFiles.ts'

// Most of the time goes into starting threads, which a busy machine makes slow.
vi.setConfig({ testTimeout: 180_000 })

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

const CRASHES = rounds(200, 40)

test(`${CRASHES} crashes between commit and keychain, with a keychain that refuses and comes late: no false alarm`, async () => {
  const pick = chance(11)
  const file = new RecordFile()
  const keychain = new MoodyKeychain()
  file.witness = new WitnessItem(keychain, VAULT)
  const crashes: Left[] = []
  const crash = (): void => {
    if (crashes.length < CRASHES) crashes.push(leftBehind(file, keychain))
  }
  keychain.around = crash
  keychain.mood = () => (['good', 'good', 'good', 'refuses', 'late'] as const)[pick(5)] ?? 'good'
  let record = await file.open()
  while (crashes.length < CRASHES) {
    record = await act(file, record, pick)
    // Committed, and nothing in the keychain yet.
    crash()
    if (pick(3) === 0) await record.anchor()
    const late = pick(4) === 0 ? keychain.late.shift() : undefined
    if (late !== undefined) keychain.items.set(ACCOUNT, late)
  }
  let alarms = 0
  for (const left of crashes) if ((await noticed(file, left)) !== null) alarms += 1
  expect({ crashes: crashes.length, alarms }).toEqual({ crashes: CRASHES, alarms: 0 })
})

test('older copies put back: every one is noticed, with a write-ahead log of its own or without', () =>
  expectKept(olderCopies))

test('a write-ahead log removed after a crash: noticed each time, also where only a draft was in it', () =>
  expectKept(walRemoved))

test('an empty write-ahead log is what a checkpoint leaves until the next save: a crash then is no alarm', async () => {
  const file = new RecordFile()
  const keychain = new FakeKeychain()
  file.witness = new WitnessItem(keychain, VAULT)
  const record = await file.open()
  await record.log.note('printed')
  await record.anchor()
  // As each backup does; only closing removes the log.
  await file.store.checkpoint()
  expect(statSync(`${file.path}-wal`).size).toBe(0)
  const left = leftBehind(file, keychain)
  expect(JSON.parse(left.item ?? '{}')).toMatchObject({ open: true })
  expect(await noticed(file, left)).toBeNull()
  // Where the log had reached further than the file, its being emptied is noticed by what was logged.
  await record.log.note('printed')
  await record.anchor()
  const later = leftBehind(file, keychain)
  truncateSync(`${later.path}-wal`, 0)
  expect(await noticed(file, later)).toBe('OLDER_COPY')
  await record.close()
  expect(existsSync(`${file.path}-wal`)).toBe(false)
})

test('old pages put back: noticed, or nothing that was signed or logged is another', () =>
  expectKept(pagePutBack))

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
