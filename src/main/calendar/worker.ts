/**
 * The thread that reads a calendar file. What it read is asked for in batches: a message that carries ten thousand
 * events would keep the main process busy while it is being unpacked.
 */
import { parentPort, workerData } from 'node:worker_threads'
import type {
  CalendarReading,
  LeftOut,
  TakenEvent,
  UnreadableReason,
} from '../../shared/domain/calendar/taken.ts'
import { readCalendar } from './reading.ts'

export interface CalendarWorkerData {
  readonly bytes: Uint8Array
  readonly homeZone: string
  readonly allDay: boolean
  readonly details: boolean
}

export type CalendarMessage =
  | { readonly kind: 'progress'; readonly fraction: number }
  | { readonly kind: 'unreadable'; readonly reason: UnreadableReason }
  | { readonly kind: 'read'; readonly head: Pick<CalendarReading, 'name' | 'damaged' | 'unlisted'> }
  | {
      readonly kind: 'batch'
      readonly events: readonly TakenEvent[]
      readonly leftOut: readonly LeftOut[]
      readonly last: boolean
    }
  | { readonly kind: 'failed' }

const port = parentPort
if (port === null) throw new Error('This module is the entry of a worker thread')
const say = (message: CalendarMessage): void => port.postMessage(message)
const { bytes, homeZone, allDay, details } = workerData as CalendarWorkerData

/** About a millisecond's worth to unpack. */
const BATCH = 250
let said = 0
const onProgress = (fraction: number): void => {
  if (fraction < 1 && fraction - said < 0.02) return
  said = fraction
  say({ kind: 'progress', fraction })
}

try {
  const reading = readCalendar(bytes, { homeZone, allDay, details, onProgress })
  if ('unreadable' in reading) say({ kind: 'unreadable', reason: reading.unreadable })
  else {
    const { name, damaged, events, leftOut, unlisted } = reading
    let at = 0
    port.on('message', () => {
      const from = at
      at += BATCH
      const last = at >= events.length && at >= leftOut.length
      say({ kind: 'batch', events: events.slice(from, at), leftOut: leftOut.slice(from, at), last })
      if (last) port.close()
    })
    say({ kind: 'read', head: { name, damaged, ...(unlisted === undefined ? {} : { unlisted }) } })
  }
} catch {
  // The reason may hold a piece of the file.
  say({ kind: 'failed' })
}
