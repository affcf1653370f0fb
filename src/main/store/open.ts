import { accessSync, constants } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { DatabaseFile } from './databaseFile.ts'
import { connect } from './driver/choose.ts'
import { type DriverName, type SqlDriver, SqlError } from './driver/SqlDriver.ts'
import { OpenError } from './openError.ts'
import {
  AFTER_FIRST_READ,
  BEFORE_KEY,
  beforeFirstRead,
  BUSY_ATTEMPTS,
  BUSY_PAUSE_MS,
  MEMORY_SECURITY,
  type Setting,
} from './pragmas.ts'

export interface OpenOptions {
  readonly path: string
  /** 32 bytes. Not kept, not zeroed: the caller does that. */
  readonly key: Uint8Array
  /** 'create' refuses if the file exists; 'open' refuses if it does not. */
  readonly mode: 'create' | 'open'
  readonly driver: DriverName
  /** Default: MEMORY_SECURITY. */
  readonly memorySecurity?: boolean
  /** Seam for the disk-full tests: the file may not grow beyond so many pages of 4096 bytes. */
  readonly maxPageCount?: number
}

/** What answered at the other end; holds nothing secret. */
export interface OpenFacts {
  readonly driver: DriverName
  readonly sqliteVersion: string
  readonly cipherVersion: string
  readonly cipherProvider: string
}

export interface OpenDatabase {
  readonly sql: SqlDriver
  readonly file: DatabaseFile
  readonly facts: OpenFacts
  /** Closes the connection, then our descriptor of the file. */
  close(): Promise<void>
}

const PROVIDERS: Readonly<Record<DriverName, readonly string[]>> = {
  journeyapps: ['openssl', 'commoncrypto'],
  signal: ['signal-sqlcipher-extension'],
}

/** Opens one encrypted database with a raw key. Throws OpenError and nothing else. */
export async function openDatabase(options: OpenOptions): Promise<OpenDatabase> {
  const pragma = keyPragma(options.key)
  const file = options.mode === 'create' ? DatabaseFile.create(options.path) : DatabaseFile.open(options.path)
  let sql: SqlDriver | undefined
  try {
    const prepared = await inTurn(() => connected(pragma, options))
    sql = prepared.sql
    file.assertEncrypted()
    if (options.mode === 'create') file.syncDirectory()
    const close = async (): Promise<void> => {
      await prepared.sql.close()
      file.close()
    }
    return { ...prepared, file, close }
  } catch (thrown) {
    await sql?.close().catch(() => undefined)
    if (options.mode === 'create') file.closeAndRemove()
    else file.close()
    throw toOpenError(thrown, options.path)
  }
}

/**
 * Two processes that open the file at the same moment each hold the lock for reading, which locking_mode=EXCLUSIVE
 * keeps, and each wait for the other to give it up: with one try, neither would be let in. So who was refused lets
 * go of everything and comes back once more, after a pause of his own length.
 */
async function inTurn<T>(attempt: () => Promise<T>): Promise<T> {
  for (let left = BUSY_ATTEMPTS - 1; ; left -= 1) {
    try {
      return await attempt()
    } catch (thrown) {
      if (left === 0 || !(thrown instanceof SqlError) || thrown.code !== 'BUSY') throw thrown
      await setTimeout(Math.random() * BUSY_PAUSE_MS)
    }
  }
}

async function connected(pragma: string, options: OpenOptions): Promise<Pick<OpenDatabase, 'sql' | 'facts'>> {
  const sql = await connect(options.driver, options.path)
  try {
    return { sql, facts: await prepare(sql, pragma, options) }
  } catch (thrown) {
    await sql.close().catch(() => undefined)
    throw thrown
  }
}

/** Maps what SQL said while opening or migrating; an OpenError passes unchanged. */
export function toOpenError(thrown: unknown, path: string): OpenError {
  if (thrown instanceof OpenError) return thrown
  // Not an SQL error: the addon could not be loaded, or is not what we know.
  if (!(thrown instanceof SqlError)) return new OpenError('DRIVER', 'LOAD')
  const { code, reason } = thrown
  if (code === 'NOT_A_DATABASE') return new OpenError('WRONG_KEY_OR_DAMAGED')
  if (code === 'CORRUPT') return new OpenError('DAMAGED', reason)
  if (code === 'BUSY') return new OpenError('IN_USE', reason)
  if (code === 'FULL' || code === 'READONLY') return new OpenError(code, reason)
  if (code === 'IO') return new OpenError(directoryIsWritable(path) ? 'IO' : 'READONLY', reason)
  // A page of the list of tables that fails its check is told in one of these ways; our own statements are right.
  if (code === 'OTHER' && /^SQLITE_(?:ERROR|NOMEM|INTERNAL)$/.test(reason))
    return new OpenError('DAMAGED', reason)
  return new OpenError('DRIVER', reason)
}

/** The WAL is a file beside the database: a directory we may not write into says CANTOPEN. */
function directoryIsWritable(path: string): boolean {
  try {
    accessSync(dirname(path), constants.W_OK)
    return true
  } catch {
    return false
  }
}

function keyPragma(key: Uint8Array): string {
  return `PRAGMA key = ${keyLiteral(key)}`
}

/** The pragma's value for a raw key. Throws OpenError when it is not exactly that. */
export function keyLiteral(key: Uint8Array): string {
  const literal = `x'${Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('hex')}'`
  // Anything but 64 digits would be taken for a passphrase, and a key derived from it, without a word.
  if (!/^x'[0-9a-f]{64}'$/.test(literal)) throw new OpenError('DRIVER', 'KEY_LENGTH')
  return `"${literal}"`
}

async function prepare(sql: SqlDriver, key: string, options: OpenOptions): Promise<OpenFacts> {
  await applyAll(sql, BEFORE_KEY)
  await sql.exec(key)
  await applyAll(sql, beforeFirstRead(options.memorySecurity ?? MEMORY_SECURITY))
  // Reads the first page: a wrong key must show before journal_mode could do anything to the file.
  await sql.all('SELECT count(*) AS objects FROM sqlite_schema')
  await applyAll(sql, AFTER_FIRST_READ)
  if (options.maxPageCount !== undefined) {
    // Reads back larger when the file already is; that is what the seam wants.
    await sql.exec(`PRAGMA max_page_count = ${Math.trunc(options.maxPageCount)}`)
  }
  return assertCipher(sql)
}

async function applyAll(sql: SqlDriver, settings: readonly Setting[]): Promise<void> {
  for (const { name, value } of settings) await sql.exec(`PRAGMA ${name} = ${value}`)
  for (const { name, expected } of settings) {
    if ((await pragmaValue(sql, name)) !== expected) throw new OpenError('DRIVER', name)
  }
}

async function assertCipher(sql: SqlDriver): Promise<OpenFacts> {
  const cipherVersion = String(await pragmaValue(sql, 'cipher_version'))
  // A build without SQLCipher ignores `PRAGMA key` and writes plaintext.
  if (!cipherVersion.startsWith('4.')) throw new OpenError('DRIVER', 'cipher_version')
  const cipherProvider = String(await pragmaValue(sql, 'cipher_provider'))
  if (!PROVIDERS[sql.name].includes(cipherProvider)) throw new OpenError('DRIVER', 'cipher_provider')
  if ((await pragmaValue(sql, 'cipher_page_size')) !== '4096')
    throw new OpenError('DRIVER', 'cipher_page_size')
  const [row] = await sql.all('SELECT sqlite_version() AS version')
  return { driver: sql.name, sqliteVersion: String(row?.['version']), cipherVersion, cipherProvider }
}

async function pragmaValue(sql: SqlDriver, name: string): Promise<unknown> {
  const [row] = await sql.all(`PRAGMA ${name}`)
  return row === undefined ? undefined : Object.values(row)[0]
}
