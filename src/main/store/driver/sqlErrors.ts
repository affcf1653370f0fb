import { SqlError, type SqlErrorCode } from './SqlDriver.ts'

const CODES: readonly (readonly [prefix: string, code: SqlErrorCode])[] = [
  ['SQLITE_CONSTRAINT', 'CONSTRAINT'],
  ['SQLITE_MISMATCH', 'CONSTRAINT'],
  ['SQLITE_FULL', 'FULL'],
  ['SQLITE_READONLY', 'READONLY'],
  ['SQLITE_PERM', 'READONLY'],
  ['SQLITE_BUSY', 'BUSY'],
  ['SQLITE_LOCKED', 'BUSY'],
  ['SQLITE_CORRUPT', 'CORRUPT'],
  ['SQLITE_NOTADB', 'NOT_A_DATABASE'],
  ['SQLITE_IOERR', 'IO'],
  ['SQLITE_CANTOPEN', 'IO'],
]

let explain: ((nativeMessage: string) => void) | undefined

/**
 * For development and tests only: receives SQLite's own words, which may hold values. A worker installs it when
 * its store is opened with `explainErrors`; the application never does.
 */
export function explainSqlErrors(listener: (nativeMessage: string) => void): void {
  explain = listener
}

/** Turns whatever a driver threw into a SqlError that holds neither SQL nor values. */
export function toSqlError(thrown: unknown): SqlError {
  if (thrown instanceof SqlError) return thrown
  const message = thrown instanceof Error ? thrown.message : ''
  explain?.(message)
  const native = nativeCode(thrown)
  if (native.startsWith('SQLITE_CONSTRAINT') && message.endsWith(': SEALED')) {
    return new SqlError('SEALED', 'SQLITE_CONSTRAINT')
  }
  const found = CODES.find(([prefix]) => native.startsWith(prefix))
  // One driver gives extended codes and the other does not; callers must see no difference.
  return found === undefined ? new SqlError('OTHER', native) : new SqlError(found[1], found[0])
}

function nativeCode(thrown: unknown): string {
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && typeof thrown.code === 'string') {
    // A driver's own text never passes: only something shaped like SQLite's constants does.
    if (/^SQLITE_[A-Z_]{2,40}$/.test(thrown.code)) return thrown.code
  }
  return 'UNKNOWN'
}
