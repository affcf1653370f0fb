import { createRequire } from 'node:module'
import type { Database, Statement, sqlite3 } from '@journeyapps/sqlcipher'
import { type Row, type SqlDriver, SqlError, type SqlParams, type SqlValue } from './SqlDriver.ts'
import { toSqlError } from './sqlErrors.ts'
import { rowsText } from './manyRows.ts'
import { boundValues, changesRows, rewritten, statementShape, type StatementShape } from './statement.ts'

const MAX_STATEMENTS = 256
const INT32 = 2 ** 31

/** Not imported: where this optional addon is missing the application must still start. */
export function loadJourneyapps(): sqlite3 {
  return createRequire(import.meta.url)('@journeyapps/sqlcipher') as sqlite3
}

/** Opens an existing file; never creates one. The file is not touched until the first statement. */
export async function openJourneyapps(path: string): Promise<SqlDriver> {
  const library = loadJourneyapps()
  const database = await new Promise<Database>((resolve, reject) => {
    const opened: Database = new library.Database(path, library.OPEN_READWRITE, (error) => {
      if (error === null) resolve(opened)
      else reject(toSqlError(error))
    })
  })
  return new JourneyappsDriver(database)
}

/**
 * node-sqlite3's callback API. It hands statements to a thread pool and may reorder concurrent ones, so here
 * only one is ever under way.
 */
class JourneyappsDriver implements SqlDriver {
  readonly name = 'journeyapps'
  readonly #database: Database
  readonly #statements = new Map<string, Statement>()
  #last: Promise<unknown> = Promise.resolve()

  constructor(database: Database) {
    this.#database = database
  }

  exec(sql: string): Promise<void> {
    return this.#inTurn(() => settled((done) => this.#database.exec(sql, done)))
  }

  run(sql: string, params: SqlParams = {}): Promise<{ changes: number }> {
    return this.#inTurn(async () => {
      const shape = statementShape(sql)
      // A statement left standing on a row keeps its read transaction, and COMMIT would fail.
      if (shape.returnsRows) throw new SqlError('OTHER', 'MISUSE_RUN_WITH_ROWS')
      const [statement, values] = await this.#bind(sql, params)
      const changes = await ran(statement, values)
      return { changes: changesRows(shape) ? changes : 0 }
    })
  }

  /** Each statement costs a way to the thread pool and back, each value its memory locked: rows go together. */
  async runMany(sql: string, list: readonly SqlParams[]): Promise<{ changes: number }> {
    const shape = statementShape(sql)
    const rows = list.length > 1 ? rowsText(sql, shape) : null
    const together = rows === null ? null : togetherOf(shape, list)
    let changes = 0
    for (let at = 0; at < list.length;) {
      const count = together === null ? 1 : (rows?.count(list.length - at) ?? 1)
      if (rows === null || together === null || count === 1)
        changes += (await this.run(sql, list[at])).changes
      else {
        const text = rows.text(count, together.cast, together.same)
        const values = together.rows
          .slice(at, at + count)
          .flatMap((row, nth) => (nth === 0 ? row : together.rest(row)))
        changes += await this.#inTurn(async () => ran(await this.#prepared(text), values))
      }
      at += count
    }
    return { changes }
  }

  all(sql: string, params: SqlParams = {}): Promise<Row[]> {
    return this.#inTurn(async () => {
      const [statement, values] = await this.#bind(sql, params)
      return new Promise((resolve, reject) => {
        statement.all(values, (error, rows) => {
          if (error === null) resolve(rows as Row[])
          else reject(error)
        })
      })
    })
  }

  close(): Promise<void> {
    return this.#inTurn(async () => {
      for (const statement of this.#statements.values()) await finalized(statement)
      this.#statements.clear()
      await settled((done) => this.#database.close(done))
    })
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work).catch((thrown: unknown) => {
      throw toSqlError(thrown)
    })
    this.#last = turn.catch(() => undefined)
    return turn
  }

  async #bind(sql: string, params: SqlParams): Promise<[Statement, unknown[]]> {
    const shape = statementShape(sql)
    const values = boundValues(shape, params)
    // The addon binds integers beyond 32 bits as floating point, and bigint not at all: such a value goes in
    // as text and is cast. The unary plus takes the cast's affinity away again, so comparisons stay the same.
    const wide = shape.names.filter((_, index) => isWide(values[index]))
    const text =
      wide.length === 0 ? sql : rewritten(sql, shape, new Map(wide.map((name) => [name, cast(name)])))
    return [await this.#prepared(text), values.map((value) => (isWide(value) ? String(value) : value))]
  }

  async #prepared(sql: string): Promise<Statement> {
    const known = this.#statements.get(sql)
    if (known !== undefined) {
      this.#statements.delete(sql)
      this.#statements.set(sql, known)
      return known
    }
    let statement: Statement | undefined
    await settled((done) => {
      statement = this.#database.prepare(sql, done)
    })
    if (statement === undefined) throw new SqlError('OTHER', 'UNKNOWN')
    this.#statements.set(sql, statement)
    const [oldest] = this.#statements
    if (this.#statements.size > MAX_STATEMENTS && oldest !== undefined) {
      this.#statements.delete(oldest[0])
      await finalized(oldest[1])
    }
    return statement
  }
}

function cast(name: string): string {
  return `+CAST(:${name} AS INTEGER)`
}

interface Together {
  /** In SQLite's order, as they are bound. */
  readonly rows: readonly unknown[][]
  readonly cast: ReadonlySet<string>
  /** The same in every row. */
  readonly same: ReadonlySet<string>
  /** What of a row is not. */
  readonly rest: (row: readonly unknown[]) => unknown[]
}

/** Null where a wide number stands beside text or a fraction, which a cast would change. */
function togetherOf(shape: StatementShape, list: readonly SqlParams[]): Together | null {
  const rows = list.map((params) => boundValues(shape, params))
  const cast = new Set<string>()
  const same = new Set<string>()
  for (const [index, name] of shape.names.entries()) {
    const first = rows[0]?.[index]
    if (rows.every((row) => row[index] === first)) same.add(name)
    if (!rows.some((row) => isWide(row[index]))) continue
    if (!rows.every((row) => row[index] === null || isWhole(row[index]))) return null
    cast.add(name)
  }
  const casts = shape.names.map((name) => cast.has(name))
  const differs = shape.names.map((name) => !same.has(name))
  return {
    rows: rows.map((row) =>
      row.map((value, index) => (casts[index] === true && value !== null ? String(value) : value)),
    ),
    cast,
    same,
    rest: (row) => row.filter((_, index) => differs[index]),
  }
}

const isWhole = (value: SqlValue | undefined): boolean =>
  typeof value === 'bigint' || Number.isSafeInteger(value)

/** How many rows it changed. */
function ran(statement: Statement, values: readonly unknown[]): Promise<number> {
  return new Promise((resolve, reject) => {
    statement.run(values, function (error) {
      if (error === null) resolve(this.changes)
      else reject(error)
    })
  })
}

function isWide(value: SqlValue | undefined): boolean {
  if (typeof value === 'bigint') return true
  return Number.isSafeInteger(value) && Math.abs(value as number) >= INT32
}

function settled(start: (done: (error: Error | null) => void) => unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => {
      if (error === null) resolve()
      else reject(error)
    })
  })
}

function finalized(statement: Statement): Promise<void> {
  return new Promise((resolve) => {
    statement.finalize(() => resolve())
  })
}
