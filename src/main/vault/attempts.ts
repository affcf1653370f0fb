import { z } from '../../shared/contract/schema.ts'
import { asVaultError, type KeychainPort } from './keychain.ts'
import type { Attempts } from './vaultFile.ts'
import type { Verdict } from './throttle.ts'
import { afterFailure, higher, noAttempts, waitAt } from './throttle.ts'

/*
 * What the keychain remembers beside the vault's secret, under "<vault id>/attempts": the wrong passphrases (so that
 * editing vault.json does not forgive them), the generation of vault.json (so that an old one put back is seen) and
 * whether ten wrong ones lock it (vault.json's own word for that is believed only once its seal was checked).
 */
export interface Companion {
  readonly attempts: Attempts
  readonly generation: number
  readonly locksAfterTen: boolean
}

const companionSchema = z.strictObject({
  version: z.literal(1),
  failures: z.int().min(0).max(1_000_000),
  lastFailureAt: z.int().min(0).max(8.64e15).nullable(),
  generation: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
  afterTen: z.literal('recovery').optional(),
})

const noCompanion: Companion = { attempts: noAttempts, generation: 0, locksAfterTen: false }

export function companionAccount(vaultId: string): string {
  return `${vaultId}/attempts`
}

/**
 * For what must not be taken for the newest by mistake.
 * @throws VaultError KEYCHAIN_* when the keychain cannot say; what it holds and nobody can read counts as nothing.
 */
export async function requireCompanion(keychain: KeychainPort, vaultId: string): Promise<Companion> {
  const text = await keychain.get(companionAccount(vaultId)).catch((error: unknown) => {
    throw asVaultError(error)
  })
  if (text === null) return noCompanion
  try {
    const { failures, lastFailureAt, generation, afterTen } = companionSchema.parse(JSON.parse(text))
    return { attempts: { failures, lastFailureAt }, generation, locksAfterTen: afterTen === 'recovery' }
  } catch {
    return noCompanion
  }
}

/** Never throws: the file's own count still stands when the keychain cannot say. */
export function readCompanion(keychain: KeychainPort, vaultId: string): Promise<Companion> {
  return requireCompanion(keychain, vaultId).catch(() => noCompanion)
}

/** Best effort: a keychain that cannot be written must not keep its owner out. */
export async function writeCompanion(
  keychain: KeychainPort,
  vaultId: string,
  value: Companion,
): Promise<void> {
  const { attempts, generation, locksAfterTen } = value
  const chosen = locksAfterTen ? { afterTen: 'recovery' } : {}
  const text = JSON.stringify({ version: 1, ...attempts, generation, ...chosen })
  await keychain.set(companionAccount(vaultId), text).catch(() => undefined)
}

/** The count as this process knows it, in case neither file nor keychain could be written. */
export class AttemptMemory {
  #known: Attempts = noAttempts

  /** What holds now. The result's `attempts` differ from the stored ones when the clock was set back. */
  weigh(file: Attempts, companion: Attempts, now: number): Verdict {
    const stored = higher(file, companion)
    const verdict = waitAt(this.#known.failures >= stored.failures ? this.#known : stored, now)
    this.#known = verdict.attempts
    return verdict
  }

  /** Wrong passphrases in a row, as far as this process knows. */
  get failures(): number {
    return this.#known.failures
  }

  fail(attempts: Attempts, now: number): Attempts {
    this.#known = afterFailure(attempts, now)
    return this.#known
  }

  set(attempts: Attempts): void {
    this.#known = attempts
  }
}
