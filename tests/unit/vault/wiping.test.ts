import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { diskFiles } from '../../../src/main/vault/durableFiles.ts'
import { companionAccount } from '../../../src/main/vault/attempts.ts'
import { KeychainError } from '../../../src/main/vault/keychain.ts'
import { profilePaths } from '../../../src/main/vault/profile.ts'
import { witnessAccount } from '../../../src/main/vault/witness.ts'
import { DESTROYING } from '../../../src/main/vault/destructionMark.ts'
import { finishDestruction, type WipingPorts } from '../../../src/main/vault/wiping.ts'
import { FakeKeychain } from '../../support/fakeKeychain.ts'
import { cheapKdf, otherPassphrase, passphrase, refusal, VaultProfile } from '../../support/vaultProfile.ts'

let profile: VaultProfile
beforeEach(() => void (profile = new VaultProfile()))
afterEach(() => profile.remove())

const idOf = (): string => (JSON.parse(profile.vaultJson()) as { vaultId: string }).vaultId

/** A finished vault with everything that may lie beside it. */
async function lived(): Promise<{ vaultId: string; codes: { record: string[]; private: string[] } }> {
  const { codes } = await profile.create()
  const vaultId = idOf()
  await profile.keychain.set(witnessAccount(vaultId), '{"version":1,"sequence":1,"hash":"","open":false}')
  await profile.keychain.set('another vault', 'its secret')
  for (const name of ['record.db-wal', 'private.db-wal', 'record.db.before-v2', 'backups.json'])
    writeFileSync(profile.path(name), 'ciphertext')
  for (const [name, id] of [
    ['replaced-2025-01-01T10-00-00', vaultId],
    ['replaced-2025-01-02T10-00-00', '00000000-0000-4000-8000-000000000000'],
  ] as const) {
    mkdirSync(profile.path(name))
    writeFileSync(profile.path(`${name}/vault.json`), JSON.stringify({ vaultId: id }))
    writeFileSync(profile.path(`${name}/record.db`), 'ciphertext')
  }
  writeFileSync(profile.path('window.json'), '{}')
  return { vaultId, codes: { record: [...codes.record], private: [...codes.private] } }
}

function ports(beforeStep?: (name: string) => void, keychain = profile.keychain): WipingPorts {
  return {
    files: diskFiles,
    keychain,
    paths: profilePaths(profile.directory),
    kdf: cheapKdf,
    now: () => profile.now,
    ...(beforeStep === undefined ? {} : { beforeStep }),
  }
}

async function marked(): Promise<void> {
  const vault = profile.open()
  const { recordKey } = await vault.unlock(passphrase)
  recordKey.fill(0)
  await vault.markForDestruction(passphrase)
  await vault.lock()
}

const LEFT = ['replaced-2025-01-02T10-00-00', 'window.json']

test('destroyed: keychain, locks, files and former states go, others stay, and the proof says so', async () => {
  const { vaultId } = await lived()
  await marked()
  const vault = profile.open()
  const proof = await vault.finishDestruction(false)
  expect(proof).toMatchObject({ resumed: false, others: 1 })
  expect(proof?.items.filter(({ found }) => found !== 'gone')).toEqual([])
  expect(proof?.items.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'vault.json',
      'record.db',
      'record.db-wal',
      'private.db',
      'replaced-2025-01-01T10-00-00',
    ]),
  )
  expect(readdirSync(profile.directory).toSorted()).toEqual(LEFT)
  for (const account of [vaultId, companionAccount(vaultId), witnessAccount(vaultId)]) {
    expect(profile.keychain.items.has(account)).toBe(false)
  }
  expect(profile.keychain.items.get('another vault')).toBe('its secret')
  expect((await vault.inspect()).kind).toBe('new')
  expect(await vault.finishDestruction(true)).toBeNull()
})

test('a wrong passphrase marks nothing, and is counted', async () => {
  await lived()
  const vault = profile.open()
  await vault.unlock(passphrase)
  expect((await refusal(vault.markForDestruction(otherPassphrase))).code).toBe('WRONG_PASSPHRASE')
  expect(vault.failures).toBe(1)
  expect(existsSync(profile.path(DESTROYING))).toBe(false)
  expect((await refusal(profile.open().markForDestruction(passphrase))).code).toBe('LOCKED')
})

test('stopped before any step, the next start goes on to the end; after the first no passphrase opens it', async () => {
  let steps = 0
  await lived()
  await marked()
  await finishDestruction(
    ports(() => void (steps += 1)),
    false,
  )
  expect(steps).toBeGreaterThan(10)

  for (let stopAt = 1; stopAt <= steps; stopAt += 1) {
    profile.remove()
    profile = new VaultProfile()
    await lived()
    await marked()
    let at = 0
    const stopping = finishDestruction(
      ports(() => {
        at += 1
        if (at === stopAt) throw new Error('killed')
      }),
      false,
    )
    await expect(stopping).rejects.toThrow('killed')
    expect(existsSync(profile.path(DESTROYING))).toBe(true)
    if (stopAt > 1) {
      const refused = await profile
        .open()
        .unlock(passphrase)
        .then(
          () => 'opened',
          () => 'refused',
        )
      expect(refused).toBe('refused')
    }
    const proof = await profile.open().finishDestruction(true)
    expect(proof?.resumed).toBe(true)
    expect(proof?.items.filter(({ found }) => found !== 'gone')).toEqual([])
    expect(readdirSync(profile.directory).toSorted()).toEqual(LEFT)
  }
})

test('a marker that somebody planted destroys nothing, and goes', async () => {
  const { vaultId } = await lived()
  const before = profile.vaultJson()
  for (const proof of [null, 'ab'.repeat(32)]) {
    writeFileSync(profile.path(DESTROYING), JSON.stringify({ version: 1, vaultId, proof }))
    expect(await profile.open().finishDestruction(true)).toBeNull()
    expect(existsSync(profile.path(DESTROYING))).toBe(false)
    expect(profile.vaultJson()).toBe(before)
    expect(profile.keychain.items.has(vaultId)).toBe(true)
  }
})

test('a keychain that does not answer: before, nothing is done; afterwards, the rest goes and the proof says it', async () => {
  const { vaultId } = await lived()
  await marked()
  class Silent extends FakeKeychain {
    override get(): Promise<string | null> {
      return Promise.reject(new KeychainError('UNAVAILABLE'))
    }
  }
  expect((await refusal(profile.open({ keychain: new Silent() }).finishDestruction(true))).code).toBe(
    'KEYCHAIN_UNAVAILABLE',
  )
  expect(existsSync(profile.path('vault.json'))).toBe(true)

  class Keeping extends FakeKeychain {
    override delete(): Promise<boolean> {
      return Promise.reject(new KeychainError('REFUSED'))
    }
  }
  const keeping = new Keeping()
  for (const [account, secret] of profile.keychain.items) keeping.items.set(account, secret)
  const proof = await profile.open({ keychain: keeping }).finishDestruction(false)
  expect(proof?.items.filter(({ found }) => found === 'there').map(({ kind }) => kind)).toEqual(
    Array.from({ length: 3 }, () => 'keychain'),
  )
  expect(keeping.items.has(vaultId)).toBe(true)
  expect(readdirSync(profile.directory).toSorted()).toEqual(LEFT)
})

test('a vault without a keychain is destroyed as well', async () => {
  await profile.create({ mode: 'passphrase' })
  await marked()
  const proof = await profile.open().finishDestruction(false)
  expect(proof?.items.filter(({ found }) => found !== 'gone')).toEqual([])
  expect(readdirSync(profile.directory)).toEqual([])
})

/* Ten wrong passphrases. */

async function tryWrong(times: number, vault = profile.open()): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    profile.now += 3_600_000
    await refusal(vault.unlock(otherPassphrase))
  }
}

async function turnOn(): Promise<string[][]> {
  const { codes } = await profile.create()
  const vault = profile.open()
  await vault.unlock(passphrase)
  await vault.setAfterTen(true)
  await vault.lock()
  return [[...codes.record], [...codes.private]]
}

test('off unless it was asked for: after ten and more the right passphrase opens it', async () => {
  await profile.create()
  await tryWrong(12)
  profile.now += 3_600_000
  expect((await profile.open().unlock(passphrase)).recordKey).toHaveLength(32)
})

test('nine wrong ones and the right one: nothing has happened', async () => {
  await turnOn()
  const vault = profile.open()
  await tryWrong(9, vault)
  profile.now += 3_600_000
  expect((await vault.unlock(passphrase)).recordKey).toHaveLength(32)
  await vault.lock()
  await tryWrong(9, vault)
  expect((await vault.inspect()).kind).toBe('locked')
})

test('the tenth locks it to its sheets: no passphrase opens it, the sheets do, and a new passphrase from then on', async () => {
  const [record = [], private_ = []] = await turnOn()
  const vaultId = idOf()
  // Each by an application started anew: the count is in file and keychain.
  for (let n = 0; n < 10; n += 1) await tryWrong(1)
  expect(profile.keychain.items.has(vaultId)).toBe(false)
  const vault = profile.open()
  expect(await vault.inspect()).toEqual({ kind: 'stopped', reason: 'LOCKED_TO_RECOVERY', recoverable: true })
  profile.now += 3_600_000
  expect((await refusal(vault.unlock(passphrase))).code).toBe('KEYCHAIN_ITEM_MISSING')
  const opened = await vault.recover({
    recordCode: record.join(' '),
    privateCode: private_.join(' '),
    newPassphrase: otherPassphrase,
  })
  expect(opened.metadataReset).toBe(false)
  expect(vault.facts?.locksAfterTen).toBe(true)
  await vault.lock()
  expect((await profile.open().inspect()).kind).toBe('locked')
  expect((await profile.open().unlock(otherPassphrase)).recordKey).toHaveLength(32)
})

test('switched off again, and not to be switched on by editing the file', async () => {
  await turnOn()
  const vault = profile.open()
  await vault.unlock(passphrase)
  await vault.setAfterTen(false)
  await vault.lock()
  expect(readFileSync(profile.path('vault.json'), 'utf8')).not.toContain('afterTen')
  await tryWrong(11)
  profile.now += 3_600_000
  expect((await profile.open().unlock(passphrase)).recordKey).toHaveLength(32)
  profile.edit((file) => void (file['afterTen'] = 'recovery'))
  expect((await refusal(profile.open().unlock(passphrase))).code).toBe('VAULT_FILE_CHANGED')
})
