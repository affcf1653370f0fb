import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newestFirst, outdated } from '../../../src/main/backup/rotation.ts'

const DAY = 86_400_000
const ZONE = 'America/Chicago'
const start = Date.UTC(2023, 0, 1)
/** Long after every backup of the tests below. */
const rules = { zone: ZONE, now: start + 5000 * DAY, verified: null }

const folder = fc
  .uniqueArray(fc.integer({ min: 0, max: 900 * DAY }), { maxLength: 120 })
  .map((times) => times.map((time, n) => ({ name: `n${n}`, createdAt: start + time })))

test('the newest always stays, never more than 23 do, and a second turn finds nothing to take', () => {
  fc.assert(
    fc.property(folder, (backups) => {
      const going = new Set(outdated(backups, rules))
      const staying = backups.filter((one) => !going.has(one.name))
      const newest = backups.toSorted((a, b) => b.createdAt - a.createdAt)[0]
      if (newest !== undefined) expect(going.has(newest.name)).toBe(false)
      expect(staying.length).toBeLessThanOrEqual(7 + 4 + 12)
      expect(outdated(staying, rules)).toEqual([])
    }),
  )
})

test('whatever the order in which they are listed, the same go', () => {
  fc.assert(
    fc.property(folder, (backups) => {
      expect(outdated(backups.toReversed(), rules).toSorted()).toEqual(outdated(backups, rules).toSorted())
    }),
  )
})

test('kept as a person goes on: after two years of one a day there are days, weeks and months', () => {
  let kept: { name: string; createdAt: number }[] = []
  for (let day = 0; day < 730; day += 1) {
    kept.push({ name: `d${day}`, createdAt: start + day * DAY + DAY / 2 })
    const going = new Set(outdated(kept, rules))
    kept = kept.filter((one) => !going.has(one.name))
  }
  const ages = kept.map((one) => 729 - Number(one.name.slice(1))).toSorted((a, b) => a - b)
  expect(ages.slice(0, 7)).toEqual([0, 1, 2, 3, 4, 5, 6])
  expect(ages.filter((age) => age < 31).length).toBeGreaterThanOrEqual(10)
  expect(ages.at(-1)).toBeGreaterThan(300)
  expect(ages.length).toBeLessThanOrEqual(23)
})

test('days without a backup cost none', () => {
  const backups = Array.from({ length: 7 }, (_, n) => ({ name: `n${n}`, createdAt: start + n * 40 * DAY }))
  expect(outdated(backups, rules)).toEqual([])
})

test('the one just verified stays whatever the clock says, and one from the future is not the newest for ever', () => {
  fc.assert(
    fc.property(folder, fc.integer({ min: 0, max: 900 * DAY }), (backups, at) => {
      // The clock fell back to some moment among them, or before all.
      const made = { name: 'made', createdAt: start + at }
      const now = made.createdAt
      const all = [...backups, made]
      const going = outdated(all, { zone: ZONE, now, verified: made.name })
      expect(going).not.toContain(made.name)
      expect(newestFirst(all, now)[0]?.createdAt).toBeLessThanOrEqual(now + 3_600_000)
    }),
  )
  const daily = Array.from({ length: 40 }, (_, n) => ({ name: `d${n}`, createdAt: start + n * DAY }))
  const future = { name: 'future', createdAt: start + 3000 * DAY }
  const now = start + 39 * DAY
  expect(newestFirst([future, ...daily], now)[0]?.name).toBe('d39')
  expect(newestFirst([future, ...daily], now).at(-1)?.name).toBe('future')
  const staying = (all: typeof daily) => {
    const going = new Set(outdated(all, { zone: ZONE, now, verified: null }))
    return all.map((one) => one.name).filter((name) => name !== 'future' && !going.has(name))
  }
  // It takes no true one's place.
  expect(staying([future, ...daily])).toEqual(staying(daily))
})
