import { basename } from 'node:path'
import { readCompanion } from './attempts.ts'
import type { AttemptMemory } from './attempts.ts'
import type { CreationPorts } from './creation.ts'
import type { VaultErrorCode } from './errors.ts'
import { VaultError } from './errors.ts'
import { requireKeychainSecret } from './keychain.ts'
import type { Database, PassphraseSlotName } from './keys.ts'
import { wipe } from './keys.ts'
import { databaseFiles, isPresent } from './profile.ts'
import { companionOf, locksNow } from './opening.ts'
import { isInStep, usesKeychain } from './slots.ts'
import { higher } from './throttle.ts'
import type { Setting, VaultFile } from './vaultFile.ts'
import { readVaultFile } from './vaultFile.ts'
import { keychainSlotOf } from './withoutPassphrase.ts'

export type StopReason =
  | 'VAULT_FILE_MISSING'
  | 'VAULT_FILE_DAMAGED'
  | 'VAULT_FILE_NEWER'
  | 'VAULT_FILE_UNREADABLE'
  | 'VAULT_FILE_OLDER'
  | 'RECORD_MISSING'
  | 'PRIVATE_MISSING'
  | 'KEYCHAIN_ITEM_MISSING'
  /** Ten wrong passphrases, and its owner had asked for this: the keychain's secret was thrown away. */
  | 'LOCKED_TO_RECOVERY'
  | 'KEYCHAIN_UNAVAILABLE'
  | 'PROFILE_READONLY'
  | 'CREATION_UNFINISHED'

export type VaultState =
  | { readonly kind: 'new' }
  | {
      readonly kind: 'locked'
      /** As the file says; authenticated only once it is unlocked. */
      readonly setting: Setting
      readonly recoveryConfirmed: boolean
      readonly waitMs: number
      readonly slots: Readonly<Record<Database, PassphraseSlotName>>
      /** False after a recovery with code A alone: the private room then opens with the former passphrase or code B. */
      readonly privateInStep: boolean
      /** Its owner chose it: the keychain alone opens the record. */
      readonly withoutPassphrase: boolean
    }
  | {
      readonly kind: 'stopped'
      readonly reason: StopReason
      /** True where recovery code A would open the vault. */
      readonly recoverable: boolean
    }

const fileReasons: readonly VaultErrorCode[] = [
  'VAULT_FILE_MISSING',
  'VAULT_FILE_DAMAGED',
  'VAULT_FILE_NEWER',
  'VAULT_FILE_UNREADABLE',
] satisfies StopReason[]

function isFileReason(code: VaultErrorCode): code is StopReason & VaultErrorCode {
  return fileReasons.includes(code)
}

function stopped(reason: StopReason, recoverable = false): VaultState {
  return { kind: 'stopped', reason, recoverable }
}

/** What is on this machine. `new` only if there is neither vault.json nor marker nor any file of either database. */
export async function inspectProfile(ports: CreationPorts, memory: AttemptMemory): Promise<VaultState> {
  const { files, paths } = ports
  try {
    // A restore that could not be finished: whatever is or is not here, it is not a new vault.
    // Asked for by name as well: in a directory that may not be read everything counts as there.
    const marked = (await files.size(paths.restoreMarker)) !== null
    if (marked && (await files.names(paths.directory)).includes(basename(paths.restoreMarker))) {
      return stopped('PROFILE_READONLY')
    }
    if ((await files.size(paths.vaultFile)) === null) return await inspectWithoutVaultFile(ports)
    const file = await readVaultFile(files, paths.vaultFile, ports.kdf)
    return await inspectVault(ports, memory, file)
  } catch (error) {
    // Whatever it was, it is not a new vault.
    if (error instanceof VaultError && isFileReason(error.code)) return stopped(error.code)
    return stopped('VAULT_FILE_UNREADABLE')
  }
}

async function inspectWithoutVaultFile({ files, paths }: CreationPorts): Promise<VaultState> {
  if ((await files.size(paths.creationMarker)) !== null) return stopped('CREATION_UNFINISHED')
  if ((await databaseFiles(files, paths)).length > 0) return stopped('VAULT_FILE_MISSING')
  const there = (await files.size(paths.directory)) !== null
  if (there && !(await files.writable(paths.directory))) return stopped('PROFILE_READONLY')
  return { kind: 'new' }
}

async function inspectVault(
  ports: CreationPorts,
  memory: AttemptMemory,
  file: VaultFile,
): Promise<VaultState> {
  const { files, keychain, paths } = ports
  if (!(await isPresent(files, paths.record))) return stopped('RECORD_MISSING')
  // An attacker who deletes private.db and clears the flag gets as far as the seal.
  if (file.privateLane && !(await isPresent(files, paths.private))) return stopped('PRIVATE_MISSING')
  if (!(await files.writable(paths.directory))) return stopped('PROFILE_READONLY')
  // vault.json is there, so that creation did finish; only its last step did not.
  if ((await files.size(paths.creationMarker)) !== null) {
    await files.remove(paths.creationMarker).catch(() => undefined)
  }

  const slot = file.slots.record.passphrase
  if (slot.name === 'keychain+passphrase') {
    try {
      wipe(await requireKeychainSecret(keychain, file.vaultId, slot.keychainCheck))
    } catch (error) {
      const missing = error instanceof VaultError && error.code === 'KEYCHAIN_ITEM_MISSING'
      if (missing) {
        const known = await readCompanion(keychain, file.vaultId)
        if (locksNow(file, higher(file.attempts, known.attempts), known))
          return stopped('LOCKED_TO_RECOVERY', true)
      }
      return stopped(missing ? 'KEYCHAIN_ITEM_MISSING' : 'KEYCHAIN_UNAVAILABLE', true)
    }
  }
  const companion = usesKeychain(file) ? await readCompanion(keychain, file.vaultId) : companionOf(file)
  if (companion.generation > file.generation) return stopped('VAULT_FILE_OLDER', true)
  const { waitMs, attempts } = memory.weigh(file.attempts, companion.attempts, ports.now())
  return {
    kind: 'locked',
    setting: file.setting,
    recoveryConfirmed: file.recoveryConfirmed,
    waitMs,
    slots: { record: slot.name, private: file.slots.private.passphrase.name },
    privateInStep: isInStep(file),
    withoutPassphrase: keychainSlotOf(file, attempts, companion) !== null,
  }
}
