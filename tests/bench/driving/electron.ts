import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Devtools } from './devtools.ts'
import { pause } from './page.ts'

export const ROOT = path.resolve(import.meta.dirname, '../..')
/** Said by bench.mjs: from within its bundle the binary is not where scripts/electron-path.mjs looks. */
export const ELECTRON = process.env['BRACKET_BENCH_ELECTRON'] ?? ''
export const BARE = path.join(ROOT, 'tests/bench/bare')

const QUIT_PATIENCE_MS = 15_000

/** A program in Electron, started as `electron <directory>` is. Always `await stop()`. */
export interface Started {
  readonly devtools: Devtools
  readonly pid: number
  /** When spawn was called, in epoch milliseconds with fractions. */
  readonly spawnedAt: number
  /** The times at which main set a performance mark of this name, likewise. */
  marks(name: string): number[]
  stop(): Promise<void>
}

export const epoch = (): number => performance.timeOrigin + performance.now()

export function scratch(name: string): string {
  return mkdtempSync(path.join(tmpdir(), `bracket-bench-${name}-`))
}

export function start(
  program: string,
  args: readonly string[] = [],
  more: Readonly<Record<string, string>> = {},
): Started {
  const directory = scratch('run')
  const marksFile = path.join(directory, 'marks')
  const asRoot = process.getuid?.() === 0
  const spawnedAt = epoch()
  const child = spawn(
    ELECTRON,
    [
      // Chromium refuses its sandbox to root.
      ...(asRoot ? ['--no-sandbox'] : []),
      '--remote-debugging-pipe',
      `--user-data-dir=${path.join(directory, 'chromium')}`,
      '-r',
      path.join(ROOT, 'tests/bench/driving/marks.cjs'),
      program,
      ...args,
    ],
    {
      cwd: ROOT,
      env: { ...process.env, TZ: 'America/New_York', BRACKET_BENCH_MARKS: marksFile, ...more },
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    },
  )
  const { pid } = child
  if (pid === undefined) throw new Error('Electron did not start')
  return {
    devtools: new Devtools(child),
    pid,
    spawnedAt,
    marks: (name) => marksIn(marksFile, name),
    async stop() {
      await end(child)
      rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

function marksIn(file: string, name: string): number[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith(`${name} `))
    .map((line) => Number(line.slice(name.length + 1)))
}

/** SIGTERM quits Electron as a person would: what is open is committed and closed. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await Promise.race([gone, pause(QUIT_PATIENCE_MS)])
  child.kill('SIGKILL')
  await gone
}
