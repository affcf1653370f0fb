import { beforeEach, expect, test } from 'vitest'
import type { IdleReason } from '../../../src/main/vault/idle.ts'
import { IdleTimer } from '../../../src/main/vault/idle.ts'

/** A clock with timers that a test moves by hand; `sleep` moves the clock but not the timers, as a laptop's lid does. */
class HandClock {
  wall = 1_000_000
  #run = 0
  #timers: { due: number; run: () => void }[] = []

  now = (): number => this.wall
  setTimer = (run: () => void, ms: number): unknown => {
    const timer = { due: this.#run + ms, run }
    this.#timers.push(timer)
    return timer
  }
  clearTimer = (timer: unknown): void => {
    this.#timers = this.#timers.filter((other) => other !== timer)
  }

  pass(minutes: number): void {
    const end = this.#run + minutes * 60_000
    for (;;) {
      const next = this.#timers.toSorted((a, b) => a.due - b.due)[0]
      if (next === undefined || next.due > end) break
      this.wall += next.due - this.#run
      this.#run = next.due
      this.clearTimer(next)
      next.run()
    }
    this.wall += end - this.#run
    this.#run = end
  }

  sleep(minutes: number): void {
    this.wall += minutes * 60_000
  }
}

let clock: HandClock
let fired: IdleReason[]
let idle: IdleTimer

beforeEach(() => {
  clock = new HandClock()
  fired = []
  idle = new IdleTimer({
    minutes: 10,
    now: clock.now,
    setTimer: clock.setTimer,
    clearTimer: clock.clearTimer,
    onIdle: (reason) => fired.push(reason),
  })
  idle.start()
})

test('fires once, ten minutes after the last activity', () => {
  clock.pass(9)
  idle.activity()
  clock.pass(9.99)
  expect(fired).toEqual([])
  clock.pass(0.01)
  expect(fired).toEqual(['idle'])
  clock.pass(60)
  expect(fired).toEqual(['idle'])
})

test('activity all the time never fires', () => {
  for (let minute = 0; minute < 200; minute += 1) {
    clock.pass(1)
    idle.activity()
  }
  expect(fired).toEqual([])
})

test('sleep and a locked screen fire at once, and only while running', () => {
  idle.suspend()
  idle.suspend()
  expect(fired).toEqual(['suspend'])
  idle.start()
  idle.screenLocked()
  expect(fired).toEqual(['suspend', 'screen-locked'])
  idle.resume()
  idle.activity()
  expect(fired).toHaveLength(2)
})

test('a sleep that nobody announced is noticed at waking, or at the first key', () => {
  clock.sleep(60)
  idle.resume()
  expect(fired).toEqual(['idle'])
  idle.start()
  clock.sleep(60)
  idle.activity()
  expect(fired).toEqual(['idle', 'idle'])
  idle.start()
  clock.sleep(5)
  idle.resume()
  expect(fired).toHaveLength(2)
})

test('the limit can be changed while it runs', () => {
  clock.pass(4)
  idle.setMinutes(5)
  clock.pass(0.9)
  expect(fired).toEqual([])
  clock.pass(0.1)
  expect(fired).toEqual(['idle'])
  idle.start()
  clock.pass(4)
  idle.setMinutes(3)
  expect(fired).toEqual(['idle', 'idle'])
  idle.start()
  clock.pass(2)
  idle.setMinutes(20)
  clock.pass(17.9)
  expect(fired).toHaveLength(2)
  clock.pass(0.1)
  expect(fired).toHaveLength(3)
})

test('a clock set back does not keep it open for longer than one more round', () => {
  clock.pass(5)
  idle.activity()
  clock.sleep(-600)
  clock.pass(15)
  expect(fired).toEqual(['idle'])
})

test('a stopped timer stays silent', () => {
  idle.stop()
  clock.pass(60)
  expect(fired).toEqual([])
})

test('a limit that is no limit is refused', () => {
  for (const minutes of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => {
      idle.setMinutes(minutes)
    }).toThrow(RangeError)
  }
})
