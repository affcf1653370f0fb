import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../root.ts'

const SOURCE = join(ROOT, 'tests/reliability/disk/disk.c')
const CACHE = join(ROOT, 'node_modules/.cache/bracket-reliability')

/** What the disk between a child and the kernel does; see disk.c. */
export interface DiskOrders {
  /** Files under this directory. */
  readonly root: string
  readonly journal?: string
  readonly withData?: boolean
  readonly killAt?: number
  readonly tear?: boolean
  readonly fullAt?: number
}

/** The environment of a child that is to write through it. Linux with gcc only: throws otherwise, never passes over. */
export function throughDisk(orders: DiskOrders): Record<string, string> {
  const { root, journal, withData = true, killAt = 0, tear = false, fullAt = 0 } = orders
  return {
    LD_PRELOAD: diskLibrary(),
    // Node's own threads would otherwise hand some acts to the kernel past us.
    UV_USE_IO_URING: '0',
    BRACKET_DISK_ROOT: realpathSync(root),
    BRACKET_DISK_DATA: withData ? '1' : '0',
    BRACKET_DISK_KILL: String(killAt),
    BRACKET_DISK_TEAR: tear ? '1' : '0',
    BRACKET_DISK_FULL: String(fullAt),
    ...(journal === undefined ? {} : { BRACKET_DISK_JOURNAL: journal }),
  }
}

/** Why it cannot be had here, or null. */
export function diskMissing(): string | null {
  if (process.platform !== 'linux') return 'needs Linux (LD_PRELOAD)'
  if (spawnSync('gcc', ['--version'], { stdio: 'ignore' }).status !== 0) return 'needs gcc (build-essential)'
  return null
}

let built: string | undefined

function diskLibrary(): string {
  built ??= build()
  return built
}

function build(): string {
  const missing = diskMissing()
  if (missing !== null)
    throw new Error(`The disk of these trials ${missing}; node scripts/setup.mjs installs it.`)
  const state = createHash('sha256').update(readFileSync(SOURCE)).digest('hex').slice(0, 16)
  const library = join(CACHE, `disk-${state}.so`)
  if (existsSync(library)) return library
  mkdirSync(CACHE, { recursive: true })
  const part = `${library}.${process.pid}`
  const made = spawnSync('gcc', ['-O2', '-fPIC', '-shared', '-o', part, SOURCE, '-lpthread'], {
    encoding: 'utf8',
  })
  if (made.status !== 0) throw new Error(`disk.c did not compile: ${made.stderr}`)
  renameSync(part, library)
  return library
}
