import type { StatementShape } from './statement.ts'

/** SQLite's limit is 32,766 parameters; long statements gain nothing over these. */
const MOST_PARAMETERS = 2_000
const STEPS = [64, 16, 4]
/** Of one statement; which parameters are the same in all rows is up to the rows. */
const MOST_TEXTS = 64

/** An `INSERT … VALUES (…)` that can be written for several rows at once. */
export interface RowsText {
  /** As many rows as go into one statement when `left` are left; 1: one by one. */
  readonly count: (left: number) => number
  /**
   * The statement for `count` rows. The parameters of row 2 are `:name_2`, but those of `same` are `:name` in all
   * of them; those of `cast` are cast to INTEGER. So in SQLite's order: all of the first row, then of each the rest.
   */
  readonly text: (count: number, cast: ReadonlySet<string>, same: ReadonlySet<string>) => string
}

const VALUES = /\bVALUES\s*(\((?:[^()']|'[^']*')*\))/i
const known = new Map<string, RowsText | null>()

/** Null where the statement is not of that form. Our SQL is a fixed set of literals: so is what is kept of it. */
export function rowsText(sql: string, shape: StatementShape): RowsText | null {
  let rows = known.get(sql)
  if (rows === undefined) known.set(sql, (rows = read(sql, shape)))
  return rows
}

function read(sql: string, shape: StatementShape): RowsText | null {
  const found = VALUES.exec(sql)
  const group = found?.[1]
  if (shape.verb !== 'INSERT' || shape.returnsRows || found === null || group === undefined) return null
  const to = found.index + found[0].length
  const from = to - group.length
  // A parameter elsewhere would be another one in each row.
  if (!shape.places.every((place) => place.from >= from && place.to <= to)) return null
  const texts = new Map<string, string>()
  const row = (at: number, cast: ReadonlySet<string>, same: ReadonlySet<string>): string => {
    let out = ''
    let last = from
    for (const place of shape.places) {
      const name = same.has(place.name) ? `:${place.name}` : `:${place.name}_${at}`
      out += sql.slice(last, place.from) + (cast.has(place.name) ? `+CAST(${name} AS INTEGER)` : name)
      last = place.to
    }
    return out + sql.slice(last, to)
  }
  return {
    count: (left) => STEPS.find((step) => step <= left && step * shape.names.length <= MOST_PARAMETERS) ?? 1,
    text: (count, cast, same) => {
      const key = `${count} ${[...cast].join(' ')}, ${[...same].join(' ')}`
      let text = texts.get(key)
      if (text === undefined) {
        if (texts.size >= MOST_TEXTS) texts.clear()
        const rows = Array.from({ length: count }, (_, at) => row(at, cast, same))
        texts.set(key, (text = sql.slice(0, from) + rows.join(', ') + sql.slice(to)))
      }
      return text
    },
  }
}
