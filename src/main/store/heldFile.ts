import type { MessagePort } from 'node:worker_threads'
import type { DatabaseFile } from './databaseFile.ts'

/** A stretch of the file, in bytes, and the memory to read it into: transferred, and back again with the answer. */
export interface HeldAsk {
  readonly at: number
  readonly length: number
  readonly into: ArrayBuffer
}

/** The bytes (fewer at the end of the file), or null: the file is no longer held, or could not be read. */
export type HeldAnswer = Uint8Array<ArrayBuffer> | null

/**
 * A database file that stands still while somebody copies it: everything had been written back into it, and until
 * the end nothing more is, so that new commits lie in the write-ahead log alone.
 *
 * Reads come in on a port of their own, past the queue of the units, and are made with the descriptor that is open
 * anyway, on another thread: a save never waits for a copy. Opening the file a second time in this process, even
 * in another of its threads, would give SQLite's lock up at the closing.
 */
export class HeldFile {
  readonly #file: DatabaseFile
  readonly #port: MessagePort
  #reading: Promise<void> = Promise.resolve()
  #held = true

  constructor(file: DatabaseFile, port: MessagePort) {
    this.#file = file
    this.#port = port
    port.on('message', (ask: HeldAsk) => {
      this.#reading = this.#reading.then(() => this.#answer(ask))
    })
    // A reader that ended without a word must not keep this thread alive.
    port.unref()
  }

  /** Resolves when nothing reads any more. The reader is told by its port's closing. */
  async end(): Promise<void> {
    this.#held = false
    this.#port.close()
    await this.#reading
  }

  async #answer({ at, length, into }: HeldAsk): Promise<void> {
    const memory = new Uint8Array(into, 0, length)
    const bytes = this.#held ? await this.#file.readAt(at, memory).catch(() => null) : null
    // What was read while the hold ended is not given away: it may have changed under the reading.
    if (!this.#held || bytes === null) this.#port.postMessage(null satisfies HeldAnswer)
    else this.#port.postMessage(bytes satisfies HeldAnswer, [bytes.buffer])
  }
}
