import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { onTestFinished } from 'vitest'
import { driver, NOTES } from './storeFiles.ts'
import type { Job } from './storeChild.ts'
import { storeWorkerPath, supportProgram } from './storeWorker.ts'

export interface StoreProcess {
  readonly child: ChildProcess
  /** Complete lines printed so far. */
  lines(): string[]
  stderr(): string
  /** Resolves when so many lines have been printed, or the process has ended. */
  printed(lines: number): Promise<void>
  ended(): Promise<void>
}

/** Starts tests/support/storeChild.ts under the Node that runs the tests; `env` beside what it inherits. */
export async function startStoreProcess(
  job: Pick<Job, 'task' | 'path' | 'mode'> & Partial<Omit<Job, 'key'>>,
  key: Uint8Array,
  env: Readonly<Record<string, string>> = {},
): Promise<StoreProcess> {
  const [program, workerPath] = [await supportProgram('storeChild.ts'), await storeWorkerPath()]
  const whole: Job = { driver, workerPath, migrations: NOTES, ...job, key: Buffer.from(key).toString('hex') }
  const child = spawn(process.execPath, [program, JSON.stringify(whole)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  // One that a failed test left behind, asleep perhaps, would wait for ever.
  onTestFinished(() => void child.kill('SIGKILL'))
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  const lines = (): string[] => out.split('\n').slice(0, -1)
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve())
  })
  return {
    child,
    lines,
    stderr: () => err,
    printed: async (count) => {
      while (lines().length < count && child.exitCode === null && child.signalCode === null) {
        await Promise.race([once(child.stdout, 'data'), ended])
      }
    },
    ended: () => ended,
  }
}

/** Runs one opening job to its end and gives what it printed. */
export async function runStoreProcess(
  ...args: Parameters<typeof startStoreProcess>
): Promise<{ lines: string[]; stderr: string }> {
  const started = await startStoreProcess(...args)
  await started.ended()
  return { lines: started.lines(), stderr: started.stderr() }
}
