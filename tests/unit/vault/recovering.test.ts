import { writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SheetWords } from '../../../src/main/vault/recovery.ts'
import { newRecoveryCode } from '../../../src/main/vault/recovery.ts'
import { openRecoverySlot } from '../../../src/main/vault/slots.ts'
import { parsedCode } from '../../../src/main/vault/recovering.ts'
import { readVaultFile } from '../../../src/main/vault/vaultFile.ts'
import { diskFiles } from '../../../src/main/vault/durableFiles.ts'
import type { Vault } from '../../../src/main/vault/Vault.ts'
import { VaultProfile, cheapKdf, otherPassphrase, passphrase, refusal } from '../../support/vaultProfile.ts'

let profile: VaultProfile
let created: Awaited<ReturnType<VaultProfile['create']>>
let codeA: string
let codeB: string

beforeEach(async () => {
  profile = new VaultProfile()
  created = await profile.create({ setting: 'practice' })
  codeA = created.codes.record.join(' ')
  codeB = created.codes.private.join(' ')
})

afterEach(() => {
  profile.remove()
})

function answersFor(vault: Vault, words: SheetWords): SheetWords {
  const challenge = vault.recoveryChallenge ?? { record: [], private: [] }
  return {
    record: challenge.record.map((place) => words.record[place - 1] ?? ''),
    private: challenge.private.map((place) => words.private[place - 1] ?? ''),
  }
}

test('code A opens the record and only the record, code B the private room and only that', async () => {
  const file = await readVaultFile(diskFiles, profile.path('vault.json'), cheapKdf)
  const a = parsedCode('record', codeA)
  const b = parsedCode('private', codeB)
  expect(openRecoverySlot(file, 'record', a)?.equals(created.recordKey)).toBe(true)
  expect(openRecoverySlot(file, 'private', b)?.equals(created.privateKey)).toBe(true)
  expect(openRecoverySlot(file, 'private', a)).toBeNull()
  expect(openRecoverySlot(file, 'record', b)).toBeNull()
})

test('with both codes a lost keychain item is made anew and everything opens with the new passphrase', async () => {
  profile.keychain.items.clear()
  const vault = profile.open()
  const recovered = await vault.recover({
    recordCode: codeA,
    privateCode: codeB,
    newPassphrase: otherPassphrase,
  })
  expect(recovered.recordKey.equals(created.recordKey)).toBe(true)
  expect(recovered.privateKey?.equals(created.privateKey)).toBe(true)
  expect(recovered.metadataReset).toBe(false)
  expect(vault.facts).toMatchObject({ setting: 'practice', privateInStep: true })
  const again = profile.open()
  expect((await refusal(again.unlock(passphrase))).code).toBe('WRONG_PASSPHRASE')
  await again.unlock(otherPassphrase)
  expect((await again.unlockPrivate(otherPassphrase)).privateKey.equals(created.privateKey)).toBe(true)
})

test('the keychain’s secret is written once: a forgotten passphrase does not replace it', async () => {
  const before = [...profile.keychain.items].find(([account]) => !account.includes('/'))
  await profile.open().recover({ recordCode: codeA, privateCode: codeB, newPassphrase: otherPassphrase })
  expect(profile.keychain.items.get(before?.[0] ?? '')).toBe(before?.[1])
})

test('with code A alone the private room is left: the former passphrase opens it, or code B', async () => {
  const vault = profile.open()
  const recovered = await vault.recover({ recordCode: codeA, newPassphrase: otherPassphrase })
  expect(recovered.privateKey).toBeUndefined()
  expect(vault.facts?.privateInStep).toBe(false)
  expect(await profile.open().inspect()).toMatchObject({ kind: 'locked', privateInStep: false })
  expect((await refusal(vault.unlockPrivate(otherPassphrase))).code).toBe('WRONG_PASSPHRASE')
  expect((await vault.unlockPrivate(passphrase)).privateKey.equals(created.privateKey)).toBe(true)
  expect(await vault.changePassphrase(otherPassphrase, `${otherPassphrase} again`)).toEqual({
    privateChanged: false,
  })
  expect((await refusal(vault.renewRecovery(`${otherPassphrase} again`))).code).toBe('PRIVATE_CODE_NEEDED')

  const wrong = { privateCode: codeB, passphrase }
  expect((await refusal(vault.recoverPrivate(wrong))).code).toBe('WRONG_PASSPHRASE')
  const { privateKey } = await vault.recoverPrivate({
    privateCode: codeB,
    passphrase: `${otherPassphrase} again`,
  })
  expect(privateKey.equals(created.privateKey)).toBe(true)
  expect(vault.facts?.privateInStep).toBe(true)
  const again = profile.open()
  await again.unlock(`${otherPassphrase} again`)
  await again.unlockPrivate(`${otherPassphrase} again`)
})

test('keychain item gone and code A alone: the private room says that it needs its code', async () => {
  profile.keychain.items.clear()
  const vault = profile.open()
  await vault.recover({ recordCode: codeA, newPassphrase: otherPassphrase })
  for (const text of [passphrase, otherPassphrase]) {
    expect((await refusal(vault.unlockPrivate(text))).code).toBe('PRIVATE_CODE_NEEDED')
  }
  await vault.recoverPrivate({ privateCode: codeB, passphrase: otherPassphrase })
  await vault.unlockPrivate(otherPassphrase)
})

test('every way to mistype a sheet has its answer', async () => {
  const vault = profile.open()
  const attempt = (recordCode: string, privateCode?: string) =>
    refusal(
      vault.recover({ recordCode, newPassphrase: otherPassphrase, ...(privateCode && { privateCode }) }),
    )
  const words = created.codes.record
  expect(await attempt('')).toEqual({ code: 'COUNT', detail: { sheet: 'record' } })
  expect(await attempt(words.slice(0, 11).join(' '))).toMatchObject({ code: 'COUNT' })
  expect(await attempt([...words.slice(0, 4), 'zzzz', ...words.slice(5)].join(' '))).toEqual({
    code: 'NOT_A_WORD',
    detail: { sheet: 'record', word: 5 },
  })
  expect(await attempt(Array(12).fill('zoo').join(' '))).toEqual({
    code: 'CHECKSUM',
    detail: { sheet: 'record' },
  })
  expect(await attempt(codeB)).toEqual({ code: 'WRONG_SHEET', detail: { sheet: 'record' } })
  expect(await attempt(codeA, codeA)).toEqual({ code: 'WRONG_SHEET', detail: { sheet: 'private' } })
  expect(await attempt(codeB, codeA)).toEqual({ code: 'WRONG_SHEET', detail: { sheet: 'record' } })
  expect(await attempt(newRecoveryCode().words.join(' '))).toEqual({
    code: 'WRONG_CODE',
    detail: { sheet: 'record' },
  })
  expect(await attempt(codeA, newRecoveryCode().words.join(' '))).toMatchObject({ code: 'WRONG_CODE' })
  expect((await refusal(vault.recover({ recordCode: codeA, newPassphrase: 'short' }))).code).toBe(
    'PASSPHRASE_REFUSED',
  )
  expect(vault.facts).toBeNull()
  await vault.unlock(passphrase)
  expect((await refusal(vault.recoverPrivate({ privateCode: codeA, passphrase }))).code).toBe('WRONG_SHEET')
})

test('no keychain at recovery: said, and done without it only by choice', async () => {
  profile.keychain.failure = 'UNAVAILABLE'
  const vault = profile.open()
  const input = { recordCode: codeA, privateCode: codeB, newPassphrase: otherPassphrase }
  expect((await refusal(vault.recover(input))).code).toBe('KEYCHAIN_UNAVAILABLE')
  await vault.recover({ ...input, mode: 'passphrase' })
  const again = profile.open()
  expect(await again.inspect()).toMatchObject({ slots: { record: 'passphrase', private: 'passphrase' } })
  await again.unlock(otherPassphrase)
  profile.keychain.failure = null
  await again.recover({ ...input, mode: 'keychain+passphrase' })
  expect(await profile.open().inspect()).toMatchObject({ slots: { record: 'keychain+passphrase' } })
})

test('a file changed from outside opens with code A, believes nothing it said, and keeps the keychain', async () => {
  profile.edit((file) => {
    file['recoveryConfirmed'] = true
    file['generation'] = Number.MAX_SAFE_INTEGER
    file['privateLane'] = false
    const slots = file['slots'] as { record: { passphrase: Record<string, unknown> } }
    slots.record.passphrase['name'] = 'passphrase'
    delete slots.record.passphrase['keychainCheck']
  })
  const vault = profile.open()
  expect((await refusal(vault.unlock(passphrase))).code).toBe('WRONG_PASSPHRASE')
  const recovered = await vault.recover({
    recordCode: codeA,
    privateCode: codeB,
    newPassphrase: otherPassphrase,
  })
  expect(recovered.metadataReset).toBe(true)
  expect(vault.facts).toMatchObject({ setting: 'school', recoveryConfirmed: false, privateLane: true })
  const again = profile.open()
  expect(await again.inspect()).toMatchObject({ kind: 'locked', slots: { record: 'keychain+passphrase' } })
  await again.unlock(otherPassphrase)
})

test('killed between keychain and file: the item is known not to be this vault’s, and the code still opens', async () => {
  profile.keychain.items.clear()
  const dying = { ...diskFiles, write: () => Promise.reject(new Error('killed')) }
  const input = { recordCode: codeA, privateCode: codeB, newPassphrase: otherPassphrase }
  expect((await refusal(profile.open({ files: dying }).recover(input))).code).toBe('INTERNAL')
  expect(await profile.open().inspect()).toMatchObject({ reason: 'KEYCHAIN_ITEM_MISSING', recoverable: true })
  await profile.open().recover(input)
  await profile.open().unlock(otherPassphrase)
})

test('recovering is not held up by wrong passphrases, and forgives them', async () => {
  const vault = profile.open()
  for (let n = 0; n < 9; n += 1) await refusal(vault.unlock('not this one'))
  await vault.recover({ recordCode: codeA, newPassphrase: otherPassphrase })
  expect(await profile.open().inspect()).toMatchObject({ waitMs: 0 })
})

test('three words of each sheet confirm them, before the commit or after it', async () => {
  for (const early of [true, false]) {
    const own = new VaultProfile()
    const vault = own.open()
    const { codes } = await vault.prepare({ setting: 'school', passphrase, mode: 'keychain+passphrase' })
    own.makeDatabases()
    if (!early) await vault.commit()
    const right = answersFor(vault, codes)
    const mistaken = { ...right, record: ['', ...right.record.slice(1)] }
    const word = vault.recoveryChallenge?.record[0]
    expect(await vault.confirmRecovery(mistaken)).toEqual({
      confirmed: false,
      wrong: [{ sheet: 'record', word }],
    })
    expect(await vault.confirmRecovery(right)).toEqual({ confirmed: true, wrong: [] })
    expect((await refusal(vault.confirmRecovery(right))).code).toBe('NO_SHEETS')
    if (early) await vault.commit()
    expect(vault.facts?.recoveryConfirmed).toBe(true)
    const again = own.open()
    expect(await again.inspect()).toMatchObject({ recoveryConfirmed: true })
    await again.unlock(passphrase)
    expect(again.facts?.recoveryConfirmed).toBe(true)
    own.remove()
  }
})

test('later: the words are gone; both codes typed in full confirm them', async () => {
  const vault = profile.open()
  expect((await refusal(vault.confirmRecoveryByCodes({ record: codeA, private: codeB }))).code).toBe('LOCKED')
  await vault.unlock(passphrase)
  expect(vault.recoveryChallenge).toBeNull()
  expect((await refusal(vault.confirmRecovery({ record: [], private: [] }))).code).toBe('NO_SHEETS')
  expect((await refusal(vault.confirmRecoveryByCodes({ record: codeB, private: codeA }))).code).toBe(
    'WRONG_SHEET',
  )
  expect(vault.facts?.recoveryConfirmed).toBe(false)
  await vault.confirmRecoveryByCodes({ record: codeA, private: codeB })
  expect(vault.facts?.recoveryConfirmed).toBe(true)
})

test('putting off, and locking, drop the words', async () => {
  for (const drop of [(vault: Vault) => vault.postponeRecovery(), (vault: Vault) => vault.lock()]) {
    const own = new VaultProfile()
    const vault = own.open()
    await vault.prepare({ setting: 'school', passphrase, mode: 'passphrase' })
    expect(vault.recoveryChallenge).not.toBeNull()
    await drop(vault)
    expect(vault.recoveryChallenge).toBeNull()
    own.remove()
  }
})

test('new sheets hold once they are confirmed; until then the old ones do', async () => {
  const vault = profile.open()
  await vault.unlock(passphrase)
  expect((await refusal(vault.renewRecovery('not this one'))).code).toBe('WRONG_PASSPHRASE')
  await vault.renewRecovery(passphrase)
  await vault.postponeRecovery()
  await vault.confirmRecoveryByCodes({ record: codeA, private: codeB })
  // Confirming the old ones has not slipped the new ones in.
  await vault.confirmRecoveryByCodes({ record: codeA, private: codeB })

  const codes = await vault.renewRecovery(passphrase)
  await vault.confirmRecovery(answersFor(vault, codes))
  const typed = { record: codes.record.join(' '), private: codes.private.join(' ') }
  await vault.confirmRecoveryByCodes(typed)
  expect((await refusal(vault.confirmRecoveryByCodes({ record: codeA, private: codeB }))).code).toBe(
    'WRONG_CODE',
  )
  const again = profile.open()
  const input = { recordCode: typed.record, privateCode: typed.private, newPassphrase: otherPassphrase }
  expect((await again.recover(input)).privateKey?.equals(created.privateKey)).toBe(true)
})

test('slots of another vault do not fit, whoever’s they are', async () => {
  const own = new VaultProfile()
  const other = await own.create()
  const foreign = JSON.parse(own.vaultJson()) as Record<string, unknown>
  profile.edit((file) => {
    file['slots'] = foreign['slots']
    file['seal'] = foreign['seal']
  })
  expect((await refusal(profile.open().unlock(passphrase))).code).toBe('KEYCHAIN_ITEM_MISSING')
  const input = { recordCode: other.codes.record.join(' '), newPassphrase: otherPassphrase }
  expect((await refusal(profile.open().recover(input))).code).toBe('WRONG_CODE')
  writeFileSync(profile.path('vault.json'), own.vaultJson())
  expect((await profile.open().inspect()).kind).toBe('stopped')
  own.remove()
})
