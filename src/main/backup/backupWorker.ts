/** The thread that copies, hashes, writes and reads backups, so that no page and no save waits for it. One job. */
import { parentPort, workerData } from 'node:worker_threads'
import { Refusal } from '../../shared/contract/result.ts'
import type { Saving } from '../store/givingWay.ts'
import type { BackupJob, Instruction, Outcome } from './jobs.ts'
import { HoldBroken } from './sources.ts'
import { writeBackup } from './writing.ts'

const port = parentPort
if (port === null) throw new Error('This module is the entry of a worker thread')
const stopping = new AbortController()
/** Often enough for a bar that moves, and not for every chunk. */
const TELL_MS = 50
let told = 0

function tell(done: number, of: number): void {
  const now = performance.now()
  if (now - told < TELL_MS) return
  told = now
  port?.postMessage({ kind: 'progress', fraction: of === 0 ? 1 : Math.min(1, done / of) } satisfies Outcome)
}

async function run(job: BackupJob): Promise<Outcome> {
  const { signal } = stopping
  const saving = workerData as Saving
  try {
    if (job.kind === 'write') {
      const whole = job.parts.reduce((sum, part) => sum + part.size, 0)
      await writeBackup({ ...job, signal, saving, onWritten: (bytes) => tell(bytes, whole) })
      return { kind: 'written' }
    }
    // Reading knows the manifest's schema, which takes longer to load than a small backup takes to write.
    const { readThrough } = await import('./reading.ts')
    return { kind: 'read', found: await readThrough({ ...job, signal, saving, onRead: tell }) }
  } catch (error) {
    if (error instanceof HoldBroken) return { kind: 'broken' }
    // Anything else may name paths: it stays in this thread.
    return { kind: 'failed', code: error instanceof Refusal ? error.code : 'INTERNAL' }
  }
}

port.on('message', (instruction: Instruction) => {
  if (instruction.kind === 'stop') stopping.abort()
  else void run(instruction).then((outcome) => port.postMessage(outcome))
})
