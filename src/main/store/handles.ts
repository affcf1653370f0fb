import type { Connection } from './connection.ts'
import type { Row, SqlParams } from './driver/SqlDriver.ts'
import { allowedInUnit, onlyReads, statementShape } from './driver/statement.ts'
import { StoreError } from './storeError.ts'
import { Transaction } from './transaction.ts'

/** What a read unit may do. `T` is a claim about the row, to be checked by whoever parses it. */
export interface ReadHandle {
  all<T = Row>(sql: string, params?: SqlParams): Promise<T[]>
  /** The first row. All rows are read: say LIMIT 1 where there may be many. */
  get<T = Row>(sql: string, params?: SqlParams): Promise<T | undefined>
}

/** What a write unit may do; `all` and `get` here take RETURNING too. */
export interface WriteHandle extends ReadHandle {
  /** `changes` leaves out what triggers changed. */
  run(sql: string, params?: SqlParams): Promise<{ changes: number }>
  /** One prepared statement for each of the parameters, in order, in one message. A failure fails the unit. */
  runMany(sql: string, list: readonly SqlParams[]): Promise<{ changes: number }>
}

/** One unit of work under way: counts what it has sent, and after settling refuses to send more. */
export class Unit {
  readonly handle: WriteHandle
  readonly #writes: boolean
  readonly #connection: Connection
  readonly #transaction: Transaction
  #live = true
  readonly #underWay = new Set<Promise<unknown>>()

  constructor(connection: Connection, writes: boolean) {
    this.#connection = connection
    this.#writes = writes
    this.#transaction = new Transaction(connection)
    const all = <T>(sql: string, params: SqlParams = {}): Promise<T[]> =>
      this.#send(sql, () => this.#all(sql, params) as Promise<T[]>)
    this.handle = Object.freeze<WriteHandle>({
      all,
      get: async <T>(sql: string, params: SqlParams = {}) => (await all<T>(sql, params))[0],
      run: (sql, params = {}) => this.#send(sql, () => this.#transaction.run(sql, params)),
      runMany: (sql, list) => this.#send(sql, () => this.#transaction.runMany(sql, list)),
    })
  }

  get live(): boolean {
    return this.#live
  }

  /** The unit's function returned. Resolves after COMMIT returned; otherwise nothing was written. */
  async complete(): Promise<void> {
    this.#live = false
    if (this.#underWay.size > 0) {
      await this.abort()
      throw new StoreError('UNFINISHED')
    }
    await this.#transaction.commit()
  }

  /** The unit's function threw. */
  async abort(): Promise<void> {
    this.#live = false
    await Promise.allSettled(this.#underWay)
    await this.#transaction.rollback()
  }

  #all(sql: string, params: SqlParams): Promise<Row[]> {
    if (this.#writes) return this.#transaction.all(sql, params)
    return this.#connection.request('all', { sql, params, transaction: 'none' })
  }

  #send<T>(sql: string, send: () => Promise<T>): Promise<T> {
    const answer = this.#checkedSend(sql, send)
    // One that nobody awaits must not become an unhandled rejection: the unit itself fails with UNFINISHED.
    answer.catch(() => undefined)
    return answer
  }

  async #checkedSend<T>(sql: string, send: () => Promise<T>): Promise<T> {
    if (!this.#live) throw new StoreError('SETTLED')
    const shape = statementShape(sql)
    const allowed = this.#writes ? allowedInUnit(shape) : onlyReads(shape)
    if (!allowed) throw new StoreError('FORBIDDEN')
    const sent = send()
    this.#underWay.add(sent)
    try {
      return await sent
    } finally {
      this.#underWay.delete(sent)
    }
  }
}
