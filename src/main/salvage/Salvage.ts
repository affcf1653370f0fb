import { constants } from 'node:fs'
import { copyFile, mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import type { SalvagedNote, SalvageFinding } from '../../shared/contract/damage.ts'
import { Refusal } from '../../shared/contract/result.ts'
import type { DriverName } from '../store/driver/SqlDriver.ts'
import type { SalvageData, SalvageMessage, SalvageQuestion } from './worker.ts'

/** Nobody asks for anything for so long: what was read goes, as it would at a lock. */
const IDLE_MS = 10 * 60_000

export interface SalvagePorts {
  readonly profile: string
  readonly driver: DriverName
  readonly workerPath: string | URL
  /** A directory of our own that a crash's next start sweeps. */
  scratch(): string
  /** The record's key, for its passphrase, with the vault locked again. The caller zeroes it. Counted as at the door. */
  keyFor(passphrase: string): Promise<Buffer>
  /** False while a file is open: a copy's descriptor, closed, would take SQLite's lock along. */
  isLocked(): boolean
  /** What was read was let go of by itself: the page that shows it must go as well. */
  onLeft(): void
}

/** Reading what is readable of a damaged record: a copy is read, the damaged file is never opened. */
export function createSalvage(ports: SalvagePorts) {
  let thread: Worker | null = null
  let directory: string | null = null
  let fraction: number | null = null
  let begun = false
  let idle: NodeJS.Timeout | undefined
  let lastId = 0
  const waiting = new Map<number, (page: { notes: SalvagedNote[]; more: boolean }) => void>()

  function stillHere(): void {
    clearTimeout(idle)
    idle = setTimeout(() => void leaveByItself(), IDLE_MS)
    idle.unref()
  }

  async function leave(): Promise<void> {
    clearTimeout(idle)
    const [leaving, copy] = [thread, directory]
    thread = null
    directory = null
    fraction = null
    waiting.clear()
    await leaving?.terminate()
    if (copy !== null) await rm(copy, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined)
  }

  async function leaveByItself(): Promise<void> {
    if (thread === null) return
    await leave()
    ports.onLeft()
  }

  async function copyTo(into: string): Promise<string> {
    await mkdir(into, { mode: 0o700 })
    for (const name of ['record.db', 'record.db-wal']) {
      await copyFile(path.join(ports.profile, name), path.join(into, name), constants.COPYFILE_FICLONE).catch(
        (error: unknown) => {
          if (name === 'record.db') throw error
        },
      )
    }
    return path.join(into, 'record.db')
  }

  function read(data: SalvageData): Promise<SalvageFinding> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(ports.workerPath, { workerData: data, execArgv: [], name: 'salvage' })
      data.key.fill(0)
      thread = worker
      worker.on('message', (message: SalvageMessage) => {
        if (message.kind === 'progress') fraction = message.fraction
        else if (message.kind === 'notes') waiting.get(message.id)?.(message)
        else if (message.finding === null) reject(new Refusal('DAMAGED'))
        else resolve(message.finding)
      })
      worker.on('error', () => reject(new Refusal('DAMAGED')))
      worker.on('exit', () => reject(new Refusal('CANCELLED')))
    })
  }

  return {
    async begin(passphrase: string): Promise<SalvageFinding> {
      if (begun || !ports.isLocked()) throw new Refusal('NOT_NOW')
      begun = true
      try {
        await leave()
        const key = await ports.keyFor(passphrase)
        try {
          fraction = 0
          directory = ports.scratch()
          const copy = await copyTo(directory)
          stillHere()
          return await read({ path: copy, key, driver: ports.driver })
        } catch (error) {
          await leave()
          throw error instanceof Refusal ? error : new Refusal(isFull(error) ? 'DISK_FULL' : 'DAMAGED')
        } finally {
          key.fill(0)
        }
      } finally {
        begun = false
        fraction = null
      }
    },

    progress: (): number | null => fraction,

    notes(place: number, from: number): Promise<{ notes: SalvagedNote[]; more: boolean }> {
      const asked = thread
      if (asked === null) return Promise.reject(new Refusal('NOT_NOW'))
      stillHere()
      return new Promise((resolve) => {
        const id = (lastId += 1)
        waiting.set(id, ({ notes, more }) => {
          waiting.delete(id)
          resolve({ notes, more })
        })
        asked.postMessage({ id, place, from } satisfies SalvageQuestion)
      })
    },

    leave,
    /** Sleep, screen lock, another user: as for an open vault. */
    leaveByItself,
  }
}

const isFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT'].includes(String(error.code))

export type Salvage = ReturnType<typeof createSalvage>
