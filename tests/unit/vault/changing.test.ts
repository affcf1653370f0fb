import { afterEach, beforeEach, expect, test } from 'vitest'
import { diskFiles, type DurableFiles } from '../../../src/main/vault/durableFiles.ts'
import { KeychainError, type KeychainPort } from '../../../src/main/vault/keychain.ts'
import type { Vault } from '../../../src/main/vault/Vault.ts'
import { otherPassphrase, passphrase, refusal, VaultProfile } from '../../support/vaultProfile.ts'

/* Changing the passphrase and making new sheets: stopped at any write, the old or the new state opens, whole. */

let profile: VaultProfile
let created: Awaited<ReturnType<VaultProfile['create']>>

beforeEach(async () => {
  profile = new VaultProfile()
  created = await profile.create()
})

afterEach(() => profile.remove())

interface Death {
  readonly at: number
  /** Whether what was being done is there or not: both happen when a machine dies. */
  readonly half: 'before' | 'after'
}

/** A disk and a keychain that end at their n-th write, and answer nothing after it. */
function dying({ at, half }: Death): { files: DurableFiles; keychain: KeychainPort; writes: () => number } {
  let count = 0
  const strike = async <T>(work: () => Promise<T>, error: Error): Promise<T> => {
    count += 1
    if (count < at) return work()
    if (count === at && half === 'after') await work()
    throw error
  }
  const { keychain } = profile
  return {
    files: {
      ...diskFiles,
      write: (path, content) => strike(() => diskFiles.write(path, content), new Error('killed')),
    },
    keychain: {
      get: (account) => keychain.get(account),
      set: (account, secret) => strike(() => keychain.set(account, secret), new KeychainError('UNAVAILABLE')),
      delete: (account) => keychain.delete(account),
    },
    writes: () => count,
  }
}

/** Which of the two passphrases opens, the record and the private room alike. */
async function opens(): Promise<string[]> {
  const found: string[] = []
  for (const text of [passphrase, otherPassphrase]) {
    const vault = profile.open()
    const opened = await vault.unlock(text).catch(() => null)
    if (opened === null) continue
    expect(opened.recordKey.equals(created.recordKey)).toBe(true)
    expect((await vault.unlockPrivate(text)).privateKey.equals(created.privateKey)).toBe(true)
    found.push(text)
  }
  return found
}

const deaths: readonly Death[] = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((at) => [
  { at, half: 'before' as const },
  { at, half: 'after' as const },
])

test.each(deaths)('a change of the passphrase that ends at write $at, $half it', async (death) => {
  const parts = dying(death)
  const vault = profile.open(parts)
  await vault.changePassphrase(passphrase, otherPassphrase).catch(() => undefined)
  const found = await opens()
  expect(found).toHaveLength(1)
  // The codes open both, whatever became of it.
  const input = {
    recordCode: created.codes.record.join(' '),
    privateCode: created.codes.private.join(' '),
    newPassphrase: 'a third one under the same stair',
  }
  expect((await profile.open().recover(input)).recordKey.equals(created.recordKey)).toBe(true)
})

test('those deaths are all there are: an unhindered change writes fewer times', async () => {
  const parts = dying({ at: Infinity, half: 'before' })
  await profile.open(parts).changePassphrase(passphrase, otherPassphrase)
  expect(parts.writes()).toBeGreaterThan(2)
  expect(parts.writes()).toBeLessThanOrEqual(8)
  expect(await opens()).toEqual([otherPassphrase])
})

async function renew(vault: Vault): Promise<Record<'record' | 'private', string[]> | null> {
  const words = await vault.renewRecovery(passphrase)
  const ask = vault.recoveryChallenge
  if (ask === null) throw new Error('nothing is asked')
  const answers = (sheet: 'record' | 'private') => ask[sheet].map((place) => words[sheet][place - 1] ?? '')
  await vault
    .confirmRecovery({ record: answers('record'), private: answers('private') })
    .catch(() => undefined)
  return words
}

test.each(deaths)('new sheets that end at write $at, $half it: one set opens both rooms', async (death) => {
  const live = profile.open()
  await live.unlock(passphrase)
  await live.lock()
  const vault = profile.open(dying({ at: death.at + 2, half: death.half }))
  await vault.unlock(passphrase).catch(() => undefined)
  const words = await renew(vault).catch(() => null)
  const sets = [created.codes, ...(words === null ? [] : [words])]
  const opened: number[] = []
  for (const [place, set] of sets.entries()) {
    const own = profile.open()
    await own.unlock(passphrase)
    const outcome = await own
      .confirmRecoveryByCodes({ record: set.record.join(' '), private: set.private.join(' ') })
      .then(() => true)
      .catch(() => false)
    if (outcome) opened.push(place)
  }
  expect(opened).toHaveLength(1)
  expect(await opens()).toEqual([passphrase])
})

test('the present passphrase is asked for as at the door: counted, and held up after five', async () => {
  const vault = profile.open()
  await vault.unlock(passphrase)
  for (let turn = 1; turn <= 5; turn += 1) {
    expect((await refusal(vault.changePassphrase(`wrong ${turn}`, otherPassphrase))).code).toBe(
      'WRONG_PASSPHRASE',
    )
    expect(vault.failures).toBe(turn)
  }
  expect((await refusal(vault.renewRecovery('wrong again'))).code).toBe('WRONG_PASSPHRASE')
  expect((await refusal(vault.changePassphrase(passphrase, otherPassphrase))).code).toBe('WAIT')
  expect((await refusal(vault.renewRecovery(passphrase))).code).toBe('WAIT')
  profile.now += 60_000
  expect((await refusal(vault.changePassphrase(passphrase, 'short'))).code).toBe('PASSPHRASE_REFUSED')
  expect(await vault.changePassphrase(passphrase, otherPassphrase)).toEqual({ privateChanged: true })
  expect(vault.failures).toBe(0)
})
