/** One setting of a connection: what is asked, and what reading it back must give. */
export interface Setting {
  readonly name: string
  readonly value: string
  readonly expected: string | number
}

/**
 * Locks and wipes the memory SQLCipher uses. It is per process and cannot be switched off again once on.
 * What it costs is measured in the ADR about it.
 */
export const MEMORY_SECURITY = true

/** Page cache, in KiB (negative means KiB to SQLite). The drivers' own defaults differ eightfold. */
const CACHE_KIB = 32 * 1024

/** How long another process that is just closing the file is waited for at each attempt, in milliseconds. */
const BUSY_TIMEOUT_MS = 80

/** How often opening is attempted while another process has the file, and the longest pause between two. */
export const BUSY_ATTEMPTS = 5
export const BUSY_PAUSE_MS = 80

/** Before the key: a wrong key must not print to stderr. */
export const BEFORE_KEY: readonly Setting[] = [
  { name: 'cipher_log_level', value: 'NONE', expected: 'NONE' },
  { name: 'busy_timeout', value: String(BUSY_TIMEOUT_MS), expected: BUSY_TIMEOUT_MS },
]

/**
 * After the key and before the file is first read. With locking_mode=EXCLUSIVE set before WAL is used there is
 * no shared-memory file beside the database.
 */
export function beforeFirstRead(memorySecurity: boolean): readonly Setting[] {
  const locking = { name: 'locking_mode', value: 'EXCLUSIVE', expected: 'exclusive' }
  return memorySecurity
    ? [{ name: 'cipher_memory_security', value: 'ON', expected: '1' }, locking]
    : [locking]
}

export const AFTER_FIRST_READ: readonly Setting[] = [
  { name: 'journal_mode', value: 'WAL', expected: 'wal' },
  { name: 'synchronous', value: 'FULL', expected: 2 },
  // macOS: without it a COMMIT reaches the drive's cache and no further. Elsewhere it means nothing.
  { name: 'fullfsync', value: 'ON', expected: 1 },
  { name: 'checkpoint_fullfsync', value: 'ON', expected: 1 },
  { name: 'foreign_keys', value: 'ON', expected: 1 },
  { name: 'recursive_triggers', value: 'ON', expected: 1 },
  { name: 'secure_delete', value: 'ON', expected: 1 },
  { name: 'temp_store', value: 'MEMORY', expected: 2 },
  { name: 'trusted_schema', value: 'OFF', expected: 0 },
  { name: 'cell_size_check', value: 'ON', expected: 1 },
  { name: 'cache_size', value: String(-CACHE_KIB), expected: -CACHE_KIB },
]
