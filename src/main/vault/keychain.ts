import { VaultError } from './errors.ts'
import { keychainCheck, randomKey, wipe } from './keys.ts'

export type KeychainFailure = 'UNAVAILABLE' | 'REFUSED' | 'LATE'

export class KeychainError extends Error {
  readonly code: KeychainFailure

  constructor(code: KeychainFailure) {
    super(code)
    this.name = 'KeychainError'
    this.code = code
  }
}

/** The operating system's keychain, one service ("Bracket"); every method throws KeychainError and nothing else. */
export interface KeychainPort {
  /** null when there is no such item. */
  get(account: string): Promise<string | null>
  set(account: string, secret: string): Promise<void>
  /** False when there was none. */
  delete(account: string): Promise<boolean>
}

export function asVaultError(error: unknown): VaultError {
  return new VaultError(error instanceof KeychainError ? `KEYCHAIN_${error.code}` : 'KEYCHAIN_UNAVAILABLE')
}

/** KS: 32 random bytes under the vault's id, as lower-case hex. An item of any other shape is not ours: null. */
export async function readKeychainSecret(keychain: KeychainPort, vaultId: string): Promise<Buffer | null> {
  try {
    const text = await keychain.get(vaultId)
    return text !== null && /^[0-9a-f]{64}$/.test(text) ? Buffer.from(text, 'hex') : null
  } catch (error) {
    throw asVaultError(error)
  }
}

/**
 * Stores KS and reads it back: a keychain that accepts and forgets would otherwise be found out only at the next
 * start, with nothing but the sheets left to open the vault.
 */
export async function writeKeychainSecret(
  keychain: KeychainPort,
  vaultId: string,
  secret: Buffer,
): Promise<void> {
  try {
    await keychain.set(vaultId, secret.toString('hex'))
  } catch (error) {
    throw asVaultError(error)
  }
  const stored = await readKeychainSecret(keychain, vaultId)
  const kept = stored?.equals(secret) ?? false
  wipe(stored)
  if (!kept) throw new VaultError('KEYCHAIN_UNAVAILABLE')
}

/**
 * Whether it could keep this vault's secret; what it holds is what it held before.
 * @throws VaultError KEYCHAIN_* where it does not answer, or takes nothing
 */
export async function requireUsableKeychain(keychain: KeychainPort, vaultId: string): Promise<void> {
  const present = await readKeychainSecret(keychain, vaultId)
  wipe(present)
  if (present !== null) return
  // One that can be read may still refuse to keep anything: tried with an item that opens nothing.
  const account = `${vaultId}/trial`
  try {
    await writeKeychainSecret(keychain, account, randomKey())
  } finally {
    await keychain.delete(account).catch(() => false)
  }
}

/** @throws VaultError KEYCHAIN_ITEM_MISSING when the item is gone or belongs to another making of the vault. */
export async function requireKeychainSecret(
  keychain: KeychainPort,
  vaultId: string,
  check: string,
): Promise<Buffer> {
  const secret = await readKeychainSecret(keychain, vaultId)
  if (secret === null) throw new VaultError('KEYCHAIN_ITEM_MISSING')
  if (keychainCheck(secret, vaultId) !== check) {
    wipe(secret)
    throw new VaultError('KEYCHAIN_ITEM_MISSING')
  }
  return secret
}
