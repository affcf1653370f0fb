import { readCompanion, writeCompanion } from './attempts.ts'
import { openByBackupPassphrase } from './backupSlots.ts'
import { VaultError } from './errors.ts'
import { requireKeychainSecret, requireUsableKeychain } from './keychain.ts'
import type { PassphraseSlotName } from './keys.ts'
import { metadataKey, wipe } from './keys.ts'
import { openBoth } from './passphrases.ts'
import { modeOf, openedByCode, parsedCode, recover, takeOver } from './recovering.ts'
import type { VaultSession } from './session.ts'
import { usesKeychain } from './slots.ts'
import { noAttempts } from './throttle.ts'
import type { VaultFile } from './vaultFile.ts'
import { sealHolds } from './vaultFile.ts'

/*
 * A vault.json that came out of a backup, standing in a directory of its own. It is older than the keychain
 * remembers, and that is not held against it; but the keychain goes on remembering the vault that is in place
 * until the other one has taken its place (`anchorRestored`).
 */

/** As typed. */
export type RestoreKeys =
  | {
      readonly by: 'sheets'
      readonly recordCode: string
      readonly privateCode: string | null
      readonly passphrase: string
      readonly withoutKeychain?: boolean | undefined
    }
  | { readonly by: 'passphrase'; readonly passphrase: string }
  /** A new passphrase is set, as with the sheets. */
  | {
      readonly by: 'backup'
      readonly backupPassphrase: string
      readonly passphrase: string
      readonly withoutKeychain?: boolean | undefined
    }

export interface RestoredKeys {
  readonly recordKey: Buffer
  /** Null when sheet B was not given, or the rooms were out of step. */
  readonly privateKey: Buffer | null
}

/** Told that this computer's keychain does not answer, the person chose to do without it. */
const modeFor = (given: Exclude<RestoreKeys, { by: 'passphrase' }>): { mode?: PassphraseSlotName } =>
  given.withoutKeychain === true ? { mode: 'passphrase' } : {}

/**
 * What `rewrapRestored` will ask for, found out while nothing hangs on it yet.
 * @throws VaultError PASSPHRASE_REFUSED, STRENGTH_UNAVAILABLE; KEYCHAIN_* where a keychain is needed and cannot be used
 */
async function requireTakeOver(
  session: VaultSession,
  file: VaultFile,
  recordKey: Buffer,
  given: Exclude<RestoreKeys, { by: 'passphrase' }>,
): Promise<void> {
  await session.requireStrong(given.passphrase)
  const seal = metadataKey(recordKey)
  const intact = sealHolds(file, seal)
  wipe(seal)
  const mode = modeOf(file, intact, modeFor(given).mode)
  if (mode === 'keychain+passphrase') await requireUsableKeychain(session.ports.keychain, file.vaultId)
}

/** The keys, for the rehearsal. Writes nothing but the count of wrong passphrases. The caller zeroes them. */
export async function openRestored(session: VaultSession, given: RestoreKeys): Promise<RestoredKeys> {
  const file = await session.read()
  if (given.by === 'passphrase') {
    const keys = await session.try(file, given.passphrase, 'record', (s) => openBoth(s, file), 'accept')
    wipe(keys.seal, keys.keychainSecret)
    return { recordKey: keys.record, privateKey: keys.private }
  }
  if (given.by === 'backup') {
    const keys = await openByBackupPassphrase(session, file, given.backupPassphrase)
    try {
      await requireTakeOver(session, file, keys.record, given)
      return { recordKey: keys.record, privateKey: keys.private }
    } catch (error) {
      wipe(keys.record, keys.private)
      throw error
    }
  }
  const entropy = parsedCode('record', given.recordCode)
  let other: Buffer | null = null
  let recordKey: Buffer | null = null
  let privateKey: Buffer | null = null
  try {
    other = given.privateCode === null ? null : parsedCode('private', given.privateCode)
    recordKey = openedByCode(file, 'record', entropy)
    privateKey = other === null ? null : openedByCode(file, 'private', other)
    await requireTakeOver(session, file, recordKey, given)
    return { recordKey, privateKey }
  } catch (error) {
    wipe(recordKey, privateKey)
    throw error
  } finally {
    wipe(entropy, other)
  }
}

/** Writes it as the newest there is: with sheets, under a new passphrase. Leaves the vault locked. */
export async function rewrapRestored(session: VaultSession, given: RestoreKeys): Promise<void> {
  if (given.by === 'sheets') {
    const { recordCode, privateCode, passphrase: newPassphrase } = given
    const codes = { recordCode, ...(privateCode === null ? {} : { privateCode }) }
    const input = { ...codes, ...modeFor(given), newPassphrase, anchor: 'later' as const }
    const { recordKey, privateKey } = await recover(session, input)
    wipe(recordKey, privateKey)
  } else if (given.by === 'backup') {
    const file = await session.read()
    const keys = await openByBackupPassphrase(session, file, given.backupPassphrase)
    try {
      await takeOver(session, file, keys, {
        ...modeFor(given),
        newPassphrase: given.passphrase,
        anchor: 'later',
      })
    } finally {
      wipe(keys.record, keys.private)
    }
  } else {
    const file = await session.read()
    const keys = await session.try(file, given.passphrase, 'record', (s) => openBoth(s, file), 'accept')
    wipe(keys.record, keys.private, keys.keychainSecret)
    // The one that was checked, not what may stand there by now: this puts our seal on it.
    await session.store(file, keys.seal, 'later')
  }
  session.forget()
}

/** Whether the passphrase could open it here: the keychain has its item, or none is needed. Never throws. */
export async function passphraseOpens(session: VaultSession): Promise<boolean> {
  try {
    const file = await session.read()
    const slot = file.slots.record.passphrase
    if (slot.name === 'passphrase') return true
    wipe(await requireKeychainSecret(session.ports.keychain, file.vaultId, slot.keychainCheck))
    return true
  } catch {
    return false
  }
}

/**
 * The restored vault.json is in its place and its owner has proven it: from here on the keychain remembers this
 * generation, and the wrong tries of before are forgiven.
 */
export async function anchorRestored(session: VaultSession): Promise<void> {
  const file = await session.read()
  session.ports.memory.set(noAttempts)
  if (!usesKeychain(file)) return
  const { generation, locksAfterTen } = await readCompanion(session.ports.keychain, file.vaultId)
  if (generation > file.generation) throw new VaultError('VAULT_FILE_OLDER')
  await writeCompanion(session.ports.keychain, file.vaultId, {
    attempts: noAttempts,
    generation: file.generation,
    // The file's own word counts once its seal was checked, which the unlocking that follows does.
    locksAfterTen,
  })
}
