import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AttemptMemory, companionAccount } from '../../../src/main/vault/attempts.ts'
import { diskFiles, type DurableFiles } from '../../../src/main/vault/durableFiles.ts'
import { KeychainError, type KeychainPort } from '../../../src/main/vault/keychain.ts'
import { rewrapRestored } from '../../../src/main/vault/restoring.ts'
import { profilePaths } from '../../../src/main/vault/profile.ts'
import { VaultSession } from '../../../src/main/vault/session.ts'
import { Vault } from '../../../src/main/vault/Vault.ts'
import { FakeKeychain } from '../../support/fakeKeychain.ts'
import {
  cheapKdf,
  judgeByLength,
  otherPassphrase,
  passphrase,
  refusal,
  VaultProfile,
} from '../../support/vaultProfile.ts'

/* A vault.json out of a backup, on a computer whose keychain is not as it was. */

let profile: VaultProfile
let staged: string
beforeEach(() => {
  profile = new VaultProfile()
  staged = mkdtempSync(path.join(tmpdir(), 'bracket-staged-'))
})
afterEach(() => {
  profile.remove()
  rmSync(staged, { recursive: true, force: true })
})

const parts = (keychain: KeychainPort) => ({
  directory: staged,
  keychain,
  now: () => profile.now,
  strength: judgeByLength,
  kdf: cheapKdf,
})
const stagedVault = (keychain: KeychainPort): Vault => new Vault(parts(keychain))

/** Passes on to another keychain all but what a test gets in the way of. */
class Between extends FakeKeychain {
  readonly behind: FakeKeychain
  before: (act: 'get' | 'set', account: string) => void = () => undefined

  constructor(behind: FakeKeychain) {
    super()
    this.behind = behind
  }

  override async get(account: string): Promise<string | null> {
    this.before('get', account)
    return this.behind.get(account)
  }

  override async set(account: string, secret: string): Promise<void> {
    this.before('set', account)
    return this.behind.set(account, secret)
  }
}

async function backedUp() {
  const { codes } = await profile.create()
  writeFileSync(path.join(staged, 'vault.json'), profile.vaultJson())
  return {
    by: 'sheets' as const,
    recordCode: codes.record.join(' '),
    privateCode: codes.private.join(' '),
    passphrase: otherPassphrase,
  }
}

test('a computer without a keychain: said at the rehearsal, and restored without one by the person’s choice', async () => {
  const keys = await backedUp()
  const none = new FakeKeychain()
  none.failure = 'UNAVAILABLE'
  const before = readFileSync(path.join(staged, 'vault.json'))
  expect((await refusal(stagedVault(none).openRestored(keys))).code).toBe('KEYCHAIN_UNAVAILABLE')
  expect(readFileSync(path.join(staged, 'vault.json'))).toEqual(before)

  const chosen = { ...keys, withoutKeychain: true }
  expect((await stagedVault(none).openRestored(chosen)).privateKey).not.toBeNull()
  await stagedVault(none).rewrapRestored(chosen)
  copyFileSync(path.join(staged, 'vault.json'), profile.path('vault.json'))
  const restored = profile.open({ keychain: none })
  await restored.anchorRestored()
  await restored.unlock(otherPassphrase)
  expect(restored.facts).toMatchObject({ keychain: false })
})

test('the same with the backup passphrase', async () => {
  const { vault } = await profile.create()
  await vault.unlock(passphrase)
  const backupPassphrase = 'five unrelated words for a backup'
  const { text } = await vault.makeBackupSlots(passphrase, backupPassphrase)
  writeFileSync(path.join(staged, 'vault.json'), await vault.vaultFileForBackup(text))
  await vault.lock()
  const none = new FakeKeychain()
  none.failure = 'UNAVAILABLE'
  const keys = { by: 'backup' as const, backupPassphrase, passphrase: otherPassphrase }
  expect((await refusal(stagedVault(none).openRestored(keys))).code).toBe('KEYCHAIN_UNAVAILABLE')
  await stagedVault(none).openRestored({ ...keys, withoutKeychain: true })
  await stagedVault(none).rewrapRestored({ ...keys, withoutKeychain: true })
  copyFileSync(path.join(staged, 'vault.json'), profile.path('vault.json'))
  await profile.open({ keychain: none }).unlock(otherPassphrase)
})

test('a keychain that answers and keeps nothing is found out at the rehearsal, which leaves nothing in it', async () => {
  const keys = await backedUp()
  const other = new FakeKeychain()
  other.forgetful = true
  expect((await refusal(stagedVault(other).openRestored(keys))).code).toBe('KEYCHAIN_UNAVAILABLE')
  const readOnly = new Between(new FakeKeychain())
  readOnly.before = (act) => {
    if (act === 'set') throw new KeychainError('REFUSED')
  }
  expect((await refusal(stagedVault(readOnly).openRestored(keys))).code).toBe('KEYCHAIN_REFUSED')
  const good = new FakeKeychain()
  await stagedVault(good).openRestored(keys)
  expect([...good.items.keys()]).toEqual([])
})

test('a keychain that is late to say which vault.json is the newest: an error, and not an older vault for ever', async () => {
  const keys = await backedUp()
  const vault = profile.open()
  await vault.unlock(passphrase)
  for (let n = 0; n < 3; n += 1) await vault.amend({ setting: 'practice' })
  await vault.lock()
  const id = (JSON.parse(profile.vaultJson()) as { vaultId: string }).vaultId
  const late = new Between(profile.keychain)
  late.before = (act, account) => {
    if (act === 'get' && account === companionAccount(id)) throw new KeychainError('LATE')
  }
  expect((await refusal(stagedVault(late).rewrapRestored(keys))).code).toBe('KEYCHAIN_LATE')

  await stagedVault(profile.keychain).rewrapRestored(keys)
  copyFileSync(path.join(staged, 'vault.json'), profile.path('vault.json'))
  const restored = profile.open()
  await restored.anchorRestored()
  expect(await restored.inspect()).toMatchObject({ kind: 'locked' })
})

function stagedSession(keychain: KeychainPort, files: DurableFiles): VaultSession {
  const paths = profilePaths(staged)
  const ports = { files, keychain, paths, kdf: cheapKdf, now: () => profile.now, memory: new AttemptMemory() }
  return new VaultSession(ports, judgeByLength)
}

test('what is put in place with the passphrase of that time is the file that was checked', async () => {
  await backedUp()
  const file = path.join(staged, 'vault.json')
  let writes = 0
  const files: DurableFiles = {
    ...diskFiles,
    async write(to, content) {
      await diskFiles.write(to, content)
      writes += 1
      // Somebody who may write in the profile, between the check and the seal: the count is back at zero by then.
      if (writes !== 2) return
      const found = JSON.parse(readFileSync(file, 'utf8')) as object
      writeFileSync(file, JSON.stringify({ ...found, privateLane: false }))
    },
  }
  await rewrapRestored(stagedSession(profile.keychain, files), { by: 'passphrase', passphrase })
  expect(writes).toBe(3)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ privateLane: true })
})
