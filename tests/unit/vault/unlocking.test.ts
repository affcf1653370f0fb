import { writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { companionAccount } from '../../../src/main/vault/attempts.ts'
import type { DurableFiles } from '../../../src/main/vault/durableFiles.ts'
import { diskFiles } from '../../../src/main/vault/durableFiles.ts'
import { VaultError } from '../../../src/main/vault/errors.ts'
import { VaultProfile, otherPassphrase, passphrase, refusal } from '../../support/vaultProfile.ts'

let profile: VaultProfile

beforeEach(() => {
  profile = new VaultProfile()
})

afterEach(() => {
  profile.remove()
})

const wrong = 'seven gray herons at the weit'
const account = () => (JSON.parse(profile.vaultJson()) as { vaultId: string }).vaultId
const companion = () => profile.keychain.items.get(companionAccount(account())) ?? ''

async function failTimes(times: number) {
  const vault = profile.open()
  let waitMs = 0
  for (let n = 0; n < times; n += 1) {
    profile.now += waitMs
    const { code, detail } = await refusal(vault.unlock(wrong))
    expect(code).toBe('WRONG_PASSPHRASE')
    waitMs = detail.waitMs ?? 0
  }
}

test('files and the keychain’s secret are not enough, nor the passphrase without the keychain', async () => {
  await profile.create()
  for (const guess of [wrong, '', ' ', passphrase.toUpperCase(), `${passphrase} `, otherPassphrase]) {
    profile.now += 3_600_000
    expect((await refusal(profile.open().unlock(guess))).code).toBe('WRONG_PASSPHRASE')
  }
  profile.now += 3_600_000
  profile.keychain.items.clear()
  expect((await refusal(profile.open().unlock(passphrase))).code).toBe('KEYCHAIN_ITEM_MISSING')
})

test('a thousand characters in any script open, composed or decomposed', async () => {
  const texts = fc.string({ unit: 'grapheme', minLength: 12, maxLength: 1000 })
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      const secret = [...text].slice(0, 1000).join('')
      fc.pre([...secret].length >= 12)
      const own = new VaultProfile()
      try {
        const { recordKey } = await own.create({ passphrase: secret.normalize('NFC').slice(0, 1000) })
        const typed = secret.normalize('NFC').slice(0, 1000).normalize('NFD')
        expect((await own.open().unlock(typed)).recordKey.equals(recordKey)).toBe(true)
      } finally {
        own.remove()
      }
    }),
    { numRuns: 15 },
  )
}, 60_000)

test('a thousand letters typed in two parts each are a thousand letters', async () => {
  const { recordKey } = await profile.create({ passphrase: 'e\u0323\u0302'.repeat(1000) })
  expect((await profile.open().unlock('\u1ec7'.repeat(1000))).recordKey.equals(recordKey)).toBe(true)
  const long = profile.open().changePassphrase('\u1ec7'.repeat(1000), '\u1ec7'.repeat(1001))
  expect((await refusal(long)).code).toBe('PASSPHRASE_REFUSED')
})

test('the private room opens only beside an open record, and only with its passphrase', async () => {
  const { privateKey } = await profile.create()
  const vault = profile.open()
  expect((await refusal(vault.unlockPrivate(passphrase))).code).toBe('LOCKED')
  await vault.unlock(passphrase)
  expect((await refusal(vault.unlockPrivate(wrong))).code).toBe('WRONG_PASSPHRASE')
  expect((await vault.unlockPrivate(passphrase)).privateKey.equals(privateKey)).toBe(true)
  await vault.lock()
  expect(vault.facts).toBeNull()
  expect((await refusal(vault.unlockPrivate(passphrase))).code).toBe('LOCKED')
})

test('five wrong ones are free, the sixth makes even the right one wait', async () => {
  await profile.create()
  await failTimes(5)
  const vault = profile.open()
  expect(await vault.inspect()).toMatchObject({ waitMs: 0 })
  expect(await refusal(vault.unlock(wrong))).toEqual({ code: 'WRONG_PASSPHRASE', detail: { waitMs: 2000 } })
  expect(await refusal(vault.unlock(passphrase))).toEqual({ code: 'WAIT', detail: { waitMs: 2000 } })
  expect(await profile.open().inspect()).toMatchObject({ waitMs: 2000 })
  profile.now += 1999
  expect((await refusal(vault.unlock(passphrase))).code).toBe('WAIT')
  profile.now += 1
  await vault.unlock(passphrase)
  await vault.lock()
  expect((await refusal(vault.unlock(wrong))).detail).toEqual({ waitMs: 0 })
})

test('the count survives a new start, an edited file, and a lost companion', async () => {
  await profile.create()
  await failTimes(7)
  profile.edit((file) => {
    file['attempts'] = { failures: 0, lastFailureAt: null }
  })
  expect(await refusal(profile.open().unlock(passphrase))).toEqual({ code: 'WAIT', detail: { waitMs: 4000 } })

  // The file heard of it again from the keychain, and now tells the keychain.
  profile.keychain.items.delete(companionAccount(account()))
  expect((await refusal(profile.open().unlock(passphrase))).code).toBe('WAIT')
  profile.keychain.items.set(companionAccount(account()), '{"version":1,"failures":"none"}')
  expect((await refusal(profile.open().unlock(passphrase))).code).toBe('WAIT')
})

test('the clock set back does not shorten the wait, and does not keep the owner out for ever', async () => {
  await profile.create()
  await failTimes(9)
  profile.now -= 365 * 24 * 3_600_000
  expect((await refusal(profile.open().unlock(passphrase))).detail).toEqual({ waitMs: 16_000 })
  profile.now += 15_999
  expect((await refusal(profile.open().unlock(passphrase))).detail).toEqual({ waitMs: 1 })
  profile.now += 1
  await profile.open().unlock(passphrase)
})

test('where neither file nor keychain can be written the process itself keeps count', async () => {
  await profile.create()
  const fullDisk: DurableFiles = {
    ...diskFiles,
    write: () => Promise.reject(new VaultError('DISK_FULL')),
  }
  const vault = profile.open({ files: fullDisk })
  const set = profile.keychain.set.bind(profile.keychain)
  profile.keychain.set = () => Promise.reject(new Error('full'))
  for (let n = 0; n < 6; n += 1) expect((await refusal(vault.unlock(wrong))).code).toBe('WRONG_PASSPHRASE')
  expect((await refusal(vault.unlock(passphrase))).code).toBe('WAIT')
  profile.now += 2000
  // And a full disk does not keep the owner from the notes.
  await vault.unlock(passphrase)
  profile.keychain.set = set
})

test('two tries at once are counted as two', async () => {
  await profile.create()
  const vault = profile.open()
  const codes = await Promise.all(
    Array.from({ length: 8 }, async () => (await refusal(vault.unlock(wrong))).code),
  )
  expect(codes).toEqual([...Array<string>(6).fill('WRONG_PASSPHRASE'), 'WAIT', 'WAIT'])
})

test('a try that was killed before its answer is counted', async () => {
  await profile.create()
  const hanging: DurableFiles = {
    ...diskFiles,
    async write(path, content) {
      await diskFiles.write(path, content)
      throw new Error('killed')
    },
  }
  const get = profile.keychain.get.bind(profile.keychain)
  for (let n = 0; n < 6; n += 1) {
    profile.keychain.set = () => Promise.reject(new Error('killed'))
    await refusal(profile.open({ files: hanging }).unlock(wrong))
  }
  profile.keychain.get = get
  expect(await profile.open().inspect()).toMatchObject({ waitMs: 2000 })
})

test('memory that cannot be had, or a passphrase beyond all measure, is not counted as a wrong one', async () => {
  await profile.create()
  const vault = profile.open({ kdf: { minimumN: 2 ** 10, maximumN: 2 ** 30 } })
  profile.edit((file) => {
    // A derivation of 64 GiB: this policy believes it, scrypt does not start.
    const slots = file['slots'] as { record: { passphrase: { kdf: { N: number } } } }
    slots.record.passphrase.kdf.N = 2 ** 26
  })
  for (let n = 0; n < 8; n += 1) expect((await refusal(vault.unlock(passphrase))).code).toBe('KDF_FAILED')
  expect((await refusal(vault.unlock('x'.repeat(1001)))).code).toBe('WRONG_PASSPHRASE')
  expect(await vault.inspect()).toMatchObject({ waitMs: 0 })
})

test('what the file says of itself is believed only under its seal', async () => {
  await profile.create({ setting: 'school' })
  const whole = profile.vaultJson()
  const edits: ((file: Record<string, unknown>) => void)[] = [
    (file) => (file['setting'] = 'practice'),
    (file) => (file['recoveryConfirmed'] = true),
    (file) => (file['privateLane'] = false),
    (file) => (file['createdAt'] = '2020-01-01T00:00:00.000Z'),
    (file) => (file['generation'] = 99),
    (file) => {
      // The private room's slots taken from a vault of the attacker's own.
      const slots = file['slots'] as Record<string, Record<string, unknown>>
      slots['private'] = { ...slots['record'] }
    },
  ]
  for (const change of edits) {
    writeFileSync(profile.path('vault.json'), whole)
    profile.edit(change)
    const vault = profile.open()
    expect((await refusal(vault.unlock(passphrase))).code).toBe('VAULT_FILE_CHANGED')
    expect(vault.facts).toBeNull()
  }
  writeFileSync(profile.path('vault.json'), whole)
  const vault = profile.open()
  await vault.unlock(passphrase)
  profile.edit((file) => (file['setting'] = 'practice'))
  expect((await refusal(vault.unlockPrivate(passphrase))).code).toBe('VAULT_FILE_CHANGED')
  expect((await refusal(vault.amend({ privateLane: false }))).code).toBe('VAULT_FILE_CHANGED')
})

test('a passphrase slot cannot be turned into one without the keychain', async () => {
  await profile.create()
  profile.edit((file) => {
    const slots = file['slots'] as { record: { passphrase: Record<string, unknown> } }
    slots.record.passphrase['name'] = 'passphrase'
    delete slots.record.passphrase['keychainCheck']
  })
  expect((await refusal(profile.open().unlock(passphrase))).code).toBe('WRONG_PASSPHRASE')
})

test('changing the passphrase rewraps both rooms: the new one opens, the old one does not', async () => {
  const { recordKey, privateKey } = await profile.create()
  const vault = profile.open()
  expect((await refusal(vault.changePassphrase(wrong, otherPassphrase))).code).toBe('WRONG_PASSPHRASE')
  expect((await refusal(vault.changePassphrase(passphrase, 'short'))).code).toBe('PASSPHRASE_REFUSED')
  expect(await vault.changePassphrase(passphrase, otherPassphrase)).toEqual({ privateChanged: true })
  const again = profile.open()
  expect((await refusal(again.unlock(passphrase))).code).toBe('WRONG_PASSPHRASE')
  expect((await again.unlock(otherPassphrase)).recordKey.equals(recordKey)).toBe(true)
  expect((await again.unlockPrivate(otherPassphrase)).privateKey.equals(privateKey)).toBe(true)
  expect((await refusal(again.unlockPrivate(passphrase))).code).toBe('WRONG_PASSPHRASE')
})

test('killed while the passphrase is changed: one of the two opens, with the same key', async () => {
  const { recordKey } = await profile.create()
  const whole = profile.vaultJson()
  for (const when of ['before', 'after'] as const) {
    writeFileSync(profile.path('vault.json'), whole)
    let writes = 0
    const dying: DurableFiles = {
      ...diskFiles,
      async write(path, content) {
        writes += 1
        // The third is the rewrap; the two before it are the count.
        if (writes === 3 && when === 'before') throw new VaultError('WRITE_FAILED')
        await diskFiles.write(path, content)
        if (writes === 3) throw new VaultError('WRITE_FAILED')
      },
    }
    await refusal(profile.open({ files: dying }).changePassphrase(passphrase, otherPassphrase))
    expect(writes).toBe(3)
    const holding = when === 'before' ? passphrase : otherPassphrase
    expect((await profile.open().unlock(holding)).recordKey.equals(recordKey)).toBe(true)
  }
})

test('an earlier vault.json put back is noticed, since the old passphrase would open it', async () => {
  const { codes } = await profile.create()
  const earlier = profile.vaultJson()
  await profile.open().changePassphrase(passphrase, otherPassphrase)
  writeFileSync(profile.path('vault.json'), earlier)
  const vault = profile.open()
  expect(await vault.inspect()).toEqual({ kind: 'stopped', reason: 'VAULT_FILE_OLDER', recoverable: true })
  expect((await refusal(vault.unlock(passphrase))).code).toBe('VAULT_FILE_OLDER')
  // Putting one back on purpose is anchored anew with code A.
  await vault.recover({ recordCode: codes.record.join(' '), newPassphrase: passphrase })
  expect((await profile.open().inspect()).kind).toBe('locked')
  await profile.open().unlock(passphrase)
})

test('a file ahead of the keychain’s memory is what a crash leaves: it opens, and the memory catches up', async () => {
  await profile.create()
  const before = companion()
  await profile.open().changePassphrase(passphrase, otherPassphrase)
  const after = companion()
  profile.keychain.items.set(companionAccount(account()), before)
  await profile.open().unlock(otherPassphrase)
  expect(companion()).toBe(after)
})

test('setting and private lane are changed under the seal, while open only', async () => {
  await profile.create()
  const vault = profile.open()
  expect((await refusal(vault.amend({ setting: 'practice' }))).code).toBe('LOCKED')
  await vault.unlock(passphrase)
  expect(await vault.amend({ setting: 'practice' })).toMatchObject({ setting: 'practice', privateLane: true })
  expect(await vault.amend({ privateLane: false })).toMatchObject({ setting: 'practice', privateLane: false })
  const again = profile.open()
  await again.unlock(passphrase)
  expect(again.facts).toMatchObject({ setting: 'practice', privateLane: false })
})

test('locking at once after a change waits for it: the seal is never made with a zeroed key', async () => {
  await profile.create()
  const vault = profile.open()
  await vault.unlock(passphrase)
  await Promise.all([vault.amend({ setting: 'practice' }), vault.lock()])
  await profile.open().unlock(passphrase)
})

test('no refusal carries a secret, a word or a path', async () => {
  const { codes } = await profile.create()
  const vault = profile.open()
  const speaking = () => Promise.reject(new Error(`cannot reach ${profile.directory}`))
  const broken = { get: speaking, set: speaking, delete: speaking }
  const refusals = await Promise.all([
    vault.unlock(wrong).catch((error: unknown) => error),
    vault
      .recover({ recordCode: `${codes.record.slice(1).join(' ')} nonword`, newPassphrase: passphrase })
      .catch((error: unknown) => error),
    profile
      .open({ keychain: broken })
      .unlock(passphrase)
      .catch((error: unknown) => error),
  ])
  // A sheet may draw a word that every refusal is built of: from that one nothing can be told.
  const own = ['code', 'detail', 'name', 'private', 'record', 'sheet', 'wait', 'word']
  const drawn = codes.record.filter((word) => !own.includes(word))
  expect(drawn.length).toBeGreaterThan(0)
  for (const error of refusals) {
    expect(error).toBeInstanceOf(VaultError)
    const text = JSON.stringify([error, (error as VaultError).message, (error as VaultError).detail])
    for (const secret of [profile.directory, wrong, 'nonword']) expect(text).not.toContain(secret)
    const said = new Set(text.split(/[^a-z]+/u))
    for (const word of drawn) expect(said).not.toContain(word)
  }
})
