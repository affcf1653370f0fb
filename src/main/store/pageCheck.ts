import type { DriverName } from './driver/SqlDriver.ts'
import { toError } from './connection.ts'
import type { Failure } from './protocol.ts'

/** The built checkProcess.ts, started: Electron's utility process, or in tests a plain child. */
export interface CheckProcess {
  postMessage(message: unknown): void
  onMessage(heard: (message: unknown) => void): void
  onExit(ended: () => void): void
  kill(): void
}

/** A closed copy that may be changed; opening it may write its log back. */
export interface CopyToCheck {
  readonly path: string
  /** 32 bytes. Taken over and zeroed; the process has the only other copy. */
  readonly key: Uint8Array
  readonly driver: DriverName
  /** The built worker.ts, as a path: a URL would not survive the way. */
  readonly workerPath: string
}

export type CheckReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'checked'; readonly faults: number }
  | { readonly kind: 'failed'; readonly failure: Failure }

export interface PageCheck {
  /** How many complaints; null: the process did not come up at all. Rejects with OpenError or SqlError. */
  readonly faults: Promise<number | null>
  /** Ends the process, and with it its copy of the key, at once; `faults` rejects with this. */
  stop(because: Error): void
}

/**
 * Every page and index of a copy, in a process of its own and at a low priority: SQLCipher's locks are one process's,
 * and so is the memory that it locks page by page, so that in ours every save would wait its turn again and again.
 * A file that brings the driver down takes this process along and not the notes.
 */
export function checkPages(process: CheckProcess, copy: CopyToCheck): PageCheck {
  let stop: PageCheck['stop'] = () => undefined
  const faults = new Promise<number | null>((resolve, reject) => {
    let came = false
    stop = (because) => {
      reject(because)
      process.kill()
    }
    process.onMessage((message) => {
      const reply = message as CheckReply
      if (reply.kind === 'ready') {
        came = true
        process.postMessage({ ...copy, key: new Uint8Array(copy.key) })
        copy.key.fill(0)
      } else if (reply.kind === 'checked') resolve(reply.faults)
      else reject(toError(reply.failure))
    })
    process.onExit(() => {
      copy.key.fill(0)
      // After it has answered this changes nothing.
      if (came) reject(toError({ from: 'open', code: 'DRIVER', detail: 'CHECK_PROCESS' }))
      else resolve(null)
    })
  })
  const ended = (): void => {
    copy.key.fill(0)
    process.kill()
  }
  faults.then(ended, ended)
  return { faults, stop }
}
