import { join } from 'node:path'
import { readCompanion } from './attempts.ts'
import { VaultError } from './errors.ts'
import type { Database } from './keys.ts'
import { metadataKey, randomKey, wipe } from './keys.ts'
import type { VaultSession } from './session.ts'
import type { PassphraseSecrets } from './slots.ts'
import { sealPassphraseSlot, sealRecoverySlot, usesKeychain } from './slots.ts'
import { noAttempts } from './throttle.ts'
import type { UnsealedVaultFile, VaultFile } from './vaultFile.ts'
import { sealVaultFile, writeVaultFile } from './vaultFile.ts'

type Pair = Readonly<Record<Database, Buffer>>

/** New keys with the slots that open them, beside the keys that hold until both files are under the new ones. */
export interface NewKeys {
  readonly old: Pair
  readonly fresh: Pair
  /** Under the same passphrase and keychain item, and under the new sheets; none that asks for no passphrase. */
  readonly slots: VaultFile['slots']
}

export function wipeNewKeys(keys: NewKeys | null): void {
  wipe(keys?.old.record, keys?.old.private, keys?.fresh.record, keys?.fresh.private)
}

/** While the passphrase is at hand. `entropy` is the new sheets'; nothing that is given is kept. */
export async function makeNewKeys(
  file: VaultFile,
  secrets: PassphraseSecrets,
  old: Pair,
  entropy: Pair,
): Promise<NewKeys> {
  const { vaultId } = file
  const { kdf, name } = file.slots.record.passphrase
  const p = await secrets.p(kdf)
  const keychainSecret = name === 'passphrase' ? null : secrets.keychainSecret
  const fresh = { record: randomKey(), private: randomKey() }
  const slotsOf = (database: Database) => ({
    passphrase: sealPassphraseSlot({ vaultId, database, kdf }, p, keychainSecret, fresh[database]),
    recovery: sealRecoverySlot(vaultId, database, entropy[database], fresh[database]),
  })
  return {
    old: { record: Buffer.from(old.record), private: Buffer.from(old.private) },
    fresh,
    slots: { record: slotsOf('record'), private: slotsOf('private') },
  }
}

/** The file as it will stand once both databases are under the new keys; taken while the vault is still open. */
export async function fileForNewKeys(session: VaultSession, keys: NewKeys): Promise<UnsealedVaultFile> {
  const file = await session.readVerified()
  return { ...file, slots: keys.slots, attempts: noAttempts }
}

/** Writes vault.json into the directory where the new files stand, as the newest there is. */
export async function stageVaultFile(
  session: VaultSession,
  directory: string,
  file: UnsealedVaultFile,
  keys: NewKeys,
): Promise<void> {
  const { files, keychain } = session.ports
  const known = usesKeychain(file) ? await readCompanion(keychain, file.vaultId) : null
  const generation = Math.max(file.generation, known?.generation ?? 0) + 1
  const seal = metadataKey(keys.fresh.record)
  try {
    await writeVaultFile(files, join(directory, 'vault.json'), sealVaultFile({ ...file, generation }, seal))
  } finally {
    wipe(seal)
  }
}

/** The new files are in their places: the vault is open from here on, and the keychain remembers its file. */
export async function adoptNewKeys(session: VaultSession, recordKey: Buffer): Promise<void> {
  const file = await session.read()
  const seal = metadataKey(recordKey)
  session.hold(file, seal)
  try {
    await session.readVerified()
  } catch (error) {
    session.forget()
    throw error
  }
  session.ports.memory.set(noAttempts)
  await session.anchor(file)
}

export function requireBoth(keys: { record: Buffer; private: Buffer | null }): Pair {
  if (keys.private === null) throw new VaultError('PRIVATE_CODE_NEEDED')
  return { record: keys.record, private: keys.private }
}
