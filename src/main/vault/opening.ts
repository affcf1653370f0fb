import type { AttemptMemory } from './attempts.ts'
import { readCompanion, writeCompanion } from './attempts.ts'
import type { CreationPorts } from './creation.ts'
import { VaultError } from './errors.ts'
import { metadataKey, wipe } from './keys.ts'
import { PassphraseSecrets, usesKeychain } from './slots.ts'
import { noAttempts, waitAt } from './throttle.ts'
import type { Attempts, VaultFile } from './vaultFile.ts'
import { sealHolds, writeVaultFile } from './vaultFile.ts'

export interface OpeningPorts extends CreationPorts {
  readonly memory: AttemptMemory
}

async function keepAttempts(ports: OpeningPorts, file: VaultFile, attempts: Attempts): Promise<void> {
  // Best effort: on a full disk the notes must still open. The process remembers, and the keychain too.
  await writeVaultFile(ports.files, ports.paths.vaultFile, { ...file, attempts }).catch(() => undefined)
}

/**
 * One try of a passphrase, counted. The count goes up in the file while the derivation runs, before the answer is
 * known, so that killing the application in between forgives nothing; it goes back to zero when `open` succeeds.
 * `open` answers null for a wrong passphrase. The file as last written (without attempts) is what it was given.
 * @throws VaultError WAIT, WRONG_PASSPHRASE, KEYCHAIN_*, KDF_FAILED, VAULT_FILE_OLDER
 */
export async function tryPassphrase<T>(
  ports: OpeningPorts,
  file: VaultFile,
  passphrase: string,
  database: 'record' | 'private',
  open: (secrets: PassphraseSecrets) => Promise<T | null>,
): Promise<T> {
  const { keychain, memory } = ports
  const withKeychain = usesKeychain(file)
  const fromFile = { attempts: file.attempts, generation: file.generation }
  const companion = withKeychain ? await readCompanion(keychain, file.vaultId) : fromFile
  const generation = Math.max(companion.generation, file.generation)
  const remember = (attempts: Attempts) =>
    withKeychain ? writeCompanion(keychain, file.vaultId, { attempts, generation }) : Promise.resolve()

  const before = memory.weigh(file.attempts, companion.attempts, ports.now())
  if (before.waitMs > 0) {
    await keepAttempts(ports, file, before.attempts)
    if (before.attempts !== companion.attempts) await remember(before.attempts)
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
      await remember(counted)
      throw new VaultError('WRONG_PASSPHRASE', { waitMs: waitAt(counted, ports.now()).waitMs })
    }
    memory.set(noAttempts)
    await keepAttempts(ports, file, noAttempts)
    const stale = companion.attempts.failures > 0 || companion.generation < generation
    if (stale) await remember(noAttempts)
    if (generation > file.generation) throw new VaultError('VAULT_FILE_OLDER')
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
