import { open, rm, stat, writeFile } from 'node:fs/promises'
import { connect } from '../store/driver/choose.ts'
import type { DriverName } from '../store/driver/SqlDriver.ts'
import { recordMigrations } from '../store/record/migrations/index.ts'

const PAGE = 4096
const SALT = 16
/** One row of so many letters, again and again, until the empty file is as long as the damaged one. */
const STUFFING = 8 * 1024 * 1024

/**
 * The first pages of a database say where every table begins; without them nothing can be asked of it. Those of the
 * first migration are made anew: on an empty file it always puts the same tables on the same pages, and under the
 * same key and salt they fit into the damaged copy. A page that does not belong there cannot show wrong words: each
 * carries its number and its own authentication, and what it says is parsed and compared with its seal.
 * @returns false when there is nothing to put back with
 */
export async function putBackSchema(path: string, key: Uint8Array, driver: DriverName): Promise<boolean> {
  const made = `${path}.empty`
  try {
    const salt = await firstBytes(path, SALT)
    const { size } = await stat(path)
    if (salt.length < SALT || size < 2 * PAGE) return false
    await writeFile(made, '', { flag: 'wx', mode: 0o600 })
    const pages = await makeEmpty(made, Buffer.concat([key, salt]), driver, size)
    await graft(made, path, pages)
    return true
  } catch {
    return false
  } finally {
    for (const suffix of ['', '-journal', '-wal'])
      await rm(made + suffix, { force: true }).catch(() => undefined)
  }
}

/** Gives the numbers of the pages that hold the list of tables. */
async function makeEmpty(
  path: string,
  keyAndSalt: Buffer,
  driver: DriverName,
  size: number,
): Promise<number[]> {
  const first = recordMigrations[0]
  if (first === undefined || typeof first.up !== 'string') throw new Error('NO_SCHEMA')
  const sql = await connect(driver, path)
  try {
    await sql.exec('PRAGMA cipher_log_level = NONE')
    await sql.exec(`PRAGMA key = "x'${keyAndSalt.toString('hex')}'"`)
    await sql.exec(`BEGIN; ${first.up}; COMMIT`)
    const number = async (pragma: string): Promise<number> =>
      Number(Object.values((await sql.all(`PRAGMA ${pragma}`))[0] ?? {})[0])
    const count = await number('page_count')
    const roots = await sql.all('SELECT rootpage FROM sqlite_schema WHERE rootpage > 0')
    const begun = new Set(roots.map((row) => Number(row['rootpage'])))
    // As long as the damaged file, or SQLite would not look beyond the end that its first page names.
    for (let nth = 0; (await number('page_count')) * PAGE < size; nth += 1) {
      const letters = Math.min(STUFFING, size)
      await sql.all(
        `INSERT INTO settings (key, value) VALUES (:name, printf('%.*c', :letters, 'x')) RETURNING 1`,
        {
          name: `stuffing ${nth}`,
          letters,
        },
      )
    }
    return Array.from({ length: count }, (_, n) => n + 1).filter((page) => !begun.has(page))
  } finally {
    keyAndSalt.fill(0)
    await sql.close()
  }
}

async function firstBytes(path: string, length: number): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

async function graft(from: string, into: string, pages: readonly number[]): Promise<void> {
  const [source, target] = [await open(from, 'r'), await open(into, 'r+')]
  try {
    const buffer = Buffer.alloc(PAGE)
    for (const page of pages) {
      const at = (page - 1) * PAGE
      await source.read(buffer, 0, PAGE, at)
      await target.write(buffer, 0, PAGE, at)
    }
    // No shorter than its first page now says.
    const { size } = await source.stat()
    if ((await target.stat()).size < size) await target.truncate(size)
    await target.sync()
  } finally {
    await source.close()
    await target.close()
  }
}
