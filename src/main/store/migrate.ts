import { createHash } from 'node:crypto'
import type { Connection } from './connection.ts'
import { type Row, SqlError, type SqlParams } from './driver/SqlDriver.ts'
import { refuseStoreOnly } from './driver/statement.ts'
import type { ReadHandle } from './handles.ts'
import { OpenError } from './openError.ts'
import { toOpenError } from './open.ts'
import { Transaction } from './transaction.ts'

/** What a migration may use. Dead after its `up` has settled. */
export interface MigrationSql {
  /** Any number of statements, no parameters. */
  exec(sql: string): Promise<void>
  run(sql: string, params?: SqlParams): Promise<{ changes: number }>
  all(sql: string, params?: SqlParams): Promise<Row[]>
}

export interface Migration {
  /** 1, 2, 3… without gaps. Becomes user_version. */
  readonly version: number
  readonly name: string
  readonly up: string | ((sql: MigrationSql) => Promise<void>)
  /** `schemaHash` of the file after this migration. Leave it out only in tests: without it nothing is checked. */
  readonly schemaHash?: string
}

export interface MigrationTarget {
  readonly connection: Connection
  readonly path: string
  readonly mode: 'create' | 'open'
  readonly migrations: readonly Migration[]
}

/**
 * Brings the file to the last migration, each in one transaction together with user_version. An older file is
 * copied first, encrypted as it is. Throws OpenError; a migration that fails leaves the file as it was before
 * that migration. Gives the version found and the version reached.
 */
export async function migrate(target: MigrationTarget): Promise<{ from: number; to: number }> {
  const { connection, migrations } = target
  assertNumbered(migrations)
  const from = await userVersion(connection)
  const to = migrations.length
  if (from > to) throw new OpenError('NEWER', String(from))
  // Creating ends only after the migrations: an existing file without any was cut short, or lost its WAL.
  if (target.mode === 'open' && from === 0 && to > 0) throw new OpenError('DAMAGED', 'EMPTY')
  await assertSchema(connection, migrations[from - 1])
  if (from === to) return { from, to }
  if (target.mode === 'open') {
    await connection.request('copy', { target: copyPath(target.path, to) })
  }
  for (const migration of migrations.slice(from)) await apply(connection, migration, target.path)
  await assertSchema(connection, migrations[to - 1])
  // The whole schema is in the file itself from here on: a WAL that goes missing cannot take it along.
  await connection.request('checkpoint', null)
  return { from, to }
}

/** Where the copy stands that is made before migrating to `version`. */
export function copyPath(path: string, version: number): string {
  return `${path}.before-v${version}`
}

/**
 * SHA-256 (hex) over every object of the schema, FTS5's shadow tables included, white space aside. The same in
 * both drivers. What ANALYZE makes is left out.
 */
export async function schemaHash(handle: Pick<ReadHandle, 'all'>): Promise<string> {
  const rows = await handle.all<{ type: string; name: string; tbl_name: string; sql: string | null }>(
    `SELECT type, name, tbl_name, sql FROM sqlite_schema
      WHERE name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\' ORDER BY type, name`,
  )
  const normal = rows.map((row) => [
    row.type,
    row.name,
    row.tbl_name,
    row.sql === null ? null : row.sql.replace(/\s+/g, ' ').trim(),
  ])
  return createHash('sha256').update(JSON.stringify(normal)).digest('hex')
}

function assertNumbered(migrations: readonly Migration[]): void {
  migrations.forEach((migration, index) => {
    if (migration.version !== index + 1) throw new OpenError('MIGRATION', 'NUMBERING')
  })
}

async function assertSchema(connection: Connection, migration: Migration | undefined): Promise<void> {
  if (migration?.schemaHash === undefined) return
  const all = <T>(sql: string): Promise<T[]> =>
    connection.request('all', { sql, params: {}, transaction: 'none' }) as Promise<T[]>
  if ((await schemaHash({ all })) !== migration.schemaHash)
    throw new OpenError('CHANGED', String(migration.version))
}

async function userVersion(connection: Connection): Promise<number> {
  const ask = { sql: 'PRAGMA user_version', params: {}, transaction: 'none' } as const
  const [row] = await connection.request('all', ask)
  return Number(row?.['user_version'])
}

async function apply(connection: Connection, migration: Migration, path: string): Promise<void> {
  const transaction = new Transaction(connection)
  let live = true
  const inTurn = <T>(sql: string, send: () => Promise<T>): Promise<T> => {
    if (!live) throw new OpenError('MIGRATION', 'SETTLED')
    refuseStoreOnly(sql)
    return send()
  }
  const sql: MigrationSql = {
    exec: async (script) => inTurn(script, () => transaction.exec(script)),
    run: async (text, params = {}) => inTurn(text, () => transaction.run(text, params)),
    all: async (text, params = {}) => inTurn(text, () => transaction.all(text, params)),
  }
  try {
    if (typeof migration.up === 'string') await sql.exec(migration.up)
    else await migration.up(sql)
    live = false
    await transaction.exec(`PRAGMA user_version = ${migration.version}`)
    await transaction.commit()
  } catch (thrown) {
    live = false
    await transaction.rollback()
    throw failure(thrown, migration, path)
  }
}

function failure(thrown: unknown, migration: Migration, path: string): OpenError {
  if (thrown instanceof SqlError && !['CONSTRAINT', 'SEALED', 'OTHER'].includes(thrown.code)) {
    return toOpenError(thrown, path)
  }
  return new OpenError('MIGRATION', String(migration.version))
}
