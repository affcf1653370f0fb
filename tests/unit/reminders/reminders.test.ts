import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createReminders, titleOf, type Coming } from '../../../src/main/reminders/reminders.ts'

const MINUTE = 60_000
const START = Date.UTC(2025, 5, 2, 14)

class Desk {
  now = START
  typing = false
  readonly shown: { title: string; at: number; click: () => void }[] = []
  readonly chosen: string[] = []
  readonly reminders = createReminders({
    clock: { now: () => this.now },
    isTyping: () => this.typing,
    notify: (title, click) => void this.shown.push({ title, at: this.now, click }),
    onChosen: (id) => void this.chosen.push(id),
  })

  /** Lets the clock run to `until` with a tick every five seconds. */
  run(until: number): void {
    for (; this.now < until; this.now += 5000) this.reminders.tick()
  }
}

const session = (sessionId: string, fromStart: number, minutes = 50): Coming => ({
  sessionId,
  startsAt: START + fromStart * MINUTE,
  endsAt: START + (fromStart + minutes) * MINUTE,
})

test('ten minutes before, once, and a click chooses that session', () => {
  const desk = new Desk()
  desk.reminders.set([session('a', 30)], true)
  desk.run(START + 100 * MINUTE)
  expect(desk.shown.map((s) => [s.title, s.at])).toEqual([['Session in 10 minutes', START + 20 * MINUTE]])
  desk.shown[0]?.click()
  expect(desk.chosen).toEqual(['a'])
})

test('held back while somebody types, then shown with the minutes that are left; given up at the start', () => {
  const desk = new Desk()
  desk.reminders.set([session('a', 10), session('b', 100)], true)
  desk.typing = true
  desk.run(START + 7 * MINUTE)
  expect(desk.shown).toEqual([])
  desk.typing = false
  desk.run(START + 8 * MINUTE)
  expect(desk.shown.map((s) => s.title)).toEqual(['Session in 3 minutes'])
  desk.typing = true
  desk.run(START + 101 * MINUTE)
  desk.typing = false
  desk.run(START + 200 * MINUTE)
  expect(desk.shown).toHaveLength(1)
})

test('never while a session runs: the one after it is announced when the running one is over', () => {
  const desk = new Desk()
  desk.reminders.set([session('a', -10, 50), session('b', 45)], true)
  desk.run(START + 60 * MINUTE)
  expect(desk.shown.map((s) => [s.title, s.at])).toEqual([['Session in 5 minutes', START + 40 * MINUTE]])
  const after = new Desk()
  after.reminders.set([session('a', -10, 55), session('b', 45)], true)
  after.run(START + 60 * MINUTE)
  expect(after.shown).toEqual([])
})

test('a session moved to another time is announced again, moved back it is not', () => {
  const desk = new Desk()
  desk.reminders.set([session('a', 10)], true)
  desk.run(START + 2 * MINUTE)
  desk.reminders.set([session('a', 30)], true)
  desk.run(START + 22 * MINUTE)
  desk.reminders.set([session('a', 10)], true)
  desk.now = START + 3 * MINUTE
  desk.run(START + 9 * MINUTE)
  expect(desk.shown).toHaveLength(2)
})

test('switched off, nothing; and a list that was taken away is not announced', () => {
  const desk = new Desk()
  desk.reminders.set([session('a', 5)], false)
  desk.run(START + MINUTE)
  desk.reminders.set([], true)
  desk.run(START + 10 * MINUTE)
  expect(desk.shown).toEqual([])
})

test('whatever the day, the typing and the clock: never in a session or over typing, once each, early enough, nameless', () => {
  const coming = fc
    .record({
      id: fc.nat(8),
      start: fc.integer({ min: -60, max: 180 }),
      minutes: fc.integer({ min: 1, max: 90 }),
    })
    .map(({ id, start, minutes }) => session(`Zoë-${id}`, start, minutes))
  const step = fc.record({
    by: fc.integer({ min: -3 * MINUTE, max: 12 * MINUTE }),
    typing: fc.boolean(),
    on: fc.boolean(),
    list: fc.option(fc.array(coming, { maxLength: 6 })),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const desk = new Desk()
      let list: readonly Coming[] = []
      let on = true
      for (const next of steps) {
        desk.now += next.by
        desk.typing = next.typing
        if (next.list !== null) {
          list = next.list
          on = next.on
          desk.reminders.set(list, on)
        }
        const before = desk.shown.length
        desk.reminders.tick()
        const now = desk.shown.slice(before)
        if (now.length === 0) continue
        expect(on && !desk.typing).toBe(true)
        expect(list.some((s) => s.startsAt <= desk.now && desk.now < s.endsAt)).toBe(false)
        for (const { title } of now) expect(title).toMatch(/^Session in (1 minute|([2-9]|10) minutes)$/)
      }
      // Once each: clicking all of them chooses no session at one time twice.
      expect(desk.shown.length).toBeLessThanOrEqual(
        new Set(steps.flatMap((s) => s.list ?? []).map((s) => `${s.sessionId} ${s.startsAt}`)).size,
      )
    }),
    { numRuns: 300 },
  )
})

test('a title has the minutes, never none and never a plural of one', () => {
  expect([1, 29_999, 60_000, 89_999, 90_000, 600_000].map(titleOf)).toEqual([
    'Session in 1 minute',
    'Session in 1 minute',
    'Session in 1 minute',
    'Session in 1 minute',
    'Session in 2 minutes',
    'Session in 10 minutes',
  ])
})
