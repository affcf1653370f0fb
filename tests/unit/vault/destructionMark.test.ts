import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DESTROYING } from '../../../src/main/vault/destructionMark.ts'
import { diskFiles } from '../../../src/main/vault/durableFiles.ts'
import { profilePaths } from '../../../src/main/vault/profile.ts'
import { finishDestruction } from '../../../src/main/vault/wiping.ts'
import { cheapKdf, otherPassphrase, passphrase, refusal, VaultProfile } from '../../support/vaultProfile.ts'

let profile: VaultProfile
beforeEach(() => void (profile = new VaultProfile()))
afterEach(() => profile.remove())

const OTHER = '00000000-0000-4000-8000-000000000000'
const STRANGE = 'ab'.repeat(32)
const idOf = (): string => (JSON.parse(profile.vaultJson()) as { vaultId: string }).vaultId
const plant = (mark: Record<string, unknown>): void =>
  writeFileSync(profile.path(DESTROYING), JSON.stringify({ version: 1, ...mark }))
const markOnDisk = (): unknown => JSON.parse(readFileSync(profile.path(DESTROYING), 'utf8'))

/** Its owner closed the way back, and the application ended there. */
async function marked(): Promise<void> {
  const vault = profile.open()
  await vault.unlock(passphrase)
  await vault.markForDestruction(passphrase)
  await vault.lock()
}

/** Finished up to the nth step, and killed there. */
async function killedAt(step: number): Promise<void> {
  let at = 0
  const ports = {
    files: diskFiles,
    keychain: profile.keychain,
    paths: profilePaths(profile.directory),
    kdf: cheapKdf,
    now: () => profile.now,
    beforeStep: () => {
      at += 1
      if (at === step) throw new Error('killed')
    },
  }
  await expect(finishDestruction(ports, false)).rejects.toThrow('killed')
}

async function untouchedBy(mark: Record<string, unknown>): Promise<void> {
  plant(mark)
  const before = readdirSync(profile.directory).filter((name) => name !== DESTROYING)
  const [json, items] = [profile.vaultJson(), [...profile.keychain.items]]
  expect(await profile.open().finishDestruction(true)).toBeNull()
  expect(readdirSync(profile.directory)).toEqual(before)
  expect(profile.vaultJson()).toBe(json)
  expect([...profile.keychain.items]).toEqual(items)
}

test('a planted mark destroys nothing: whatever id, proof and stage it claims', async () => {
  await profile.create()
  for (const vaultId of [idOf(), OTHER]) {
    for (const proof of [null, STRANGE]) {
      await untouchedBy({ vaultId, proof })
      await untouchedBy({ vaultId, proof, stage: 'keys' })
    }
  }
  expect((await profile.open().unlock(passphrase)).recordKey).toHaveLength(32)
})

test('nor where the keychain has no item of it any more: the sheets still open that vault', async () => {
  const { codes } = await profile.create()
  profile.keychain.items.clear()
  for (const vaultId of [idOf(), OTHER]) {
    for (const proof of [null, STRANGE]) await untouchedBy({ vaultId, proof })
    await untouchedBy({ vaultId, proof: null, stage: 'keys' })
  }
  await untouchedBy({ vaultId: OTHER, proof: STRANGE, stage: 'keys' })
  const input = { recordCode: codes.record.join(' '), newPassphrase: otherPassphrase }
  expect((await profile.open().recover(input)).recordKey).toHaveLength(32)
})

test('nor, with another id, a vault without a keychain; nor one whose vault.json is gone', async () => {
  await profile.create({ mode: 'passphrase' })
  await untouchedBy({ vaultId: OTHER, proof: null })
  await untouchedBy({ vaultId: OTHER, proof: null, stage: 'keys' })
  profile.remove()
  profile = new VaultProfile()
  await profile.create()
  const json = profile.vaultJson()
  for (const mark of [{ proof: null, stage: 'keys' }, { proof: STRANGE, stage: 'keys' }, { proof: null }]) {
    plant({ vaultId: idOf(), ...mark })
    writeFileSync(profile.path('vault.json'), '')
    expect(await profile.open().finishDestruction(true)).toBeNull()
    expect(existsSync(profile.path('record.db'))).toBe(true)
    writeFileSync(profile.path('vault.json'), json)
  }
})

test('a mark that is real says so before the first key goes, and is gone on with when that one is missing', async () => {
  await profile.create()
  const vaultId = idOf()
  await marked()
  expect(markOnDisk()).not.toHaveProperty('stage')
  // Before the first item; and after it, when nothing but the mark can say that this was meant.
  await killedAt(2)
  expect(markOnDisk()).toMatchObject({ vaultId, stage: 'keys' })
  expect(profile.keychain.items.has(vaultId)).toBe(true)
  await killedAt(3)
  expect(profile.keychain.items.has(vaultId)).toBe(false)
  expect(existsSync(profile.path('vault.json'))).toBe(true)
  const proof = await profile.open().finishDestruction(true)
  expect(proof?.items.filter(({ found }) => found !== 'gone')).toEqual([])
  expect(readdirSync(profile.directory)).toEqual([])
})

test('a vault that was recovered without its keychain is destroyed, whatever the keychain still holds', async () => {
  const { codes } = await profile.create()
  const input = { recordCode: codes.record.join(' '), newPassphrase: passphrase, mode: 'passphrase' } as const
  const vault = profile.open()
  await vault.recover(input)
  await vault.lock()
  expect(profile.keychain.items.has(idOf())).toBe(true)
  await marked()
  expect((await profile.open().finishDestruction(true))?.items.every(({ found }) => found === 'gone')).toBe(
    true,
  )
  expect(readdirSync(profile.directory)).toEqual([])
})

test('while a mark cannot be checked nothing opens, and nothing is made; then it goes on', async () => {
  const { codes } = await profile.create()
  await marked()
  const vault = profile.open()
  profile.keychain.failure = 'LATE'
  expect((await refusal(vault.finishDestruction(true))).code).toBe('KEYCHAIN_LATE')
  profile.keychain.failure = null
  const recordCode = codes.record.join(' ')
  for (const way of [
    () => vault.unlock(passphrase),
    () => vault.openWithoutPassphrase(),
    () => vault.recover({ recordCode, newPassphrase: otherPassphrase }),
    () => vault.prepare({ setting: 'school', passphrase, mode: 'passphrase' }),
  ]) {
    expect((await refusal(way())).code).toBe('DESTRUCTION_WAITING')
  }
  expect(vault.facts).toBeNull()
  expect(existsSync(profile.path('record.db'))).toBe(true)
  expect(await vault.finishDestruction(true)).not.toBeNull()
  expect(readdirSync(profile.directory)).toEqual([])
})

test('a mark or a vault.json that cannot be read is waited for, and not taken for one that is not ours', async () => {
  await profile.create()
  await marked()
  for (const name of ['vault.json', DESTROYING]) {
    const blind = {
      ...diskFiles,
      read: (path: string, limit: number) =>
        path === profile.path(name)
          ? Promise.resolve({ kind: 'unreadable' as const })
          : diskFiles.read(path, limit),
    }
    expect((await refusal(profile.open({ files: blind }).finishDestruction(true))).code).toBe(
      'DESTRUCTION_WAITING',
    )
    expect(existsSync(profile.path(DESTROYING))).toBe(true)
  }
  expect(await profile.open().finishDestruction(true)).not.toBeNull()
})

test('on a full disk, before any key went, nothing is done and the mark stays', async () => {
  await profile.create()
  await marked()
  const full = { ...diskFiles, write: () => Promise.reject(new Error('full')) }
  expect((await refusal(profile.open({ files: full }).finishDestruction(true))).code).toBe('INTERNAL')
  expect(profile.keychain.items.has(idOf())).toBe(true)
  expect(markOnDisk()).not.toHaveProperty('stage')
})

test('a secret that is gone cannot mark: such a mark could not be told from a planted one', async () => {
  await profile.create()
  const vault = profile.open()
  await vault.unlock(passphrase)
  profile.keychain.items.clear()
  expect((await refusal(vault.markForDestruction(passphrase))).code).toBe('KEYCHAIN_ITEM_MISSING')
  expect(existsSync(profile.path(DESTROYING))).toBe(false)
})

test('a folder that a restore moved aside, with an empty vault.json, is not taken for one of ours', async () => {
  await profile.create()
  const folder = 'replaced-2025-01-02T10-00-00'
  mkdirSync(profile.path(folder))
  writeFileSync(profile.path(`${folder}/vault.json`), '')
  writeFileSync(profile.path(`${folder}/record.db`), 'of another vault')
  await marked()
  const proof = await profile.open().finishDestruction(false)
  expect(proof).toMatchObject({ others: 1 })
  expect(readdirSync(profile.path(folder)).toSorted()).toEqual(['record.db', 'vault.json'])
})
