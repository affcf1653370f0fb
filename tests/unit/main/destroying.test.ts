import { existsSync, readdirSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createRestoring, type RestorePorts } from '../../../src/main/backup/Restoring.ts'
import { createDestroying } from '../../../src/main/entrance/destroying.ts'
import { createEntrance } from '../../../src/main/entrance/entrance.ts'
import { createHeldBack } from '../../../src/main/heldBack.ts'
import type { Locking } from '../../../src/main/locking.ts'
import type { Rooms } from '../../../src/main/rooms/rooms.ts'
import { DESTROYING } from '../../../src/main/vault/destructionMark.ts'
import { diskFiles } from '../../../src/main/vault/durableFiles.ts'
import type { Vault } from '../../../src/main/vault/Vault.ts'
import type { Windows } from '../../../src/main/window/windows.ts'
import { judgeByLength, otherPassphrase, passphrase, VaultProfile } from '../../support/vaultProfile.ts'

let profile: VaultProfile
let sheets: { record: string; private: string }
beforeEach(async () => {
  profile = new VaultProfile()
  const { codes } = await profile.create()
  sheets = { record: codes.record.join(' '), private: codes.private.join(' ') }
})
afterEach(() => profile.remove())

/** The door of an application that was just started, over real vault files; `open` makes it one that is inside. */
function door(vault: Vault = profile.open(), open = false) {
  const sent: string[] = []
  let [inside, question] = [open, null as string | null]
  const windows = {
    question: () => question,
    ask: async (kind: string) => void (question = kind),
    send: (name: string) => void sent.push(name),
    enterApp: () => void sent.push('entered'),
  } as unknown as Windows
  const rooms = {
    record: () => (inside ? { log: { note: async () => undefined } } : null),
    place: () => (inside ? { sampleKey: null } : null),
    notice: () => null,
    openRecord: async () => {
      inside = true
      return null
    },
    closeAll: async () => undefined,
  } as unknown as Rooms
  const locking = {
    settled: async () => undefined,
    timesAway: () => 0,
    isClosing: () => false,
    runningSince: () => null,
    forgetAll: () => undefined,
    lock: async () => {
      inside = false
      question = null
      await vault.lock()
    },
  } as unknown as Locking
  const shared = { vault, rooms, windows, locking, heldBack: createHeldBack() }
  const backups = () =>
    ({ folder: null, last: null }) as ReturnType<Parameters<typeof createDestroying>[0]['backups']>
  const destroying = createDestroying({ ...shared, backups })
  const entrance = createEntrance({
    ...shared,
    clock: { now: () => profile.now },
    strength: judgeByLength,
    profile: profile.directory,
    settleRestore: () => destroying.settled(),
    destroyed: () => destroying.proof() !== null,
    onOpened: () => undefined,
  })
  return { vault, destroying, entrance, sent }
}

async function marked(): Promise<void> {
  const vault = profile.open()
  await vault.unlock(passphrase)
  await vault.markForDestruction(passphrase)
  await vault.lock()
}

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  )

test('a keychain that is late at the start: the page says that it waits, and every way in refuses', async () => {
  await marked()
  const before = readdirSync(profile.directory)
  profile.keychain.failure = 'LATE'
  const { entrance, sent } = door()
  expect(await entrance.state()).toMatchObject({ page: 'stopped', stop: 'DESTRUCTION_WAITING' })
  expect(await codeOf(entrance.unlock(passphrase))).toBe('NOT_NOW')
  expect(await codeOf(entrance.open())).toBe('NOT_NOW')
  expect(await codeOf(entrance.recover(sheets.record, sheets.private, otherPassphrase, true))).toBe('NOT_NOW')
  expect(sent).not.toContain('entered')
  expect(readdirSync(profile.directory)).toEqual(before)

  // It answers, and somebody tries to unlock before the page has looked again: destroyed, not opened.
  profile.keychain.failure = null
  expect(await codeOf(entrance.unlock(passphrase))).not.toBe('done')
  expect(sent).not.toContain('entered')
  expect(await entrance.state()).toMatchObject({ page: 'destroyed' })
  expect(readdirSync(profile.directory)).toEqual([])
})

test('the keychain goes away between words and keys: the door is told, and says that it waits', async () => {
  const vault = profile.open()
  await vault.unlock(passphrase)
  const { destroying, entrance, sent } = door(vault, true)
  await destroying.ask()
  await destroying.go('destroy this vault', passphrase)
  profile.keychain.failure = 'UNAVAILABLE'
  await expect.poll(() => sent).toContain('vaultState')
  expect(await entrance.state()).toMatchObject({ page: 'stopped', stop: 'DESTRUCTION_WAITING' })
  expect(existsSync(profile.path('record.db'))).toBe(true)
})

test('what cannot be removed is tried once in a run, and until the next nothing is made in its place', async () => {
  await marked()
  const stuck = {
    ...diskFiles,
    remove: (path: string) =>
      path === profile.path('record.db') ? Promise.reject(new Error('held')) : diskFiles.remove(path),
  }
  const { destroying, entrance, sent } = door(profile.open({ files: stuck }))
  expect(await entrance.state()).toMatchObject({ page: 'destroyed' })
  const tried = sent.length
  expect(await entrance.state()).toMatchObject({ page: 'destroyed' })
  expect(sent).toHaveLength(tried)
  destroying.done()
  expect(await entrance.state()).toMatchObject({ page: 'stopped', stop: 'DESTRUCTION_WAITING' })
  expect(await codeOf(entrance.prepare('school', otherPassphrase, false))).toBe('DESTRUCTION_WAITING')
  // The next start.
  expect(await door().entrance.state()).toMatchObject({ page: 'destroyed' })
  expect(readdirSync(profile.directory)).toEqual([])
})

test('nothing is restored where a vault waits to be destroyed', async () => {
  await marked()
  let asked = 0
  const restoring = createRestoring({
    profile: profile.directory,
    clock: { now: () => profile.now },
    files: diskFiles,
    askForFile: async () => {
      asked += 1
      return null
    },
    isLocked: () => true,
  } as unknown as RestorePorts)
  const keys = { by: 'passphrase', passphrase } as const
  for (const way of [
    () => restoring.choose(),
    () => restoring.chooseNewest(),
    () => restoring.check(keys),
    () => restoring.apply(keys),
  ]) {
    expect(await codeOf(way())).toBe('DESTRUCTION_WAITING')
  }
  expect(asked).toBe(0)
  expect(existsSync(profile.path(DESTROYING))).toBe(true)
})
