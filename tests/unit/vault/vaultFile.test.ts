import { chmodSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { diskFiles } from '../../../src/main/vault/durableFiles.ts'
import { productionKdf } from '../../../src/main/vault/keys.ts'
import { readVaultFile } from '../../../src/main/vault/vaultFile.ts'
import { VaultProfile, cheapKdf, passphrase, refusal } from '../../support/vaultProfile.ts'

let profile: VaultProfile

beforeEach(async () => {
  profile = new VaultProfile()
  await profile.create()
})

afterEach(() => {
  profile.remove()
})

const read = (kdf = cheapKdf) => readVaultFile(diskFiles, profile.path('vault.json'), kdf)

async function refusalOf(content: string | Buffer) {
  writeFileSync(profile.path('vault.json'), content)
  return (await refusal(read())).code
}

test('only its owner may read it, and no scrap of its making stays behind', async () => {
  expect(statSync(profile.path('vault.json')).mode & 0o777).toBe(0o600)
  expect((await diskFiles.names(profile.directory)).toSorted()).toEqual([
    'private.db',
    'record.db',
    'vault.json',
  ])
})

test('missing, damaged, newer, unreadable: each by its own code', async () => {
  const whole = profile.vaultJson()
  expect(await refusalOf('')).toBe('VAULT_FILE_DAMAGED')
  expect(await refusalOf(whole.slice(0, -10))).toBe('VAULT_FILE_DAMAGED')
  expect(await refusalOf('null')).toBe('VAULT_FILE_DAMAGED')
  expect(await refusalOf('[]')).toBe('VAULT_FILE_DAMAGED')
  expect(await refusalOf('{"version":1}')).toBe('VAULT_FILE_DAMAGED')
  expect(await refusalOf('{"version":0}')).toBe('VAULT_FILE_DAMAGED')
  expect(await refusalOf('{"version":"2"}')).toBe('VAULT_FILE_DAMAGED')
  expect(await refusalOf(Buffer.from([0x7b, 0xff, 0x7d]))).toBe('VAULT_FILE_DAMAGED')
  expect(await refusalOf(`${whole}${' '.repeat(70_000)}`)).toBe('VAULT_FILE_DAMAGED')
  expect(await refusalOf(whole.replace('"version": 1', '"version": 2'))).toBe('VAULT_FILE_NEWER')
  expect(await refusalOf('{"version":9,"shape":"of tomorrow"}')).toBe('VAULT_FILE_NEWER')

  rmSync(profile.path('vault.json'))
  expect((await refusal(read())).code).toBe('VAULT_FILE_MISSING')
  mkdirSync(profile.path('vault.json'))
  expect((await refusal(read())).code).toBe('VAULT_FILE_UNREADABLE')
  rmSync(profile.path('vault.json'), { recursive: true })
  // Opening a FIFO would wait for ever; a link could lead anywhere.
  execFileSync('mkfifo', [profile.path('vault.json')])
  expect((await refusal(read())).code).toBe('VAULT_FILE_UNREADABLE')
  rmSync(profile.path('vault.json'))
  symlinkSync('/etc/hostname', profile.path('vault.json'))
  expect((await refusal(read())).code).toBe('VAULT_FILE_UNREADABLE')
})

test('a field too many or too few is damage', async () => {
  const whole = JSON.parse(profile.vaultJson()) as Record<string, unknown>
  for (const key of Object.keys(whole).filter((name) => name !== 'version')) {
    const without = Object.fromEntries(Object.entries(whole).filter(([name]) => name !== key))
    expect(await refusalOf(JSON.stringify(without))).toBe('VAULT_FILE_DAMAGED')
  }
  expect(await refusalOf(JSON.stringify({ ...whole, passphraseHint: 'herons' }))).toBe('VAULT_FILE_DAMAGED')
  writeFileSync(profile.path('vault.json'), JSON.stringify(whole))
  expect((await read()).version).toBe(1)
}, 10_000)

test('production refuses a file whose derivation costs less than it should, or absurdly much', async () => {
  expect((await refusal(read(productionKdf))).code).toBe('VAULT_FILE_DAMAGED')
  const cost = (N: number) =>
    JSON.stringify(JSON.parse(profile.vaultJson().replaceAll('1024,', `${String(N)},`)))
  const whole = profile.vaultJson()
  for (const N of [512, 2048, 1025, 2 ** 29, 2 ** 40, -1024]) {
    writeFileSync(profile.path('vault.json'), whole)
    expect(await refusalOf(cost(N))).toBe('VAULT_FILE_DAMAGED')
  }
})

test('the bounds hold for each slot', async () => {
  const whole = profile.vaultJson()
  for (const at of [whole.indexOf('1024,'), whole.lastIndexOf('1024,')]) {
    const edited = `${whole.slice(0, at)}2048${whole.slice(at + 4)}`
    expect(await refusalOf(edited)).toBe('VAULT_FILE_DAMAGED')
  }
})

test('no bit of the file outside the count can be flipped and the vault still opens', async () => {
  const whole = Buffer.from(profile.vaultJson(), 'utf8')
  const counted = whole.indexOf('"attempts"')
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: counted * 8 - 1 }), async (bit) => {
      const flipped = Buffer.from(whole)
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      writeFileSync(profile.path('vault.json'), flipped)
      const vault = profile.open()
      await refusal(vault.unlock(passphrase).then(() => vault.unlockPrivate(passphrase)))
      expect((await vault.inspect()).kind).not.toBe('new')
    }),
    { numRuns: 400 },
  )
}, 60_000)

test('flipping bits of the count may cost a wait, and gives away nothing', async () => {
  const whole = Buffer.from(profile.vaultJson(), 'utf8')
  const counted = whole.indexOf('"attempts"')
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: counted * 8, max: whole.length * 8 - 1 }), async (bit) => {
      const flipped = Buffer.from(whole)
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      writeFileSync(profile.path('vault.json'), flipped)
      profile.keychain.items.forEach((_, account, items) => account.includes('/') && items.delete(account))
      const { code } = await refusal(profile.open().unlock('not the passphrase'))
      expect(['WRONG_PASSPHRASE', 'WAIT', 'VAULT_FILE_DAMAGED']).toContain(code)
    }),
    { numRuns: 100 },
  )
}, 60_000)

test('a failed write leaves the old file whole', async () => {
  const before = profile.vaultJson()
  await expect(diskFiles.write(profile.path('missing/vault.json'), 'x')).rejects.toThrow('WRITE_FAILED')
  // A directory in the place of the new file cannot be replaced by one.
  mkdirSync(profile.path('vault.json.new/full'), { recursive: true })
  await expect(diskFiles.write(profile.path('vault.json'), 'x')).rejects.toThrow('WRITE_FAILED')
  expect(profile.vaultJson()).toBe(before)
})

test('the leftover of a write that was killed is in nobody’s way', async () => {
  writeFileSync(profile.path('vault.json.new'), 'half a fi')
  chmodSync(profile.path('vault.json.new'), 0o644)
  const { vault } = { vault: profile.open() }
  await vault.unlock(passphrase)
  expect(statSync(profile.path('vault.json')).mode & 0o777).toBe(0o600)
})
