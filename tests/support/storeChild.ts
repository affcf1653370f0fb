/**
 * A bare store in a process of its own, to be killed, refused or watched. Takes one job (JSON) as its argument
 * and prints a line per thing that has certainly happened.
 */
import { mkdtempSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DriverName } from '../../src/main/store/driver/SqlDriver.ts'
import type { Migration } from '../../src/main/store/migrate.ts'
import { openDatabase } from '../../src/main/store/open.ts'
import { OpenError } from '../../src/main/store/openError.ts'
import { Store } from '../../src/main/store/Store.ts'

export interface Job {
  /**
   * write: commits note after note until killed. write-unsynced: the same as it must not be done, with
   * synchronous=OFF. open: says how opening went. unprivileged: the same as nobody.
   */
  readonly task: 'write' | 'write-unsynced' | 'open' | 'unprivileged'
  readonly path: string
  /** Hexadecimal. */
  readonly key: string
  readonly mode: 'create' | 'open'
  readonly driver: DriverName
  readonly workerPath: string
  readonly migrations: readonly Migration[]
  /** The migration to this version says 'inside' when all of it has run but not been committed, and stays there. */
  readonly stayInside?: number
  /** write: into a file that stands still for a copy all the while. */
  readonly held?: boolean
}

const NOBODY = 65534

function say(line: string): void {
  // Straight to the descriptor: what is printed must have left the process before it is killed.
  writeSync(1, `${line}\n`)
}

function openJob(job: Job): Promise<Store> {
  const { path, mode, driver, workerPath } = job
  const migrations = job.migrations.map((one) => (one.version === job.stayInside ? staying(one) : one))
  const key = new Uint8Array(Buffer.from(job.key, 'hex'))
  return Store.open({ path, key, mode, driver, workerPath, migrations, memorySecurity: false })
}

function staying(migration: Migration): Migration {
  const up: Migration['up'] = async (sql) => {
    if (typeof migration.up === 'string') await sql.exec(migration.up)
    say('inside')
    await new Promise(() => setInterval(() => undefined, 1000))
  }
  return { ...migration, up }
}

const NOTE = 'INSERT INTO notes (id, body, counter) VALUES (:id, :body, :id)'
const WORDS = 'INSERT INTO words (rowid, body) VALUES (:id, :body)'

function textOf(id: number): string {
  return `note ${id} `.repeat(40)
}

async function write(job: Job): Promise<void> {
  const store = await openJob(job)
  if (job.held === true) await store.hold()
  say('opened')
  for (;;) {
    const note = await store.write(async (handle) => {
      const last = await handle.get<{ id: number }>('SELECT coalesce(max(id), 0) AS id FROM notes')
      const id = (last?.id ?? 0) + 1
      const body = textOf(id)
      await handle.run(NOTE, { id, body })
      await handle.run(WORDS, { id, body })
      return id
    })
    say(String(note))
  }
}

/** Past the store, which would not let anybody do this. */
async function writeUnsynced({ path, key, mode, driver }: Job): Promise<void> {
  const bytes = new Uint8Array(Buffer.from(key, 'hex'))
  const { sql } = await openDatabase({ path, key: bytes, mode, driver, memorySecurity: false })
  await sql.exec('PRAGMA synchronous = OFF')
  say('opened')
  for (let id = 1; ; id += 1) {
    const body = textOf(id)
    await sql.exec('BEGIN IMMEDIATE')
    await sql.run(NOTE, { id, body })
    await sql.run(WORDS, { id, body })
    await sql.exec('COMMIT')
    say(String(id))
  }
}

/** Loads the addon, gives root up, then opens: nothing but the database may need reading as nobody. */
async function unprivileged(job: Job): Promise<void> {
  const key = new Uint8Array(Buffer.from(job.key, 'hex'))
  const scratch = mkdtempSync(join(tmpdir(), 'bracket-store-child-'))
  const { driver } = job
  const warm = await openDatabase({
    path: join(scratch, 'warm.db'),
    key,
    mode: 'create',
    driver,
    memorySecurity: false,
  })
  await warm.close()
  rmSync(scratch, { recursive: true })
  if (process.getuid?.() === 0) {
    process.setegid?.(NOBODY)
    process.seteuid?.(NOBODY)
  }
  const database = await openDatabase({ path: job.path, key, mode: job.mode, driver, memorySecurity: false })
  await database.sql.run('CREATE TABLE written (x)')
  await database.close()
}

async function main(job: Job): Promise<void> {
  if (job.task === 'write') return write(job)
  if (job.task === 'write-unsynced') return writeUnsynced(job)
  say('started')
  try {
    if (job.task === 'open') await (await openJob(job)).close()
    else await unprivileged(job)
    say('OK')
  } catch (thrown) {
    say(thrown instanceof OpenError ? thrown.code : 'UNEXPECTED')
  }
}

await main(JSON.parse(process.argv[2] ?? '{}') as Job)
