import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withinSize } from '../../../src/main/ipc/size.ts'

const sized = fc.jsonValue({ maxDepth: 6 })

test('what is longer as JSON than about three times the limit never passes, what is shorter than a third does', () => {
  fc.assert(
    fc.property(sized, fc.integer({ min: 0, max: 400 }), (value, limit) => {
      const length = JSON.stringify(value).length
      if (withinSize(value, limit)) expect(length).toBeLessThanOrEqual(limit * 3 + 10)
      if (length * 8 + 8 <= limit) expect(withinSize(value, limit)).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('text and names are counted to the unit', () => {
  expect(withinSize('x'.repeat(98), 100)).toBe(true)
  expect(withinSize('x'.repeat(99), 100)).toBe(false)
  expect(withinSize({ ['k'.repeat(94)]: '' }, 102)).toBe(true)
  expect(withinSize({ ['k'.repeat(95)]: '' }, 102)).toBe(false)
})

test('a larger limit lets through whatever a smaller one does', () => {
  fc.assert(
    fc.property(sized, fc.nat(500), fc.nat(500), (value, limit, more) => {
      if (withinSize(value, limit)) expect(withinSize(value, limit + more)).toBe(true)
    }),
  )
})

test('what JSON has no word for is refused wherever it stands', () => {
  const self: unknown[] = []
  self.push(self)
  const bad = [
    () => 0,
    Symbol('s'),
    1n,
    new Date(),
    new Map(),
    new Set(),
    new Uint8Array(1),
    new ArrayBuffer(1),
    self,
  ]
  for (const part of bad) {
    expect(withinSize(part, 1e6)).toBe(false)
    expect(withinSize({ a: [part] }, 1e6)).toBe(false)
  }
})

test('counting stops when it is over: giants, holes, shared parts and deep nests cost nothing', () => {
  let shared: unknown[] = []
  for (let n = 0; n < 31; n += 1) shared = [shared, shared]
  let deep: unknown = 1
  for (let n = 0; n < 100_000; n += 1) deep = [deep]
  expect(withinSize(shared, 16_384)).toBe(false)
  expect(withinSize(Object.assign([], { length: 4e9 }), 16_384)).toBe(false)
  expect(withinSize(deep, 12_000_000)).toBe(false)
  expect(withinSize('x'.repeat(50_000_000), 16_384)).toBe(false)
})
