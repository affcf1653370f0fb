import { afterEach, expect, test, vi } from 'vitest'
import { NEWEST } from '../../../src/main/store/record/queries/notes.ts'
import { SEALING_MS } from '../../../src/shared/domain/sessionLife.ts'
import {
  addClient,
  addSession,
  DAY,
  HOUR,
  MINUTE,
  MORNING,
  RecordFile,
  sign,
  soap,
  write,
  ZONE,
} from '../../support/recordFile.ts'

afterEach(() => void vi.useRealTimers())

test('a session, lived: from an empty book to the next review', async () => {
  // The ten seconds alone are faked: everything else here really waits.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const file = new RecordFile()
  const record = await file.open()
  expect(await record.clients.list()).toEqual([])
  const clientId = await record.clients.create({
    name: 'Zoë Brown',
    pronouns: 'she/her',
    birthDate: '2011-03-04',
    referralReason: 'Worries at school',
  })
  await record.clients.addFlag(clientId, 'Allergic to nuts')
  const goalId = await record.goals.create(clientId, 'Sleeps through the night')
  const sessionId = await addSession(record, clientId, file.now)
  const nextId = await addSession(record, clientId, file.now + 7 * DAY)

  // Before: the first review knows why she comes.
  const first = await record.review.get(sessionId)
  expect(first.client.referralReason).toBe('Worries at school')
  expect(first.flags.map((f) => f.text)).toEqual(['Allergic to nuts'])
  expect(first.lastNotes).toEqual([])

  // During and after: several saves, one of them from a page that had not seen the last.
  file.now += 51 * MINUTE
  const draft = await record.notes.open(sessionId)
  expect(draft).toMatchObject({ state: 'draft', revision: 1, summary: '', seal: null })
  expect(draft.sections.map((s) => s.key)).toEqual(['subjective', 'objective', 'assessment', 'plan'])
  const one = await record.notes.save(draft.id, 1, soap('She slept'))
  expect(one).toEqual({ revision: 2, savedAt: file.now, sessionRestored: false })
  const two = await record.notes.save(draft.id, 2, soap('She slept four nights', 'Go on'))
  await expect(record.notes.save(draft.id, 2, soap('An older page'))).rejects.toMatchObject({
    code: 'CONFLICT',
  })
  expect((await record.notes.read(draft.id)).sections[0]?.text).toBe('She slept four nights')

  await record.loops.add(clientId, sessionId, 'homework', 'Write the sleep diary')
  await record.loops.add(clientId, sessionId, 'plan', 'Look at the diary together')
  await record.loops.add(clientId, sessionId, 'self', 'Ask about her brother')
  await record.loops.add(clientId, sessionId, 'thread', 'The new teacher')
  await record.goals.link(draft.id, goalId, 'same')
  await record.goals.link(draft.id, goalId, 'better')

  // Signed, taken back within ten seconds, signed again with another line.
  const written = await record.notes.read(draft.id)
  expect(written.revision).toBe(two.revision)
  expect(written.setDown.map((l) => l.kind)).toEqual(['homework', 'plan', 'self', 'thread'])
  expect(written.nextSessionAt).toBe(MORNING + 7 * DAY)
  const until = await sign(record, written, 'First thoughts')
  expect(until).toBe(file.now + SEALING_MS)
  expect(await record.notes.read(draft.id)).toMatchObject({
    state: 'sealing',
    sealingUntil: until,
    seal: null,
  })
  await expect(record.notes.save(draft.id, 4, soap('Too late'))).rejects.toMatchObject({ code: 'SEALED' })
  file.now = until - 1
  const back = await record.signing.undo(draft.id)
  await vi.advanceTimersByTimeAsync(2 * SEALING_MS)
  const again = await record.notes.read(draft.id)
  expect(again).toMatchObject({
    state: 'draft',
    revision: back,
    sealingUntil: null,
    summary: 'First thoughts',
  })
  file.now += MINUTE
  const signedAt = file.now
  await sign(record, again, 'Sleeps better; diary begun')
  file.now += SEALING_MS
  await expect(record.signing.undo(draft.id)).rejects.toMatchObject({ code: 'UNDO_TOO_LATE' })
  await vi.advanceTimersByTimeAsync(SEALING_MS)

  const sealed = await record.notes.read(draft.id)
  expect(sealed).toMatchObject({
    state: 'sealed',
    late: false,
    summary: 'Sleeps better; diary begun',
    actualStart: MORNING,
    actualEnd: MORNING + 50 * MINUTE,
    seal: { sealedAt: signedAt, sequence: 1 },
  })
  expect(sealed.seal?.hash).toMatch(/^[0-9a-f]{64}$/)
  await expect(record.signing.undo(draft.id)).rejects.toMatchObject({ code: 'UNDO_TOO_LATE' })

  file.now += HOUR
  const addendumId = await record.notes.addAddendum(draft.id, '  She called: the diary is lost. ')
  const amended = await record.notes.read(draft.id)
  expect(amended.addenda).toEqual([
    { id: addendumId, text: 'She called: the diary is lost.', author: '', createdAt: file.now },
  ])
  expect(amended.sections).toEqual(sealed.sections)

  // The next review shows what was set down.
  file.now = MORNING + 7 * DAY - 10 * MINUTE
  const review = await record.review.get(nextId)
  expect(review.loops.map((l) => [l.kind, l.text, l.sessionAt])).toEqual([
    ['homework', 'Write the sleep diary', MORNING],
    ['plan', 'Look at the diary together', MORNING],
    ['self', 'Ask about her brother', MORNING],
    ['thread', 'The new teacher', MORNING],
  ])
  expect(review.lastNotes).toMatchObject([
    { noteId: draft.id, at: MORNING, state: 'sealed', summary: 'Sleeps better; diary begun', addenda: 1 },
  ])
  expect(review.goals).toMatchObject([{ id: goalId, trends: [{ at: MORNING, trend: 'better' }] }])
  expect(review.counts).toEqual({ notes: 1, sessionsBefore: 1 })

  // In the next session the homework is closed: gone from review, still told in that session's note.
  const second = await record.notes.open(nextId)
  const homework = second.openLoops.find((l) => l.kind === 'homework')
  if (homework === undefined) throw new Error('no homework')
  await record.loops.close(homework.id, 'partly', 'Three of seven days')
  expect((await record.review.get(nextId)).loops.map((l) => l.kind)).toEqual(['plan', 'self', 'thread'])
  expect((await record.notes.read(second.id)).openLoops.find((l) => l.id === homework.id)).toMatchObject({
    closedHow: 'partly',
    outcome: 'Three of seven days',
  })
  await record.loops.reopen(homework.id)
  expect((await record.review.get(nextId)).loops).toHaveLength(4)

  const page = await record.clients.get(clientId)
  expect(page.notes.map((n) => n.noteId)).toEqual([draft.id])
  expect(page.counts).toEqual({ notes: 1, sessions: 1 })
  expect(await record.clients.list()).toMatchObject([{ name: 'Zoë Brown', flags: 1, unwritten: 0 }])
  await record.verification.run()
  expect(record.verification.found()).toEqual({ state: 'intact', checked: 2, changed: [] })
  vi.useRealTimers()
  await record.close()
})

test('Today: the day in order, what is over and unwritten from before, and nothing that was called off', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const ana = await addClient(record, 'Ana')
  const [yesterday, gone, missed, signed] = await Promise.all(
    [-26, -25, -24.5, -30].map((hours) => addSession(record, ana, MORNING + hours * HOUR)),
  )
  const [later, early] = [
    await addSession(record, ana, MORNING + 3 * HOUR),
    await addSession(record, ana, MORNING + HOUR),
  ]
  if (!yesterday || !gone || !missed || !signed) throw new Error('no session')
  await record.sessions.setStatus(gone, 'cancelled', 'Flu')
  await record.sessions.remove(missed)
  await sign(record, await write(record, signed, 'Words'))
  await record.signing.completeAll()
  const overnight = await record.sessions.create(ana, 'home-visit', {
    startsAt: MORNING - 5 * HOUR - 23 * HOUR,
    endsAt: MORNING - 5 * HOUR + MINUTE,
    zone: ZONE,
  })

  const day = await record.sessions.day(MORNING - 5 * HOUR, MORNING + 19 * HOUR)
  expect(day.sessions.map((s) => s.id)).toEqual([overnight, early, later])
  expect(day.unwritten.map((s) => s.id)).toEqual([overnight, yesterday])
  expect(await record.clients.list()).toMatchObject([{ unwritten: 2, nextSessionAt: MORNING + HOUR }])

  // A contact wants its note at once: it is over.
  const contact = await record.sessions.contactNow(ana, ZONE)
  expect(await record.sessions.get(contact)).toMatchObject({
    kind: 'contact',
    startsAt: MORNING - 10 * MINUTE,
    endsAt: MORNING,
    note: null,
  })
})

test('a session removed under an open note is back as soon as something is written', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const ana = await addClient(record)
  const sessionId = await addSession(record, ana, MORNING)
  const draft = await record.notes.open(sessionId)
  await record.sessions.remove(sessionId)
  const today = () => record.sessions.day(MORNING - DAY, MORNING + DAY)
  expect((await today()).sessions).toEqual([])

  const blank = await record.notes.save(draft.id, 1, soap('  \n'))
  expect(blank.sessionRestored).toBe(false)
  expect((await today()).sessions).toEqual([])

  file.topics.length = 0
  const saved = await record.notes.save(draft.id, blank.revision, soap('Words'))
  expect(saved.sessionRestored).toBe(true)
  expect((await today()).sessions.map((s) => s.id)).toEqual([sessionId])
  expect(file.topics).toContain('sessions')
  await expect(record.sessions.remove(sessionId)).rejects.toMatchObject({ code: 'HAS_NOTE' })
})

test('signed a minute after the threshold it is a late entry, on the threshold it is not', async () => {
  const file = new RecordFile()
  const record = await file.open()
  await record.preferences.set({
    ...record.preferences.current(),
    dueHours: 2,
    authorName: 'Dr. Ruth Alvarez',
  })
  const ana = await addClient(record)
  const late: boolean[] = []
  for (const [place, over] of [0, MINUTE].entries()) {
    const startsAt = MORNING + place * DAY
    const note = await write(record, await addSession(record, ana, startsAt), 'Words')
    file.now = startsAt + 50 * MINUTE + 2 * HOUR + over
    await sign(record, note)
    // However long sealing then takes, what counts is when the person signed.
    file.now += DAY / 2
    await record.signing.completeAll()
    late.push((await record.notes.read(note.id)).late)
  }
  expect(late).toEqual([false, true])
  const page = await record.clients.get(ana)
  expect(page.notes.map((n) => n.late)).toEqual([true, false])
})

test('a draft whose session is moved takes its place among the notes with it, words, goals and all', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const ana = await addClient(record)
  const goal = await record.goals.create(ana, 'Goal')
  const moved = await addSession(record, ana, MORNING + 5 * HOUR)
  const next = await addSession(record, ana, MORNING + 3 * HOUR)
  const note = await write(record, moved, 'heliotrope words')
  await record.goals.link(note.id, goal, 'worse')
  await record.notes.settle()
  expect((await record.review.get(next)).lastNotes).toEqual([])
  await record.sessions.move(moved, { startsAt: MORNING, endsAt: MORNING + HOUR, zone: ZONE })

  expect((await record.review.get(next)).lastNotes).toMatchObject([{ noteId: note.id, at: MORNING }])
  const after = await record.notes.read(note.id)
  expect(after.sections).toEqual(note.sections)
  expect(after.revision).toBe(note.revision)
  expect(after.goals[0]?.trends).toEqual([{ at: MORNING, trend: 'worse' }])
  expect((await record.search.query('heliotrope', 'newest')).hits.map((h) => h.noteId)).toEqual([note.id])
  await sign(record, after)
  await record.signing.completeAll()
  expect((await record.search.query('heliotrope', 'newest')).hits.map((h) => h.noteId)).toEqual([note.id])
  await record.verification.run()
  expect(record.verification.found().state).toBe('intact')
  expect(await file.store.integrity()).toBe('ok')
})

test('older lines come page by page, each note once, newest first', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const ana = await addClient(record)
  const ids: string[] = []
  // Some at the very same moment: rows are numbered within it.
  for (let n = 0; n < 13; n += 1) {
    const note = await write(
      record,
      await addSession(record, ana, MORNING - Math.floor(n / 3) * DAY),
      `note ${n}`,
    )
    ids.push(note.id)
  }
  await record.notes.open(await addSession(record, ana, MORNING + DAY))
  const seen: string[] = []
  let before = NEWEST
  for (let more = true; more;) {
    const page = await record.clients.notes({ clientId: ana, before, limit: 5, only: null })
    seen.push(...page.notes.map((n) => n.noteId))
    before = page.notes.at(-1)?.order ?? 0
    more = page.more
  }
  expect([...seen].sort()).toEqual([...ids].sort())
  const times = await Promise.all(seen.map(async (id) => (await record.notes.read(id)).session.startsAt))
  expect(times).toEqual([...times].sort((a, b) => b - a))
})
