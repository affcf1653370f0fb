import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DurableFiles } from '../../../src/main/vault/durableFiles.ts'
import { diskFiles } from '../../../src/main/vault/durableFiles.ts'
import type { KeychainPort } from '../../../src/main/vault/keychain.ts'
import { VaultProfile, otherPassphrase, passphrase, refusal } from '../../support/vaultProfile.ts'

let profile: VaultProfile

beforeEach(() => {
  profile = new VaultProfile()
})

afterEach(() => {
  profile.remove()
})

const wish = { setting: 'practice', passphrase, mode: 'keychain+passphrase' } as const

test('an empty profile, or none at all, is new', async () => {
  expect(await profile.open().inspect()).toEqual({ kind: 'new' })
  profile.remove()
  expect(await profile.open().inspect()).toEqual({ kind: 'new' })
  await profile.create()
  expect((await profile.open().inspect()).kind).toBe('locked')
})

test('a finished vault is locked and opens with its passphrase, and each room with its own key', async () => {
  const created = await profile.create({ setting: 'practice' })
  expect(created.recordKey).toHaveLength(32)
  expect(created.recordKey.equals(created.privateKey)).toBe(false)
  expect(created.codes.record).toHaveLength(12)
  expect(created.codes.record).not.toEqual(created.codes.private)
  const vault = profile.open()
  expect(await vault.inspect()).toEqual({
    kind: 'locked',
    setting: 'practice',
    recoveryConfirmed: false,
    waitMs: 0,
    slots: { record: 'keychain+passphrase', private: 'keychain+passphrase' },
    privateInStep: true,
    withoutPassphrase: false,
  })
  expect(vault.facts).toBeNull()
  expect((await vault.unlock(passphrase)).recordKey.equals(created.recordKey)).toBe(true)
  expect((await vault.unlockPrivate(passphrase)).privateKey.equals(created.privateKey)).toBe(true)
  expect(vault.facts).toMatchObject({ setting: 'practice', privateLane: true, privateInStep: true })
})

test('commit leaves it unlocked', async () => {
  const vault = profile.open()
  const { privateKey } = await vault.prepare(wish)
  profile.makeDatabases()
  await vault.commit()
  expect(vault.facts?.setting).toBe('practice')
  expect((await vault.unlockPrivate(passphrase)).privateKey.equals(privateKey)).toBe(true)
})

test('each file that is there without the others stops, and is never taken for new', async () => {
  for (const name of ['record.db', 'private.db', 'record.db-wal', 'private.db-shm', 'record.db-journal']) {
    writeFileSync(profile.path(name), '')
    const state = { kind: 'stopped', reason: 'VAULT_FILE_MISSING', recoverable: false }
    expect(await profile.open().inspect()).toEqual(state)
    expect((await refusal(profile.open().prepare(wish))).code).toBe('NOT_NEW')
    rmSync(profile.path(name))
  }
})

test('a vault without one of its databases, or with an empty one, stops', async () => {
  await profile.create()
  for (const [name, reason] of [
    ['record.db', 'RECORD_MISSING'],
    ['private.db', 'PRIVATE_MISSING'],
  ] as const) {
    const content = readFileSync(profile.path(name))
    rmSync(profile.path(name))
    expect(await profile.open().inspect()).toEqual({ kind: 'stopped', reason, recoverable: false })
    writeFileSync(profile.path(name), '')
    expect(await profile.open().inspect()).toEqual({ kind: 'stopped', reason, recoverable: false })
    writeFileSync(profile.path(name), content)
  }
})

test('damaged, newer and unreadable files stop with their reason', async () => {
  await profile.create()
  const stops = async (content: string) => {
    writeFileSync(profile.path('vault.json'), content)
    return profile.open().inspect()
  }
  expect(await stops('')).toMatchObject({ reason: 'VAULT_FILE_DAMAGED', recoverable: false })
  expect(await stops('{"version":2}')).toMatchObject({ reason: 'VAULT_FILE_NEWER' })
  expect((await refusal(profile.open().prepare(wish))).code).toBe('NOT_NEW')
  expect((await refusal(profile.open().unlock(passphrase))).code).toBe('VAULT_FILE_NEWER')
})

test('a keychain item that is gone or not ours is told from a keychain that cannot be reached', async () => {
  await profile.create()
  const account = [...profile.keychain.items.keys()].find((name) => !name.includes('/')) ?? ''
  const secret = profile.keychain.items.get(account) ?? ''
  const missing = { kind: 'stopped', reason: 'KEYCHAIN_ITEM_MISSING', recoverable: true }
  profile.keychain.items.delete(account)
  expect(await profile.open().inspect()).toEqual(missing)
  expect((await refusal(profile.open().unlock(passphrase))).code).toBe('KEYCHAIN_ITEM_MISSING')
  for (const other of ['', 'garbage', 'ab'.repeat(32)]) {
    profile.keychain.items.set(account, other)
    expect(await profile.open().inspect()).toEqual(missing)
  }
  profile.keychain.items.set(account, secret)
  for (const failure of ['UNAVAILABLE', 'REFUSED', 'LATE'] as const) {
    profile.keychain.failure = failure
    const state = { kind: 'stopped', reason: 'KEYCHAIN_UNAVAILABLE', recoverable: true }
    expect(await profile.open().inspect()).toEqual(state)
    expect((await refusal(profile.open().unlock(passphrase))).code).toBe(`KEYCHAIN_${failure}`)
  }
  profile.keychain.failure = null
  expect((await profile.open().inspect()).kind).toBe('locked')
})

test('without a keychain nothing is made silently; by choice the passphrase alone protects it', async () => {
  for (const failure of ['UNAVAILABLE', 'REFUSED', 'LATE'] as const) {
    profile.keychain.failure = failure
    expect((await refusal(profile.open().prepare(wish))).code).toBe(`KEYCHAIN_${failure}`)
    expect(await profile.open().inspect()).toEqual({ kind: 'new' })
  }
  const { recordKey } = await profile.create({ mode: 'passphrase' })
  const vault = profile.open()
  expect(await vault.inspect()).toMatchObject({ kind: 'locked', slots: { record: 'passphrase' } })
  expect((await vault.unlock(passphrase)).recordKey.equals(recordKey)).toBe(true)
  expect((await refusal(vault.unlock(otherPassphrase))).code).toBe('WRONG_PASSPHRASE')
})

test('a keychain that accepts and forgets is found out before anything is made', async () => {
  profile.keychain.forgetful = true
  expect((await refusal(profile.open().prepare(wish))).code).toBe('KEYCHAIN_UNAVAILABLE')
  expect(await profile.open().inspect()).toEqual({ kind: 'new' })
})

test('a passphrase that is refused, or could not be judged, protects nothing', async () => {
  expect((await refusal(profile.open().prepare({ ...wish, passphrase: 'short' }))).code).toBe(
    'PASSPHRASE_REFUSED',
  )
  const long = 'seven gray herons '.repeat(60)
  expect((await refusal(profile.open().prepare({ ...wish, passphrase: long }))).code).toBe(
    'PASSPHRASE_REFUSED',
  )
  const broken = profile.open({ strength: () => Promise.reject(new Error('worker died')) })
  expect((await refusal(broken.prepare(wish))).code).toBe('STRENGTH_UNAVAILABLE')
  expect(await profile.open().inspect()).toEqual({ kind: 'new' })
  expect(profile.keychain.items.size).toBe(0)
})

test('commit and abandon want a preparation, commit wants both databases', async () => {
  const vault = profile.open()
  expect((await refusal(vault.commit())).code).toBe('NOT_PREPARED')
  expect((await refusal(vault.abandon())).code).toBe('NOT_PREPARED')
  expect((await refusal(vault.setAsideUnfinished())).code).toBe('NOT_PREPARED')
  await vault.prepare(wish)
  expect((await refusal(vault.setAsideUnfinished())).code).toBe('NOT_NEW')
  expect((await refusal(vault.commit())).code).toBe('DATABASES_MISSING')
  profile.makeDatabases()
  await vault.commit()
  expect((await refusal(vault.setAsideUnfinished())).code).toBe('NOT_NEW')
})

test('abandoning sets the databases aside and leaves a new profile and an empty keychain', async () => {
  const vault = profile.open()
  await vault.prepare(wish)
  profile.makeDatabases()
  await vault.abandon()
  expect(await vault.inspect()).toEqual({ kind: 'new' })
  expect(profile.keychain.items.size).toBe(0)
  expect(vault.recoveryChallenge).toBeNull()
  const [aside] = readdirSync(profile.directory)
  expect(readdirSync(profile.path(aside ?? '')).toSorted()).toEqual(['private.db', 'record.db'])
  await profile.create()
})

/** Every call to disk or keychain is a step; from the n-th on nothing happens any more, as after a kill. */
function dyingAt(step: number): { files: DurableFiles; keychain: KeychainPort; steps: () => number } {
  let taken = 0
  const dying = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, name, receiver) {
        const method: unknown = Reflect.get(target, name, receiver)
        if (typeof method !== 'function') return method
        return (...args: unknown[]) => {
          taken += 1
          if (taken > step) return Promise.reject(new Error('killed'))
          return Reflect.apply(method, target, args)
        }
      },
    })
  return { files: dying(diskFiles), keychain: dying(profile.keychain), steps: () => taken }
}

test('killed between any two steps of a creation: never new with databases, never a vault that lies', async () => {
  const seen = new Set<string>()
  for (let step = 0; ; step += 1) {
    const dying = dyingAt(step)
    const vault = profile.open(dying)
    let recordKey: Buffer | null = null
    let finished = false
    try {
      recordKey = (await vault.prepare(wish)).recordKey
      profile.makeDatabases()
      await vault.commit()
      finished = dying.steps() <= step
    } catch {
      // killed
    }
    const after = profile.open()
    const state = await after.inspect()
    const databases = existsSync(profile.path('record.db'))
    seen.add(state.kind === 'stopped' ? state.reason : state.kind)
    if (state.kind === 'new') {
      expect(databases).toBe(false)
    } else if (state.kind === 'locked') {
      const key = (await after.unlock(passphrase)).recordKey
      expect(recordKey === null ? false : key.equals(recordKey)).toBe(true)
      expect((await after.inspect()).kind).toBe('locked')
    } else {
      expect(state).toEqual({ kind: 'stopped', reason: 'CREATION_UNFINISHED', recoverable: false })
      expect((await refusal(after.prepare(wish))).code).toBe('CREATION_UNFINISHED')
      expect(await after.setAsideUnfinished()).toBe(databases ? 2 : 0)
      expect(await after.inspect()).toEqual({ kind: 'new' })
    }
    if (finished) break
    profile.remove()
    profile.keychain.items.clear()
  }
  expect(seen).toEqual(new Set(['new', 'CREATION_UNFINISHED', 'locked']))
})

test('killed while leftovers are set aside: the next try goes on, and no file is lost', async () => {
  await profile.open().prepare(wish)
  profile.makeDatabases()
  writeFileSync(profile.path('record.db-wal'), 'frames')
  for (let step = 0; ; step += 1) {
    const dying = dyingAt(step)
    const outcome = await profile
      .open({ files: dying.files })
      .setAsideUnfinished()
      .catch(() => null)
    if (outcome !== null) break
    expect(await profile.open().inspect()).toMatchObject({ reason: 'CREATION_UNFINISHED' })
  }
  expect(await profile.open().inspect()).toEqual({ kind: 'new' })
  const kept = readdirSync(profile.directory, { recursive: true, encoding: 'utf8' })
  for (const name of ['record.db', 'private.db', 'record.db-wal']) {
    expect(kept.filter((path) => path.endsWith(`/${name}`))).toHaveLength(1)
  }
})

test('a marker planted beside a finished vault changes nothing', async () => {
  await profile.create()
  writeFileSync(profile.path('vault.creating'), '{}')
  const vault = profile.open()
  expect((await refusal(vault.setAsideUnfinished())).code).toBe('NOT_NEW')
  expect((await vault.inspect()).kind).toBe('locked')
  expect(existsSync(profile.path('vault.creating'))).toBe(false)
})
