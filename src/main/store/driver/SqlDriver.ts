/** What may be bound to a `:name`. Whole numbers become INTEGER, others REAL; NaN and infinities are refused. */
export type SqlValue = string | number | bigint | null | Uint8Array

/** Named parameters, without the colon. Exactly the names the statement uses, no more and no fewer. */
export type SqlParams = Readonly<Record<string, SqlValue>>

/** One row by column name. Integers come back as numbers: never store one beyond ±2^53. */
export type Row = Record<string, string | number | null | Uint8Array>

export type DriverName = 'journeyapps' | 'signal'

export type SqlErrorCode =
  | 'CONSTRAINT'
  /** A trigger said RAISE(ABORT, 'SEALED'). */
  | 'SEALED'
  | 'FULL'
  | 'READONLY'
  | 'BUSY'
  | 'CORRUPT'
  | 'NOT_A_DATABASE'
  | 'IO'
  | 'OTHER'

/**
 * The only error that leaves a driver. SQLite's own message may hold SQL, search words or values (FTS5 quotes
 * what it could not parse), so it is dropped: what stays is a code and SQLite's name for the result.
 */
export class SqlError extends Error {
  readonly code: SqlErrorCode
  /** SQLite's result name, such as SQLITE_CONSTRAINT, or MISUSE_… where our own checks refused. */
  readonly reason: string

  constructor(code: SqlErrorCode, reason: string) {
    super(`${code} ${reason}`)
    this.name = 'SqlError'
    this.code = code
    this.reason = reason
  }
}

/**
 * One connection. Calls run one after another in the order they were made, whatever the library underneath
 * does with concurrent ones.
 */
export interface SqlDriver {
  readonly name: DriverName
  /** Any number of statements, no parameters, no rows. */
  exec(sql: string): Promise<void>
  /** One statement without rows. `changes` leaves out what triggers changed, and is 0 for anything but DML. */
  run(sql: string, params?: SqlParams): Promise<{ changes: number }>
  /** The same statement for each of the parameters, in order. A failure leaves those before it, or some of them, in. */
  runMany(sql: string, list: readonly SqlParams[]): Promise<{ changes: number }>
  /** One statement, all its rows. */
  all(sql: string, params?: SqlParams): Promise<Row[]>
  /** Finalises every statement first: closing under a live one crashes the addon. */
  close(): Promise<void>
}
