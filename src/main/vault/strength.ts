import type { Worker } from 'node:worker_threads'
import { VaultError } from './errors.ts'
import { isTooLong } from './keys.ts'

/** Why a passphrase is not better than it is. A closed list: the page has a sentence for each. */
export const strengthReasons = [
  'NONE',
  'TOO_SHORT',
  'TOO_LONG',
  /** Text that no keyboard types (half a character). */
  'NOT_TEXT',
  'NAME',
  'COMPUTER',
  'DATE',
  'COMMON',
  'REPEATED',
  'PATTERN',
  'GUESSABLE',
] as const

export type StrengthReason = (typeof strengthReasons)[number]

export interface Strength {
  readonly score: 0 | 1 | 2 | 3 | 4
  /** Only fair and good may protect a vault. */
  readonly verdict: 'refused' | 'weak' | 'fair' | 'good'
  readonly reason: StrengthReason
}

/** What somebody who knows whose computer this is would try first. */
export interface PersonalWords {
  /** The account's user name and full name. */
  readonly names: readonly string[]
  readonly computer: string
}

export interface StrengthQuestion {
  readonly id: number
  readonly passphrase: string
  readonly personal: PersonalWords
}

export interface StrengthAnswer {
  readonly id: number
  readonly strength: Strength
}

export function isAcceptable(strength: Strength): boolean {
  return strength.verdict === 'fair' || strength.verdict === 'good'
}

export interface StrengthMeterOptions {
  readonly personal: PersonalWords
  /** Starts `strengthWorker`; how a worker's file is found is the bundler's business. */
  readonly createWorker: () => Worker
  readonly timeoutMs?: number
}

interface Waiting {
  readonly resolve: (strength: Strength) => void
  readonly reject: (error: VaultError) => void
  readonly timer: NodeJS.Timeout
}

/**
 * Asks the worker, started at the first question: a check takes 100–700 ms, which the main process cannot spare.
 * A worker that dies, or takes too long and is ended, answers STRENGTH_UNAVAILABLE, and no vault is made on that;
 * the next question starts another.
 */
export class StrengthMeter {
  readonly #options: StrengthMeterOptions
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | null = null
  #lastId = 0

  constructor(options: StrengthMeterOptions) {
    this.#options = options
  }

  /** The passphrase may be any length: what is over 1,000 characters is refused before it is sent. */
  async strength(passphrase: string): Promise<Strength> {
    if (isTooLong(passphrase)) return { score: 0, verdict: 'refused', reason: 'TOO_LONG' }
    const worker = this.#started()
    this.#lastId += 1
    const question: StrengthQuestion = { id: this.#lastId, passphrase, personal: this.#options.personal }
    return new Promise<Strength>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.dispose()
      }, this.#options.timeoutMs ?? 15_000)
      this.#waiting.set(question.id, { resolve, reject, timer })
      worker.postMessage(question)
    })
  }

  /** Ends the worker (about 60 MB); whoever waits gets STRENGTH_UNAVAILABLE. */
  dispose(): void {
    const worker = this.#worker
    this.#worker = null
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer)
      reject(new VaultError('STRENGTH_UNAVAILABLE'))
    }
    this.#waiting.clear()
    void worker?.terminate()
  }

  #started(): Worker {
    if (this.#worker !== null) return this.#worker
    let worker: Worker
    try {
      worker = this.#options.createWorker()
    } catch {
      throw new VaultError('STRENGTH_UNAVAILABLE')
    }
    this.#worker = worker
    const ended = () => {
      if (this.#worker === worker) this.dispose()
    }
    worker.on('error', ended)
    worker.on('exit', ended)
    worker.on('message', (answer: StrengthAnswer) => {
      const waiting = this.#waiting.get(answer.id)
      if (waiting === undefined) return
      this.#waiting.delete(answer.id)
      clearTimeout(waiting.timer)
      waiting.resolve(answer.strength)
    })
    // A check that nobody waits for any more must not keep the application from quitting.
    worker.unref()
    return worker
  }
}
