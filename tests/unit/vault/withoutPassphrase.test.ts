import { createDecipheriv, hkdfSync } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { companionAccount } from '../../../src/main/vault/attempts.ts'
import { diskFiles, type DurableFiles } from '../../../src/main/vault/durableFiles.ts'
import { KeychainError, type KeychainFailure, type KeychainPort } from '../../../src/main/vault/keychain.ts'
import type { Vault } from '../../../src/main/vault/Vault.ts'
import type { VaultFile } from '../../../src/main/vault/vaultFile.ts'
import { otherPassphrase, passphrase, refusal, VaultProfile } from '../../support/vaultProfile.ts'

/* The slot that the keychain opens alone: by choice, for the record of a practice, and for nothing else. */

let profile: VaultProfile
let created: Awaited<ReturnType<VaultProfile['create']>>

const wrong = 'seven gray herons at the weit'
const file = (text = profile.vaultJson()): VaultFile => JSON.parse(text) as VaultFile
const codes = () => ({
  record: created.codes.record.join(' '),
  private: created.codes.private.join(' '),
})

/** Made, its sheets confirmed, and open. */
async function opened(setting: 'practice' | 'school' = 'practice'): Promise<Vault> {
  created = await profile.create({ setting })
  const vault = profile.open()
  await vault.unlock(passphrase)
  await vault.confirmRecoveryByCodes(codes())
  return vault
}

async function turnedOn(): Promise<Vault> {
  const vault = await opened()
  await vault.setWithoutPassphrase(passphrase, true)
  return vault
}

beforeEach(() => {
  profile = new VaultProfile()
})
afterEach(() => profile.remove())

const offered = async (): Promise<boolean> => {
  const state = await profile.open().inspect()
  return state.kind === 'locked' && state.withoutPassphrase
}

test('turned on, one call opens the record; passphrase and private room are as they were', async () => {
  const vault = await turnedOn()
  expect(vault.facts?.withoutPassphrase).toBe(true)
  await vault.lock()
  expect(await offered()).toBe(true)
  const again = profile.open()
  expect((await again.openWithoutPassphrase()).recordKey.equals(created.recordKey)).toBe(true)
  expect(again.facts).toMatchObject({ setting: 'practice', withoutPassphrase: true })
  // The private room asks, and there is nothing that would open it without.
  expect((await refusal(again.unlockPrivate(wrong))).code).toBe('WRONG_PASSPHRASE')
  expect((await again.unlockPrivate(passphrase)).privateKey.equals(created.privateKey)).toBe(true)
  expect(file().slots.private).not.toHaveProperty('keychain')
  expect((await profile.open().unlock(passphrase)).recordKey.equals(created.recordKey)).toBe(true)
})

test('the slot is the one that is written down: HKDF of the keychain’s secret, AES-256-GCM, bound to its place', async () => {
  await turnedOn()
  const { vaultId, version, slots } = file()
  const slot = slots.record.keychain
  if (slot === undefined) throw new Error('no slot')
  const secret = Buffer.from(profile.keychain.items.get(vaultId) ?? '', 'hex')
  const kek = Buffer.from(
    hkdfSync('sha256', secret, Buffer.from(slot.salt, 'hex'), 'bracket/v1/record/keychain', 32),
  )
  const box = Buffer.from(slot.box, 'hex')
  const decipher = createDecipheriv('aes-256-gcm', kek, Buffer.from(slot.nonce, 'hex'))
  decipher.setAAD(Buffer.from(JSON.stringify([vaultId, 'record', 'keychain', version, null])))
  decipher.setAuthTag(box.subarray(32))
  const key = Buffer.concat([decipher.update(box.subarray(0, 32)), decipher.final()])
  expect(key.equals(created.recordKey)).toBe(true)
})

test('it takes the right passphrase, on and off, and wrong ones are counted', async () => {
  const vault = await opened()
  expect((await refusal(vault.setWithoutPassphrase(wrong, true))).code).toBe('WRONG_PASSPHRASE')
  expect(file().slots.record.keychain).toBeUndefined()
  await vault.setWithoutPassphrase(passphrase, true)
  expect((await refusal(vault.setWithoutPassphrase(wrong, false))).code).toBe('WRONG_PASSPHRASE')
  expect(vault.failures).toBe(1)
  expect(file().slots.record.keychain).toBeDefined()
  expect(await vault.setWithoutPassphrase(passphrase, false)).toMatchObject({ withoutPassphrase: false })
  expect(file().slots.record.keychain).toBeUndefined()
  expect(await offered()).toBe(false)
  expect((await refusal(profile.open().openWithoutPassphrase())).code).toBe('NOT_CHOSEN')
  await vault.lock()
  expect((await refusal(vault.setWithoutPassphrase(passphrase, true))).code).toBe('LOCKED')
})

describe('where it may not be', () => {
  test('a school', async () => {
    const vault = await opened('school')
    expect((await refusal(vault.setWithoutPassphrase(passphrase, true))).code).toBe('NOT_CHOSEN')
    expect(file().slots.record.keychain).toBeUndefined()
  })

  test('a practice that becomes a school', async () => {
    const vault = await turnedOn()
    expect(await vault.amend({ setting: 'school' })).toMatchObject({ withoutPassphrase: false })
    expect(file().slots.record.keychain).toBeUndefined()
    expect((await refusal(profile.open().openWithoutPassphrase())).code).toBe('NOT_CHOSEN')
  })

  test('sheets that were never confirmed', async () => {
    created = await profile.create({ setting: 'practice' })
    const vault = profile.open()
    await vault.unlock(passphrase)
    expect((await refusal(vault.setWithoutPassphrase(passphrase, true))).code).toBe('NOT_CHOSEN')
  })

  test('a vault without a keychain', async () => {
    created = await profile.create({ setting: 'practice', mode: 'passphrase' })
    const vault = profile.open()
    await vault.unlock(passphrase)
    await vault.confirmRecoveryByCodes(codes())
    expect((await refusal(vault.setWithoutPassphrase(passphrase, true))).code).toBe('NOT_CHOSEN')
    expect(file().slots.record).not.toHaveProperty('keychain')
  })
})

describe('it fails closed', () => {
  test.each<KeychainFailure>(['UNAVAILABLE', 'REFUSED', 'LATE'])('a keychain that is %s', async (failure) => {
    await turnedOn()
    profile.keychain.failure = failure
    const vault = profile.open()
    expect((await refusal(vault.openWithoutPassphrase())).code).toBe(`KEYCHAIN_${failure}`)
    expect(vault.facts).toBeNull()
    profile.keychain.failure = null
    await vault.openWithoutPassphrase()
  })

  test('a keychain that gives the secret and then falls silent: it might have known of a newer file', async () => {
    await turnedOn()
    const { keychain } = profile
    const silent: KeychainPort = {
      get: (account) =>
        account === file().vaultId ? keychain.get(account) : Promise.reject(new KeychainError('LATE')),
      set: (account, secret) => keychain.set(account, secret),
      delete: (account) => keychain.delete(account),
    }
    const vault = profile.open({ keychain: silent })
    expect((await refusal(vault.openWithoutPassphrase())).code).toBe('KEYCHAIN_LATE')
    expect(vault.facts).toBeNull()
  })

  test('an item that is gone, or another one', async () => {
    await turnedOn()
    const { vaultId } = file()
    profile.keychain.items.set(vaultId, 'ab'.repeat(32))
    expect((await refusal(profile.open().openWithoutPassphrase())).code).toBe('KEYCHAIN_ITEM_MISSING')
    profile.keychain.items.delete(vaultId)
    expect((await refusal(profile.open().openWithoutPassphrase())).code).toBe('KEYCHAIN_ITEM_MISSING')
    expect(await offered()).toBe(false)
  })

  test('a file that somebody has written into', async () => {
    await turnedOn()
    const whole = profile.vaultJson()
    const edits: ((edited: VaultFile) => void)[] = [
      (edited) => (edited.privateLane = false),
      (edited) => (edited.generation += 7),
      (edited) => (edited.createdAt = '2020-01-01T00:00:00.000Z'),
      (edited) => {
        const { keychain } = edited.slots.record
        if (keychain !== undefined) keychain.salt = 'ab'.repeat(32)
      },
    ]
    for (const edit of edits) {
      const edited = file(whole)
      edit(edited)
      writeFileSync(profile.path('vault.json'), JSON.stringify(edited))
      const vault = profile.open()
      expect((await refusal(vault.openWithoutPassphrase())).code).toBe('VAULT_FILE_CHANGED')
      expect(vault.facts).toBeNull()
    }
  })

  test('a slot in a file that says school, or in the private room’s place', async () => {
    await turnedOn()
    const whole = profile.vaultJson()
    profile.edit((edited) => (edited['setting'] = 'school'))
    expect(await offered()).toBe(false)
    expect((await refusal(profile.open().openWithoutPassphrase())).code).toBe('NOT_CHOSEN')
    writeFileSync(profile.path('vault.json'), whole)
    profile.edit((edited) => {
      const slots = edited['slots'] as Record<string, Record<string, unknown>>
      slots['private'] = { ...slots['private'], keychain: slots['record']?.['keychain'] }
    })
    expect((await refusal(profile.open().openWithoutPassphrase())).code).toBe('VAULT_FILE_DAMAGED')
  })

  test('an earlier file put back from the days when it was on', async () => {
    const vault = await turnedOn()
    const on = profile.vaultJson()
    await vault.setWithoutPassphrase(passphrase, false)
    writeFileSync(profile.path('vault.json'), on)
    expect((await refusal(profile.open().openWithoutPassphrase())).code).toBe('VAULT_FILE_OLDER')
    expect(await offered()).toBe(false)
  })

  test('ten wrong passphrases where that locks it, and a keychain that kept its secret all the same', async () => {
    const vault = await turnedOn()
    await vault.setAfterTen(true)
    await vault.lock()
    const attempts = { failures: 10, lastFailureAt: profile.now }
    profile.edit((edited) => (edited['attempts'] = attempts))
    expect(await offered()).toBe(false)
    expect((await refusal(profile.open().openWithoutPassphrase())).code).toBe('NOT_CHOSEN')
  })
})

describe('wrong passphrases', () => {
  const guess = async (vault: Vault, times: number): Promise<void> => {
    for (let n = 0; n < times; n += 1)
      expect((await refusal(vault.unlockPrivate(wrong))).code).toBe('WRONG_PASSPHRASE')
  }

  test('stay counted when the record is opened without one: no tries at the private room to be had', async () => {
    const vault = await turnedOn()
    await guess(vault, 6)
    await vault.lock()
    const again = profile.open()
    await again.openWithoutPassphrase()
    expect((await refusal(again.unlockPrivate(passphrase))).code).toBe('WAIT')
    profile.now += 2000
    await guess(again, 1)
    expect((await refusal(again.unlockPrivate(passphrase))).detail).toEqual({ waitMs: 4000 })
  })

  test('stay counted when something is switched that asks for none', async () => {
    const vault = await turnedOn()
    await guess(vault, 6)
    await vault.setAfterTen(true)
    await vault.setAfterTen(false)
    await vault.amend({ privateLane: true })
    expect((await refusal(vault.unlockPrivate(passphrase))).code).toBe('WAIT')
    // Nor for a new start that finds them in the file or in the keychain alone.
    expect(file().attempts.failures).toBe(6)
    expect(profile.keychain.items.get(companionAccount(file().vaultId))).toContain('"failures":6')
    expect((await refusal(profile.open().unlock(passphrase))).code).toBe('WAIT')
  })
})

describe('what becomes of it', () => {
  test('a new passphrase leaves it as it was chosen', async () => {
    const vault = await turnedOn()
    await vault.changePassphrase(passphrase, otherPassphrase)
    const again = profile.open()
    expect((await again.openWithoutPassphrase()).recordKey.equals(created.recordKey)).toBe(true)
    expect((await again.unlockPrivate(otherPassphrase)).privateKey.equals(created.privateKey)).toBe(true)
  })

  test('new sheets leave it, new keys do not take it along', async () => {
    const vault = await turnedOn()
    const words = await vault.renewRecovery(passphrase, true)
    const ask = vault.recoveryChallenge
    if (ask === null) throw new Error('nothing is asked')
    const answers = (sheet: 'record' | 'private') => ask[sheet].map((place) => words[sheet][place - 1] ?? '')
    await vault.confirmRecovery({ record: answers('record'), private: answers('private') })
    expect(file().slots.record.keychain).toBeDefined()
    const made = await vault.takeNewKeys()
    expect(made?.file.slots.record).not.toHaveProperty('keychain')
  })

  test('a recovery turns it off, with the same keychain item and with a new one', async () => {
    await turnedOn()
    const input = { recordCode: codes().record, privateCode: codes().private }
    await profile.open().recover({ ...input, newPassphrase: otherPassphrase })
    expect(file().slots.record.keychain).toBeUndefined()
    const vault = profile.open()
    await vault.unlock(otherPassphrase)
    await vault.setWithoutPassphrase(otherPassphrase, true)
    profile.keychain.items.clear()
    await profile.open().recover({ ...input, newPassphrase: passphrase })
    expect(file().slots.record.keychain).toBeUndefined()
    expect(await offered()).toBe(false)
  })

  test('locked to the sheets, it opens nothing', async () => {
    const vault = await turnedOn()
    await vault.setAfterTen(true)
    await vault.lock()
    for (let n = 0; n < 10; n += 1) {
      profile.now += 3_600_000
      await refusal(vault.unlock(wrong))
    }
    expect(profile.keychain.items.has(file().vaultId)).toBe(false)
    expect((await refusal(profile.open().openWithoutPassphrase())).code).toBe('NOT_CHOSEN')
    expect(await vault.inspect()).toMatchObject({ kind: 'stopped', reason: 'LOCKED_TO_RECOVERY' })
  })

  test('a backup does not carry it, and what is restored asks', async () => {
    const vault = await turnedOn()
    const inBackup = await vault.vaultFileForBackup(undefined)
    expect(file(inBackup.toString('utf8')).slots.record).not.toHaveProperty('keychain')
    // Its seal is its own: it opens.
    const other = new VaultProfile()
    try {
      other.makeDatabases()
      writeFileSync(other.path('vault.json'), inBackup)
      const restored = other.open({ keychain: profile.keychain })
      const { recordKey } = await restored.openRestored({ by: 'passphrase', passphrase })
      expect(recordKey.equals(created.recordKey)).toBe(true)
      expect((await refusal(restored.openWithoutPassphrase())).code).toBe('NOT_CHOSEN')
      expect(readFileSync(other.path('vault.json'), 'utf8')).not.toContain('"keychain"')
    } finally {
      other.remove()
    }
  })
})

interface Death {
  readonly at: number
  readonly half: 'before' | 'after'
}

/** A disk and a keychain that end at their n-th write. */
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

/** Every write of opening and of one change: the opening's come first. */
const deaths: readonly Death[] = Array.from({ length: 10 }, (_, n) => n + 1).flatMap((at) => [
  { at, half: 'before' as const },
  { at, half: 'after' as const },
])

describe.each([true, false])('turned to %s and killed', (on) => {
  async function begin(): Promise<void> {
    const vault = on ? await opened() : await turnedOn()
    await vault.lock()
  }

  test.each(deaths)(
    '$half write $at: it is as it was or as it was to be, and the passphrase opens',
    async (death) => {
      await begin()
      const vault = profile.open(dying(death))
      await vault.unlock(passphrase).catch(() => undefined)
      await vault.setWithoutPassphrase(passphrase, on).catch(() => undefined)

      const state = await profile.open().inspect()
      if (state.kind !== 'locked') throw new Error('it does not open')
      expect(state.withoutPassphrase).toBe(file().slots.record.keychain !== undefined)
      if (state.withoutPassphrase) {
        const { recordKey } = await profile.open().openWithoutPassphrase()
        expect(recordKey.equals(created.recordKey)).toBe(true)
      } else {
        expect((await refusal(profile.open().openWithoutPassphrase())).code).toBe('NOT_CHOSEN')
      }
      const again = profile.open()
      expect((await again.unlock(passphrase)).recordKey.equals(created.recordKey)).toBe(true)
      expect((await again.unlockPrivate(passphrase)).privateKey.equals(created.privateKey)).toBe(true)
      // It can be brought to where it was to go.
      expect(await again.setWithoutPassphrase(passphrase, on)).toMatchObject({ withoutPassphrase: on })
    },
  )

  test('those deaths are all there are', async () => {
    await begin()
    const parts = dying({ at: Infinity, half: 'before' })
    const vault = profile.open(parts)
    await vault.unlock(passphrase)
    const before = parts.writes()
    await vault.setWithoutPassphrase(passphrase, on)
    expect(parts.writes()).toBeGreaterThan(before)
    expect(parts.writes()).toBeLessThanOrEqual(10)
  })
})

test('killed between file and keychain, opening without a passphrase lets the keychain catch up', async () => {
  await turnedOn()
  const { vaultId, generation } = file()
  const account = companionAccount(vaultId)
  const text = profile.keychain.items.get(account) ?? ''
  const behind = {
    ...(JSON.parse(text) as object),
    generation: generation - 1,
    failures: 3,
    lastFailureAt: 5,
  }
  profile.keychain.items.set(account, JSON.stringify(behind))
  await profile.open().openWithoutPassphrase()
  expect(JSON.parse(profile.keychain.items.get(account) ?? '')).toMatchObject({ generation, failures: 3 })
})
