import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, scrypt } from 'node:crypto'
import { VaultError } from './errors.ts'

/*
 * The key ladder of security.md ("Keys"):
 *   DEK  ← opened by AES-256-GCM under a KEK
 *   KEK  ← HKDF-SHA256(KS ‖ P, P, KS, or a recovery code's entropy; the slot's salt; "bracket/v1/<database>/<slot>")
 *   P    ← scrypt(passphrase as NFKC)
 * Every buffer made here is zeroed after use. JavaScript strings cannot be; the threat model says so.
 */

export type Database = 'record' | 'private'
export type PassphraseSlotName = 'keychain+passphrase' | 'passphrase'
export type SlotName = PassphraseSlotName | 'recovery' | 'backup' | 'keychain'

/** scrypt's cost and salt as stored; `salt` is 16 bytes in lower-case hex. */
export interface KdfParameters {
  readonly name: 'scrypt'
  readonly N: number
  readonly r: number
  readonly p: number
  readonly salt: string
}

/** What is stored of a slot, all lower-case hex: salt 32 bytes, nonce 12, box = ciphertext 32 + tag 16. */
export interface SealedKey {
  readonly salt: string
  readonly nonce: string
  readonly box: string
}

/** Everything a slot is bound to besides its key. */
export interface SlotContext {
  readonly vaultId: string
  readonly database: Database
  readonly slot: SlotName
  readonly version: number
  readonly kdf: KdfParameters | null
}

/** Bounds on the cost of scrypt, for choosing it and for believing a file. Only tests lower them. */
export interface KdfPolicy {
  readonly minimumN: number
  readonly maximumN: number
}

export const productionKdf: KdfPolicy = { minimumN: 2 ** 17, maximumN: 2 ** 18 }
/** Behind a seam that no release has: what is no test of the derivation need not wait for it. */
export const quickKdf: KdfPolicy = { ...productionKdf, minimumN: 2 ** 10 }
/**
 * A backup passphrase stands alone, without a keychain beside it, and is typed once in years: always the dearest.
 * 2^18 and no more, so that a small old laptop can restore.
 */
export const backupKdf = (policy: KdfPolicy): KdfPolicy => ({ ...policy, minimumN: policy.maximumN })
const kdfBlockSize = 8
const kdfParallel = 1
/**
 * 2^18 at r=8 needs 256 MiB and a few kilobytes, so a limit of exactly 256 MiB would refuse every upward
 * calibration. One MiB above it holds what scrypt needs and nothing more.
 */
const kdfMemory = 257 * 1024 * 1024
const kdfTargetMs = 700

/** The longest passphrase accepted, in characters (code points): 1,000 in any script. */
const passphraseLimit = 1000

/** Counted composed, so that the same passphrase is as long on a Mac, which types é in two parts. */
export function isTooLong(passphrase: string): boolean {
  // Decomposing makes a text at most four times longer: beyond that it need not be looked at.
  if (passphrase.length > passphraseLimit * 2 * 4) return true
  return [...passphrase.normalize('NFC')].length > passphraseLimit
}

export function wipe(...secrets: (Buffer | null | undefined)[]): void {
  for (const secret of secrets) secret?.fill(0)
}

export function randomKey(): Buffer {
  return randomBytes(32)
}

/** @throws VaultError KDF_REFUSED when the parameters are weaker or dearer than the policy allows. */
export function checkKdf(kdf: KdfParameters, policy: KdfPolicy): void {
  const power = Number.isSafeInteger(kdf.N) && kdf.N > 1 && Number.isInteger(Math.log2(kdf.N))
  const bounded = kdf.N >= policy.minimumN && kdf.N <= policy.maximumN
  if (
    !power ||
    !bounded ||
    kdf.r !== kdfBlockSize ||
    kdf.p !== kdfParallel ||
    !/^[0-9a-f]{32}$/.test(kdf.salt)
  ) {
    throw new VaultError('KDF_REFUSED')
  }
}

/**
 * P, 32 bytes. The passphrase is taken as NFKC, so that a composed and a decomposed é are the same passphrase.
 * Runs on the thread pool; at production cost about 0.3–1.5 s and 128–256 MiB.
 * @throws VaultError KDF_REFUSED, or KDF_FAILED when the memory cannot be had.
 */
export function deriveP(passphrase: string, kdf: KdfParameters, policy: KdfPolicy): Promise<Buffer> {
  checkKdf(kdf, policy)
  const input = Buffer.from(passphrase.normalize('NFKC'), 'utf8')
  const salt = Buffer.from(kdf.salt, 'hex')
  const cost = { N: kdf.N, r: kdf.r, p: kdf.p, maxmem: kdfMemory }
  return new Promise((resolve, reject) => {
    try {
      // The bench takes the time between these two out of what unlocking costs.
      performance.mark('vault:deriving')
      scrypt(input, salt, 32, cost, (error, derived) => {
        performance.mark('vault:derived')
        wipe(input)
        if (error) reject(new VaultError('KDF_FAILED'))
        else resolve(derived)
      })
    } catch {
      wipe(input)
      reject(new VaultError('KDF_FAILED'))
    }
  })
}

/** Milliseconds one derivation takes at N, or null when this machine cannot do it. */
async function measureScrypt(N: number): Promise<number | null> {
  const salt = randomBytes(16).toString('hex')
  const started = performance.now()
  try {
    wipe(
      await deriveP(
        'calibration',
        { name: 'scrypt', N, r: kdfBlockSize, p: kdfParallel, salt },
        productionKdf,
      ),
    )
    return performance.now() - started
  } catch {
    return null
  }
}

/**
 * The largest N within the policy that this machine derives in about 0.7 s (up to 1 s: twice 0.5 is nearer to it
 * than 0.5 is in what it costs an attacker). Never below the policy's floor, however slow the machine.
 */
export async function chooseN(policy: KdfPolicy, measure = measureScrypt): Promise<number> {
  let N = policy.minimumN
  while (N < policy.maximumN) {
    const now = await measure(N)
    if (now === null || now * 2 > kdfTargetMs * 1.43) break
    if ((await measure(N * 2)) === null) break
    N *= 2
  }
  return N
}

export function newKdf(N: number): KdfParameters {
  return { name: 'scrypt', N, r: kdfBlockSize, p: kdfParallel, salt: randomBytes(16).toString('hex') }
}

function slotKey(material: Buffer, salt: Buffer, context: SlotContext): Buffer {
  const label = `bracket/v1/${context.database}/${context.slot}`
  return Buffer.from(hkdfSync('sha256', material, salt, label, 32))
}

/** An array in JSON is unambiguous: no field can be moved into its neighbour. */
function additionalData(context: SlotContext): Buffer {
  const { kdf } = context
  const cost = kdf && [kdf.name, kdf.N, kdf.r, kdf.p, kdf.salt]
  return Buffer.from(JSON.stringify([context.vaultId, context.database, context.slot, context.version, cost]))
}

/** Wraps a DEK. `material` is KS ‖ P, P, KS, or a code's entropy; the caller still owns it and the DEK. */
export function sealKey(material: Buffer, context: SlotContext, dek: Buffer): SealedKey {
  const salt = randomBytes(32)
  const nonce = randomBytes(12)
  const kek = slotKey(material, salt, context)
  const cipher = createCipheriv('aes-256-gcm', kek, nonce)
  cipher.setAAD(additionalData(context))
  const box = Buffer.concat([cipher.update(dek), cipher.final(), cipher.getAuthTag()])
  wipe(kek)
  return { salt: salt.toString('hex'), nonce: nonce.toString('hex'), box: box.toString('hex') }
}

/** The DEK, or null when material, context or slot is not the one it was sealed with. */
export function openKey(material: Buffer, context: SlotContext, sealed: SealedKey): Buffer | null {
  const kek = slotKey(material, Buffer.from(sealed.salt, 'hex'), context)
  const box = Buffer.from(sealed.box, 'hex')
  try {
    const options = { authTagLength: 16 }
    const decipher = createDecipheriv('aes-256-gcm', kek, Buffer.from(sealed.nonce, 'hex'), options)
    decipher.setAAD(additionalData(context))
    decipher.setAuthTag(box.subarray(32))
    const head = decipher.update(box.subarray(0, 32))
    // GCM hands out plaintext before it has checked the tag: it leaves this function only if final() agrees.
    try {
      decipher.final()
    } catch {
      wipe(head)
      return null
    }
    return head
  } catch {
    return null
  } finally {
    wipe(kek)
  }
}

/** Recognises the keychain's secret without revealing it: tells "another keychain item" from "wrong passphrase". */
export function keychainCheck(secret: Buffer, vaultId: string): string {
  return Buffer.from(hkdfSync('sha256', secret, vaultId, 'bracket/v1/keychain-check', 16)).toString('hex')
}

/** The key that seals vault.json as a whole. It wraps nothing, so it may be kept while the vault is open. */
export function metadataKey(recordKey: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', recordKey, Buffer.alloc(0), 'bracket/v1/metadata', 32))
}

export function authenticate(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest()
}
