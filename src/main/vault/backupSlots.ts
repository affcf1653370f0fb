import { timingSafeEqual } from 'node:crypto'
import { z } from '../../shared/contract/schema.ts'
import { VaultError } from './errors.ts'
import type { Database } from './keys.ts'
import { authenticate, backupKdf, deriveP, isTooLong, newKdf, wipe } from './keys.ts'
import { openBoth } from './passphrases.ts'
import type { VaultSession } from './session.ts'
import { openBackupSlot, sealBackupSlot, withoutKeychainSlot } from './slots.ts'
import { noAttempts } from './throttle.ts'
import type { VaultFile } from './vaultFile.ts'
import { backupSlotSchema, readVaultFile, sealHolds, sealVaultFile, vaultFileText } from './vaultFile.ts'

/*
 * The backup passphrase: for the day when laptop and sheets are both gone. It opens backup files, nothing else, and
 * without a keychain; whoever has such a file may try passphrases for ever, hence the dearest scrypt and the gate.
 *
 * Its slots are made when the person sets it (that needs both keys, and so the present passphrase) and kept in the
 * record, encrypted with everything else, so that nothing beside the vault can be tried against; each backup gets
 * them in its own vault.json. Their text is authenticated by a key of the record: slots of a key that is no more
 * are not put into a backup that they could not open.
 */

const kept = z.strictObject({
  version: z.literal(1),
  /** Milliseconds since 1970. */
  setAt: z.int(),
  record: backupSlotSchema,
  /** Null where the private room was out of step with the record: it then needs sheet B. */
  private: backupSlotSchema.nullable(),
})
type Kept = z.infer<typeof kept>

const envelope = z.strictObject({ content: z.string(), mac: z.string().regex(/^[0-9a-f]{64}$/) })
const purpose = 'bracket/v1/backup-slots'

const macOf = (seal: Buffer, vaultId: string, content: string): Buffer =>
  authenticate(seal, JSON.stringify([purpose, vaultId, content]))

/** The slots as kept, or null: none, changed, or of a former key. */
function readKept(text: string | undefined, vaultId: string, seal: Buffer): Kept | null {
  if (text === undefined) return null
  try {
    const { content, mac } = envelope.parse(JSON.parse(text))
    if (!timingSafeEqual(macOf(seal, vaultId, content), Buffer.from(mac, 'hex'))) return null
    return kept.parse(JSON.parse(content))
  } catch {
    return null
  }
}

export interface MadeBackupSlots {
  /** For the caller to keep in the record, as it is. */
  readonly text: string
  /** False where the private room keeps a passphrase of its own: it then needs sheet B. */
  readonly privateIncluded: boolean
}

/** @throws VaultError as a change of the passphrase does; PASSPHRASE_SAME when it is the one that unlocks. */
export async function makeBackupSlots(
  session: VaultSession,
  passphrase: string,
  backupPassphrase: string,
): Promise<MadeBackupSlots> {
  const file = await session.readVerified()
  const { vaultId } = file
  const keys = await session.try(file, passphrase, 'record', (secrets) => openBoth(secrets, file))
  let p: Buffer | null = null
  try {
    // Cracked in a stolen backup, it must not open this computer as well.
    if (backupPassphrase.normalize('NFKC') === passphrase.normalize('NFKC'))
      throw new VaultError('PASSPHRASE_SAME')
    await session.requireVeryStrong(backupPassphrase)
    const policy = backupKdf(session.ports.kdf)
    const kdf = newKdf(policy.minimumN)
    const derived = await deriveP(backupPassphrase, kdf, policy)
    p = derived
    const slot = (database: Database, dek: Buffer) => sealBackupSlot({ vaultId, database, kdf }, derived, dek)
    const content = JSON.stringify({
      version: 1,
      setAt: session.ports.now(),
      record: slot('record', keys.record),
      private: keys.private && slot('private', keys.private),
    } satisfies Kept)
    const mac = macOf(keys.seal, vaultId, content).toString('hex')
    return { text: JSON.stringify({ content, mac }), privateIncluded: keys.private !== null }
  } finally {
    wipe(keys.seal, keys.record, keys.private, keys.keychainSecret, p)
  }
}

/** When the slots kept in the record were made, in epoch milliseconds; null: there are none that count. */
export async function backupSlotsSetAt(
  session: VaultSession,
  text: string | undefined,
): Promise<number | null> {
  const { vaultId } = await session.readVerified()
  return readKept(text, vaultId, session.seal)?.setAt ?? null
}

/** vault.json for a backup file. @throws VaultError LOCKED */
export async function vaultFileForBackup(session: VaultSession, text: string | undefined): Promise<Buffer> {
  const file = await session.readVerified()
  const found = readKept(text, file.vaultId, session.seal)
  // Away from this keychain it opens nothing; restored beside it, a choice would come back that was taken back since.
  const { slots } = withoutKeychainSlot(file)
  if (found !== null) slots.record.backup = found.record
  if (found?.private) slots.private.backup = found.private
  const sealed = sealVaultFile({ ...file, slots, attempts: noAttempts }, session.seal)
  return Buffer.from(vaultFileText(sealed), 'utf8')
}

/**
 * Whether a vault.json out of a backup, at a path, was sealed under the key that the record has now; `unfit` when it is
 * none, or another vault's. @throws VaultError LOCKED
 */
export async function keysOfBackup(
  session: VaultSession,
  path: string,
): Promise<'present' | 'other' | 'unfit'> {
  const { ports, seal, facts } = session
  const file = await readVaultFile(ports.files, path, ports.kdf).catch(() => null)
  if (file === null || file.vaultId !== facts?.vaultId) return 'unfit'
  return sealHolds(file, seal) ? 'present' : 'other'
}

/** Whether a vault.json out of a backup can be opened by a backup passphrase. Never throws. */
export async function hasBackupSlot(session: VaultSession): Promise<boolean> {
  return session.read().then(
    (file) => file.slots.record.backup !== undefined,
    () => false,
  )
}

/**
 * Both keys of a vault.json out of a backup; the private one null where it has no such slot. Not counted: whoever
 * has the file can try elsewhere. The caller zeroes them.
 * @throws VaultError WRONG_PASSPHRASE
 */
export async function openByBackupPassphrase(
  session: VaultSession,
  file: VaultFile,
  backupPassphrase: string,
): Promise<{ record: Buffer; private: Buffer | null }> {
  const { record: slot, private: other } = {
    record: file.slots.record.backup,
    private: file.slots.private.backup,
  }
  if (slot === undefined || isTooLong(backupPassphrase)) throw new VaultError('WRONG_PASSPHRASE')
  const policy = backupKdf(session.ports.kdf)
  const p = await deriveP(backupPassphrase, slot.kdf, policy)
  try {
    const record = openBackupSlot(file.vaultId, 'record', slot, p)
    if (record === null) throw new VaultError('WRONG_PASSPHRASE')
    // Made in one go, under one salt. Another salt is not ours, and not worth a second derivation.
    const same = other?.kdf.salt === slot.kdf.salt
    return { record, private: same ? openBackupSlot(file.vaultId, 'private', other, p) : null }
  } finally {
    wipe(p)
  }
}
