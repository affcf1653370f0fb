import { expect, test } from 'vitest'
import type { Taking } from '../../../src/main/services/record/applyTaking.ts'
import type { OpenRecord } from '../../../src/main/services/record/openRecord.ts'
import type { TakenEvent, TakenOverride } from '../../../src/shared/domain/calendar/taken.ts'
import { instantOf, wallOf } from '../../../src/shared/domain/calendar/zones.ts'
import { addClient, DAY, HOUR, MINUTE, MORNING, RecordFile, write, ZONE } from '../../support/recordFile.ts'

/** Mondays at ten, unless said otherwise; the clock of these tests stands at nine on the first of them. */
const mondays = (
  more: Partial<TakenEvent['arrangement']> = {},
  rest: Partial<TakenEvent> = {},
): TakenEvent => ({
  uid: 'one',
  sequence: 0,
  stamp: 0,
  title: 'Ana',
  arrangement: {
    starts: '2025-06-02T10:00:00',
    zone: ZONE,
    minutes: 50,
    rule: 'FREQ=WEEKLY;COUNT=4',
    dates: [],
    except: [],
    ...more,
  },
  cancelled: false,
  overrides: [],
  place: '',
  description: '',
  attendees: [],
  ...rest,
})
const once = (starts: string) => mondays({ starts, rule: '' })
const moved = (occurrence: string, to: string): TakenOverride => ({
  occurrence,
  startsAt: instantOf(to, ZONE),
  endsAt: instantOf(to, ZONE) + 50 * MINUTE,
  title: '',
  cancelled: false,
})

async function practice() {
  const file = new RecordFile()
  const record = await file.open()
  const ana = await addClient(record)
  const whose: { to: 'client'; id: string; kind: 'individual' } = {
    to: 'client',
    id: ana,
    kind: 'individual',
  }
  const apply = (more: Partial<Taking>) =>
    record.takingIn.apply({
      calendarId: null,
      name: 'Google',
      keep: { place: false, description: false, attendees: false },
      add: [],
      change: [],
      gone: [],
      matches: new Map(),
      onProgress: () => undefined,
      stopped: () => false,
      ...more,
    })
  return {
    file,
    record,
    ana,
    apply,
    take: (event: TakenEvent) => apply({ add: [{ event, whose }] }),
    follow: (calendarId: string, event: TakenEvent) => apply({ calendarId, change: [{ event, whose }] }),
  }
}

const around = (record: OpenRecord) => record.sessions.around(MORNING - 14 * DAY, MORNING + 60 * DAY)
const shown = async (record: OpenRecord) =>
  (await around(record)).map((s) =>
    [
      wallOf(s.startsAt, ZONE).slice(5, 16),
      ...(s.status === 'scheduled' ? [] : [s.status]),
      ...(s.note === null ? [] : ['note']),
    ].join(' '),
  )
async function first(record: OpenRecord) {
  const [session] = await around(record)
  if (session === undefined) throw new Error('no session')
  return session
}

test('put off after its start with nothing set down, it goes there', async () => {
  for (const next of [
    once('2025-06-05T10:00:00'),
    mondays({}, { overrides: [moved('2025-06-02T10:00:00', '2025-06-05T10:00:00')] }),
  ]) {
    const { file, record, take, follow } = await practice()
    const { calendarId } = await take({
      ...next,
      arrangement: { ...next.arrangement, starts: '2025-06-02T10:00:00' },
      overrides: [],
    })
    const { id } = await first(record)
    file.now = MORNING + 3 * HOUR
    expect(await follow(calendarId, next)).toMatchObject({ sessions: 1, kept: 0 })
    expect((await shown(record))[0]).toBe('06-05T10:00')
    expect((await first(record)).id).toBe(id)
    await record.close()
  }
})

test('put off after it took place or was called off here, it is another one', async () => {
  for (const act of ['written', 'started', 'no-show', 'cancelled'] as const) {
    const { file, record, take, follow } = await practice()
    const { calendarId } = await take(mondays())
    const { id } = await first(record)
    if (act === 'cancelled') {
      await record.sessions.cancel(id, { by: 'client', line: 'ill', toldAt: null, whole: false })
    } else file.now = MORNING + 3 * HOUR
    if (act === 'written') await write(record, id, 'Words')
    if (act === 'started') await record.sessions.mark(id, MORNING + HOUR, null)
    if (act === 'no-show') await record.sessions.noShow(id, '')
    const before = await record.sessions.scheduled(id)
    const next = mondays({}, { overrides: [moved('2025-06-02T10:00:00', '2025-06-05T10:00:00')] })
    expect(await follow(calendarId, next)).toMatchObject({ sessions: 1, kept: 0 })
    const now = ['06-05T10:00', '06-09T10:00', '06-16T10:00', '06-23T10:00']
    expect((await shown(record)).slice(1)).toEqual(now)
    const { startsAt, status, note, line } = before
    expect(await record.sessions.scheduled(id)).toMatchObject({ startsAt, status, note, line })
    // What comes after that leads the new one, and the one that took place no more.
    const on = mondays({}, { overrides: [moved('2025-06-02T10:00:00', '2025-06-06T10:00:00')] })
    expect(await follow(calendarId, on)).toMatchObject({ sessions: 1 })
    expect((await shown(record))[1]).toBe('06-06T10:00')
    // Put back, it is not there twice.
    await follow(calendarId, mondays())
    expect((await shown(record)).slice(1)).toEqual(now.slice(1))
    await record.close()
  }
})

test('travel set here is kept, and the session follows its calendar all the same', async () => {
  const { record, take, follow } = await practice()
  const { calendarId } = await take(mondays())
  const { id } = await first(record)
  await record.sessions.setTravel(id, 20, 15)
  expect(await follow(calendarId, mondays({ starts: '2025-06-02T12:00:00' }))).toMatchObject({
    sessions: 4,
    kept: 0,
  })
  expect(await record.sessions.scheduled(id)).toMatchObject({
    startsAt: instantOf('2025-06-02T12:00:00', ZONE),
    travelBefore: 20,
    travelAfter: 15,
    changed: false,
  })
})

test('what stays though its calendar moved it is told, and stands once', async () => {
  const { record, take, follow } = await practice()
  const { calendarId } = await take(once('2025-06-05T10:00:00'))
  const { id } = await first(record)
  await write(record, id, 'Prepared')
  for (const starts of ['2025-06-06T10:00:00', '2025-06-12T10:00:00']) {
    expect(await follow(calendarId, once(starts))).toMatchObject({ sessions: 0, kept: 1 })
    expect(await shown(record)).toEqual(['06-05T10:00 note'])
  }
  const gone = await practice()
  const taken = await gone.take(mondays())
  const [, second] = await around(gone.record)
  await write(gone.record, second?.id ?? '', 'Prepared')
  // Said where the calendar says something new of that one, not at every change.
  expect(await gone.follow(taken.calendarId, mondays({ except: ['2025-06-16T10:00:00'] }))).toMatchObject({
    sessions: 1,
    kept: 0,
  })
  expect(await gone.follow(taken.calendarId, mondays({ starts: '2025-06-02T12:00:00' }))).toMatchObject({
    kept: 1,
  })
  expect(await gone.apply({ calendarId: taken.calendarId, gone: [{ uid: 'one' }] })).toMatchObject({
    kept: 1,
  })
})

test('undone by hand, what a calendar leads is led by it again', async () => {
  const { record, take, follow } = await practice()
  const { calendarId } = await take(mondays())
  const [one, two] = await around(record)
  if (one === undefined || two === undefined) throw new Error('no sessions')
  await record.sessions.remove(one.id)
  await record.sessions.bringBack(one.id)
  const { startsAt, endsAt } = two
  await record.sessions.move(two.id, { startsAt: startsAt + HOUR, endsAt: endsAt + HOUR, zone: ZONE })
  await record.sessions.move(two.id, { startsAt, endsAt, zone: ZONE })
  expect(await follow(calendarId, mondays({ starts: '2025-06-02T12:00:00' }))).toMatchObject({ kept: 0 })
  expect(await shown(record)).toEqual(['06-02T12:00', '06-09T12:00', '06-16T12:00', '06-23T12:00'])
})

test('a removal undone goes along with its series again', async () => {
  const { record, ana } = await practice()
  const { arrangement } = mondays()
  await record.series.create(
    { kind: 'client', id: ana },
    { kind: 'individual', arrangement, travelBefore: 0, travelAfter: 0 },
  )
  const [one, two] = await around(record)
  if (one === undefined || two === undefined) throw new Error('no sessions')
  await record.sessions.remove(two.id)
  await record.sessions.bringBack(two.id)
  expect((await record.sessions.scheduled(two.id)).changed).toBe(false)
  const later = { startsAt: one.startsAt + HOUR, endsAt: one.endsAt + HOUR, zone: ZONE }
  await record.series.move(one.id, 'all', later)
  expect((await shown(record))[1]).toBe('06-09T11:00')
})

test('let go and taken in again, nothing that stayed is there twice', async () => {
  const { file, record, take, follow } = await practice()
  const { calendarId } = await take(mondays())
  const [one, two, three] = await around(record)
  if (one === undefined || two === undefined || three === undefined) throw new Error('no sessions')
  file.now = MORNING + 3 * HOUR
  await write(record, one.id, 'Words')
  await record.sessions.move(two.id, { startsAt: two.startsAt + DAY, endsAt: two.endsAt + DAY, zone: ZONE })
  await write(record, three.id, 'Prepared')
  await record.takingIn.drop(calendarId)
  const again = await take(mondays())
  const there = ['06-02T10:00 note', '06-10T10:00', '06-16T10:00 note', '06-23T10:00']
  expect(again).toMatchObject({ added: 1, sessions: 1 })
  expect(await shown(record)).toEqual(there)
  // Nor when the series changes after that.
  await follow(again.calendarId, mondays({ rule: 'FREQ=WEEKLY;COUNT=5' }))
  expect(await shown(record)).toEqual([...there, '06-30T10:00'])
})

test('a time moved on to this week and over does not stand in the way of its series', async () => {
  const { file, record, take, follow } = await practice()
  const overrides = [moved('2025-06-06T10:00:00', '2025-06-10T09:00:00')]
  const fridays = (except: string[] = []) => mondays({ starts: '2025-06-06T10:00:00', except }, { overrides })
  const { calendarId } = await take(fridays())
  const { id } = await first(record)
  file.now = MORNING + 8 * DAY + 2 * HOUR
  expect(await follow(calendarId, fridays(['2025-06-20T10:00:00']))).toMatchObject({ sessions: 1, kept: 0 })
  expect(await shown(record)).toEqual(['06-10T09:00', '06-13T10:00', '06-27T10:00'])
  expect((await first(record)).id).toBe(id)
})

test('a time moved on beyond the horizon is there once when Bracket is opened long after it', async () => {
  const { file, record, take } = await practice()
  // Sessions are made for half a year: this one was moved out of it.
  const overrides = [moved('2025-11-24T10:00:00', '2025-12-10T10:00:00')]
  await take(mondays({ rule: 'FREQ=WEEKLY' }, { overrides }))
  file.now = MORNING + 200 * DAY
  await record.horizon.roll()
  const winter = await record.sessions.around(MORNING + 182 * DAY, MORNING + 205 * DAY)
  expect(winter.map((s) => wallOf(s.startsAt, ZONE).slice(5, 10))).toEqual([
    '12-01',
    '12-08',
    '12-10',
    '12-15',
    '12-22',
  ])
})

test('a time of weeks ago that is put to a coming week is the same one', async () => {
  const { file, record, take, follow } = await practice()
  const { calendarId } = await take(mondays())
  const { id } = await first(record)
  await write(record, id, 'Words')
  file.now = MORNING + 15 * DAY
  const next = mondays({}, { overrides: [moved('2025-06-02T10:00:00', '2025-06-26T10:00:00')] })
  expect(await follow(calendarId, next)).toMatchObject({ sessions: 1 })
  expect(await shown(record)).toEqual([
    '06-02T10:00 note',
    '06-09T10:00',
    '06-16T10:00',
    '06-23T10:00',
    '06-26T10:00',
  ])
})

test('what was chosen to be kept of an event goes when the event does', async () => {
  const { file, record, apply, ana } = await practice()
  const details = { place: 'Room of Gold', description: 'Long words', attendees: ['someone'] }
  const whose = { to: 'client' as const, id: ana, kind: 'individual' as const }
  const keep = { place: true, description: true, attendees: true }
  const over = mondays({ starts: '2024-06-03T10:00:00', rule: '' }, { ...details, uid: 'over' })
  const { calendarId } = await apply({
    keep,
    add: [mondays({}, details), over].map((event) => ({ event, whose })),
  })
  const taken = async () =>
    ((await file.everything())['series'] ?? []).map((row) => String(row['taken'])).join()
  expect(await taken()).toContain('Room of Gold')
  await apply({ calendarId, gone: [{ uid: 'one' }, { uid: 'over' }] })
  for (const text of ['Room of Gold', 'Long words', 'someone']) expect(await taken()).not.toContain(text)
  expect(await record.takingIn.known(calendarId)).toEqual([])
})
