import { Refusal } from '../../shared/contract/result.ts'

/**
 * How long a lock, or Cancel, waits for what is under way to end in its own order and to tidy up, in milliseconds. A
 * folder that no longer answers (a network drive that is gone) may not answer for hours: keys and files must not stay
 * open for it.
 */
export const PATIENCE_MS = 1500

/** As the work ends, but CANCELLED no later than a moment after the signal; the work is then left to itself. */
export function endedSoonAfter<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined
    const stop = (): void => {
      timer = setTimeout(() => reject(new Refusal('CANCELLED')), PATIENCE_MS)
    }
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', stop)
      clearTimeout(timer)
    })
  })
}
