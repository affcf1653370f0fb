import { VaultError } from './errors.ts'
import type { Database, KdfParameters } from './keys.ts'
import { deriveP, newKdf, wipe } from './keys.ts'
import { verifiedMetadataKey } from './opening.ts'
import type { VaultSession } from './session.ts'
import type { PassphraseSecrets } from './slots.ts'
import { isInStep, sealPassphraseSlot } from './slots.ts'
import type { VaultFile } from './vaultFile.ts'

export async function unlock(session: VaultSession, passphrase: string): Promise<{ recordKey: Buffer }> {
  const file = await session.read()
  const { recordKey, seal } = await session.try(file, passphrase, 'record', async (secrets) => {
    const key = await secrets.open('record')
    return key && { recordKey: key, seal: verifiedMetadataKey(file, key) }
  })
  session.hold(file, seal)
  return { recordKey }
}

/** Only while the record is open: the key of its seal authenticates the file that this reads. */
export async function unlockPrivate(
  session: VaultSession,
  passphrase: string,
): Promise<{ privateKey: Buffer }> {
  const file = await session.readVerified()
  try {
    const privateKey = await session.try(file, passphrase, 'private', (secrets) => secrets.open('private'))
    return { privateKey }
  } catch (error) {
    // Its slot belongs to a keychain item that is no more; the record's was made anew with code A.
    const gone = error instanceof VaultError && error.code === 'KEYCHAIN_ITEM_MISSING'
    throw gone && !isInStep(file) ? new VaultError('PRIVATE_CODE_NEEDED') : error
  }
}

export interface NewWrapping {
  readonly kdf: KdfParameters
  readonly p: Buffer
  readonly keychainSecret: Buffer | null
}

/** The file's slots with new passphrase slots for the keys given; the others stay as they are. */
export function rewrapped(
  file: VaultFile,
  { kdf, p, keychainSecret }: NewWrapping,
  keys: Readonly<Record<Database, Buffer | null>>,
): VaultFile['slots'] {
  const slots = structuredClone(file.slots)
  for (const database of ['record', 'private'] as const) {
    const dek = keys[database]
    if (dek === null) continue
    const at = { vaultId: file.vaultId, database, kdf }
    slots[database].passphrase = sealPassphraseSlot(at, p, keychainSecret, dek)
  }
  return slots
}

interface BothKeys {
  readonly seal: Buffer
  readonly record: Buffer
  readonly private: Buffer | null
  readonly keychainSecret: Buffer | null
}

/** Both keys, the private one only where it answers to the same passphrase. The caller zeroes all that it gets. */
export async function openBoth(secrets: PassphraseSecrets, file: VaultFile): Promise<BothKeys | null> {
  const record = await secrets.open('record')
  if (record === null) return null
  const seal = verifiedMetadataKey(file, record)
  const other = isInStep(file) ? await secrets.open('private') : null
  const { keychainSecret } = secrets
  return { seal, record, private: other, keychainSecret: keychainSecret && Buffer.from(keychainSecret) }
}

/** @throws VaultError as `unlock` does */
export async function provePassphrase(session: VaultSession, passphrase: string): Promise<void> {
  const file = await session.readVerified()
  await session.try(file, passphrase, 'record', async (secrets) => {
    const key = await secrets.open('record')
    wipe(key)
    return key !== null || null
  })
}

/** Rewraps both slots, or the record's alone (`privateChanged` false) where the private one is out of step. */
export async function changePassphrase(
  session: VaultSession,
  old: string,
  replacement: string,
): Promise<{ privateChanged: boolean }> {
  const file = await session.read()
  const keys = await session.try(file, old, 'record', (secrets) => openBoth(secrets, file))
  let p: Buffer | null = null
  try {
    // Asked after the old one was right: a stranger learns nothing here.
    await session.requireStrong(replacement)
    const kdf = newKdf(file.slots.record.passphrase.kdf.N)
    p = await deriveP(replacement, kdf, session.ports.kdf)
    const slots = rewrapped(file, { kdf, p, keychainSecret: keys.keychainSecret }, keys)
    await session.store({ ...file, slots }, Buffer.from(keys.seal))
    return { privateChanged: keys.private !== null }
  } finally {
    wipe(keys.seal, keys.record, keys.private, keys.keychainSecret, p)
  }
}
