import type { Row, SqlParams } from '../store/driver/SqlDriver.ts'
import type { OpenDatabase } from '../store/open.ts'

/** A few milliseconds each: what is not found by then is not worth the wait, and is said to be untried. */
const REOPENINGS = 4000
const BATCH = 64

const LOWEST = -Number.MAX_SAFE_INTEGER
const HIGHEST = Number.MAX_SAFE_INTEGER

/**
 * A damaged copy, read around its bad pages. After one page that fails its check SQLCipher refuses everything on
 * that connection, so it is closed and opened anew, and the question is put otherwise.
 */
export class Reader {
  readonly #open: () => Promise<OpenDatabase>
  #database: OpenDatabase | null = null
  #left = REOPENINGS
  /** Some of it was not tried any more, or an index could not be read to its end. */
  unsure = false

  constructor(open: () => Promise<OpenDatabase>) {
    this.#open = open
  }

  get reopenings(): number {
    return REOPENINGS - this.#left
  }

  /** Null: a page that this needs cannot be read. */
  async rows(sql: string, params: SqlParams = {}): Promise<Row[] | null> {
    if (this.#left <= 0) {
      this.unsure = true
      return null
    }
    try {
      this.#database ??= await this.#open()
      return await this.#database.sql.all(sql, params)
    } catch {
      this.#left -= 1
      await this.close()
      return null
    }
  }

  async close(): Promise<void> {
    const leaving = this.#database
    this.#database = null
    await leaving?.close().catch(() => undefined)
  }

  /**
   * Every row of a numbered table that can be read. From both ends to the first page that cannot; what lies
   * between is tried by the numbers that `known` gives for it, halved until each is read or alone.
   * @returns whether everything between the two ends was read
   */
  async table(
    columns: string,
    from: string,
    take: (row: Row) => void,
    known: (after: number, before: number) => readonly number[],
  ): Promise<boolean> {
    const ask = (order: string) =>
      `SELECT ${columns} FROM ${from} WHERE row > :after AND row < :before ORDER BY row ${order} LIMIT :most`
    const after = await this.#walk(ask('ASC'), LOWEST, HIGHEST, 'after', take)
    if (after === null) return true
    const before = await this.#walk(ask('DESC'), after, HIGHEST, 'before', take)
    if (before === null) return true
    await this.#halve(columns, from, take, known(after, before))
    return false
  }

  /** Null: it came to the end. Otherwise the last number before the page that cannot be read. */
  async #walk(
    sql: string,
    after: number,
    before: number,
    moving: 'after' | 'before',
    take: (row: Row) => void,
  ): Promise<number | null> {
    const at = { after, before }
    for (let most = BATCH; ;) {
      const rows = await this.rows(sql, { ...at, most })
      if (rows === null) {
        if (most === 1) return at[moving]
        most = 1
        continue
      }
      for (const row of rows) {
        take(row)
        at[moving] = Number(row['row'])
      }
      if (rows.length < most) return null
    }
  }

  async #halve(
    columns: string,
    from: string,
    take: (row: Row) => void,
    wanted: readonly number[],
  ): Promise<void> {
    const [first, last] = [wanted[0], wanted.at(-1)]
    if (first === undefined || last === undefined) return
    const sql = `SELECT ${columns} FROM ${from} WHERE row BETWEEN :first AND :last ORDER BY row`
    const rows = wanted.length > BATCH ? null : await this.rows(sql, { first, last })
    if (rows !== null) return rows.forEach(take)
    if (wanted.length === 1) return
    const middle = wanted.length >> 1
    await this.#halve(columns, from, take, wanted.slice(0, middle))
    await this.#halve(columns, from, take, wanted.slice(middle))
  }

  /** Numbers of rows out of an index over a text, from both ends. */
  async index(sql: (direction: string, compared: string) => string, take: (row: Row) => void): Promise<void> {
    for (const [direction, compared, start] of [
      ['ASC', '>', ''],
      ['DESC', '<', '\u{10ffff}'],
    ] as const) {
      let at: string = start
      for (let most = BATCH; ;) {
        const rows = await this.rows(sql(direction, compared), { at, most })
        if (rows === null) {
          if (most === 1) break
          most = 1
          continue
        }
        for (const row of rows) {
          take(row)
          at = String(row['at'])
        }
        if (rows.length < most) return
      }
    }
    this.unsure = true
  }
}
