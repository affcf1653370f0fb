import { type ChildProcess, spawn } from 'node:child_process'
import { driver, NOTES } from './storeFiles.ts'
import type { Job } from './storeChild.ts'
import { storeWorkerPath, supportProgram } from './storeWorker.ts'

export interface StoreProcess {
  readonly child: ChildProcess
  /** Complete lines printed so far. */
  lines(): string[]
  stderr(): string
  /** Resolves when a line has been printed, or the process has ended. */
  firstLine(): Promise<void>
  ended(): Promise<void>
}

/** Starts tests/support/storeChild.ts under the Node that runs the tests. */
export async function startStoreProcess(
  job: Pick<Job, 'task' | 'path' | 'mode'> & Partial<Omit<Job, 'key'>>,
  key: Uint8Array,
): Promise<StoreProcess> {
  const [program, workerPath] = [await supportProgram('storeChild.ts'), await storeWorkerPath()]
  const whole: Job = { driver, workerPath, migrations: NOTES, ...job, key: Buffer.from(key).toString('hex') }
  const child = spawn(process.execPath, [program, JSON.stringify(whole)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve())
  })
  const first = new Promise<void>((resolve) => {
    child.stdout.once('data', () => resolve())
  })
  return {
    child,
    lines: () => out.split('\n').slice(0, -1),
    stderr: () => err,
    firstLine: () => Promise.race([first, ended]),
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
