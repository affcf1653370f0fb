import type { Connection } from './connection.ts'
import type { Row, SqlParams } from './driver/SqlDriver.ts'
import type { InTransaction } from './protocol.ts'
import { StoreError } from './storeError.ts'

/** A transaction that begins with its first statement; without one there is none, and commit costs nothing. */
export class Transaction {
  readonly #connection: Connection
  #begun = false

  constructor(connection: Connection) {
    this.#connection = connection
  }

  all(sql: string, params: SqlParams): Promise<Row[]> {
    return this.#connection.request('all', { sql, params, transaction: this.#next() })
  }

  run(sql: string, params: SqlParams): Promise<{ changes: number }> {
    return this.#connection.request('run', { sql, params, transaction: this.#next() })
  }

  runMany(sql: string, list: readonly SqlParams[]): Promise<{ changes: number }> {
    return this.#connection.request('runMany', { sql, list, transaction: this.#next() })
  }

  async exec(sql: string): Promise<void> {
    await this.#connection.request('exec', { sql, transaction: this.#next() })
  }

  /** Rejects with the first error of a statement that failed the transaction, which is rolled back then. */
  async commit(): Promise<void> {
    if (!this.#begun) return
    try {
      await this.#connection.request('commit', null)
    } catch (thrown) {
      await this.rollback()
      throw thrown
    }
  }

  /** Never rejects: a connection that cannot even roll back is given up. */
  async rollback(): Promise<void> {
    if (!this.#begun) return
    try {
      await this.#connection.request('rollback', null)
    } catch (thrown) {
      if (!(thrown instanceof StoreError)) await this.#connection.abandon()
    }
  }

  #next(): InTransaction {
    if (this.#begun) return 'in'
    this.#begun = true
    return 'begin'
  }
}
