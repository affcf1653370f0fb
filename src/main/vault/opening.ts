import { WIPE_AFTER } from '../../shared/contract/wiping.ts'
import type { AttemptMemory, Companion } from './attempts.ts'
import { readCompanion, writeCompanion } from './attempts.ts'
import type { CreationPorts } from './creation.ts'
import { VaultError } from './errors.ts'
import type { Database } from './keys.ts'
import { metadataKey, isTooLong, wipe } from './keys.ts'
import { PassphraseSecrets, usesKeychain } from './slots.ts'
import { noAttempts, waitAt } from './throttle.ts'
import { lockToRecovery } from './wiping.ts'
import type { Attempts, UnsealedVaultFile, VaultFile } from './vaultFile.ts'
import { sealHolds, writeVaultFile } from './vaultFile.ts'

export interface OpeningPorts extends CreationPorts {
  readonly memory: AttemptMemory
}

/**
 * Its owner has asked for it, and the tenth wrong passphrase in a row was typed. Not without a keychain: a copied
 * file could be tried elsewhere as often as one likes, so that it would keep nobody out but its owner.
 * `known` is what the keychain remembers: the choice, edited out of the file, holds all the same.
 */
export function locksNow(
  file: VaultFile,
  { failures }: Attempts,
  known: Pick<Companion, 'locksAfterTen'>,
): boolean {
  const chosen = file.afterTen === 'recovery' || known.locksAfterTen
  return chosen && usesKeychain(file) && failures >= WIPE_AFTER
}

/** What a keychain would remember of this file: where there is none, and once the seal was found to hold. */
export function companionOf({ attempts, generation, afterTen }: UnsealedVaultFile): Companion {
  return { attempts, generation, locksAfterTen: afterTen === 'recovery' }
}

async function keepAttempts(ports: OpeningPorts, file: VaultFile, attempts: Attempts): Promise<void> {
  // Best effort: on a full disk the notes must still open. The process remembers, and the keychain too.
  await writeVaultFile(ports.files, ports.paths.vaultFile, { ...file, attempts }).catch(() => undefined)
}

/**
 * One try of a passphrase, counted. The count goes up in the file while the derivation runs, before the answer is
 * known, so that killing the application in between forgives nothing; it goes back to zero when `open` succeeds.
 * `open` answers null for a wrong passphrase, and has checked the file's seal before it answers anything else.
 * @throws VaultError WAIT, WRONG_PASSPHRASE, KEYCHAIN_*, KDF_FAILED, VAULT_FILE_OLDER
 */
export async function tryPassphrase<T>(
  ports: OpeningPorts,
  file: VaultFile,
  passphrase: string,
  database: Database,
  open: (secrets: PassphraseSecrets) => Promise<T | null>,
  /** `accept` for a file out of a backup, which is older by its nature. */
  older: 'refuse' | 'accept' = 'refuse',
): Promise<T> {
  const { keychain, memory } = ports
  // Longer than any that was ever taken: not worth a derivation, nor a count.
  if (isTooLong(passphrase)) throw new VaultError('WRONG_PASSPHRASE')
  const withKeychain = usesKeychain(file)
  const companion = withKeychain ? await readCompanion(keychain, file.vaultId) : companionOf(file)
  if (older === 'refuse' && companion.generation > file.generation) throw new VaultError('VAULT_FILE_OLDER')
  const remember = async (known: Companion) => {
    if (withKeychain) await writeCompanion(keychain, file.vaultId, known)
  }

  const before = memory.weigh(file.attempts, companion.attempts, ports.now())
  if (before.waitMs > 0) {
    if (before.attempts !== file.attempts) await keepAttempts(ports, file, before.attempts)
    if (before.attempts !== companion.attempts) await remember({ ...companion, attempts: before.attempts })
    throw new VaultError('WAIT', { waitMs: before.waitMs })
  }

  const secrets = new PassphraseSecrets(file, passphrase, ports.kdf)
  try {
    await secrets.prepare(keychain, database)
    const counted = memory.fail(before.attempts, ports.now())
    const [opened] = await Promise.allSettled([open(secrets), keepAttempts(ports, file, counted)])
    if (opened.status === 'rejected') {
      // No answer is not a wrong answer.
      memory.set(before.attempts)
      await keepAttempts(ports, file, before.attempts)
      throw opened.reason
    }
    if (opened.value === null) {
      await remember({ ...companion, attempts: counted })
      // A file out of a backup says what was once chosen; what holds today only the keychain knows.
      const locks =
        older === 'accept'
          ? companion.locksAfterTen && counted.failures >= WIPE_AFTER
          : locksNow(file, counted, companion)
      if (locks) await lockToRecovery(ports, file.vaultId)
      throw new VaultError('WRONG_PASSPHRASE', { waitMs: waitAt(counted, ports.now()).waitMs })
    }
    memory.set(noAttempts)
    await keepAttempts(ports, file, noAttempts)
    // A generation that lags behind is what a crash between file and keychain leaves. The file's seal holds.
    const known = older === 'accept' ? companion : companionOf(file)
    const stale =
      companion.attempts.failures > 0 ||
      companion.generation < file.generation ||
      companion.locksAfterTen !== known.locksAfterTen
    if (stale) await remember({ ...known, attempts: noAttempts })
    return opened.value
  } finally {
    await secrets.wipe()
  }
}

/** The key of the file's seal. @throws VaultError VAULT_FILE_CHANGED, with the DEK zeroed, if the seal does not hold. */
export function verifiedMetadataKey(file: VaultFile, recordKey: Buffer): Buffer {
  const key = metadataKey(recordKey)
  if (sealHolds(file, key)) return key
  wipe(key, recordKey)
  throw new VaultError('VAULT_FILE_CHANGED')
}
