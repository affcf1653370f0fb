import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import type { CheckView } from '../shared/contract/damage.ts'
import { Refusal } from '../shared/contract/result.ts'
import { OpenError, SqlError } from './store/Store.ts'
import type { OpenRecord } from './services/record/openRecord.ts'
import type { Rooms } from './rooms/rooms.ts'

export interface ChecksOptions {
  rooms: Rooms
  /** A directory of our own that a crash's next start sweeps. */
  scratch(): string
  changed(): void
  /** Damage was found: it is said, everything is closed, the door names it. */
  onDamage(): void
}

/**
 * The full check of the record, on a copy: reading every page of the file itself would hold up every save for as
 * long as it takes. Then the whole log and every signed note, in stretches between which saves get their turn.
 */
export function createChecks({ rooms, scratch, changed, onDamage }: ChecksOptions) {
  let work: CheckView['work'] = null
  let abort: AbortController | null = null

  function stage(name: NonNullable<CheckView['work']>['stage'], fraction = 0): void {
    work = { stage: name, fraction }
    changed()
  }

  const stopped = (signal: AbortSignal): Promise<never> =>
    new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(new Refusal('CANCELLED')), { once: true })
    })

  /** The number of faults; where there is no room for a copy, of the file itself. */
  async function pages(signal: AbortSignal, record: OpenRecord): Promise<number> {
    const directory = scratch()
    const file = path.join(directory, 'record.db')
    stage('copying')
    try {
      await mkdir(directory, { mode: 0o700 })
      await rooms.copyRecord(file)
    } catch (error) {
      await rm(directory, { recursive: true, force: true }).catch(() => undefined)
      if (damaged(error)) return 1
      return record.checkup.pages()
    }
    const check = rooms.checkCopy('record', file).then(
      ({ intact }) => (intact ? 0 : 1),
      (error: unknown) => {
        if (damaged(error)) return 1
        throw error
      },
    )
    // Where it was stopped, the copy's thread ends by itself; its file goes then.
    const forget = (): void => {
      void rm(directory, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined)
    }
    check.then(forget, forget)
    stage('pages')
    return Promise.race([check, stopped(signal)])
  }

  async function run(record: OpenRecord): Promise<{ faults: number }> {
    if (abort !== null) throw new Refusal('NOT_NOW')
    const mine = new AbortController()
    abort = mine
    try {
      const { signal } = mine
      return await record.checkup.run({
        pages: () => pages(signal, record),
        onLog(fraction) {
          if (signal.aborted) throw new Refusal('CANCELLED')
          stage('log', fraction)
        },
        async notes() {
          stage('notes')
          await Promise.race([record.verification.run(), stopped(signal)])
        },
      })
    } finally {
      abort = null
      work = null
      changed()
    }
  }

  return {
    run,

    /** Asked for by a person: damage is told as whenever it is met. */
    async runNow(): Promise<{ faults: number }> {
      const record = rooms.record()
      if (record === null) throw new Refusal('LOCKED')
      const found = await run(record)
      if (found.faults > 0) onDamage()
      return found
    },

    async view(): Promise<CheckView> {
      const record = rooms.record()
      if (record === null) throw new Refusal('LOCKED')
      return { last: await record.checkup.last(), work, brokenAt: record.checkup.brokenAt() }
    },

    /** By a person, or because everything is being closed. */
    cancel: (): void => abort?.abort(),
  }
}

const damaged = (error: unknown): boolean =>
  (error instanceof SqlError && (error.code === 'CORRUPT' || error.code === 'NOT_A_DATABASE')) ||
  (error instanceof OpenError && (error.code === 'DAMAGED' || error.code === 'WRONG_KEY_OR_DAMAGED'))

export type Checks = ReturnType<typeof createChecks>
