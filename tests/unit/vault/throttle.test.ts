import fc from 'fast-check'
import { expect, test } from 'vitest'
import { afterFailure, delayMs, higher, noAttempts, waitAt } from '../../../src/main/vault/throttle.ts'

const quarterHour = 15 * 60 * 1000
const start = Date.UTC(2025, 0, 6)

test('five wrong passphrases are free, then the pause doubles up to a quarter of an hour', () => {
  expect([0, 1, 5].map(delayMs)).toEqual([0, 0, 0])
  expect([6, 7, 8, 14, 15, 16, 1_000_000].map(delayMs)).toEqual([
    2000,
    4000,
    8000,
    512_000,
    quarterHour,
    quarterHour,
    quarterHour,
  ])
})

test('the pause passes with the clock', () => {
  let attempts = noAttempts
  for (let n = 0; n < 7; n += 1) attempts = afterFailure(attempts, start)
  expect(waitAt(attempts, start).waitMs).toBe(4000)
  expect(waitAt(attempts, start + 3999).waitMs).toBe(1)
  expect(waitAt(attempts, start + 4000).waitMs).toBe(0)
})

test('setting the clock back never shortens a pause, nor makes it longer than its full length', () => {
  const failures = fc.integer({ min: 6, max: 40 })
  const span = fc.integer({ min: 1, max: 10 * 365 * 24 * 3600 * 1000 })
  fc.assert(
    fc.property(failures, span, (count, back) => {
      const attempts = { failures: count, lastFailureAt: start }
      const { waitMs, attempts: remembered } = waitAt(attempts, start - back)
      expect(waitMs).toBe(delayMs(count))
      expect(waitAt(remembered, start - back + waitMs).waitMs).toBe(0)
      expect(waitAt(remembered, start - back + waitMs - 1).waitMs).toBe(1)
    }),
  )
})

test('a count without a time waits from now', () => {
  expect(waitAt({ failures: 9, lastFailureAt: null }, start)).toEqual({
    waitMs: 16_000,
    attempts: { failures: 9, lastFailureAt: start },
  })
})

test('of two records the higher wins, whichever place it is in', () => {
  const few = { failures: 2, lastFailureAt: start + 5 }
  const many = { failures: 8, lastFailureAt: start }
  const later = { failures: 8, lastFailureAt: start + 1 }
  expect([higher(few, many), higher(many, few)]).toEqual([many, many])
  expect([higher(many, later), higher(later, many)]).toEqual([later, later])
})
