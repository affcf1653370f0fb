import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { DurableFiles } from './durableFiles.ts'
import { VaultError } from './errors.ts'
import type { KeychainPort } from './keychain.ts'
import { writeKeychainSecret } from './keychain.ts'
import type { Database, KdfPolicy, PassphraseSlotName } from './keys.ts'
import { chooseN, deriveP, metadataKey, newKdf, randomKey, wipe } from './keys.ts'
import type { ProfilePaths } from './profile.ts'
import { databaseFiles, isPresent } from './profile.ts'
import { newRecoveryCode } from './recovery.ts'
import { sealPassphraseSlot, sealRecoverySlot } from './slots.ts'
import { noAttempts } from './throttle.ts'
import type { Setting, UnsealedVaultFile } from './vaultFile.ts'
import { sealVaultFile, vaultFileVersion, writeVaultFile } from './vaultFile.ts'

/*
 * The order of a creation, so that a crash between any two steps can be told from everything else:
 *
 *   1 marker (fsynced)     2 keychain item, read back     3 databases, by the caller     4 vault.json     5 marker goes
 *
 * Marker without vault.json: never finished, nobody has written a note. Databases without either: vault.json was
 * lost, stop. vault.json: finished, whatever became of the marker. Nothing at all: new.
 */

export interface CreationInput {
  readonly setting: Setting
  readonly passphrase: string
  readonly mode: PassphraseSlotName
}

export interface PreparedVault {
  readonly recordKey: Buffer
  readonly privateKey: Buffer
  readonly codes: Readonly<Record<Database, string[]>>
}

/** What is carried from prepare to commit. Holds no DEK and no code. */
export interface PendingCreation {
  readonly file: UnsealedVaultFile
  readonly metadataKey: Buffer
}

export interface CreationPorts {
  readonly files: DurableFiles
  readonly keychain: KeychainPort
  readonly paths: ProfilePaths
  readonly kdf: KdfPolicy
  readonly now: () => number
}

export async function prepareCreation(
  ports: CreationPorts,
  input: CreationInput,
): Promise<{ prepared: PreparedVault; pending: PendingCreation }> {
  const { files, keychain, paths } = ports
  const vaultId = randomUUID()
  await files.makeDirectory(paths.directory)
  await files.write(paths.creationMarker, `${JSON.stringify({ version: 1, vaultId })}\n`)
  const keychainSecret = input.mode === 'keychain+passphrase' ? randomKey() : null
  try {
    if (keychainSecret !== null) await writeKeychainSecret(keychain, vaultId, keychainSecret)
    return await makeKeys(ports, input, vaultId, keychainSecret)
  } catch (error) {
    // Nothing but the marker and perhaps the item exists yet: undone, so that the person may choose otherwise.
    if (keychainSecret !== null) await keychain.delete(vaultId).catch(() => undefined)
    await files.remove(paths.creationMarker).catch(() => undefined)
    throw error
  } finally {
    wipe(keychainSecret)
  }
}

async function makeKeys(
  ports: CreationPorts,
  input: CreationInput,
  vaultId: string,
  keychainSecret: Buffer | null,
) {
  const kdf = newKdf(await chooseN(ports.kdf))
  const p = await deriveP(input.passphrase, kdf, ports.kdf)
  const recordKey = randomKey()
  const privateKey = randomKey()
  const codes = { record: newRecoveryCode(), private: newRecoveryCode() }
  const slotsFor = (database: Database, dek: Buffer) => ({
    passphrase: sealPassphraseSlot({ vaultId, database, kdf }, p, keychainSecret, dek),
    recovery: sealRecoverySlot(vaultId, database, codes[database].entropy, dek),
  })
  try {
    const file: UnsealedVaultFile = {
      version: vaultFileVersion,
      vaultId,
      generation: 1,
      setting: input.setting,
      createdAt: new Date(ports.now()).toISOString(),
      recoveryConfirmed: false,
      privateLane: true,
      slots: { record: slotsFor('record', recordKey), private: slotsFor('private', privateKey) },
      attempts: noAttempts,
    }
    const words = { record: codes.record.words, private: codes.private.words }
    return {
      prepared: { recordKey, privateKey, codes: words },
      pending: { file, metadataKey: metadataKey(recordKey) },
    }
  } finally {
    wipe(p, codes.record.entropy, codes.private.entropy)
  }
}

/** @throws VaultError DATABASES_MISSING when the caller has not made both databases. */
export async function commitCreation(ports: CreationPorts, pending: PendingCreation): Promise<void> {
  const { files, paths } = ports
  const made = (await isPresent(files, paths.record)) && (await isPresent(files, paths.private))
  if (!made) throw new VaultError('DATABASES_MISSING')
  await writeVaultFile(files, paths.vaultFile, sealVaultFile(pending.file, pending.metadataKey))
  // From here on the vault exists. A marker that stays behind is recognised by its vault's presence.
  await files.remove(paths.creationMarker).catch(() => undefined)
}

/**
 * Moves the databases of a creation that never finished into a directory of their own and returns their number.
 * The marker goes last, so that a crash half-way begins again where it was. The keychain is left alone: a marker
 * that somebody planted must not be able to destroy a secret.
 */
export async function setAsideUnfinished(files: DurableFiles, paths: ProfilePaths): Promise<number> {
  if ((await files.size(paths.vaultFile)) !== null) throw new VaultError('NOT_NEW')
  if ((await files.size(paths.creationMarker)) === null) throw new VaultError('NOT_PREPARED')
  const leftovers = await databaseFiles(files, paths)
  if (leftovers.length > 0) {
    const aside = join(paths.directory, `unfinished-${randomUUID()}`)
    await files.makeDirectory(aside)
    for (const name of leftovers) await files.move(join(paths.directory, name), join(aside, name))
  }
  await files.remove(paths.creationMarker)
  return leftovers.length
}
