import { createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SlotContext } from '../../../src/main/vault/keys.ts'
import {
  checkKdf,
  chooseN,
  deriveP,
  keychainCheck,
  metadataKey,
  newKdf,
  openKey,
  productionKdf,
  sealKey,
  wipe,
} from '../../../src/main/vault/keys.ts'
import { cheapKdf, refusal } from '../../support/vaultProfile.ts'

const context: SlotContext = {
  vaultId: '5e0c2a3e-7a55-4d7f-9f0a-0d3c8f6a1b2c',
  database: 'record',
  slot: 'keychain+passphrase',
  version: 1,
  kdf: newKdf(2 ** 17),
}

const bytes = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((b) => Buffer.from(b))

test('a key comes out of its slot as it went in, and never twice as the same bytes', () => {
  fc.assert(
    fc.property(bytes(64), bytes(32), (material, dek) => {
      const sealed = sealKey(material, context, dek)
      expect(openKey(material, context, sealed)?.equals(dek)).toBe(true)
      expect(sealKey(material, context, dek)).not.toEqual(sealed)
    }),
  )
})

test('the stored form is the one of security.md, taken apart here without our own code', () => {
  const material = randomBytes(64)
  const dek = randomBytes(32)
  const sealed = sealKey(material, context, dek)
  const label = 'bracket/v1/record/keychain+passphrase'
  const kek = Buffer.from(hkdfSync('sha256', material, Buffer.from(sealed.salt, 'hex'), label, 32))
  const box = Buffer.from(sealed.box, 'hex')
  const decipher = createDecipheriv('aes-256-gcm', kek, Buffer.from(sealed.nonce, 'hex'))
  const salt = context.kdf?.salt ?? ''
  decipher.setAAD(
    Buffer.from(`["${context.vaultId}","record","keychain+passphrase",1,["scrypt",131072,8,1,"${salt}"]]`),
  )
  decipher.setAuthTag(box.subarray(32))
  expect(Buffer.concat([decipher.update(box.subarray(0, 32)), decipher.final()]).equals(dek)).toBe(true)
})

test('any bit flipped in a slot or in its material is refused', () => {
  const material = randomBytes(64)
  const sealed = sealKey(material, context, randomBytes(32))
  const flip = (hex: string, bit: number) => {
    const buffer = Buffer.from(hex, 'hex')
    buffer[bit >> 3] = (buffer[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    return buffer.toString('hex')
  }
  const sizes = { salt: 256, nonce: 96, box: 384 }
  for (const part of ['salt', 'nonce', 'box'] as const) {
    for (let bit = 0; bit < sizes[part]; bit += 1) {
      expect(openKey(material, context, { ...sealed, [part]: flip(sealed[part], bit) })).toBeNull()
    }
  }
  for (let bit = 0; bit < 512; bit += 1) {
    expect(openKey(Buffer.from(flip(material.toString('hex'), bit), 'hex'), context, sealed)).toBeNull()
  }
})

test('a slot is bound to its vault, database, name, version and every parameter of the derivation', () => {
  const material = randomBytes(64)
  const sealed = sealKey(material, context, randomBytes(32))
  const kdf = context.kdf ?? newKdf(2)
  const others: SlotContext[] = [
    { ...context, vaultId: context.vaultId.replace('5e', '6e') },
    { ...context, database: 'private' },
    { ...context, slot: 'passphrase' },
    { ...context, slot: 'recovery' },
    { ...context, version: 2 },
    { ...context, kdf: null },
    { ...context, kdf: { ...kdf, N: 2 ** 10 } },
    { ...context, kdf: { ...kdf, r: 9 } },
    { ...context, kdf: { ...kdf, p: 2 } },
    { ...context, kdf: { ...kdf, salt: kdf.salt.replace(/^./, (c) => (c === '0' ? '1' : '0')) } },
  ]
  expect(openKey(material, context, sealed)).not.toBeNull()
  for (const other of others) expect(openKey(material, other, sealed)).toBeNull()
})

test('composed and decomposed spellings are one passphrase, other texts are others', async () => {
  const kdf = newKdf(2 ** 10)
  const texts = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1000 })
  await fc.assert(
    fc.asyncProperty(texts, texts, async (text, other) => {
      const [composed, decomposed, another] = await Promise.all([
        deriveP(text.normalize('NFC'), kdf, cheapKdf),
        deriveP(text.normalize('NFD'), kdf, cheapKdf),
        deriveP(other, kdf, cheapKdf),
      ])
      expect(composed.equals(decomposed)).toBe(true)
      expect(composed.equals(another)).toBe(text.normalize('NFKC') === other.normalize('NFKC'))
    }),
    { numRuns: 60 },
  )
})

test('P is scrypt of the NFKC text: the value that another implementation (Python, hashlib) gives', async () => {
  const kdf = { ...newKdf(2 ** 10), salt: Buffer.from('SodiumChloride42').toString('hex') }
  const expected = 'c582cde8851fbf7b6c4230651ded01a56b1996386c5b99392e14e3bd3b242a96'
  for (const text of ['pleaseletmein é', 'pleaseletmein e\u0301', 'ｐleaseletmein é']) {
    expect((await deriveP(text, kdf, cheapKdf)).toString('hex')).toBe(expected)
  }
})

test('a cost that is absurd, weaker or dearer than allowed is refused before any work', async () => {
  const kdf = newKdf(2 ** 17)
  const refused = [
    { ...kdf, N: 2 ** 16 },
    { ...kdf, N: 2 ** 19 },
    { ...kdf, N: 2 ** 17 + 1 },
    { ...kdf, N: 0 },
    { ...kdf, N: Number.NaN },
    { ...kdf, N: Number.MAX_SAFE_INTEGER },
    { ...kdf, r: 1 },
    { ...kdf, r: 2 ** 20 },
    { ...kdf, p: 0 },
    { ...kdf, p: 16 },
    { ...kdf, salt: '' },
    { ...kdf, salt: kdf.salt.toUpperCase().replace(/^./, 'A') },
  ]
  expect(() => {
    checkKdf(kdf, productionKdf)
  }).not.toThrow()
  for (const parameters of refused) {
    expect(() => {
      checkKdf(parameters, productionKdf)
    }).toThrow('KDF_REFUSED')
  }
  expect(
    (await refusal(Promise.resolve().then(() => deriveP('x', newKdf(2 ** 10), productionKdf)))).code,
  ).toBe('KDF_REFUSED')
})

test('the cost is calibrated upward only, and never below the floor', async () => {
  const machine = (msAtFloor: number) => (N: number) => Promise.resolve((msAtFloor * N) / 2 ** 17)
  const far = { minimumN: 2 ** 17, maximumN: 2 ** 20 }
  expect(await chooseN(productionKdf, machine(5000))).toBe(2 ** 17)
  expect(await chooseN(productionKdf, machine(600))).toBe(2 ** 17)
  expect(await chooseN(productionKdf, machine(400))).toBe(2 ** 18)
  expect(await chooseN(productionKdf, machine(10))).toBe(2 ** 18)
  expect(await chooseN(far, machine(200))).toBe(2 ** 19)
  // Memory for the floor but not for the next step.
  expect(await chooseN(far, (N) => Promise.resolve(N > 2 ** 17 ? null : 50))).toBe(2 ** 17)
  expect(await chooseN(far, () => Promise.resolve(null))).toBe(2 ** 17)
})

test('keys made of one secret for different purposes have nothing in common', () => {
  const secret = randomBytes(32)
  const check = keychainCheck(secret, context.vaultId)
  expect(check).not.toBe(keychainCheck(secret, 'another vault'))
  expect(metadataKey(secret).equals(secret)).toBe(false)
  expect(metadataKey(secret).toString('hex')).not.toContain(check)
})

test('wiping leaves zeros', () => {
  const secret = randomBytes(32)
  wipe(secret, null, undefined)
  expect(secret.equals(Buffer.alloc(32))).toBe(true)
})
