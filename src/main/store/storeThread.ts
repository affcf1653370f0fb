import { Connection } from './connection.ts'
import type { DriverName } from './driver/SqlDriver.ts'

/**
 * A thread started before there is a key for it. Starting one takes tens of milliseconds in Electron, which
 * belong to the time in which somebody types a passphrase and not to unlocking. Serves one `Store.open`.
 */
export class StoreThread {
  #connection: Connection | undefined

  constructor(workerPath: string | URL, driver: DriverName) {
    this.#connection = new Connection(workerPath)
    // An addon that cannot be loaded is told when opening.
    this.#connection.request('warm', { driver }).catch(() => undefined)
  }

  /** The connection, once; nothing when it has been taken or its thread has died. */
  take(): Connection | undefined {
    const connection = this.#connection
    this.#connection = undefined
    return connection?.gone === true ? undefined : connection
  }

  /** Ends the thread if nobody has taken it. */
  async discard(): Promise<void> {
    await this.take()?.close()
  }
}
