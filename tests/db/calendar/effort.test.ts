import { afterEach, expect, test, vi } from 'vitest'
import type { OpenRecord } from '../../../src/main/services/record/openRecord.ts'
import type * as Occurrences from '../../../src/shared/domain/calendar/occurrences.ts'
import { planInSlices } from '../../../src/main/calendar/planning/planning.ts'
import type { TakenEvent } from '../../../src/shared/domain/calendar/taken.ts'
import { addClient, RecordFile, ZONE } from '../../support/recordFile.ts'

/** Every time a rule is followed: what it gave. `slow`: how long each takes at the least, milliseconds. */
const followed = vi.hoisted(() => ({ given: [] as number[], slow: 0 }))

vi.mock('../../../src/shared/domain/calendar/occurrences.ts', async (original) => {
  const real = await original<typeof Occurrences>()
  return {
    ...real,
    occurrences: (...asked: Parameters<typeof real.occurrences>) => {
      const result = real.occurrences(...asked)
      followed.given.push(result.found.length)
      const until = performance.now() + followed.slow
      while (performance.now() < until);
      return result
    },
  }
})

afterEach(() => {
  followed.given = []
  followed.slow = 0
})

const events = (count: number, rule: string): TakenEvent[] =>
  Array.from({ length: count }, (_, n) => ({
    uid: `event ${n}`,
    sequence: 0,
    stamp: 0,
    title: 'Same',
    arrangement: { starts: '2025-06-02T10:00:00', zone: ZONE, minutes: 50, rule, dates: [], except: [] },
    cancelled: false,
    overrides: [],
    place: '',
    description: '',
    attendees: [],
  }))

const take = (record: OpenRecord, id: string, list: readonly TakenEvent[]) =>
  record.takingIn.apply({
    calendarId: null,
    name: 'Google',
    keep: { place: false, description: false, attendees: false },
    add: list.map((event) => ({ event, whose: { to: 'client', id, kind: 'individual' } })),
    change: [],
    gone: [],
    matches: new Map(),
    onProgress: () => undefined,
    stopped: () => false,
  })

/** How many rules were followed at most before others had their turn on the thread. */
async function inOneGo(act: () => Promise<unknown>): Promise<number> {
  let most = 0
  let before = followed.given.length
  let watching = true
  const turn = (): void => {
    most = Math.max(most, followed.given.length - before)
    before = followed.given.length
    if (watching) setImmediate(turn)
  }
  setImmediate(turn)
  await act()
  watching = false
  return Math.max(most, followed.given.length - before)
}

test('of a daily series until 2099 no more is worked out than its sessions and whether there are others', async () => {
  const record = await new RecordFile().open()
  const { sessions } = await take(record, await addClient(record), events(1, 'FREQ=DAILY;UNTIL=20991231'))
  expect(sessions).toBeGreaterThan(180)
  expect(followed.given.reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(sessions + 1)
})

test('while rules that take their time are followed, others have their turn after each event', async () => {
  const record = await new RecordFile().open()
  const ana = await addClient(record)
  // Longer than one may keep the thread.
  followed.slow = 9
  expect(await inOneGo(() => take(record, ana, events(12, 'FREQ=WEEKLY;COUNT=2')))).toBeLessThanOrEqual(2)
  const reading = { name: '', events: events(12, 'FREQ=WEEKLY;COUNT=2'), leftOut: [], damaged: false }
  const known = { series: [], matches: new Map(), clients: [] }
  expect(await inOneGo(() => planInSlices(reading, known, { now: 0 }))).toBe(1)
})
