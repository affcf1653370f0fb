export type OpenErrorCode =
  /** There is no such file; opening never creates one. */
  | 'MISSING'
  /** Creating refuses to touch what is there. */
  | 'EXISTS'
  /** SQLCipher cannot tell a wrong key from a damaged first page. */
  | 'WRONG_KEY_OR_DAMAGED'
  | 'DAMAGED'
  /** A newer Bracket wrote this file. */
  | 'NEWER'
  /** The schema is not the one our migrations make: somebody changed it with the key in hand. */
  | 'CHANGED'
  /** Another process, or this one, holds the file. */
  | 'IN_USE'
  | 'READONLY'
  | 'FULL'
  /** The file is an unencrypted SQLite database. */
  | 'PLAINTEXT'
  | 'IO'
  /** A migration failed; the file is as it was before it. */
  | 'MIGRATION'
  /** The addon is missing, or is not the SQLCipher we expect, or did not take a setting. */
  | 'DRIVER'

/** Why a database did not open. Holds no path, SQL or key; `detail` is a code, a pragma's or a result's name. */
export class OpenError extends Error {
  readonly code: OpenErrorCode
  readonly detail: string

  constructor(code: OpenErrorCode, detail = '') {
    super(detail === '' ? code : `${code} ${detail}`)
    this.name = 'OpenError'
    this.code = code
    this.detail = detail
  }
}
