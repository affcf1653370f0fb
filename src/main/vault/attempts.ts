import { z } from '../../shared/contract/schema.ts'
import type { KeychainPort } from './keychain.ts'
import type { Attempts } from './vaultFile.ts'
import type { Verdict } from './throttle.ts'
import { afterFailure, higher, noAttempts, waitAt } from './throttle.ts'

/*
 * What the keychain remembers beside the vault's secret, under "<vault id>/attempts": the wrong passphrases (so that
 * editing vault.json does not forgive them) and the generation of vault.json (so that an old one put back is seen).
 */
export interface Companion {
  readonly attempts: Attempts
  readonly generation: number
}

const companionSchema = z.strictObject({
  version: z.literal(1),
  failures: z.int().min(0).max(1_000_000),
  lastFailureAt: z.int().min(0).max(8.64e15).nullable(),
  generation: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
})

const noCompanion: Companion = { attempts: noAttempts, generation: 0 }

export function companionAccount(vaultId: string): string {
  return `${vaultId}/attempts`
}

/** Never throws: the file's own count still stands when the keychain cannot say. */
export async function readCompanion(keychain: KeychainPort, vaultId: string): Promise<Companion> {
  try {
    const text = await keychain.get(companionAccount(vaultId))
    if (text === null) return noCompanion
    const { failures, lastFailureAt, generation } = companionSchema.parse(JSON.parse(text))
    return { attempts: { failures, lastFailureAt }, generation }
  } catch {
    return noCompanion
  }
}

/** Best effort: a keychain that cannot be written must not keep its owner out. */
export async function writeCompanion(
  keychain: KeychainPort,
  vaultId: string,
  value: Companion,
): Promise<void> {
  const text = JSON.stringify({ version: 1, ...value.attempts, generation: value.generation })
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
