import { cpSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { companionAccount } from '../../../src/main/vault/attempts.ts'
import { diskFiles } from '../../../src/main/vault/durableFiles.ts'
import { deriveP, newKdf, productionKdf } from '../../../src/main/vault/keys.ts'
import { keytarKeychain } from '../../../src/main/vault/keytarKeychain.ts'
import { readVaultFile } from '../../../src/main/vault/vaultFile.ts'
import { VaultProfile, otherPassphrase, passphrase, refusal } from '../../support/vaultProfile.ts'

// The vault as it ships: real keychain, real cost, the crypto of Electron's Node.
const keychain = keytarKeychain()
const production = { keychain, kdf: productionKdf }
let profile: VaultProfile

beforeEach(() => {
  profile = new VaultProfile()
})

afterEach(async () => {
  const { vaultId } = JSON.parse(profile.vaultJson()) as { vaultId: string }
  await keychain.delete(vaultId)
  await keychain.delete(companionAccount(vaultId))
  profile.remove()
})

test(
  'made, locked, opened, recovered with the real keychain and the real cost',
  { timeout: 120_000 },
  async () => {
    const vault = profile.open(production)
    const made = await vault.prepare({ setting: 'school', passphrase, mode: 'keychain+passphrase' })
    profile.makeDatabases()
    await vault.commit()

    const file = await readVaultFile(diskFiles, profile.path('vault.json'), productionKdf)
    expect(file.slots.record.passphrase.kdf.N).toBeGreaterThanOrEqual(2 ** 17)

    const again = profile.open(production)
    expect(await again.inspect()).toMatchObject({ kind: 'locked', setting: 'school' })
    expect((await refusal(again.unlock(otherPassphrase))).code).toBe('WRONG_PASSPHRASE')
    expect(await keychain.get(companionAccount(file.vaultId))).toContain('"failures":1')
    expect((await again.unlock(passphrase)).recordKey.equals(made.recordKey)).toBe(true)
    expect((await again.unlockPrivate(passphrase)).privateKey.equals(made.privateKey)).toBe(true)

    // The files taken to another home, whose keychain knows nothing.
    const copy = new VaultProfile()
    cpSync(profile.directory, copy.directory, { recursive: true })
    const stolen = copy.open({ kdf: productionKdf })
    expect(await stolen.inspect()).toMatchObject({ reason: 'KEYCHAIN_ITEM_MISSING', recoverable: true })
    expect((await refusal(stolen.unlock(passphrase))).code).toBe('KEYCHAIN_ITEM_MISSING')
    copy.remove()

    await keychain.delete(file.vaultId)
    const lost = profile.open(production)
    expect(await lost.inspect()).toMatchObject({ reason: 'KEYCHAIN_ITEM_MISSING', recoverable: true })
    const codes = { recordCode: made.codes.record.join(' '), privateCode: made.codes.private.join(' ') }
    const recovered = await lost.recover({ ...codes, newPassphrase: otherPassphrase })
    expect(recovered.recordKey.equals(made.recordKey)).toBe(true)
    expect((await profile.open(production).unlock(otherPassphrase)).recordKey.equals(made.recordKey)).toBe(
      true,
    )
  },
)

test('the largest cost that a file may ask for can be paid here', { timeout: 120_000 }, async () => {
  await profile.create()
  const p = await deriveP(passphrase, newKdf(productionKdf.maximumN), productionKdf)
  expect(p).toHaveLength(32)
})
