import { expect, test } from 'vitest'
import { complaints, Fault, runTrial, type Trial } from '../../reliability/trial.ts'

function trial(round: (seed: number) => void, more: Partial<Trial> = {}): Trial & { seeds: number[] } {
  const seeds: number[] = []
  return {
    name: 'a-trial',
    says: 'nothing',
    ci: 10,
    release: 100,
    seeds,
    stand: async () => ({
      round: async (seed) => {
        seeds.push(seed)
        round(seed)
        return { done: 1 }
      },
    }),
    ...more,
  }
}

test('an interrupted run goes on where it stood, with what was counted before', async () => {
  const one = trial(() => undefined)
  const first = await runTrial(one, 10, { onRound: ({ rounds }) => rounds < 4 })
  const second = await runTrial(one, 10, { from: first })
  expect(one.seeds).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect(second).toEqual({ rounds: 10, failed: 0, failures: [], sums: { done: 10 } })
  expect(await runTrial(one, 10, { from: second })).toBe(second)
})

test('a failed round is counted and named by seed and step, and the next has a stand of its own', async () => {
  let [stands, ended] = [0, 0]
  const one = trial(() => undefined, {
    stand: async () => {
      stands += 1
      return {
        round: async (seed) => {
          if (seed === 2) throw new Fault('a note is gone')
          if (seed === 4) throw Object.assign(new TypeError('words of a client'), { code: 'EIO' })
          return {}
        },
        end: async () => void (ended += 1),
      }
    },
  })
  const report = await runTrial(one, 5)
  expect(report).toMatchObject({ rounds: 5, failed: 2 })
  expect(complaints(one, report)).toEqual(['round 2: a note is gone', 'round 4: TypeError EIO'])
  expect([stands, ended]).toEqual([3, 3])
})

test('a run that could not have failed is a complaint', async () => {
  const one = trial(() => undefined, {
    lacks: ({ done = 0 }, rounds) => (done > rounds ? null : 'hardly anything'),
  })
  expect(complaints(one, await runTrial(one, 3))).toEqual(['hardly anything'])
})
