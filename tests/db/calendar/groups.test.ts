import { expect, test } from 'vitest'
import type { OpenRecord } from '../../../src/main/services/record/openRecord.ts'
import {
  addClient,
  DAY,
  HOUR,
  MINUTE,
  MORNING,
  RecordFile,
  sign,
  write,
  ZONE,
} from '../../support/recordFile.ts'

const next = (starts: string, rule = 'FREQ=WEEKLY;COUNT=4') => ({
  kind: 'individual' as const,
  arrangement: { starts, zone: ZONE, minutes: 90, rule, dates: [], except: [] },
  travelBefore: 0,
  travelAfter: 0,
})

async function four(record: OpenRecord) {
  const names = ['Ana', 'Ben', 'Cem', 'Dia']
  const [ana = '', ben = '', cem = '', dia = ''] = await Promise.all(
    names.map((name) => addClient(record, name)),
  )
  return { ana, ben, cem, dia }
}

/** Who is in each of the group's blocks of the next weeks: 'day hour: names'. */
async function blocks(record: OpenRecord): Promise<string[]> {
  const { sessions } = await record.sessions.between(MORNING - DAY, MORNING + 60 * DAY)
  const byEvent = new Map<string, string[]>()
  for (const s of sessions) {
    const at = `${Math.round((s.startsAt - MORNING) / DAY)} ${(s.startsAt - MORNING) / HOUR} ${s.group?.event}`
    byEvent.set(at, [
      ...(byEvent.get(at) ?? []),
      s.status === 'scheduled' ? s.clientName : `(${s.clientName})`,
    ])
  }
  return [...byEvent].map(([at, names]) => `${at.split(' ')[0]}: ${names.sort().join(' ')}`)
}

test('a group meets: a session and a note for each member, one block; members come and go', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const { ana, ben, cem, dia } = await four(record)
  const group = await record.groups.create('Tuesday group', [ana, ben, cem])
  const { sessions } = await record.series.create({ kind: 'group', id: group }, next('2025-06-03T15:00:00'))
  expect(sessions).toBe(4)
  expect(await blocks(record)).toEqual([
    '1: Ana Ben Cem',
    '8: Ana Ben Cem',
    '15: Ana Ben Cem',
    '22: Ana Ben Cem',
  ])

  // Ben's part is written before the third; then Ben leaves and Dia comes.
  const third = (await record.sessions.between(MORNING + 15 * DAY, MORNING + 16 * DAY)).sessions
  const bens = third.find((s) => s.clientId === ben)
  await write(record, bens?.id ?? '', 'About Ben alone')
  expect(await record.groups.setMembers(group, [ana, cem, dia])).toEqual({ touched: 7, kept: 1 })
  expect(await blocks(record)).toEqual([
    '1: Ana Cem Dia',
    '8: Ana Cem Dia',
    '15: Ana Ben Cem Dia',
    '22: Ana Cem Dia',
  ])
  // Back again: his sessions are the same rows.
  await record.groups.setMembers(group, [ana, ben, cem, dia])
  expect(await blocks(record)).toEqual([
    '1: Ana Ben Cem Dia',
    '8: Ana Ben Cem Dia',
    '15: Ana Ben Cem Dia',
    '22: Ana Ben Cem Dia',
  ])
  expect((await record.groups.list())[0]).toMatchObject({
    name: 'Tuesday group',
    members: [{ name: 'Ana' }, { name: 'Ben' }, { name: 'Cem' }, { name: 'Dia' }],
    nextSessionAt: Date.parse('2025-06-03T20:00:00Z'),
  })
})

test('one member calls off, then the whole group moves: everybody moves, and who called off still has', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const { ana, ben } = await four(record)
  const group = await record.groups.create('Pair', [ana, ben])
  await record.series.create({ kind: 'group', id: group }, next('2025-06-03T15:00:00'))
  const [first] = (await record.sessions.between(MORNING, MORNING + 2 * DAY)).sessions.filter(
    (s) => s.clientId === ben,
  )
  if (!first) throw new Error('no session')
  await record.sessions.cancel(first.id, { by: 'client', line: 'Trip', toldAt: MORNING, whole: false })
  const by = (ms: number) => ({ startsAt: first.startsAt + ms, endsAt: first.endsAt + ms, zone: ZONE })
  await record.series.move(first.id, 'all', by(2 * DAY))
  expect(await blocks(record)).toEqual(['3: (Ben) Ana', '10: Ana Ben', '17: Ana Ben', '24: Ana Ben'])

  // Dragged alone, both go; called off as a whole, both are.
  await record.sessions.move(first.id, by(DAY))
  expect(await blocks(record)).toEqual(['2: (Ben) Ana', '10: Ana Ben', '17: Ana Ben', '24: Ana Ben'])
  await record.sessions.cancel(first.id, { by: 'clinician', line: '', toldAt: null, whole: true })
  expect((await blocks(record))[0]).toBe('2: (Ana) (Ben)')

  // Once one member's note is signed the block stays where it was for all.
  file.now = first.startsAt + 2 * DAY
  await record.sessions.setStatus(first.id, 'scheduled', '')
  await sign(record, await write(record, first.id, 'Words'))
  await record.signing.completeAll()
  const anas = (await record.sessions.between(first.startsAt, first.startsAt + 2 * DAY)).sessions.find(
    (s) => s.clientId === ana,
  )
  await expect(record.sessions.move(anas?.id ?? '', by(3 * DAY))).rejects.toMatchObject({ code: 'SEALED' })
  await record.verification.run()
  expect(record.verification.found().state).toBe('intact')
})

test('a single session of a group; an empty group has none; a group that ended keeps what was written', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const { ana, ben } = await four(record)
  const empty = await record.groups.create('Nobody yet', [])
  const span = { startsAt: MORNING + HOUR, endsAt: MORNING + 2 * HOUR, zone: ZONE }
  const plain = { kind: 'individual' as const, travelBefore: 0, travelAfter: 0 }
  await expect(record.groups.addSession(empty, { ...span, ...plain })).rejects.toMatchObject({
    code: 'NO_MEMBERS',
  })
  const group = await record.groups.create('Pair', [ana, ben, ana])
  const event = await record.groups.addSession(group, { ...span, ...plain })
  const other = await record.groups.addSession(group, {
    ...plain,
    startsAt: MORNING + DAY,
    endsAt: MORNING + DAY + 50 * MINUTE,
    zone: ZONE,
  })
  expect(await blocks(record)).toEqual(['0: Ana Ben', '1: Ana Ben'])
  await record.groups.removeSession(other)
  expect(await blocks(record)).toEqual(['0: Ana Ben'])
  const [one] = (await record.sessions.between(MORNING, MORNING + DAY)).sessions
  await write(record, one?.id ?? '', 'Words')
  await expect(record.groups.removeSession(event)).rejects.toMatchObject({ code: 'HAS_NOTE' })
  expect(await record.groups.end(group)).toEqual({ touched: 1, kept: 1 })
  expect((await blocks(record)).join()).toMatch(/^0: (Ana|Ben)$/)
  expect((await record.groups.list()).map((g) => g.name)).toEqual(['Nobody yet'])
  await expect(record.groups.rename(group, 'Other')).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

/** The group's first block and what it is moved by. */
async function moveFirst(record: OpenRecord, ms: number): Promise<void> {
  const [first] = (await record.sessions.between(MORNING, MORNING + 7 * DAY)).sessions
  if (!first) throw new Error('no session')
  await record.sessions.move(first.id, {
    startsAt: first.startsAt + ms,
    endsAt: first.endsAt + ms,
    zone: ZONE,
  })
}

async function twice(record: OpenRecord, members: readonly string[]): Promise<string> {
  const group = await record.groups.create('Group', members)
  const twoTimes = next('2025-06-03T15:00:00', 'FREQ=WEEKLY;COUNT=2')
  await record.series.create({ kind: 'group', id: group }, twoTimes)
  return group
}

test('what was moved or taken away by hand stays so when somebody joins, whoever had left before', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const { ana, ben, cem, dia } = await four(record)
  const group = await twice(record, [ana, ben, cem])
  await record.groups.setMembers(group, [ana, cem])
  await moveFirst(record, DAY)
  const second = (await record.sessions.between(MORNING + 7 * DAY, MORNING + 14 * DAY)).sessions[0]
  file.now += MINUTE
  await record.groups.removeSession(second?.group?.event ?? '')
  await record.groups.setMembers(group, [ana, cem, dia])
  expect(await blocks(record)).toEqual(['2: Ana Cem Dia'])
  // Ben again: he comes to where the others are.
  await record.groups.setMembers(group, [ana, ben, cem, dia])
  expect(await blocks(record)).toEqual(['2: Ana Ben Cem Dia'])
})

test('a time at which nobody was left is the group’s again, also where one had been taken out of it', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const { ana, ben, dia } = await four(record)
  const group = await twice(record, [ana, ben])
  const bens = (await record.sessions.between(MORNING, MORNING + 7 * DAY)).sessions.find(
    (s) => s.clientId === ben,
  )
  await record.sessions.remove(bens?.id ?? '')
  file.now += MINUTE
  await record.groups.setMembers(group, [])
  expect(await blocks(record)).toEqual([])
  await record.groups.setMembers(group, [ben, dia])
  expect(await blocks(record)).toEqual(['1: Dia', '8: Ben Dia'])
})

test('one is taken out of a time, which then moves: members are set all the same', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const { ana, ben, dia } = await four(record)
  const group = await twice(record, [ana, ben])
  const bens = (await record.sessions.between(MORNING, MORNING + 7 * DAY)).sessions.find(
    (s) => s.clientId === ben,
  )
  await record.sessions.remove(bens?.id ?? '')
  await moveFirst(record, 3 * DAY)
  file.now = MORNING + 2 * DAY
  expect(await record.groups.setMembers(group, [ana, ben, dia])).toEqual({ touched: 2, kept: 0 })
  expect(await blocks(record)).toEqual(['4: Ana Dia', '8: Ana Ben Dia'])
})

test('called off for everybody it is for whoever joins or is back; what one called off alone stays theirs', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const { ana, ben, cem, dia } = await four(record)
  const group = await twice(record, [ana, ben, cem])
  await record.groups.setMembers(group, [ana, ben])
  const { sessions } = await record.sessions.between(MORNING, MORNING + 14 * DAY)
  const [first] = sessions
  const bensSecond = sessions.filter((s) => s.clientId === ben)[1]
  const holiday = { by: 'clinician', line: 'Holiday', toldAt: null, whole: true } as const
  await record.sessions.cancel(first?.id ?? '', holiday)
  await record.sessions.cancel(bensSecond?.id ?? '', { by: 'client', line: '', toldAt: null, whole: false })
  await record.groups.setMembers(group, [ana, ben, cem, dia])
  const called = ['1: (Ana) (Ben) (Cem) (Dia)', '8: (Ben) Ana Cem Dia']
  expect(await blocks(record)).toEqual(called)
  await record.groups.setMembers(group, [ana])
  await record.groups.setMembers(group, [ana, ben, cem, dia])
  expect(await blocks(record)).toEqual(called)
  // Also when nobody was left in between.
  await record.groups.setMembers(group, [])
  await record.groups.setMembers(group, [ana, ben, cem, dia])
  expect(await blocks(record)).toEqual(called)
})

test('who leaves and comes back is in what was moved meanwhile and before', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const { ana, ben } = await four(record)
  const group = await twice(record, [ana, ben])
  await moveFirst(record, DAY)
  await record.groups.setMembers(group, [ana])
  expect(await blocks(record)).toEqual(['2: Ana', '8: Ana'])
  await moveFirst(record, DAY)
  await record.groups.setMembers(group, [ana, ben])
  expect(await blocks(record)).toEqual(['3: Ana Ben', '8: Ana Ben'])
})

test('a group that has ended meets no more: nothing is arranged for it, and titles that meant it are asked again', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const { ana, ben } = await four(record)
  const group = await record.groups.create('Group', [ana, ben])
  const { arrangement } = next('2025-06-03T15:00:00')
  const details = { place: '', description: '', attendees: [] }
  const event = {
    uid: 'g',
    sequence: 0,
    stamp: 0,
    title: 'Group',
    arrangement,
    cancelled: false,
    overrides: [],
  }
  const whose = { to: 'group', id: group, kind: 'individual' } as const
  const take = (calendarId: string | null, list = [{ event: { ...event, ...details }, whose }]) =>
    record.takingIn.apply({
      calendarId,
      name: 'Google',
      keep: { place: false, description: false, attendees: false },
      add: list,
      change: [],
      gone: [],
      matches: new Map([['group', whose]]),
      onProgress: () => undefined,
      stopped: () => false,
    })
  const { calendarId } = await take(null)
  expect(await record.takingIn.matches()).toHaveLength(1)
  expect(await record.groups.end(group)).toEqual({ touched: 8, kept: 0 })
  expect(await record.takingIn.matches()).toEqual([])
  // Planned before it ended.
  await expect(take(calendarId)).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'match' })
  await take(calendarId, [])
  expect(await record.takingIn.matches()).toEqual([])
  const arranged = record.series.create({ kind: 'group', id: group }, next('2025-06-03T15:00:00'))
  await expect(arranged).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await blocks(record)).toEqual([])
})
