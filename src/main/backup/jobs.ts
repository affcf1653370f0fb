import { rm } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { Refusal, type Code } from '../../shared/contract/result.ts'
import { saving } from '../store/givingWay.ts'
import type { Found, Reading } from './reading.ts'
import { HoldBroken } from './sources.ts'
import { FolderStuck, goOn } from './troubles.ts'
import type { Writing } from './writing.ts'

export type BackupJob =
  | ({ readonly kind: 'write' } & Omit<Writing, 'signal' | 'onWritten' | 'saving'>)
  | ({ readonly kind: 'read' } & Omit<Reading, 'signal' | 'onRead' | 'saving'>)

export type WhatToWrite = Pick<Writing, 'parts' | 'about'>

export type Instruction = BackupJob | { readonly kind: 'stop' }

export type Outcome =
  | { readonly kind: 'progress'; readonly fraction: number }
  | { readonly kind: 'written' }
  | { readonly kind: 'read'; readonly found: Found }
  /** What was being copied was closed meanwhile. */
  | { readonly kind: 'broken' }
  | { readonly kind: 'failed'; readonly code: Code }

/** The built backupWorker.ts, and how one is told to stop. */
export interface Working {
  readonly workerPath: string | URL
  readonly signal: AbortSignal
  /** 0 to 1. */
  readonly onFraction: (fraction: number) => void
}

/**
 * How long a thread may take to stop in its own order, in milliseconds. One that waits for a folder that no longer
 * answers is left to itself: locking must not wait for a network.
 */
const STOP_PATIENCE_MS = 1000

/**
 * `prepare` runs while the thread starts: what it holds is held for no longer than it must be.
 * @throws Refusal BACKUP_NO_ROOM, BACKUP_FOLDER_GONE, BACKUP_FOLDER_READ_ONLY, CANCELLED; HoldBroken
 */
export async function writeInThread(
  target: string,
  prepare: () => Promise<WhatToWrite>,
  how: Working,
): Promise<void> {
  try {
    await outcomeOf(async () => ({ kind: 'write', target, ...(await prepare()) }), how)
  } catch (error) {
    // A thread that was ended from outside could not tidy up.
    if (!(error instanceof FolderStuck)) await rm(target, { force: true }).catch(() => undefined)
    throw error
  }
}

/** Throws as `readThrough` does. */
export async function readInThread(
  job: Omit<Reading, 'signal' | 'onRead' | 'saving'>,
  how: Working,
): Promise<Found> {
  const outcome = await outcomeOf(async () => ({ kind: 'read', ...job }), how)
  if (outcome.kind !== 'read') throw new Refusal('INTERNAL')
  return outcome.found
}

type Success = Extract<Outcome, { kind: 'written' | 'read' }>

async function outcomeOf(
  prepare: () => Promise<BackupJob>,
  { workerPath, signal, onFraction }: Working,
): Promise<Success> {
  goOn(signal)
  const worker = new Worker(workerPath, { workerData: saving, execArgv: [], name: 'backup' })
  let patience: NodeJS.Timeout | undefined
  const stop = (): void => worker.postMessage({ kind: 'stop' } satisfies Instruction)
  const died = new Promise<never>((_, reject) => {
    worker.once('exit', () => reject(new Refusal('INTERNAL')))
  })
  died.catch(() => undefined)
  // Its message may name paths; 'exit' follows.
  worker.on('error', () => undefined)
  try {
    const job = await prepare()
    goOn(signal)
    const answered = new Promise<Success>((resolve, reject) => {
      worker.on('message', (outcome: Outcome) => {
        if (outcome.kind === 'progress') onFraction(outcome.fraction)
        else if (outcome.kind === 'broken') reject(new HoldBroken())
        else if (outcome.kind === 'failed') reject(new Refusal(outcome.code))
        else resolve(outcome)
      })
      worker.on('messageerror', () => reject(new Refusal('INTERNAL')))
      signal.addEventListener('abort', () => {
        stop()
        patience = setTimeout(() => reject(new FolderStuck()), STOP_PATIENCE_MS)
      })
      const ports =
        job.kind === 'write' ? job.parts.flatMap(({ from }) => (from.kind === 'held' ? [from.port] : [])) : []
      try {
        worker.postMessage(job satisfies Instruction, ports)
      } catch {
        // A port that was closed at its other end already.
        reject(ports.length > 0 ? new HoldBroken() : new Refusal('INTERNAL'))
      }
    })
    return await Promise.race([answered, died])
  } finally {
    clearTimeout(patience)
    const ended = worker.terminate()
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, STOP_PATIENCE_MS).unref())])
  }
}
