import type { Companion } from './attempts.ts'
import { requireCompanion, writeCompanion } from './attempts.ts'
import { VaultError } from './errors.ts'
import { requireKeychainSecret } from './keychain.ts'
import { wipe } from './keys.ts'
import { companionOf, locksNow, verifiedMetadataKey } from './opening.ts'
import type { VaultFacts, VaultSession } from './session.ts'
import { openKeychainSlot, sealKeychainSlot, usesKeychain, withoutKeychainSlot } from './slots.ts'
import { higher } from './throttle.ts'
import type { Attempts, KeychainSlot, UnsealedVaultFile, VaultFile } from './vaultFile.ts'

/*
 * By choice, in a practice: a slot of the record that the keychain's secret opens alone. Whoever can sign in to the
 * computer account can then open the record; the private room has no such slot. It goes with a recovery, with new
 * keys, with the setting School, and is in no backup: there it would open nothing without this keychain, and after
 * a restore its owner may no longer be the one who chose it.
 */

/** Chosen by nobody else than the owner of confirmed sheets, and never in a school. */
function isAllowed(file: UnsealedVaultFile): boolean {
  return file.setting === 'practice' && file.recoveryConfirmed && usesKeychain(file)
}

/** The slot, where it counts: null is "ask for the passphrase". */
export function keychainSlotOf(
  file: VaultFile,
  attempts: Attempts,
  known: Pick<Companion, 'locksAfterTen'>,
): KeychainSlot | null {
  const slot = file.slots.record.keychain
  // Ten wrong ones and a keychain that would not let its secret go: no way around the sheets that were asked for.
  return slot === undefined || !isAllowed(file) || locksNow(file, attempts, known) ? null : slot
}

/** As it may be written: without a slot that this file may not have. */
export function withAllowedSlots<T extends UnsealedVaultFile>(file: T): T {
  return file.slots.record.keychain === undefined || isAllowed(file) ? file : withoutKeychainSlot(file)
}

/**
 * Opens the record by the keychain alone. Wrong passphrases stay counted: nothing was proven here, and whoever may
 * press a button must not be able to buy tries at the private room with it.
 * @throws VaultError KEYCHAIN_*, VAULT_FILE_OLDER, VAULT_FILE_CHANGED, NOT_CHOSEN where a passphrase is to be asked
 */
export async function openWithoutPassphrase(session: VaultSession): Promise<{ recordKey: Buffer }> {
  const { keychain, memory, now } = session.ports
  const file = await session.read()
  const { vaultId } = file
  const guarded = file.slots.record.passphrase
  if (
    keychainSlotOf(file, file.attempts, companionOf(file)) === null ||
    guarded.name !== 'keychain+passphrase'
  )
    throw new VaultError('NOT_CHOSEN')
  // First: a keychain that waits for its own password would say nothing of the generation, and then of the secret.
  const secret = await requireKeychainSecret(keychain, vaultId, guarded.keychainCheck)
  try {
    const companion = await requireCompanion(keychain, vaultId)
    if (companion.generation > file.generation) throw new VaultError('VAULT_FILE_OLDER')
    const { attempts } = memory.weigh(file.attempts, companion.attempts, now())
    const slot = keychainSlotOf(file, attempts, companion)
    if (slot === null) throw new VaultError('NOT_CHOSEN')
    const recordKey = openKeychainSlot(vaultId, slot, secret)
    // The secret is the right one, so that the slot is not: somebody has written into the file.
    if (recordKey === null) throw new VaultError('VAULT_FILE_CHANGED')
    session.hold(file, verifiedMetadataKey(file, recordKey))
    // A generation that lags behind is what a crash between file and keychain leaves.
    if (companion.generation < file.generation) {
      await writeCompanion(keychain, vaultId, {
        ...companionOf(file),
        attempts: higher(file.attempts, companion.attempts),
      })
    }
    return { recordKey }
  } finally {
    wipe(secret)
  }
}

/**
 * Both ways by the passphrase: turned off by somebody else, it would strand an owner who has not typed it for a year.
 * @throws VaultError as `unlock` does; LOCKED; NOT_CHOSEN where this vault may not have it
 */
export async function setWithoutPassphrase(
  session: VaultSession,
  passphrase: string,
  on: boolean,
): Promise<VaultFacts> {
  const file = await session.readVerified()
  if (on && !isAllowed(file)) throw new VaultError('NOT_CHOSEN')
  const { seal, slot } = await session.try(file, passphrase, 'record', async (secrets) => {
    const recordKey = await secrets.open('record')
    if (recordKey === null) return null
    try {
      const key = verifiedMetadataKey(file, recordKey)
      const { keychainSecret } = secrets
      const made = on && keychainSecret !== null
      return { seal: key, slot: made ? sealKeychainSlot(file.vaultId, keychainSecret, recordKey) : null }
    } finally {
      wipe(recordKey)
    }
  })
  const slots = structuredClone(file.slots)
  if (slot === null) delete slots.record.keychain
  else slots.record.keychain = slot
  return session.store({ ...file, slots }, seal)
}
