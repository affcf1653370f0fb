import { expect, test } from 'vitest'
import type { OpenRecord } from '../../../src/main/services/record/openRecord.ts'
import type { ScheduledSession } from '../../../src/shared/contract/sessions.ts'
import { wallOf } from '../../../src/shared/domain/calendar/zones.ts'
import { addClient, DAY, HOUR, MINUTE, MORNING, RecordFile, write, ZONE } from '../../support/recordFile.ts'

/** MORNING is a Monday, 9:00 in Chicago. */
export const weekly = (starts: string, rule = 'FREQ=WEEKLY') => ({
  kind: 'individual' as const,
  arrangement: { starts, zone: ZONE, minutes: 50, rule, dates: [] as string[], except: [] as string[] },
  travelBefore: 0,
  travelAfter: 0,
})

const wallsOf = (sessions: readonly ScheduledSession[]) => sessions.map((s) => wallOf(s.startsAt, ZONE))

async function weeks(record: OpenRecord, count: number, from = MORNING - DAY): Promise<ScheduledSession[]> {
  return (await record.sessions.between(from, from + count * 7 * DAY)).sessions
}

test('every other Tuesday at three until the end of July, not on 1 July, through a change of clocks', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const ana = await addClient(record)
  const next = weekly('2025-06-03T15:00:00', 'FREQ=WEEKLY;INTERVAL=2;UNTIL=20250731T235959Z')
  next.arrangement.except.push('2025-07-01')
  const { sessions } = await record.series.create({ kind: 'client', id: ana }, next)
  expect(sessions).toBe(4)
  expect(wallsOf(await weeks(record, 30))).toEqual([
    '2025-06-03T15:00:00',
    '2025-06-17T15:00:00',
    '2025-07-15T15:00:00',
    '2025-07-29T15:00:00',
  ])
  const late = await record.series.create({ kind: 'client', id: ana }, weekly('2025-10-20T15:00:00'))
  const autumn = (await weeks(record, 6, Date.UTC(2025, 9, 20))).filter((s) => s.seriesId === late.id)
  expect(new Set(autumn.map((s) => wallOf(s.startsAt, ZONE).slice(11)))).toEqual(new Set(['15:00:00']))
  expect((autumn[2]?.startsAt ?? 0) - (autumn[1]?.startsAt ?? 0)).toBe(7 * DAY + HOUR)
})

test('this, this and following, all: each touches what it says and nothing else', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const ana = await addClient(record)
  await record.series.create({ kind: 'client', id: ana }, weekly('2025-06-02T10:00:00'))
  const before = await weeks(record, 6)
  const [one, two, three, four, five] = before
  if (!one || !two || !three || !four || !five) throw new Error('no sessions')

  // This.
  await record.series.move(two.id, 'this', {
    startsAt: two.startsAt + 2 * DAY,
    endsAt: two.endsAt + 2 * DAY,
    zone: ZONE,
  })
  // Following: Tuesday from the fourth on.
  expect(
    await record.series.move(four.id, 'following', {
      startsAt: four.startsAt + DAY,
      endsAt: four.endsAt + DAY,
      zone: ZONE,
    }),
  ).toMatchObject({ kept: 0 })
  expect(wallsOf(await weeks(record, 6))).toEqual([
    '2025-06-02T10:00:00',
    '2025-06-11T10:00:00',
    '2025-06-16T10:00:00',
    '2025-06-24T10:00:00',
    '2025-07-01T10:00:00',
    '2025-07-08T10:00:00',
  ])
  const after = await weeks(record, 6)
  expect(after.map((s) => s.id)).toEqual(before.map((s) => s.id))
  expect(after[0]?.seriesId).not.toBe(after[3]?.seriesId)

  // All of the first part, by the one that was moved: at eleven. What was moved by itself is the one in hand.
  const seriesId = one.seriesId ?? ''
  await record.series.change(one.id, 'all', {
    ...weekly('2025-06-02T11:00:00', (await record.series.get(seriesId)).arrangement.rule),
    kind: 'home-visit',
    travelBefore: 20,
    travelAfter: 15,
  })
  expect(wallsOf(await weeks(record, 6))).toEqual([
    '2025-06-02T11:00:00',
    '2025-06-11T10:00:00',
    '2025-06-16T11:00:00',
    '2025-06-24T10:00:00',
    '2025-07-01T10:00:00',
    '2025-07-08T10:00:00',
  ])
  expect((await weeks(record, 1))[0]).toMatchObject({ kind: 'home-visit', travelBefore: 20, travelAfter: 15 })

  // Away: this one, and what follows.
  await record.series.remove(one.id, 'this')
  await record.series.remove(after[4]?.id ?? '', 'following')
  expect(wallsOf(await weeks(record, 40))).toEqual([
    '2025-06-11T10:00:00',
    '2025-06-16T11:00:00',
    '2025-06-24T10:00:00',
  ])
})

test('what is over or written stays where it was, whatever its series does', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const ana = await addClient(record)
  await record.series.create({ kind: 'client', id: ana }, weekly('2025-05-19T10:00:00'))
  const before = await weeks(record, 8, MORNING - 20 * DAY)
  const [past, , now, written] = before
  if (!past || !now || !written) throw new Error('no sessions')
  const note = await write(record, written.id, 'Prepared words')
  file.now = MORNING + HOUR + 10 * MINUTE
  const { kept } = await record.series.move(before[5]?.id ?? '', 'all', {
    startsAt: (before[5]?.startsAt ?? 0) + 2 * HOUR,
    endsAt: (before[5]?.endsAt ?? 0) + 2 * HOUR,
    zone: ZONE,
  })
  expect(kept).toBe(1)
  const after = await weeks(record, 8, MORNING - 20 * DAY)
  expect(after.map((s) => s.id)).toEqual(before.map((s) => s.id))
  expect(wallsOf(after).map((wall) => wall.slice(11, 13))).toEqual([
    '10',
    '10',
    '10',
    '10',
    '12',
    '12',
    '12',
    '12',
  ])
  await expect(record.series.remove(written.id, 'this')).rejects.toMatchObject({ code: 'HAS_NOTE' })
  await expect(
    record.series.move(written.id, 'this', {
      startsAt: written.startsAt + HOUR,
      endsAt: written.endsAt + HOUR,
      zone: ZONE,
    }),
  ).rejects.toMatchObject({ code: 'HAS_NOTE' })
  await expect(record.series.remove(past.id, 'all')).rejects.toMatchObject({ code: 'PAST' })
  expect((await record.series.remove(after[6]?.id ?? '', 'all')).kept).toBe(1)
  expect((await weeks(record, 12, MORNING - 20 * DAY)).map((s) => s.id)).toEqual(
    after.slice(0, 4).map((s) => s.id),
  )
  expect((await record.notes.read(note.id)).session.startsAt).toBe(written.startsAt)
  expect(await file.store.integrity()).toBe('ok')
})

test('sessions are made ahead: half a year past what was looked at, three years at most', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const ana = await addClient(record)
  const { sessions } = await record.series.create({ kind: 'client', id: ana }, weekly('2025-06-03T15:00:00'))
  expect(sessions).toBe(26)
  const far = MORNING + 400 * DAY
  const looked = await record.sessions.between(far, far + 7 * DAY)
  expect(looked.sessions).toHaveLength(1)
  expect(looked.madeUntil).toBe(far + 7 * DAY + 26 * 7 * DAY)
  const beyond = await record.sessions.between(MORNING + 2000 * DAY, MORNING + 2007 * DAY)
  expect(beyond.sessions).toEqual([])
  expect(beyond.madeUntil).toBeLessThan(MORNING + 2000 * DAY)
  const day = await record.sessions.day(far, far + 7 * DAY)
  expect(day.sessions).toHaveLength(1)
  await expect(record.sessions.between(0, 401 * DAY)).rejects.toMatchObject({ code: 'BAD_INPUT' })

  // At opening the next half year is there, however long it was closed.
  await record.close()
  file.now = MORNING + 1200 * DAY
  const again = await file.open()
  await again.horizon.roll()
  const rows = (await again.sessions.day(file.now + 150 * DAY, file.now + 157 * DAY)).sessions
  expect(rows).toHaveLength(1)
})

test('a rule that cannot be kept is refused with its own code, and nothing is made', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const ana = await addClient(record)
  const refused = async (next: ReturnType<typeof weekly>, code: string) =>
    expect(record.series.create({ kind: 'client', id: ana }, next)).rejects.toMatchObject({ code })
  await refused(weekly('2025-06-03T15:00:00', 'FREQ=NEVERLY'), 'RULE_UNREADABLE')
  await refused(weekly('2025-06-03T15:00:00', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'), 'NEVER_OCCURS')
  await refused(weekly('2025-06-03T15:00:00', 'FREQ=DAILY;BYHOUR=15,16;BYMINUTE=0,30'), 'RULE_TOO_OFTEN')
  await refused(weekly('2025-02-30T15:00:00'), 'BAD_INPUT')
  const nowhere = weekly('2025-06-03T15:00:00')
  await refused({ ...nowhere, arrangement: { ...nowhere.arrangement, zone: 'Mars/Olympus' } }, 'BAD_INPUT')
  expect(await weeks(record, 20)).toEqual([])
})

test('a second Tuesday cannot be dragged to a Thursday as a whole', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const ana = await addClient(record)
  await record.series.create(
    { kind: 'client', id: ana },
    weekly('2025-06-10T15:00:00', 'FREQ=MONTHLY;BYDAY=2TU'),
  )
  const [one] = await weeks(record, 4)
  if (!one) throw new Error('no session')
  const there = { startsAt: one.startsAt + 2 * DAY, endsAt: one.endsAt + 2 * DAY, zone: ZONE }
  await expect(record.series.move(one.id, 'all', there)).rejects.toMatchObject({ code: 'RULE_FIXED' })
  await record.series.move(one.id, 'all', {
    startsAt: one.startsAt + HOUR,
    endsAt: one.endsAt + HOUR,
    zone: ZONE,
  })
  expect(wallsOf(await weeks(record, 12))).toEqual([
    '2025-06-10T16:00:00',
    '2025-07-08T16:00:00',
    '2025-08-12T16:00:00',
  ])
})

test('called off: by whom, how late, and taken back', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const ana = await addClient(record)
  const { id: seriesId } = await record.series.create(
    { kind: 'client', id: ana },
    weekly('2025-06-03T15:00:00'),
  )
  const [one, two] = await weeks(record, 3)
  if (!one || !two) throw new Error('no sessions')
  const toldAt = one.startsAt - 90 * MINUTE
  await record.sessions.cancel(one.id, { by: 'client', line: 'Flu', toldAt, whole: false })
  await record.sessions.noShow(two.id, 'No call')
  expect(await record.sessions.scheduled(one.id)).toMatchObject({
    status: 'cancelled',
    cancelledBy: 'client',
    toldAt,
    line: 'Flu',
    changed: true,
    seriesId,
  })
  await record.sessions.setStatus(one.id, 'scheduled', '')
  expect(await record.sessions.scheduled(one.id)).toMatchObject({ cancelledBy: null, toldAt: null, line: '' })
})

test('review and writing time: ten minutes each to begin with, kept as set', async () => {
  const file = new RecordFile()
  const record = await file.open()
  expect(await record.sessions.margins()).toEqual({ reviewMinutes: 10, writingMinutes: 10 })
  await record.sessions.setMargins({ reviewMinutes: 5, writingMinutes: 15 })
  expect((await record.sessions.between(MORNING, MORNING + DAY)).margins).toEqual({
    reviewMinutes: 5,
    writingMinutes: 15,
  })
})

test('moved and put back, cancelled and taken back, it goes along with its series again', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const ana = await addClient(record)
  await record.series.create({ kind: 'client', id: ana }, weekly('2025-06-02T10:00:00'))
  const [, one, two] = await weeks(record, 4)
  if (!one || !two) throw new Error('no sessions')
  const changed = async (id: string) => (await record.sessions.scheduled(id)).changed
  const there = { startsAt: one.startsAt + HOUR, endsAt: one.endsAt + HOUR, zone: ZONE }
  await record.sessions.move(one.id, there)
  expect(await changed(one.id)).toBe(true)
  await record.sessions.move(one.id, { startsAt: one.startsAt, endsAt: one.endsAt, zone: ZONE })
  expect(await changed(one.id)).toBe(false)
  await record.sessions.cancel(two.id, { by: 'client', line: '', toldAt: null, whole: false })
  expect(await changed(two.id)).toBe(true)
  await record.sessions.setStatus(two.id, 'scheduled', '')
  expect(await changed(two.id)).toBe(false)
  // Back in its place, but longer than the others: that is its own.
  await record.sessions.move(one.id, { startsAt: one.startsAt, endsAt: one.endsAt + HOUR, zone: ZONE })
  expect(await changed(one.id)).toBe(true)
})

test('a daily series that has been going on for thirty years has its sessions, of the last year and to come', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const ana = await addClient(record)
  const { sessions } = await record.series.create(
    { kind: 'client', id: ana },
    weekly('1995-06-02T10:00:00', 'FREQ=DAILY'),
  )
  expect(sessions).toBe(365 + 26 * 7)
  expect(wallsOf(await weeks(record, 1))).toHaveLength(7)
})
