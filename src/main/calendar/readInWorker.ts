import { Worker } from 'node:worker_threads'
import { Refusal } from '../../shared/contract/result.ts'
import type { LeftOut, TakenEvent } from '../../shared/domain/calendar/taken.ts'
import type { ReadCalendar } from './reading.ts'
import type { CalendarMessage, CalendarWorkerData } from './worker.ts'

export interface ReadInWorkerOptions {
  /** The built `calendar-worker.js`. */
  readonly workerPath: string | URL
  readonly homeZone: string
  readonly allDay?: boolean
  readonly details?: boolean
  /** 0 to 1. */
  readonly onProgress?: (fraction: number) => void
  /** Ends the thread at once; the promise is refused CANCELLED. */
  readonly signal?: AbortSignal
}

/** A hostile file ends its own thread, not the application, when it wants more memory than this (MB). */
const MEMORY_MB = 1_024

/**
 * `readCalendar` in a thread of its own. The bytes are given away: the caller cannot use them afterwards. Refused
 * CANCELLED; INTERNAL when the thread died.
 */
export function readInWorker(bytes: Uint8Array, options: ReadInWorkerOptions): Promise<ReadCalendar> {
  return new Promise((resolve, reject) => {
    const { signal } = options
    if (signal?.aborted === true) {
      reject(new Refusal('CANCELLED'))
      return
    }
    const data: CalendarWorkerData = {
      bytes,
      homeZone: options.homeZone,
      allDay: options.allDay === true,
      details: options.details === true,
    }
    // Small files are slices of Node's pool, which must not be given away.
    const whole =
      bytes.byteOffset === 0 &&
      bytes.byteLength === bytes.buffer.byteLength &&
      bytes.buffer instanceof ArrayBuffer
    const worker = new Worker(options.workerPath, {
      workerData: data,
      transferList: whole ? [bytes.buffer as ArrayBuffer] : [],
      execArgv: [],
      name: 'calendar',
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    })
    const events: TakenEvent[] = []
    const leftOut: LeftOut[] = []
    let head: Extract<CalendarMessage, { kind: 'read' }>['head'] = { name: '', damaged: false }
    const finish = (act: () => void): void => {
      signal?.removeEventListener('abort', cancel)
      void worker.terminate()
      act()
    }
    const cancel = (): void => finish(() => reject(new Refusal('CANCELLED')))
    const fail = (): void => finish(() => reject(new Refusal('INTERNAL')))
    signal?.addEventListener('abort', cancel, { once: true })
    worker.on('error', fail)
    worker.on('exit', fail)
    worker.on('message', (message: CalendarMessage) => {
      switch (message.kind) {
        case 'progress':
          options.onProgress?.(message.fraction)
          break
        case 'unreadable':
          finish(() => resolve({ unreadable: message.reason }))
          break
        case 'read':
          head = message.head
          worker.postMessage('more')
          break
        case 'batch':
          events.push(...message.events)
          leftOut.push(...message.leftOut)
          if (message.last) finish(() => resolve({ ...head, events, leftOut }))
          else worker.postMessage('more')
          break
        case 'failed':
          fail()
          break
      }
    })
  })
}
