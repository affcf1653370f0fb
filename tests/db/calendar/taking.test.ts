import { expect, test } from 'vitest'
import type { OpenRecord } from '../../../src/main/services/record/openRecord.ts'
import type { Taking } from '../../../src/main/services/record/applyTaking.ts'
import type { TakenEvent } from '../../../src/shared/domain/calendar/taken.ts'
import { wallOf } from '../../../src/shared/domain/calendar/zones.ts'
import { addClient, DAY, HOUR, MORNING, RecordFile, write, ZONE } from '../../support/recordFile.ts'

const event = (
  uid: string,
  more: Partial<TakenEvent> = {},
  starts = '2025-06-03T15:00:00',
  rule = '',
): TakenEvent => ({
  uid,
  sequence: 0,
  stamp: 0,
  title: `Title of ${uid}`,
  arrangement: { starts, zone: ZONE, minutes: 50, rule, dates: [], except: [] },
  cancelled: false,
  overrides: [],
  place: '',
  description: '',
  attendees: [],
  ...more,
})

async function take(
  record: OpenRecord,
  clientId: string,
  events: readonly TakenEvent[],
  more: Partial<Taking> = {},
) {
  return record.takingIn.apply({
    calendarId: null,
    name: 'Google',
    keep: { place: false, description: false, attendees: false },
    add: events.map((one) => ({ event: one, whose: { to: 'client', id: clientId, kind: 'individual' } })),
    change: [],
    gone: [],
    matches: new Map(),
    onProgress: () => undefined,
    stopped: () => false,
    ...more,
  })
}

const shown = async (record: OpenRecord, days = 60) =>
  (await record.sessions.between(MORNING - 2 * DAY, MORNING + days * DAY)).sessions.map(
    (s) => `${wallOf(s.startsAt, ZONE)}${s.status === 'cancelled' ? ' off' : ''}`,
  )

const WEEKLY = event(
  'weekly',
  {
    overrides: [
      {
        occurrence: '2025-06-10T15:00:00',
        startsAt: Date.parse('2025-06-12T16:00:00Z'),
        endsAt: Date.parse('2025-06-12T16:50:00Z'),
        title: '',
        cancelled: false,
      },
      {
        occurrence: '2025-06-17T15:00:00',
        startsAt: Date.parse('2025-06-17T20:00:00Z'),
        endsAt: Date.parse('2025-06-17T20:50:00Z'),
        title: '',
        cancelled: true,
      },
    ],
  },
  '2025-06-03T15:00:00',
  'FREQ=WEEKLY;COUNT=5',
)

test('a calendar taken in: moved and called-off times are so; the same again changes nothing', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const ana = await addClient(record)
  const first = await take(record, ana, [event('single'), WEEKLY, event('old', {}, '2025-01-07T15:00:00')])
  expect(first).toMatchObject({ added: 3, changed: 0, gone: 0, sessions: 6 })
  const there = [
    '2025-06-03T15:00:00',
    '2025-06-03T15:00:00',
    '2025-06-12T11:00:00',
    '2025-06-17T15:00:00 off',
    '2025-06-24T15:00:00',
    '2025-07-01T15:00:00',
  ]
  expect(await shown(record)).toEqual(there)
  const before = await file.everything()
  const again = await take(record, ana, [event('single'), WEEKLY], { calendarId: first.calendarId })
  expect(again).toMatchObject({ added: 0, changed: 0, gone: 0, sessions: 0 })
  const { sessions, series } = await file.everything()
  expect({ sessions, series }).toEqual({ sessions: before['sessions'], series: before['series'] })
  // Looking on and rolling on leaves what the calendar moved where it moved it.
  file.now += 8 * DAY
  await record.sessions.between(MORNING + 300 * DAY, MORNING + 307 * DAY)
  await record.horizon.roll()
  expect(await shown(record)).toEqual(there)
  expect(await record.takingIn.known(first.calendarId)).toHaveLength(3)
  expect((await record.sessions.between(MORNING, MORNING + 2 * DAY)).sessions[0]).toMatchObject({
    fromCalendar: true,
    changed: false,
  })
})

test('changed there, it follows; changed here or written, it stays; gone there, what is to come goes', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const ana = await addClient(record)
  const { calendarId } = await take(record, ana, [WEEKLY])
  const { sessions } = await record.sessions.between(MORNING, MORNING + 60 * DAY)
  const [first, , , fourth, fifth] = sessions
  if (!first || !fourth || !fifth) throw new Error('no sessions')
  const by = (s: typeof first, ms: number) => ({
    startsAt: s.startsAt + ms,
    endsAt: s.endsAt + ms,
    zone: ZONE,
  })
  await expect(record.series.move(first.id, 'all', by(first, HOUR))).rejects.toMatchObject({
    code: 'FROM_CALENDAR',
  })
  await record.series.move(fourth.id, 'this', by(fourth, DAY))
  await write(record, fifth.id, 'Prepared')
  const later = {
    ...WEEKLY,
    overrides: [],
    arrangement: { ...WEEKLY.arrangement, starts: '2025-06-03T17:00:00', rule: 'FREQ=WEEKLY;COUNT=6' },
  }
  const whose = { to: 'client' as const, id: ana, kind: 'individual' as const }
  const changed = await take(record, ana, [], { calendarId, change: [{ event: later, whose }] })
  expect(changed).toMatchObject({ added: 0, changed: 1, sessions: 4 })
  const now = [
    '2025-06-03T17:00:00',
    '2025-06-10T17:00:00',
    '2025-06-17T17:00:00',
    '2025-06-25T15:00:00',
    '2025-07-01T15:00:00',
    '2025-07-08T17:00:00',
  ]
  expect(await shown(record)).toEqual(now)
  expect((await record.sessions.scheduled(first.id)).startsAt).toBe(first.startsAt + 2 * HOUR)

  expect(await take(record, ana, [], { calendarId, gone: [{ uid: 'weekly' }] })).toMatchObject({
    gone: 1,
    sessions: 4,
  })
  expect(await shown(record)).toEqual(['2025-06-25T15:00:00', '2025-07-01T15:00:00'])
  expect(await record.takingIn.known(calendarId)).toEqual([])
  // There again: the same sessions, not others.
  await take(record, ana, [later], { calendarId })
  expect(await shown(record)).toEqual(now)
  expect((await record.sessions.scheduled(first.id)).id).toBe(first.id)
})

test('for somebody else from now on: what was written stays in the first one’s chart', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const [ana, ben] = [await addClient(record, 'Ana'), await addClient(record, 'Ben')]
  const plain = { ...WEEKLY, overrides: [] }
  const { calendarId } = await take(record, ana, [plain])
  const [first] = (await record.sessions.between(MORNING, MORNING + 3 * DAY)).sessions
  await write(record, first?.id ?? '', 'About Ana')
  const whose = { to: 'client' as const, id: ben, kind: 'home-visit' as const }
  await take(record, ana, [], { calendarId, change: [{ event: plain, whose }] })
  const { sessions } = await record.sessions.between(MORNING, MORNING + 60 * DAY)
  expect(sessions.map((s) => `${s.clientName} ${s.kind}`)).toEqual([
    ...['Ana individual', 'Ben home-visit'].sort(),
    'Ben home-visit',
    'Ben home-visit',
    'Ben home-visit',
    'Ben home-visit',
  ])
})

test('stopped half-way nothing is kept; dropped, the past stays', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const ana = await addClient(record)
  const many = Array.from({ length: 500 }, (_, n) => event(`u${n}`, {}, '2025-06-05T08:00:00'))
  let asked = 0
  const stopped = () => (asked += 1) > 450
  await expect(take(record, ana, many, { stopped })).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(await shown(record)).toEqual([])
  expect(await record.takingIn.list()).toEqual([])

  const { calendarId } = await take(record, ana, [WEEKLY])
  file.now = MORNING + 5 * DAY
  expect(await record.takingIn.drop(calendarId)).toEqual({ touched: 4, kept: 0 })
  expect(await shown(record)).toEqual(['2025-06-03T15:00:00'])
  expect(await record.takingIn.list()).toEqual([])
})

test('what is said of titles is remembered until it is forgotten', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const ana = await addClient(record)
  const matches: Taking['matches'] = new Map([
    ['ana b.', { to: 'client', id: ana, kind: 'home-visit' }],
    ['lunch', { to: 'nobody' }],
    ['who', { to: 'open' }],
  ])
  await take(record, ana, [], { matches })
  expect(await record.takingIn.matches()).toEqual([
    { title: 'ana b.', name: 'Ana', match: { to: 'client', id: ana, kind: 'home-visit' } },
    { title: 'lunch', name: '', match: { to: 'nobody' } },
  ])
  await record.takingIn.forgetMatch('lunch')
  expect(await record.takingIn.matches()).toHaveLength(1)
})
