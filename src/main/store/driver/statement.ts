import { SqlError, type SqlParams, type SqlValue } from './SqlDriver.ts'

/** What we need to know of one SQL statement before a driver sees it. */
export interface StatementShape {
  /** Names of its parameters, in order of first use: the order in which SQLite numbers them. */
  readonly names: readonly string[]
  /** Where each parameter stands, for rewriting. */
  readonly places: readonly { readonly name: string; readonly from: number; readonly to: number }[]
  /** The word that says what it does: SELECT, INSERT, CREATE… (behind WITH: the main one). */
  readonly verb: string
  readonly returnsRows: boolean
}

interface Token {
  readonly text: string
  readonly from: number
  readonly to: number
  readonly depth: number
}

const TOKEN =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|[:@$?][A-Za-z0-9_]*|[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*|\d[\w.]*|[();]/g
const CHANGES_ROWS = new Set(['INSERT', 'UPDATE', 'DELETE', 'REPLACE'])
const RETURNS_ROWS = new Set(['SELECT', 'VALUES', 'PRAGMA', 'EXPLAIN'])
/** Never run through a handle or a migration: the store alone begins and ends transactions, and nothing attaches. */
const STORE_ONLY = new Set(['ATTACH', 'DETACH', 'COMMIT', 'ROLLBACK', 'SAVEPOINT', 'RELEASE', 'VACUUM'])
const CACHED_SHAPES = 1000

const shapes = new Map<string, StatementShape>()

function* tokens(sql: string): Generator<Token> {
  let depth = 0
  for (const match of sql.matchAll(TOKEN)) {
    const text = match[0]
    if (text.startsWith('--') || text.startsWith('/*')) continue
    if (text === ')') depth -= 1
    yield { text, from: match.index, to: match.index + text.length, depth }
    if (text === '(') depth += 1
  }
}

/** Reads one statement. Throws MISUSE_… for a second statement or a parameter that is not `:name`. */
export function statementShape(sql: string): StatementShape {
  const known = shapes.get(sql)
  if (known !== undefined) return known
  const shape = read(sql)
  // Our SQL is a fixed set of literals; the bound only stops a mistake from growing without end.
  if (shapes.size >= CACHED_SHAPES) shapes.clear()
  shapes.set(sql, shape)
  return shape
}

function read(sql: string): StatementShape {
  const places: { name: string; from: number; to: number }[] = []
  let verb = ''
  let returning = false
  let ended = false
  // Inside CREATE TRIGGER semicolons do not end the statement.
  let trigger = false
  for (const token of tokens(sql)) {
    const word = token.text.toUpperCase()
    if (ended) throw new SqlError('OTHER', 'MISUSE_SECOND_STATEMENT')
    if (word === ';') {
      ended = !trigger
      continue
    }
    if (/^[:@$?]/.test(word)) {
      if (word.length < 2 || !word.startsWith(':')) throw new SqlError('OTHER', 'MISUSE_PARAMETER_STYLE')
      places.push({ name: token.text.slice(1), from: token.from, to: token.to })
    } else if (verb === '') {
      verb = word
    } else if (verb === 'WITH' && token.depth === 0 && (CHANGES_ROWS.has(word) || RETURNS_ROWS.has(word))) {
      verb = word
    }
    if (word === 'TRIGGER' && verb === 'CREATE') trigger = true
    if (word === 'RETURNING') returning = true
    // INSERT OR ROLLBACK and RAISE(ROLLBACK) would end the unit's transaction behind the store's back.
    if (word === 'ROLLBACK') verb = 'ROLLBACK'
  }
  return {
    names: [...new Set(places.map((place) => place.name))],
    places,
    verb,
    returnsRows: returning || RETURNS_ROWS.has(verb),
  }
}

/** True for what a read handle may run. */
export function onlyReads(shape: StatementShape): boolean {
  return shape.verb === 'SELECT' || shape.verb === 'VALUES'
}

/** True for statements whose `changes` means something. */
export function changesRows(shape: StatementShape): boolean {
  return CHANGES_ROWS.has(shape.verb)
}

/** True for what a write handle may run: data and schema, but no transactions, pragmas or attached files. */
export function allowedInUnit(shape: StatementShape): boolean {
  return !STORE_ONLY.has(shape.verb) && !['BEGIN', 'END', 'PRAGMA', 'EXPLAIN', ''].includes(shape.verb)
}

/** Throws when a script for `exec` would end the transaction it runs in, or attach another file. */
export function refuseStoreOnly(script: string): void {
  let first = true
  for (const token of tokens(script)) {
    const word = token.text.toUpperCase()
    if (word === 'ROLLBACK' || (first && STORE_ONLY.has(word)))
      throw new SqlError('OTHER', 'MISUSE_STORE_ONLY')
    first = word === ';'
  }
}

/** Checks names and values; gives the values in SQLite's order. */
export function boundValues(shape: StatementShape, params: SqlParams): SqlValue[] {
  const given = Object.keys(params).length
  if (given !== shape.names.length) throw new SqlError('OTHER', 'MISUSE_PARAMETERS')
  return shape.names.map((name) => checked(Object.hasOwn(params, name) ? params[name] : undefined))
}

const INT64 = 1n << 63n

function checked(value: SqlValue | undefined): SqlValue {
  if (value === null || typeof value === 'string' || value instanceof Uint8Array) return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (typeof value === 'bigint' && value < INT64 && value >= -INT64) return value
  throw new SqlError('OTHER', 'MISUSE_VALUE')
}

/** The statement with some parameters written as other expressions; both drivers have values they cannot bind. */
export function rewritten(
  sql: string,
  shape: StatementShape,
  expressions: ReadonlyMap<string, string>,
): string {
  let out = ''
  let last = 0
  for (const place of shape.places) {
    const expression = expressions.get(place.name)
    if (expression === undefined) continue
    out += sql.slice(last, place.from) + expression
    last = place.to
  }
  return out + sql.slice(last)
}
