import fc from 'fast-check'
import { expect, test } from 'vitest'
import { outdated } from '../../../src/main/backup/rotation.ts'

const DAY = 86_400_000
const ZONE = 'America/Chicago'
const start = Date.UTC(2023, 0, 1)

const folder = fc
  .uniqueArray(fc.integer({ min: 0, max: 900 * DAY }), { maxLength: 120 })
  .map((times) => times.map((time, n) => ({ name: `n${n}`, createdAt: start + time })))

test('the newest always stays, never more than 23 do, and a second turn finds nothing to take', () => {
  fc.assert(
    fc.property(folder, (backups) => {
      const going = new Set(outdated(backups, ZONE))
      const staying = backups.filter((one) => !going.has(one.name))
      const newest = backups.toSorted((a, b) => b.createdAt - a.createdAt)[0]
      if (newest !== undefined) expect(going.has(newest.name)).toBe(false)
      expect(staying.length).toBeLessThanOrEqual(7 + 4 + 12)
      expect(outdated(staying, ZONE)).toEqual([])
    }),
  )
})

test('whatever the order in which they are listed, the same go', () => {
  fc.assert(
    fc.property(folder, (backups) => {
      expect(outdated(backups.toReversed(), ZONE).toSorted()).toEqual(outdated(backups, ZONE).toSorted())
    }),
  )
})

test('kept as a person goes on: after two years of one a day there are days, weeks and months', () => {
  let kept: { name: string; createdAt: number }[] = []
  for (let day = 0; day < 730; day += 1) {
    kept.push({ name: `d${day}`, createdAt: start + day * DAY + DAY / 2 })
    const going = new Set(outdated(kept, ZONE))
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
  expect(outdated(backups, ZONE)).toEqual([])
})
