import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readCompanion } from '../../../src/main/vault/attempts.ts'
import { Vault } from '../../../src/main/vault/Vault.ts'
import {
  cheapKdf,
  judgeByLength,
  otherPassphrase,
  passphrase,
  refusal,
  VaultProfile,
} from '../../support/vaultProfile.ts'

let profile: VaultProfile
let codes: { record: string; private: string }
beforeEach(async () => {
  profile = new VaultProfile()
  const made = await profile.create()
  codes = { record: made.codes.record.join(' '), private: made.codes.private.join(' ') }
})
afterEach(() => profile.remove())

const idOf = (): string => (JSON.parse(profile.vaultJson()) as { vaultId: string }).vaultId
const hasSecret = (): boolean => profile.keychain.items.has(idOf())
const remembered = async (): Promise<boolean> => (await readCompanion(profile.keychain, idOf())).locksAfterTen

async function choose(on: boolean): Promise<void> {
  const vault = profile.open()
  await vault.unlock(passphrase)
  await vault.setAfterTen(on)
  await vault.lock()
}

async function tenTimes(wrong: () => Promise<unknown>): Promise<void> {
  for (let n = 0; n < 10; n += 1) {
    profile.now += 3_600_000
    await refusal(wrong())
  }
  profile.now += 3_600_000
}

/** Its vault.json as a restore takes it out of a backup; each answer by a Vault of its own. */
function taken(): { open: (text: string) => Promise<unknown> } {
  const directory = profile.path('restoring-1')
  mkdirSync(directory)
  copyFileSync(profile.path('vault.json'), `${directory}/vault.json`)
  const vault = () =>
    new Vault({
      directory,
      keychain: profile.keychain,
      now: () => profile.now,
      strength: judgeByLength,
      kdf: cheapKdf,
    })
  return { open: (text) => vault().openRestored({ by: 'passphrase', passphrase: text }) }
}

test('the tenth locks at “restore, with the passphrase of that time” as well', async () => {
  await choose(true)
  const { open } = taken()
  await tenTimes(() => open(otherPassphrase))
  expect(hasSecret()).toBe(false)
  expect((await refusal(open(passphrase))).code).toBe('KEYCHAIN_ITEM_MISSING')
  expect(await profile.open().inspect()).toMatchObject({ reason: 'LOCKED_TO_RECOVERY' })
})

test('tries at the door and at a restore are one row of ten', async () => {
  await choose(true)
  const { open } = taken()
  for (let n = 0; n < 5; n += 1) {
    profile.now += 3_600_000
    await refusal(profile.open().unlock(otherPassphrase))
    profile.now += 3_600_000
    await refusal(open(otherPassphrase))
  }
  expect(hasSecret()).toBe(false)
})

test('the choice, edited out of the file, holds: at the door, at a restore, and on the page that says why', async () => {
  await choose(true)
  profile.edit((file) => void delete file['afterTen'])
  const { open } = taken()
  await refusal(open(otherPassphrase))
  await tenTimes(() => profile.open().unlock(otherPassphrase))
  expect(hasSecret()).toBe(false)
  expect(await profile.open().inspect()).toMatchObject({ reason: 'LOCKED_TO_RECOVERY' })
})

test('a recovery of such a file keeps the choice that the keychain remembers', async () => {
  await choose(true)
  profile.edit((file) => void delete file['afterTen'])
  const vault = profile.open()
  const input = { recordCode: codes.record, privateCode: codes.private, newPassphrase: otherPassphrase }
  expect((await vault.recover(input)).metadataReset).toBe(true)
  expect(vault.facts?.locksAfterTen).toBe(true)
})

test('a backup of a time when it was on locks nothing once it is off', async () => {
  await choose(true)
  const { open } = taken()
  await choose(false)
  await tenTimes(() => open(otherPassphrase))
  expect(hasSecret()).toBe(true)
  expect(await profile.open().inspect()).toMatchObject({ kind: 'locked' })
})

test('a keychain that had forgotten the choice learns it from the file, once its seal was checked', async () => {
  await choose(true)
  for (const [account, text] of [...profile.keychain.items]) {
    if (account.endsWith('/attempts'))
      profile.keychain.items.set(account, text.replace(',"afterTen":"recovery"', ''))
  }
  expect(await remembered()).toBe(false)
  await refusal(profile.open().unlock(otherPassphrase))
  expect(await remembered()).toBe(false)
  await profile.open().unlock(passphrase)
  expect(await remembered()).toBe(true)
  // And from then on through every other write: wrong tries, a new passphrase, what is amended.
  await refusal(profile.open().unlock(otherPassphrase))
  const vault = profile.open()
  await vault.unlock(passphrase)
  await vault.changePassphrase(passphrase, otherPassphrase)
  await vault.amend({ setting: 'practice' })
  expect(await remembered()).toBe(true)
  await vault.setAfterTen(false)
  expect(await remembered()).toBe(false)
})

test('after a restore the keychain goes by what was restored, not by what stood there before', async () => {
  const before = profile.vaultJson()
  await choose(true)
  writeFileSync(profile.path('vault.json'), before)
  const vault = profile.open()
  await vault.rewrapRestored({ by: 'passphrase', passphrase })
  await vault.anchorRestored()
  expect(await remembered()).toBe(true)
  await vault.unlock(passphrase)
  expect(vault.facts?.locksAfterTen).toBe(false)
  expect(await remembered()).toBe(false)
})
