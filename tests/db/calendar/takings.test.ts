import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planTaking } from '../../../src/main/calendar/planning/planning.ts'
import type { OpenRecord } from '../../../src/main/services/record/openRecord.ts'
import type { CalendarReading, TakenEvent } from '../../../src/shared/domain/calendar/taken.ts'
import { instantOf } from '../../../src/shared/domain/calendar/zones.ts'
import { addClient, DAY, HOUR, MINUTE, MORNING, RecordFile, write, ZONE } from '../../support/recordFile.ts'

const RULES = [
  '',
  'FREQ=WEEKLY',
  'FREQ=WEEKLY;INTERVAL=2;COUNT=9',
  'FREQ=DAILY;COUNT=12',
  'FREQ=MONTHLY;BYDAY=1MO',
]
const HALF_HOUR = 30 * MINUTE

/** An event of one of five UIDs, so that two calendars share some, with single times moved or called off. */
const taken: fc.Arbitrary<TakenEvent> = fc
  .record({
    uid: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    day: fc.integer({ min: 3, max: 28 }),
    hour: fc.integer({ min: 8, max: 17 }),
    rule: fc.constantFrom(...RULES),
    moved: fc.array(
      fc.record({ week: fc.nat(5), by: fc.integer({ min: -96, max: 96 }), off: fc.boolean() }),
      {
        maxLength: 3,
      },
    ),
    except: fc.array(fc.nat(5), { maxLength: 2 }),
  })
  .map(({ uid, day, hour, rule, moved, except }) => {
    const at = (weeks: number) => {
      const date = new Date(Date.UTC(2025, 5, day + 7 * weeks)).toISOString().slice(0, 10)
      return `${date}T${String(hour).padStart(2, '0')}:00:00`
    }
    // Of what the rule surely gives: its own start, and the weeks after it where it recurs by weeks.
    const weeks = rule === 'FREQ=WEEKLY' ? [0, 1, 2, 3, 4, 5] : [0]
    const out = rule === 'FREQ=WEEKLY' ? [...new Set(except)].filter((week) => week > 0) : []
    const own = new Map(
      moved.filter(({ week }) => weeks.includes(week) && !out.includes(week)).map((m) => [m.week, m]),
    )
    return {
      uid,
      sequence: 0,
      stamp: 0,
      title: 'Ana',
      arrangement: { starts: at(0), zone: ZONE, minutes: 50, rule, dates: [], except: out.map(at) },
      cancelled: false,
      overrides: [...own.values()].map(({ week, by, off }) => ({
        occurrence: at(week),
        startsAt: instantOf(at(week), ZONE) + by * HALF_HOUR,
        endsAt: instantOf(at(week), ZONE) + by * HALF_HOUR + HOUR,
        title: 'Ana',
        cancelled: off,
      })),
      place: '',
      description: '',
      attendees: [],
    }
  })
const calendar = fc.uniqueArray(taken, { selector: ({ uid }) => uid, maxLength: 4 })

async function takeAll(
  record: OpenRecord,
  now: number,
  events: readonly TakenEvent[],
  calendarId: string | null,
) {
  const reading: CalendarReading = { name: 'Work', events, leftOut: [], damaged: false }
  const series = calendarId === null ? [] : await record.takingIn.known(calendarId)
  const plan = planTaking(
    reading,
    { series, matches: new Map(), clients: await record.takingIn.people() },
    { now },
  )
  const taken = await record.takingIn.apply({
    calendarId,
    name: 'Work',
    keep: { place: false, description: false, attendees: false },
    add: plan.add,
    change: plan.change,
    gone: plan.gone,
    matches: new Map(),
    onProgress: () => undefined,
    stopped: () => false,
  })
  return { plan, taken }
}

/** What the schedule shows from today on. */
const shown = async (record: OpenRecord) =>
  (await record.sessions.around(MORNING + DAY, MORNING + 300 * DAY))
    .map((s) => `${s.startsAt} ${s.endsAt} ${s.status}`)
    .sort((a, b) => (a < b ? -1 : 1))

async function fresh() {
  const file = new RecordFile()
  const record = await file.open()
  await addClient(record, 'Ana')
  return { file, record }
}

test('one calendar and then its next state is its next state alone, and the same again is nothing', async () => {
  await fc.assert(
    fc.asyncProperty(calendar, calendar, async (first, second) => {
      const one = await fresh()
      const begun = await takeAll(one.record, one.file.now, first, null)
      await takeAll(one.record, one.file.now, second, begun.taken.calendarId)
      const rows = await one.file.everything()
      const again = await takeAll(one.record, one.file.now, second, begun.taken.calendarId)
      expect(again.plan).toMatchObject({ add: [], change: [], gone: [] })
      expect(again.taken).toMatchObject({ added: 0, changed: 0, gone: 0, sessions: 0 })
      expect((await one.file.everything())['sessions']).toEqual(rows['sessions'])

      const other = await fresh()
      await takeAll(other.record, other.file.now, second, null)
      expect(await shown(one.record)).toEqual(await shown(other.record))
      await one.record.close()
      await other.record.close()
    }),
    { numRuns: 12 },
  )
}, 120_000)

test('whatever a calendar says next, what is written or was moved here stays', async () => {
  await fc.assert(
    fc.asyncProperty(calendar, calendar, fc.nat(20), fc.nat(20), async (first, second, w, m) => {
      const { file, record } = await fresh()
      const begun = await takeAll(record, file.now, first, null)
      const coming = (await record.sessions.around(MORNING, MORNING + 300 * DAY)).filter(
        (s) => s.startsAt > file.now && s.status === 'scheduled',
      )
      const [written, moved] = [
        coming[w % Math.max(1, coming.length)],
        coming[m % Math.max(1, coming.length)],
      ]
      if (written === undefined || moved === undefined) return
      const to = { startsAt: moved.startsAt + 3 * HOUR, endsAt: moved.endsAt + 3 * HOUR, zone: ZONE }
      await record.sessions.move(moved.id, to)
      await write(record, written.id, 'Words')
      const before = await Promise.all([written.id, moved.id].map((id) => record.sessions.scheduled(id)))
      await takeAll(record, file.now, second, begun.taken.calendarId)
      const after = await record.sessions.around(MORNING, MORNING + 400 * DAY)
      for (const was of before) {
        expect(after.find((s) => s.id === was.id)).toMatchObject({
          startsAt: was.startsAt,
          endsAt: was.endsAt,
        })
      }
      await record.close()
    }),
    { numRuns: 12 },
  )
}, 120_000)

const between = fc.record({
  next: calendar,
  days: fc.integer({ min: 0, max: 12 }),
  which: fc.nat(20),
  act: fc.constantFrom('write', 'cancel', 'start', 'travel', 'none', 'drop'),
})

test('whatever comes to pass in between, nothing is refused, lost or doubled, and what is written stays', async () => {
  await fc.assert(
    fc.asyncProperty(calendar, fc.array(between, { minLength: 1, maxLength: 4 }), async (first, steps) => {
      const { file, record } = await fresh()
      let calendarId: string | null = (await takeAll(record, file.now, first, null)).taken.calendarId
      const settled = new Map<string, number>()
      for (const { next, days, which, act } of steps) {
        file.now += days * DAY
        const near = await record.sessions.around(file.now - 4 * DAY, file.now + 9 * DAY)
        const one = near[which % Math.max(1, near.length)]
        if (act === 'drop') {
          await record.takingIn.drop(calendarId)
          calendarId = null
        } else if (one !== undefined) {
          if (act === 'write') await write(record, one.id, 'Words')
          if (act === 'cancel')
            await record.sessions.cancel(one.id, { by: 'client', line: '', toldAt: null, whole: false })
          if (act === 'start') await record.sessions.mark(one.id, file.now, null)
          if (act === 'travel') await record.sessions.setTravel(one.id, 10, 10)
          if (act === 'write' || act === 'cancel' || act === 'start') settled.set(one.id, one.startsAt)
        }
        calendarId = (await takeAll(record, file.now, next, calendarId)).taken.calendarId
      }
      for (const [id, startsAt] of settled)
        expect((await record.sessions.scheduled(id)).startsAt).toBe(startsAt)

      // Far enough ahead that nothing that took place stands for what is to come.
      const far = async (of: OpenRecord) =>
        (await of.sessions.around(file.now + 32 * DAY, MORNING + 180 * DAY)).map((s) => s.startsAt)
      const other = await fresh()
      other.file.now = file.now
      await takeAll(other.record, file.now, steps.at(-1)?.next ?? [], null)
      const [is, should] = [await far(record), await far(other.record)]
      await record.horizon.roll()
      const count = (list: number[], at: number) => list.filter((one) => one === at).length
      const missing = should.filter((at) => count(is, at) < count(should, at))
      const extra = is.filter((at) => count(is, at) > count(should, at))
      expect({ missing, extra }).toEqual({ missing: [], extra: [] })
      await record.close()
      await other.record.close()
    }),
    { numRuns: 8 },
  )
}, 120_000)
