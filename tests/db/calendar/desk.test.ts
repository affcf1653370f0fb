import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createCalendarDesk } from '../../../src/main/calendar/desk.ts'
import { readCalendar } from '../../../src/main/calendar/reading.ts'
import type { OpenRecord } from '../../../src/main/services/record/openRecord.ts'
import { wallOf } from '../../../src/shared/domain/calendar/zones.ts'
import type { TakingWork } from '../../../src/shared/contract/calendar.ts'
import { calendars, takeIn } from '../../../src/shared/contract/calendar.ts'
import { addClient, DAY, MORNING, RecordFile, ZONE } from '../../support/recordFile.ts'
import { temporaryDirectory } from '../../support/storeFiles.ts'

const ics = (...events: readonly string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'X-WR-CALNAME:Work', ...events, 'END:VCALENDAR', ''].join('\r\n')
const vevent = (uid: string, title: string, ...lines: readonly string[]): string =>
  [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `SUMMARY:${title}`,
    'DTSTAMP:20250601T000000Z',
    ...lines,
    'DESCRIPTION:heliotrope',
    'LOCATION:Room 9',
    'END:VEVENT',
  ].join('\r\n')
const TUESDAYS = [
  'DTSTART;TZID=America/Chicago:20250603T150000',
  'DURATION:PT50M',
  'RRULE:FREQ=WEEKLY;COUNT=3',
]
const LUNCH = ['DTSTART:20250604T170000Z', 'DTEND:20250604T180000Z']

async function house() {
  const file = new RecordFile()
  const folder = temporaryDirectory()
  const state = { record: (await file.open()) as OpenRecord | null, file: '', target: '' }
  const works: TakingWork[] = []
  let changes = 0
  const desk = createCalendarDesk({
    record: () => state.record,
    clock: { now: () => file.now },
    read: async (bytes, { homeZone, details, signal }) => {
      signal.throwIfAborted()
      return readCalendar(bytes, { homeZone, details, allDay: false })
    },
    askForCalendar: async () => (state.file === '' ? null : state.file),
    askForFolder: async () => path.join(folder, 'watched'),
    choosePlace: async () => (state.target === '' ? null : state.target),
    place: async (target, bytes) => writeFileSync(target, bytes),
    onWork: (work) => void works.push(work),
    changed: () => void (changes += 1),
  })
  const put = (text: string, name = 'work.ics'): void => {
    state.file = path.join(folder, name)
    writeFileSync(state.file, text)
  }
  const open = async () => {
    const opened = takeIn.open.output.parse(await desk.open(ZONE))
    if (opened.plan === null) throw new Error('no plan')
    return opened.plan
  }
  if (state.record === null) throw new Error('closed')
  return { file, folder, state, desk, put, open, works, record: state.record, changes: () => changes }
}

test('shown first, taken when it is said, updated the next time, and never twice', async () => {
  const { file, desk, put, open, works, record } = await house()
  const ana = await addClient(record, 'Ana Lopez')
  expect(await desk.open(ZONE)).toEqual({ chosen: false, plan: null, unreadable: null })
  put(ics(vevent('one', 'A. L.', ...TUESDAYS), vevent('two', 'Lunch', ...LUNCH)))
  const plan = await open()
  expect(plan).toMatchObject({
    name: 'Work',
    calendarId: null,
    counts: { added: 0, unmatched: 2, changed: 0, gone: 0 },
    titles: [
      { title: 'A. L.', match: { to: 'open' }, remembered: false },
      { title: 'Lunch', match: { to: 'open' } },
    ],
  })
  expect((await record.sessions.around(MORNING, MORNING + 60 * DAY)).length).toBe(0)
  const { token } = plan
  await desk.match({ token, key: 0, match: { to: 'client', id: ana, kind: 'individual' } })
  const said = takeIn.match.output.parse(await desk.match({ token, key: 1, match: { to: 'nobody' } }))
  expect(said.counts).toMatchObject({ added: 1, unmatched: 0, nobody: 1 })
  expect(said.events).toMatchObject([{ title: 'A. L.', change: 'added', repeats: true }])
  await expect(desk.apply(crypto.randomUUID())).rejects.toMatchObject({ code: 'NOT_NOW' })
  expect(await desk.apply(token)).toMatchObject({ added: 1, sessions: 3 })
  expect(works.at(-1)).toEqual({ stage: 'applying', fraction: 1 })
  await expect(desk.apply(token)).rejects.toMatchObject({ code: 'NOT_NOW' })
  expect(JSON.stringify(await file.everything())).not.toMatch(/heliotrope|Room 9/)

  const same = await open()
  expect(same).toMatchObject({ counts: { added: 0, changed: 0, unchanged: 1, nobody: 1, gone: 0 } })
  expect(same.titles.every((title) => title.remembered)).toBe(true)
  put(ics(vevent('one', 'A. L.', ...TUESDAYS.with(0, 'DTSTART;TZID=America/Chicago:20250603T161500'))))
  const later = await open()
  expect(later.counts).toMatchObject({ changed: 1, gone: 0 })
  await desk.apply(later.token)
  const sessions = await record.sessions.around(MORNING, MORNING + 60 * DAY)
  expect(sessions.map((s) => wallOf(s.startsAt, ZONE))).toEqual([
    '2025-06-03T16:15:00',
    '2025-06-10T16:15:00',
    '2025-06-17T16:15:00',
  ])
  put(ics(vevent('other', 'A. L.', ...LUNCH)))
  const other = await open()
  expect(other).toMatchObject({ calendarId: later.calendarId, counts: { added: 1, gone: 1 } })
  expect((await desk.list()).calendars).toMatchObject([{ name: 'Work', events: 1 }])

  // Chosen, they are kept: under encryption, with the event.
  const kept = await desk.keep({
    token: other.token,
    keep: { place: true, description: false, attendees: false },
  })
  await desk.apply(kept.token)
  const rows = JSON.stringify(await file.everything())
  expect(rows).toMatch(/Room 9/)
  expect(rows).not.toMatch(/heliotrope/)
})

test('what is not a calendar is said to be none, and nothing is touched', async () => {
  const { desk, put, record } = await house()
  put('<html>Please sign in</html>')
  expect(await desk.open(ZONE)).toEqual({ chosen: true, plan: null, unreadable: 'NOT_A_CALENDAR' })
  put('')
  expect((await desk.open(ZONE)).unreadable).toBe('EMPTY')
  expect(await record.takingIn.list()).toEqual([])
})

test('of a title that is answered "ask again" nothing is remembered, not even its name', async () => {
  const { desk, put, open, record } = await house()
  await addClient(record, 'Ana Lopez')
  put(ics(vevent('one', 'Ana Lopez', ...TUESDAYS)))
  const first = await open()
  expect(first).toMatchObject({ counts: { added: 1 }, related: true, titles: [{ match: { to: 'client' } }] })
  const open1 = { token: first.token, key: 0, match: { to: 'open' as const } }
  expect(await desk.match(open1)).toMatchObject({ counts: { added: 0, unmatched: 1 } })
  await desk.apply(first.token)
  expect((await desk.matches()).matches).toEqual([])
  const second = await open()
  expect(second.titles[0]).toMatchObject({ match: { to: 'client' }, remembered: false })
  // What the title says by itself is taken, and not remembered: names change hands.
  await desk.apply(second.token)
  expect((await desk.matches()).matches).toEqual([])
  const said = await open()
  await desk.match({ ...open1, token: said.token, match: said.titles[0]?.match ?? { to: 'open' } })
  await desk.apply(said.token)
  expect((await desk.matches()).matches).toHaveLength(1)
  const third = await open()
  expect(third.titles[0]?.remembered).toBe(true)
  await desk.match({ ...open1, token: third.token })
  await desk.apply(third.token)
  expect((await desk.matches()).matches).toEqual([])
})

test('when a title takes place next is said as long as nobody is meant by it', async () => {
  const { put, open } = await house()
  put(
    ics(
      vevent('one', 'A. L.', ...TUESDAYS),
      vevent('two', 'Old', 'DTSTART:20200604T170000Z', 'DTEND:20200604T180000Z'),
    ),
  )
  const { titles } = await open()
  expect(titles.map(({ title, next }) => [title, next])).toEqual([
    ['A. L.', Date.parse('2025-06-03T20:00:00Z')],
    ['Old', null],
  ])
})

test('a calendar that only shares a name with another can be made one of its own', async () => {
  const { desk, put, open, record } = await house()
  await addClient(record, 'Ana')
  put(ics(vevent('one', 'Ana', ...TUESDAYS)))
  await desk.apply((await open()).token)
  put(ics(vevent('elsewhere', 'Ana', ...LUNCH)))
  const same = await open()
  expect(same).toMatchObject({ related: false, counts: { added: 1, gone: 1 } })
  const apart = takeIn.apart.output.parse(await desk.apart(same.token))
  expect(apart).toMatchObject({ calendarId: null, related: true, counts: { added: 1, gone: 0 } })
  await desk.apply(apart.token)
  expect((await desk.list()).calendars).toMatchObject([{ events: 1 }, { events: 1 }])
  expect((await open()).counts).toMatchObject({ unchanged: 1, gone: 0 })
  await expect(desk.apart(same.token)).rejects.toMatchObject({ code: 'NOT_NOW' })
})

test('made one of its own, an answer still goes to the title that it was given to', async () => {
  const { desk, put, open, record } = await house()
  const [zoe, al] = [await addClient(record, 'Zoe'), await addClient(record, 'Al')]
  put(ics(vevent('z', 'zz', ...TUESDAYS)))
  const first = await open()
  await desk.match({ token: first.token, key: 0, match: { to: 'client', id: zoe, kind: 'individual' } })
  await desk.apply(first.token)
  put(
    ics(
      vevent('z', 'zz', ...TUESDAYS, 'STATUS:CANCELLED'),
      vevent('q', 'AL one', ...LUNCH),
      vevent('r', 'AL two', 'DTSTART:20250605T170000Z', 'DTEND:20250605T180000Z'),
    ),
  )
  const { token } = await open()
  const apart = await desk.apart(token)
  const next = [Date.parse('2025-06-04T17:00:00Z'), Date.parse('2025-06-05T17:00:00Z')]
  expect(apart.titles.map((one) => [one.title, one.next])).toEqual([
    ['AL one', next[0]],
    ['AL two', next[1]],
  ])
  const key = apart.titles.find(({ title }) => title === 'AL two')?.key ?? -1
  const said = await desk.match({ token, key, match: { to: 'client', id: al, kind: 'individual' } })
  expect(said.titles.map(({ title, match }) => [title, match.to])).toEqual([
    ['AL one', 'open'],
    ['AL two', 'client'],
  ])
})

test('a few invitations that stand in both do not make one calendar the other', async () => {
  const { desk, put, open, record } = await house()
  await addClient(record, 'Ana')
  const ana = (...uids: string[]): string => ics(...uids.map((uid) => vevent(uid, 'Ana', ...TUESDAYS)))
  const called = (name: string, text: string): string =>
    text.replace('X-WR-CALNAME:Work', `X-WR-CALNAME:${name}`)
  put(ana('a', 'b', 'c', 'd', 'e'))
  await desk.apply((await open()).token)
  const [work] = (await desk.list()).calendars
  for (const uids of [['a', 'v', 'w', 'x', 'y'], ['a']]) {
    put(called('Private', ana(...uids)))
    expect(await open()).toMatchObject({ calendarId: null, counts: { gone: 0 } })
  }
  // Of that name, but with little in common: asked.
  put(ana('a', 'v', 'w', 'x', 'y'))
  expect(await open()).toMatchObject({ calendarId: work?.id, related: false })
  // Another name and a part of it: the same one.
  put(called('Calendar (2)', ana('a', 'b', 'c')))
  expect(await open()).toMatchObject({ calendarId: work?.id, related: true })
})

test('the day on which clocks change goes out whole, and nothing of the next', async () => {
  const { desk, folder, state, record } = await house()
  const ana = await addClient(record, 'Ana')
  state.target = path.join(folder, 'out.ics')
  for (const at of ['2025-11-03T05:00:00Z', '2025-03-10T05:30:00Z']) {
    const startsAt = Date.parse(at)
    await record.sessions.create(ana, 'individual', { zone: ZONE, startsAt, endsAt: startsAt + 1_800_000 })
  }
  const out = (day: string) => desk.saveOut({ from: day, to: day, zone: ZONE })
  expect(await out('2025-11-02')).toEqual({ saved: true, sessions: 1 })
  expect(await out('2025-03-09')).toEqual({ saved: true, sessions: 0 })
})

test('a file that has gone, or is none, is said to be out of reach', async () => {
  const { desk, folder, state } = await house()
  for (const file of [path.join(folder, 'gone.ics'), folder]) {
    state.file = file
    expect(await desk.open(ZONE)).toEqual({ chosen: true, plan: null, unreadable: 'UNREACHABLE' })
  }
})

test('every act has its line in the log, with a number and no word of the calendar', async () => {
  const { desk, file, folder, put, open, record, state } = await house()
  const lines = async () =>
    (await record.log.list(null, null, null)).entries
      .filter(({ action }) => action !== 'unlocked')
      .map(({ action, count }) => [action, count])
      .reverse()
  await addClient(record, 'Ana')
  put(ics(vevent('one', 'Ana', ...TUESDAYS), vevent('two', 'Marzipan', ...LUNCH)), 'marzipan.ics')
  const plan = await open()
  await desk.match({ token: plan.token, key: 1, match: { to: 'nobody' } })
  // Looking is no act, and neither is a file whose place was not chosen.
  await desk.saveOut({ from: '2025-06-01', to: '2025-06-30', zone: ZONE })
  expect(await lines()).toEqual([])
  await desk.apply(plan.token)
  await desk.apply((await open()).token)
  state.target = path.join(folder, 'out.ics')
  await desk.saveOut({ from: '2025-06-01', to: '2025-06-30', zone: ZONE })
  const [calendar] = (await desk.list()).calendars
  await desk.drop(calendar?.id ?? '')
  expect(await lines()).toEqual([
    ['calendar-taken', 1],
    ['calendar-taken', 0],
    ['schedule-out', 3],
    ['calendar-dropped', 3],
  ])
  const stored = JSON.stringify(await file.store.read((h) => h.all('SELECT * FROM log')))
  expect(stored).not.toMatch(/Ana|Marzipan|Work|heliotrope|ics/iu)
  expect((await record.log.verify()).brokenAt).toBe(null)
})

test('a watched folder says that something newer is there, and takes nothing by itself', async () => {
  const { desk, folder, record, changes } = await house()
  expect((await desk.list()).watch).toBe(null)
  expect(await desk.watch()).toBe(true)
  expect((await desk.list()).watch).toEqual({
    folder: 'watched',
    waiting: false,
    gone: true,
    news: null,
  })
  mkdirSync(path.join(folder, 'watched'))
  expect((await desk.list()).watch).toMatchObject({ waiting: false, gone: false })
  const calendar = path.join(folder, 'watched', 'basic.ics')
  writeFileSync(calendar, ics(vevent('one', 'Ana', ...TUESDAYS)))
  await addClient(record, 'Ana')
  await desk.tick()
  await desk.tick()
  expect(changes()).toBe(1)
  // Looked at by itself, and said by counts alone.
  const news = { added: 1, changed: 0, gone: 0, unmatched: 0 }
  expect(calendars.list.output.parse(await desk.list()).watch).toMatchObject({ waiting: true, news })
  const opened = await desk.openWaiting(ZONE)
  expect(opened.plan?.counts).toMatchObject({ added: 1 })
  await desk.apply(opened.plan?.token ?? '')
  expect(calendars.list.output.parse(await desk.list()).watch).toMatchObject({ waiting: false })
  utimesSync(calendar, new Date(), new Date(Date.now() + 5000))
  expect((await desk.list()).watch).toMatchObject({ waiting: true })
  await desk.unwatch()
  expect((await desk.list()).watch).toBe(null)
})

test('dropping says how far it is, and stopped it changes nothing', async () => {
  const { desk, put, open, works, record, file } = await house()
  await addClient(record, 'Ana')
  put(ics(vevent('one', 'Ana', ...TUESDAYS)))
  await desk.apply((await open()).token)
  const [calendar] = (await desk.list()).calendars
  const before = await file.everything()
  const dropping = desk.drop(calendar?.id ?? '')
  await expect(desk.drop(calendar?.id ?? '')).rejects.toMatchObject({ code: 'NOT_NOW' })
  desk.cancel()
  await expect(dropping).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(await file.everything()).toEqual(before)
  expect(works.at(-1)?.stage).toBe('dropping')
  await desk.drop(calendar?.id ?? '')
  expect((await desk.list()).calendars).toEqual([])
  expect((await record.sessions.between(MORNING, MORNING + 30 * DAY)).sessions).toEqual([])
})

test('the schedule goes out with initials, a group once, and nothing that was called off', async () => {
  const { desk, folder, state, record } = await house()
  const [ana, ben] = [await addClient(record, 'Ana Lopez'), await addClient(record, 'Ben Ode')]
  const group = await record.groups.create('Grief circle', [ana, ben])
  const plain = { kind: 'individual' as const, zone: ZONE, travelBefore: 0, travelAfter: 0 }
  const span = (at: number) => ({ startsAt: MORNING + at, endsAt: MORNING + at + 3_000_000 })
  await record.groups.addSession(group, { ...plain, ...span(DAY) })
  await record.sessions.create(ana, 'individual', { zone: ZONE, ...span(0) })
  const off = await record.sessions.create(ben, 'individual', { zone: ZONE, ...span(2 * DAY) })
  await record.sessions.cancel(off, { by: 'client', line: 'Flu', toldAt: null, whole: false })
  const asked = { from: '2025-06-01', to: '2025-06-30', zone: ZONE }
  expect(await desk.saveOut(asked)).toEqual({ saved: false, sessions: 0 })
  state.target = path.join(folder, 'out.ics')
  expect(await desk.saveOut(asked)).toEqual({ saved: true, sessions: 2 })
  const text = readFileSync(state.target, 'utf8')
  expect(text).toContain('A.L.')
  expect(text).toContain('G.C.')
  expect(text).not.toMatch(/Lopez|Ode|Grief|Flu|Ben/)
  expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(2)
})

test('locked, nothing is told and nothing is held', async () => {
  const { desk, state, put, open } = await house()
  put(ics(vevent('one', 'Ana', ...TUESDAYS)))
  const { token } = await open()
  const record = state.record
  state.record = null
  desk.forget()
  await expect(desk.list()).rejects.toMatchObject({ code: 'LOCKED' })
  await expect(desk.open(ZONE)).rejects.toMatchObject({ code: 'LOCKED' })
  expect(() => desk.progress()).toThrow('LOCKED')
  state.record = record
  await expect(desk.apply(token)).rejects.toMatchObject({ code: 'NOT_NOW' })
})
