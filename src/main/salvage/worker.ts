/**
 * The thread that reads a damaged copy. What it reads stays here, so that ending the thread is forgetting it; the
 * main process asks for the few notes that are on the screen.
 */
import { rmSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import type { SalvagedNote, SalvageFinding } from '../../shared/contract/damage.ts'
import type { DriverName } from '../store/driver/SqlDriver.ts'
import { openDatabase, type OpenDatabase } from '../store/open.ts'
import { readAll, type Salvaged } from './reading.ts'
import { putBackSchema } from './schemaPages.ts'
import { Reader } from './Reader.ts'

export interface SalvageData {
  /** A copy to throw away: opening it may change it. */
  readonly path: string
  readonly key: Uint8Array
  readonly driver: DriverName
}

export type SalvageMessage =
  | { readonly kind: 'progress'; readonly fraction: number }
  /** Null: not even its first page, which says what there is, can be read. */
  | { readonly kind: 'finding'; readonly finding: SalvageFinding | null }
  | { readonly kind: 'notes'; readonly id: number; readonly notes: SalvagedNote[]; readonly more: boolean }

export interface SalvageQuestion {
  readonly id: number
  readonly place: number
  readonly from: number
}

const PAGE = 20

const port = parentPort
if (port === null) throw new Error('This module is the entry of a worker thread')
const { path, key, driver } = workerData as SalvageData
let salvaged: Salvaged | null = null

const say = (message: SalvageMessage): void => port.postMessage(message)
const open = (): Promise<OpenDatabase> => openDatabase({ path, key, mode: 'open', driver })

async function opens(): Promise<boolean> {
  try {
    await (await open()).close()
    return true
  } catch {
    return false
  }
}

async function read(): Promise<void> {
  const reader = new Reader(open)
  try {
    if (!(await opens())) {
      // A write-ahead log that cannot be read: what was saved before it still may be.
      rmSync(`${path}-wal`, { force: true })
      if (!(await opens())) {
        const again = (await putBackSchema(path, key, driver)) && (await opens())
        if (!again) return say({ kind: 'finding', finding: null })
      }
    }
    salvaged = await readAll(reader, (fraction) => say({ kind: 'progress', fraction }))
    say({ kind: 'finding', finding: salvaged.finding })
  } finally {
    await reader.close()
    key.fill(0)
  }
}

port.on('message', ({ id, place, from }: SalvageQuestion) => {
  const list = salvaged?.notes[place] ?? []
  say({ kind: 'notes', id, notes: list.slice(from, from + PAGE), more: list.length > from + PAGE })
})
void read()
