import type { Attempts } from './vaultFile.ts'

/** Wrong passphrases that cost nothing but their own derivation. */
export const freeAttempts = 5
const longestWaitMs = 15 * 60 * 1000

export const noAttempts: Attempts = { failures: 0, lastFailureAt: null }

/** The pause after the n-th wrong passphrase in a row: none for five, then 2, 4, 8 … seconds, at most 15 minutes. */
export function delayMs(failures: number): number {
  if (failures <= freeAttempts) return 0
  return Math.min(2 ** (failures - freeAttempts) * 1000, longestWaitMs)
}

/** One more wrong passphrase at `now`. */
export function afterFailure(attempts: Attempts, now: number): Attempts {
  return { failures: Math.min(attempts.failures + 1, 1_000_000), lastFailureAt: now }
}

/** File and keychain each hold a copy; lowering one must not help, so the higher count and the later time win. */
export function higher(a: Attempts, b: Attempts): Attempts {
  if (a.failures !== b.failures) return a.failures > b.failures ? a : b
  return (a.lastFailureAt ?? 0) >= (b.lastFailureAt ?? 0) ? a : b
}

export interface Verdict {
  readonly waitMs: number
  /** What to remember from here on: the same, unless the clock was set back. */
  readonly attempts: Attempts
}

/**
 * How long until the next try. A clock set back to before the last failure must not shorten the wait, and one set
 * back by a year must not make it a year: the full delay then runs again from `now`, which is what to remember.
 */
export function waitAt(attempts: Attempts, now: number): Verdict {
  const delay = delayMs(attempts.failures)
  if (attempts.lastFailureAt === null) {
    // A count without a time was not written by us: let the delay run from now.
    return delay === 0
      ? { waitMs: 0, attempts }
      : { waitMs: delay, attempts: { ...attempts, lastFailureAt: now } }
  }
  if (now < attempts.lastFailureAt) return { waitMs: delay, attempts: { ...attempts, lastFailureAt: now } }
  return { waitMs: Math.max(0, attempts.lastFailureAt + delay - now), attempts }
}
