import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeFileSync } from 'node:fs'
import { FakeKeychain } from '../../support/fakeKeychain.ts'
import { cheapKdf, otherPassphrase, passphrase, refusal, VaultProfile } from '../../support/vaultProfile.ts'
import type { KdfPolicy } from '../../../src/main/vault/keys.ts'
import type { Vault } from '../../../src/main/vault/Vault.ts'

/* The backup passphrase: made with the vault open, kept as text, in backup files alone. */

const backupPassphrase = 'walnut harbour sextant violet crane'
const third = 'a third one under the same stair'

let profile: VaultProfile
let vault: Vault
let created: Awaited<ReturnType<VaultProfile['create']>>

beforeEach(async () => {
  profile = new VaultProfile()
  created = await profile.create()
  vault = profile.open()
  await vault.unlock(passphrase)
})

afterEach(() => profile.remove())

const homes: VaultProfile[] = []
afterEach(() => {
  for (const home of homes.splice(0)) home.remove()
})

/** Another computer, whose keychain knows nothing, with this vault.json taken out of a backup. */
function elsewhere(file: Buffer, kdf: KdfPolicy = cheapKdf): Vault {
  const home = new VaultProfile()
  homes.push(home)
  writeFileSync(home.path('vault.json'), file)
  return home.open({ keychain: new FakeKeychain(), kdf })
}

const by = (typed: string) =>
  ({ by: 'backup', backupPassphrase: typed, passphrase: otherPassphrase }) as const

test('it opens both rooms from a backup on another computer, and nothing on this one', async () => {
  const before = profile.vaultJson()
  const { text, privateIncluded } = await vault.makeBackupSlots(passphrase, backupPassphrase)
  expect(privateIncluded).toBe(true)
  expect(await vault.backupSlotsSetAt(text)).toBe(profile.now)
  const file = await vault.vaultFileForBackup(text)

  // Nothing of it lies beside the vault.
  expect(JSON.parse(profile.vaultJson())).toEqual(JSON.parse(before))
  expect((await refusal(profile.open().unlock(backupPassphrase))).code).toBe('WRONG_PASSPHRASE')

  const restored = elsewhere(file)
  expect(await restored.hasBackupSlot()).toBe(true)
  expect(await restored.passphraseOpens()).toBe(false)
  const keys = await restored.openRestored(by(backupPassphrase))
  expect(keys.recordKey.equals(created.recordKey)).toBe(true)
  expect(keys.privateKey?.equals(created.privateKey)).toBe(true)

  await restored.rewrapRestored(by(backupPassphrase))
  expect(await restored.hasBackupSlot()).toBe(false)
  await restored.anchorRestored()
  expect((await restored.unlock(otherPassphrase)).recordKey.equals(created.recordKey)).toBe(true)
  expect((await restored.unlockPrivate(otherPassphrase)).privateKey.equals(created.privateKey)).toBe(true)
  // Kept in the restored record, it goes on being put into backups there.
  expect(await restored.backupSlotsSetAt(text)).toBe(profile.now)
})

test('the sheets open such a backup as well; a wrong backup passphrase opens nothing and is told', async () => {
  const { text } = await vault.makeBackupSlots(passphrase, backupPassphrase)
  const file = await vault.vaultFileForBackup(text)
  expect((await refusal(elsewhere(file).openRestored(by(passphrase)))).code).toBe('WRONG_PASSPHRASE')
  expect((await refusal(elsewhere(file).openRestored(by('x'.repeat(5000))))).code).toBe('WRONG_PASSPHRASE')
  const sheets = {
    by: 'sheets',
    recordCode: created.codes.record.join(' '),
    privateCode: created.codes.private.join(' '),
    passphrase: otherPassphrase,
  } as const
  const keys = await elsewhere(file).openRestored(sheets)
  expect(keys.privateKey?.equals(created.privateKey)).toBe(true)
})

test('removed or never set: the backup has no such slot; changed: each backup keeps its own', async () => {
  const without = elsewhere(await vault.vaultFileForBackup(undefined))
  expect(await without.hasBackupSlot()).toBe(false)
  expect((await refusal(without.openRestored(by(backupPassphrase)))).code).toBe('WRONG_PASSPHRASE')

  const first = await vault.makeBackupSlots(passphrase, backupPassphrase)
  const old = await vault.vaultFileForBackup(first.text)
  const second = await vault.makeBackupSlots(passphrase, third)
  const young = await vault.vaultFileForBackup(second.text)
  expect((await elsewhere(old).openRestored(by(backupPassphrase))).privateKey).not.toBeNull()
  expect((await elsewhere(young).openRestored(by(third))).privateKey).not.toBeNull()
  expect((await refusal(elsewhere(old).openRestored(by(third)))).code).toBe('WRONG_PASSPHRASE')
  expect((await refusal(elsewhere(young).openRestored(by(backupPassphrase)))).code).toBe('WRONG_PASSPHRASE')
})

test('changing the passphrase or the sheets leaves it as it is', async () => {
  const { text } = await vault.makeBackupSlots(passphrase, backupPassphrase)
  await vault.changePassphrase(passphrase, third)
  const restored = elsewhere(await vault.vaultFileForBackup(text))
  expect((await restored.openRestored(by(backupPassphrase))).recordKey.equals(created.recordKey)).toBe(true)
})

test('the present passphrase is asked for, the other must be very good and another one', async () => {
  expect((await refusal(vault.makeBackupSlots('wrong', backupPassphrase))).code).toBe('WRONG_PASSPHRASE')
  expect(vault.failures).toBe(1)
  expect((await refusal(vault.makeBackupSlots(passphrase, passphrase.normalize('NFD')))).code).toBe(
    'PASSPHRASE_SAME',
  )
  expect((await refusal(vault.makeBackupSlots(passphrase, 'short'))).code).toBe('PASSPHRASE_REFUSED')
  const fair = profile.open({
    strength: () => Promise.resolve({ score: 3, verdict: 'fair', reason: 'NONE' }),
  })
  await fair.unlock(passphrase)
  expect((await refusal(fair.makeBackupSlots(passphrase, backupPassphrase))).code).toBe('PASSPHRASE_REFUSED')
  await vault.lock()
  expect((await refusal(vault.makeBackupSlots(passphrase, backupPassphrase))).code).toBe('LOCKED')
  expect((await refusal(vault.vaultFileForBackup(undefined))).code).toBe('LOCKED')
})

test('slots that were changed, or are another vault’s, are not put into a backup', async () => {
  const { text } = await vault.makeBackupSlots(passphrase, backupPassphrase)
  const other = new VaultProfile()
  homes.push(other)
  await other.create()
  const others = other.open()
  await others.unlock(passphrase)
  for (const [one, given] of [
    [vault, text.replace(/[0-9a-f](?="\}$)/u, (digit) => (digit === '0' ? '1' : '0'))],
    [vault, text.replace('setAt', 'setAs')],
    [vault, 'nothing of the kind'],
    [vault, ''],
    [others, text],
  ] as const) {
    expect(await one.backupSlotsSetAt(given)).toBeNull()
    expect(await elsewhere(await one.vaultFileForBackup(given)).hasBackupSlot()).toBe(false)
  }
})

test('the private room out of step: the record alone, and it is said', async () => {
  await profile.keychain.delete((JSON.parse(profile.vaultJson()) as { vaultId: string }).vaultId)
  const again = profile.open()
  await again.recover({ recordCode: created.codes.record.join(' '), newPassphrase: third })
  const { text, privateIncluded } = await again.makeBackupSlots(third, backupPassphrase)
  expect(privateIncluded).toBe(false)
  const keys = await elsewhere(await again.vaultFileForBackup(text)).openRestored(by(backupPassphrase))
  expect(keys.recordKey.equals(created.recordKey)).toBe(true)
  expect(keys.privateKey).toBeNull()
})

test('a backup whose slot costs less than ours, or absurdly much, is refused before any work', async () => {
  const { text } = await vault.makeBackupSlots(passphrase, backupPassphrase)
  const file = (await vault.vaultFileForBackup(text)).toString('utf8')
  for (const N of [2 ** 9, 2 ** 11, 2 ** 30]) {
    const changed = JSON.parse(file) as { slots: { record: { backup: { kdf: { N: number } } } } }
    changed.slots.record.backup.kdf.N = N
    const one = elsewhere(Buffer.from(JSON.stringify(changed)))
    expect((await refusal(one.openRestored(by(backupPassphrase)))).code).toBe('VAULT_FILE_DAMAGED')
  }
})
