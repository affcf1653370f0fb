import { readCompanion } from './attempts.ts'
import { VaultError } from './errors.ts'
import { readKeychainSecret, writeKeychainSecret } from './keychain.ts'
import type { Database, PassphraseSlotName } from './keys.ts'
import { chooseN, deriveP, metadataKey, newKdf, randomKey, wipe } from './keys.ts'
import { companionOf, verifiedMetadataKey } from './opening.ts'
import { rewrapped } from './passphrases.ts'
import type { Sheet } from './recovery.ts'
import { parseRecoveryCode } from './recovery.ts'
import type { VaultSession } from './session.ts'
import { openRecoverySlot, withoutKeychainSlot } from './slots.ts'
import type { UnsealedVaultFile, VaultFile } from './vaultFile.ts'
import { sealHolds } from './vaultFile.ts'

export interface RecoverInput {
  /** As typed. */
  readonly recordCode: string
  readonly privateCode?: string
  readonly newPassphrase: string
  /** Only given when the person, told what it means, chose to do without the keychain (or to go back to it). */
  readonly mode?: PassphraseSlotName
  /** See VaultSession.store. */
  readonly anchor?: 'now' | 'later'
}

export interface Recovered {
  readonly recordKey: Buffer
  readonly privateKey?: Buffer
  /** vault.json had been changed from outside; what it said was put to the stricter, so ask again. */
  readonly metadataReset: boolean
}

/** The entropy, which the caller zeroes. @throws VaultError COUNT, NOT_A_WORD, CHECKSUM */
export function parsedCode(sheet: Sheet, text: string): Buffer {
  const parsed = parseRecoveryCode(text)
  if (parsed.ok) return parsed.entropy
  throw new VaultError(parsed.code, parsed.code === 'NOT_A_WORD' ? { sheet, word: parsed.word } : { sheet })
}

/** @throws VaultError WRONG_SHEET when it is the other room's code, else WRONG_CODE. */
export function openedByCode(file: VaultFile, database: Database, entropy: Buffer): Buffer {
  const key = openRecoverySlot(file, database, entropy)
  if (key !== null) return key
  const other = openRecoverySlot(file, database === 'record' ? 'private' : 'record', entropy)
  wipe(other)
  throw new VaultError(other === null ? 'WRONG_CODE' : 'WRONG_SHEET', { sheet: database })
}

/** KS as it is ("written once"), or a new one where there is none. */
async function keychainSecretFor(session: VaultSession, vaultId: string): Promise<Buffer> {
  const { keychain } = session.ports
  const present = await readKeychainSecret(keychain, vaultId)
  if (present !== null) return present
  const fresh = randomKey()
  await writeKeychainSecret(keychain, vaultId, fresh)
  return fresh
}

/**
 * What the new passphrase slots will be.
 * @param intact whether the file's seal holds
 */
export function modeOf(file: VaultFile, intact: boolean, chosen?: PassphraseSlotName): PassphraseSlotName {
  // A changed file may not talk us out of the keychain: only the person can.
  return chosen ?? (intact ? file.slots.record.passphrase.name : 'keychain+passphrase')
}

/**
 * Whoever holds the record's key sets a new passphrase, with a new keychain item if that is gone. True when
 * vault.json had been changed from outside. The keys stay the caller's.
 */
export async function takeOver(
  session: VaultSession,
  file: VaultFile,
  keys: { readonly record: Buffer; readonly private: Buffer | null },
  input: Pick<RecoverInput, 'newPassphrase' | 'mode' | 'anchor'>,
): Promise<boolean> {
  await session.requireStrong(input.newPassphrase)
  const seal = metadataKey(keys.record)
  const intact = sealHolds(file, seal)
  const mode = modeOf(file, intact, input.mode)
  let keychainSecret: Buffer | null = null
  let p: Buffer | null = null
  try {
    keychainSecret = mode === 'passphrase' ? null : await keychainSecretFor(session, file.vaultId)
    const kdf = newKdf(await chooseN(session.ports.kdf))
    p = await deriveP(input.newPassphrase, kdf, session.ports.kdf)
    const slots = rewrapped(file, { kdf, p, keychainSecret }, keys)
    // Nothing of a changed file is believed but what its slots prove.
    const stricter = {
      setting: 'school',
      recoveryConfirmed: false,
      privateLane: true,
      generation: 1,
    } as const
    const rest: UnsealedVaultFile = { ...file }
    delete rest.afterTen
    const known = intact ? companionOf(file) : await readCompanion(session.ports.keychain, file.vaultId)
    const chosen = known.locksAfterTen ? ({ afterTen: 'recovery' } as const) : {}
    // Who recovers begins anew: a lost passphrase is no time for a way in that asks for none.
    const next = withoutKeychainSlot({ ...rest, ...chosen, slots, ...(intact ? {} : stricter) })
    await session.store(next, seal, input.anchor)
    return !intact
  } finally {
    wipe(keychainSecret, p)
  }
}

/**
 * Opens with code A (and B), sets a new passphrase, makes a new keychain item if that is gone. Without code B the
 * private slot is left as it was. Codes have 128 bits: tries are not counted.
 */
export async function recover(session: VaultSession, input: RecoverInput): Promise<Recovered> {
  const secrets: Buffer[] = []
  const mine = <T extends Buffer | null>(secret: T): T => {
    if (secret !== null) secrets.push(secret)
    return secret
  }
  const keys: Record<Database, Buffer | null> = { record: null, private: null }
  try {
    const entropy = mine(parsedCode('record', input.recordCode))
    const privateEntropy =
      input.privateCode === undefined ? null : mine(parsedCode('private', input.privateCode))
    const file = await session.read()
    const recordKey = openedByCode(file, 'record', entropy)
    keys.record = recordKey
    if (privateEntropy !== null) keys.private = openedByCode(file, 'private', privateEntropy)
    const metadataReset = await takeOver(session, file, { record: recordKey, private: keys.private }, input)
    return { recordKey, ...(keys.private && { privateKey: keys.private }), metadataReset }
  } catch (error) {
    wipe(keys.record, keys.private)
    throw error
  } finally {
    wipe(...secrets)
  }
}

/** Opens the private room with code B and wraps its key anew under the record's passphrase, which is asked for. */
export async function recoverPrivate(
  session: VaultSession,
  input: { readonly privateCode: string; readonly passphrase: string },
): Promise<{ privateKey: Buffer }> {
  const entropy = parsedCode('private', input.privateCode)
  let opened: Buffer | null = null
  try {
    const file = await session.readVerified()
    const privateKey = openedByCode(file, 'private', entropy)
    opened = privateKey
    const { seal, slots } = await session.try(file, input.passphrase, 'record', async (secrets) => {
      const recordKey = await secrets.open('record')
      if (recordKey === null) return null
      const { kdf } = file.slots.record.passphrase
      const wrapping = { kdf, p: await secrets.p(kdf), keychainSecret: secrets.keychainSecret }
      const fresh = rewrapped(file, wrapping, { record: null, private: privateKey })
      const key = verifiedMetadataKey(file, recordKey)
      wipe(recordKey)
      return { seal: key, slots: fresh }
    })
    await session.store({ ...file, slots }, seal)
    return { privateKey }
  } catch (error) {
    wipe(opened)
    throw error
  } finally {
    wipe(entropy)
  }
}
