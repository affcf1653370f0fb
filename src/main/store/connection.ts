import { type TransferListItem, Worker } from 'node:worker_threads'
import { SqlError } from './driver/SqlDriver.ts'
import { OpenError } from './openError.ts'
import type { Failure, Reply, RequestKind, Requests } from './protocol.ts'
import { StoreError } from './storeError.ts'

interface Waiting {
  readonly resolve: (answer: never) => void
  readonly reject: (error: Error) => void
}

export interface ConnectionEvents {
  /** The thread ended without being asked to. Called once. */
  readonly onLost: () => void
  /** SQLite reported damage. Called for each such error. */
  readonly onDamage: () => void
}

/** How long a thread may take to end by itself after closing, in milliseconds. */
const EXIT_PATIENCE_MS = 2000

/** Our end of the thread that owns a connection. */
export class Connection {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  #events: ConnectionEvents | undefined
  readonly #exited: Promise<void>
  #lastId = 0
  #state: 'alive' | 'closing' | 'gone' = 'alive'

  constructor(workerPath: string | URL) {
    // No inherited flags: the thread that has the key must not be one that --inspect or a loader reaches into.
    this.#worker = new Worker(workerPath, { execArgv: [], name: 'store' })
    this.#worker.on('message', (reply: Reply) => this.#receive(reply))
    // The message of such an error is not ours and may hold anything; 'exit' follows and says all we need.
    this.#worker.on('error', () => undefined)
    this.#worker.on('messageerror', () => void this.#worker.terminate())
    this.#exited = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        this.#end()
        resolve()
      })
    })
  }

  listen(events: ConnectionEvents): void {
    this.#events = events
  }

  get gone(): boolean {
    return this.#state === 'gone'
  }

  /** Rejects with SqlError, OpenError, or StoreError CLOSED when the thread is gone. */
  request<K extends RequestKind>(
    kind: K,
    ask: Requests[K]['ask'],
    transfer: readonly TransferListItem[] = [],
  ): Promise<Requests[K]['answer']> {
    if (this.#state === 'gone') return Promise.reject(new StoreError('CLOSED'))
    return new Promise((resolve, reject) => {
      const id = (this.#lastId += 1)
      // Throws, and so rejects, when a parameter cannot be cloned; nothing waits then.
      this.#worker.postMessage({ id, kind, ask }, transfer)
      this.#waiting.set(id, { resolve, reject })
    })
  }

  /** Closes the database and ends the thread. Rejects when the database did not close; the thread ends anyway. */
  async close(removeFile = false): Promise<void> {
    if (this.#state !== 'alive') return this.#exited
    const closed = this.request('close', { removeFile })
    this.#state = 'closing'
    try {
      await closed
    } finally {
      const timer = setTimeout(() => void this.#worker.terminate(), EXIT_PATIENCE_MS)
      await this.#exited
      clearTimeout(timer)
    }
  }

  /** Ends the thread at once, whatever it is doing: for a connection that can no longer be trusted. */
  async abandon(): Promise<void> {
    await this.#worker.terminate()
  }

  #receive(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id)
    if (waiting === undefined) return
    this.#waiting.delete(reply.id)
    if (!('failure' in reply)) {
      waiting.resolve(reply.answer as never)
      return
    }
    const error = toError(reply.failure)
    if (error.code === 'CORRUPT' || error.code === 'NOT_A_DATABASE') this.#events?.onDamage()
    waiting.reject(error)
  }

  #end(): void {
    const lost = this.#state === 'alive'
    this.#state = 'gone'
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { reject } of waiting) reject(new StoreError('CLOSED'))
    if (lost) this.#events?.onLost()
  }
}

export function toError(failure: Failure): SqlError | OpenError {
  if (failure.from === 'open') return new OpenError(failure.code, failure.detail)
  return new SqlError(failure.code, failure.reason)
}
