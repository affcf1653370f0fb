import { createRequire } from 'node:module'
import type { Database, Statement } from '@signalapp/sqlcipher'
import { type Row, type SqlDriver, SqlError, type SqlParams, type SqlValue } from './SqlDriver.ts'
import { toSqlError } from './sqlErrors.ts'
import { boundValues, changesRows, rewritten, statementShape } from './statement.ts'

const MAX_STATEMENTS = 256

/** Required, not imported, so that both drivers are found and fail in the same way. */
export function loadSignal(): { Database: typeof Database } {
  return createRequire(import.meta.url)('@signalapp/sqlcipher') as { Database: typeof Database }
}

/** Opens a file. The library would create a missing one, so the caller makes sure that it exists. */
export async function openSignal(path: string): Promise<SqlDriver> {
  const library = loadSignal()
  try {
    return new SignalDriver(new library.Database(path))
  } catch (thrown) {
    throw toSqlError(thrown)
  }
}

/** @signalapp/sqlcipher is synchronous: calls are in order by themselves, and block the thread they run on. */
class SignalDriver implements SqlDriver {
  readonly name = 'signal'
  readonly #database: Database
  readonly #statements = new Map<string, Statement>()

  constructor(database: Database) {
    this.#database = database
  }

  async exec(sql: string): Promise<void> {
    return translated(() => this.#database.exec(sql))
  }

  async run(sql: string, params: SqlParams = {}): Promise<{ changes: number }> {
    return translated(() => {
      const shape = statementShape(sql)
      if (shape.returnsRows) throw new SqlError('OTHER', 'MISUSE_RUN_WITH_ROWS')
      const [statement, bound] = this.#bind(sql, params)
      const { changes } = statement.run(bound)
      return { changes: changesRows(shape) ? changes : 0 }
    })
  }

  async runMany(sql: string, list: readonly SqlParams[]): Promise<{ changes: number }> {
    let changes = 0
    for (const params of list) changes += (await this.run(sql, params)).changes
    return { changes }
  }

  async all(sql: string, params: SqlParams = {}): Promise<Row[]> {
    return translated(() => {
      const [statement, bound] = this.#bind(sql, params)
      return statement.all(bound)
    })
  }

  async close(): Promise<void> {
    return translated(() => {
      for (const statement of this.#statements.values()) statement.close()
      this.#statements.clear()
      this.#database.close()
    })
  }

  #bind(sql: string, params: SqlParams): [Statement, Record<string, never> | never[]] {
    const shape = statementShape(sql)
    const values = boundValues(shape, params)
    // The library turns an empty blob into NULL.
    const empty = shape.names.filter((_, index) => isEmptyBlob(values[index]))
    const text =
      empty.length === 0 ? sql : rewritten(sql, shape, new Map(empty.map((name) => [name, 'zeroblob(0)'])))
    const statement = this.#prepared(text)
    if (shape.names.length === empty.length) return [statement, []]
    const entries = shape.names.map((name, index) => [name, native(values[index] ?? null)] as const)
    // The declared types forbid bigint unless rows come back as bigint too; the addon itself takes it.
    return [statement, Object.fromEntries(entries) as Record<string, never>]
  }

  #prepared(sql: string): Statement {
    const known = this.#statements.get(sql)
    if (known !== undefined) {
      this.#statements.delete(sql)
      this.#statements.set(sql, known)
      return known
    }
    const statement = this.#database.prepare(sql, { persistent: true })
    this.#statements.set(sql, statement)
    const [oldest] = this.#statements
    if (this.#statements.size > MAX_STATEMENTS && oldest !== undefined) {
      this.#statements.delete(oldest[0])
      oldest[1].close()
    }
    return statement
  }
}

/** The library binds every number as floating point; only bigint becomes INTEGER. */
function native(value: SqlValue): SqlValue {
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value
}

function isEmptyBlob(value: SqlValue | undefined): boolean {
  return value instanceof Uint8Array && value.length === 0
}

function translated<T>(work: () => T): T {
  try {
    return work()
  } catch (thrown) {
    throw toSqlError(thrown)
  }
}
