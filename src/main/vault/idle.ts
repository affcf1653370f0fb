export type IdleReason = 'idle' | 'suspend' | 'screen-locked'

export interface IdleOptions {
  readonly minutes: number
  /** Milliseconds; any origin. A wall clock that jumps makes the lock come early, or at most one round late. */
  readonly now: () => number
  readonly setTimer: (run: () => void, ms: number) => unknown
  readonly clearTimer: (timer: unknown) => void
  /** Called once for each start(); the caller locks. */
  readonly onIdle: (reason: IdleReason) => void
}

/**
 * Counts from the last activity of a person in the application. Timers stop while a machine sleeps, so waking and
 * every activity look at the clock first: a lid opened after an hour locks, it does not begin another ten minutes.
 */
export class IdleTimer {
  readonly #options: IdleOptions
  #limitMs: number
  #lastActivity = 0
  #timer: unknown = null
  #running = false

  constructor(options: IdleOptions) {
    this.#options = options
    this.#limitMs = limitOf(options.minutes)
  }

  start(): void {
    this.stop()
    this.#running = true
    this.#lastActivity = this.#options.now()
    this.#arm(this.#limitMs)
  }

  stop(): void {
    this.#running = false
    if (this.#timer !== null) this.#options.clearTimer(this.#timer)
    this.#timer = null
  }

  activity(): void {
    if (!this.#running) return
    if (this.#overdue()) this.#fire('idle')
    else this.#lastActivity = this.#options.now()
  }

  suspend(): void {
    if (this.#running) this.#fire('suspend')
  }

  screenLocked(): void {
    if (this.#running) this.#fire('screen-locked')
  }

  /** After sleep, where the system did not announce it. */
  resume(): void {
    if (this.#running && this.#overdue()) this.#fire('idle')
  }

  setMinutes(minutes: number): void {
    this.#limitMs = limitOf(minutes)
    if (!this.#running) return
    if (this.#overdue()) this.#fire('idle')
    else this.#arm(this.#remaining())
  }

  #overdue(): boolean {
    return this.#options.now() - this.#lastActivity >= this.#limitMs
  }

  /** Clamped, so that a clock set back cannot stretch a round beyond one limit. */
  #remaining(): number {
    const left = this.#limitMs - (this.#options.now() - this.#lastActivity)
    return Math.min(this.#limitMs, Math.max(0, left))
  }

  #arm(ms: number): void {
    if (this.#timer !== null) this.#options.clearTimer(this.#timer)
    const seen = this.#lastActivity
    this.#timer = this.#options.setTimer(() => {
      this.#timer = null
      // Nothing since the timer was set: it has run its time, whatever the clock says now.
      if (this.#lastActivity === seen || this.#overdue()) this.#fire('idle')
      else this.#arm(this.#remaining())
    }, ms)
  }

  #fire(reason: IdleReason): void {
    this.stop()
    this.#options.onIdle(reason)
  }
}

function limitOf(minutes: number): number {
  if (!(minutes > 0 && minutes <= 24 * 60)) throw new RangeError('minutes')
  return minutes * 60_000
}
