import { type SqlDriver, SqlError } from './driver/SqlDriver.ts'
import { toSqlError } from './driver/sqlErrors.ts'
import { HeldFile } from './heldFile.ts'
import { keyLiteral, type OpenDatabase } from './open.ts'
import { OpenError } from './openError.ts'
import type { Failure, InTransaction, RequestKind, Requests } from './protocol.ts'

type Handlers = {
  [K in Exclude<RequestKind, 'warm' | 'open' | 'close'>]: (
    ask: Requests[K]['ask'],
  ) => Promise<Requests[K]['answer']>
}

/** SQLite's own default, which a hold suspends. */
const AUTOMATIC_CHECKPOINT = 1000

/**
 * One open connection and the state of its transaction. Requests must be handed in one at a time.
 *
 * SQLite itself rolls a transaction back on some errors (full disk, I/O); a statement sent after that would run
 * and commit alone. So after any error but a refused row the transaction is failed here: nothing more runs
 * in it, and asking to commit rolls back and gives the first error.
 */
export class Session implements Handlers {
  readonly #database: OpenDatabase
  readonly #sql: SqlDriver
  #transaction: 'none' | 'open' | SqlError = 'none'
  #held: HeldFile | undefined
  /** A checkpoint was asked for while the file was held. */
  #owed = false

  constructor(database: OpenDatabase) {
    this.#database = database
    this.#sql = database.sql
  }

  all(ask: Requests['all']['ask']): Promise<Requests['all']['answer']> {
    return this.#inside(ask.transaction, () => this.#sql.all(ask.sql, ask.params))
  }

  run(ask: Requests['run']['ask']): Promise<Requests['run']['answer']> {
    return this.#inside(ask.transaction, () => this.#sql.run(ask.sql, ask.params))
  }

  async runMany(ask: Requests['runMany']['ask']): Promise<Requests['runMany']['answer']> {
    return this.#inside(ask.transaction, async () => {
      try {
        return await this.#sql.runMany(ask.sql, ask.list)
      } catch (thrown) {
        // Half of the list is in: even a refused row must undo the whole unit.
        if (thrown instanceof SqlError && ask.transaction !== 'none') this.#transaction = thrown
        throw thrown
      }
    })
  }

  async exec(ask: Requests['exec']['ask']): Promise<undefined> {
    await this.#inside(ask.transaction, () => this.#sql.exec(ask.sql))
    return undefined
  }

  async commit(): Promise<undefined> {
    if (this.#transaction === 'none') throw new SqlError('OTHER', 'MISUSE_NO_TRANSACTION')
    if (this.#transaction === 'open') {
      try {
        await this.#sql.run('COMMIT')
        this.#transaction = 'none'
        return undefined
      } catch (thrown) {
        this.#transaction = toSqlError(thrown)
      }
    }
    const cause = this.#transaction
    await this.rollback()
    throw cause
  }

  async rollback(): Promise<undefined> {
    if (this.#transaction === 'none') return undefined
    try {
      await this.#sql.run('ROLLBACK')
    } catch {
      // SQLite had rolled back by itself. If it had not, this BEGIN fails, and the connection is of no more use.
      await this.#sql.exec('BEGIN; ROLLBACK')
    }
    this.#transaction = 'none'
    return undefined
  }

  async checkpoint(): Promise<undefined> {
    this.#assertIdle()
    if (this.#held !== undefined) {
      this.#owed = true
      return undefined
    }
    const [row] = await this.#sql.all('PRAGMA wal_checkpoint(TRUNCATE)')
    if (row?.['busy'] !== 0) throw new SqlError('BUSY', 'SQLITE_BUSY')
    return undefined
  }

  async integrity(): Promise<'ok' | number> {
    this.#assertNotHeld()
    // The cipher check reads the file and not the WAL.
    await this.checkpoint()
    const cipher = await counted(
      () => this.#sql.all('PRAGMA cipher_integrity_check'),
      () => true,
    )
    const pages = await counted(
      () => this.#sql.all('PRAGMA integrity_check'),
      (row) => Object.values(row)[0] !== 'ok',
    )
    return cipher + pages === 0 ? 'ok' : cipher + pages
  }

  async hold({ port }: Requests['hold']['ask']): Promise<Requests['hold']['answer']> {
    this.#assertNotHeld()
    try {
      await this.#checkpointsByThemselves(0)
      await this.checkpoint()
      const size = this.#database.file.size()
      this.#held = new HeldFile(this.#database.file, port)
      return { size }
    } catch (thrown) {
      port.close()
      await this.#checkpointsByThemselves(AUTOMATIC_CHECKPOINT).catch(() => undefined)
      throw thrown
    }
  }

  async release(): Promise<undefined> {
    const held = this.#held
    this.#held = undefined
    if (held === undefined) return undefined
    await held.end()
    await this.#checkpointsByThemselves(AUTOMATIC_CHECKPOINT)
    const owed = this.#owed
    this.#owed = false
    if (owed) await this.checkpoint()
    return undefined
  }

  async rekey({ key }: Requests['rekey']['ask']): Promise<undefined> {
    try {
      await this.checkpoint()
      await this.#sql.exec(`PRAGMA rekey = ${keyLiteral(key)}`)
    } finally {
      // Transferred to us, as the first one was.
      key.fill(0)
    }
    await this.checkpoint()
    return undefined
  }

  async copy(ask: Requests['copy']['ask']): Promise<undefined> {
    this.#assertNotHeld()
    await this.checkpoint()
    this.#database.file.copyTo(ask.target)
    return undefined
  }

  async close(ask: Requests['close']['ask']): Promise<undefined> {
    await this.rollback().catch(() => undefined)
    // Closing writes into the file: whoever still reads it is told first.
    await this.#held?.end()
    this.#held = undefined
    if (ask.removeFile) {
      await this.#sql.close()
      this.#database.file.closeAndRemove()
      return undefined
    }
    // Closing checkpoints too, but only this says whether it could; a full disk must not stop the lock.
    await this.checkpoint().catch(() => undefined)
    await this.#database.close()
    return undefined
  }

  #assertIdle(): void {
    if (this.#transaction !== 'none') throw new SqlError('OTHER', 'MISUSE_IN_TRANSACTION')
  }

  #assertNotHeld(): void {
    if (this.#held !== undefined) throw new SqlError('BUSY', 'HELD')
  }

  /** After how many pages in the log a commit writes back by itself; 0 for never. */
  async #checkpointsByThemselves(pages: number): Promise<void> {
    const [row] = await this.#sql.all(`PRAGMA wal_autocheckpoint = ${pages}`)
    if (row === undefined || Object.values(row)[0] !== pages) throw new SqlError('OTHER', 'AUTOCHECKPOINT')
  }

  async #inside<T>(transaction: InTransaction, work: () => Promise<T>): Promise<T> {
    if (transaction === 'in') {
      if (this.#transaction === 'none') throw new SqlError('OTHER', 'MISUSE_NO_TRANSACTION')
      if (this.#transaction !== 'open') throw this.#transaction
    } else {
      this.#assertIdle()
    }
    if (transaction === 'begin') await this.#begin()
    try {
      return await work()
    } catch (thrown) {
      const error = await this.#told(toSqlError(thrown))
      const refusedRow = error.code === 'CONSTRAINT' || error.code === 'SEALED'
      if (this.#transaction === 'open' && !refusedRow) this.#transaction = error
      throw error
    }
  }

  /**
   * After a page that fails its check SQLCipher refuses everything on this connection, and says NOMEM or NOTADB;
   * FTS5 says a bare SQLITE_ERROR for the first such page. Whether the connection still reads tells them from
   * a mistake in the statement.
   */
  async #told(error: SqlError): Promise<SqlError> {
    if (error.code !== 'NOT_A_DATABASE' && !(error.code === 'OTHER' && error.reason.startsWith('SQLITE_'))) {
      return error
    }
    const reads = this.#sql.all('SELECT count(*) AS objects FROM sqlite_schema')
    return reads.then(
      () => error,
      () => new SqlError('CORRUPT', error.reason),
    )
  }

  async #begin(): Promise<void> {
    try {
      await this.#sql.run('BEGIN IMMEDIATE')
      this.#transaction = 'open'
    } catch (thrown) {
      // Failed, not none: statements of this unit already on their way must not run outside of a transaction.
      this.#transaction = await this.#told(toSqlError(thrown))
      throw this.#transaction
    }
  }
}

async function counted<R>(rows: () => Promise<R[]>, isDamage: (row: R) => boolean): Promise<number> {
  try {
    return (await rows()).filter(isDamage).length
  } catch (thrown) {
    // Damage bad enough to stop the check itself.
    if (thrown instanceof SqlError && thrown.code !== 'BUSY') return 1
    throw thrown
  }
}

/** What goes back to the other thread for an error: codes only. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof OpenError) return { from: 'open', code: thrown.code, detail: thrown.detail }
  const { code, reason } = toSqlError(thrown)
  return { from: 'sql', code, reason }
}
