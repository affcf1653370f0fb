import { expect, test } from 'vitest'
import type { Code } from '../../../src/shared/contract/result.ts'
import {
  addClient,
  addSession,
  DAY,
  HOUR,
  MORNING,
  RecordFile,
  sealed,
  sign,
  soap,
  write,
  ZONE,
} from '../../support/recordFile.ts'

const NOBODY = '0198c0de-0000-7000-8000-000000000000'

async function expectCode(work: Promise<unknown>, code: Code, field?: string): Promise<void> {
  await expect(work).rejects.toMatchObject({
    name: 'Refusal',
    code,
    ...(field === undefined ? {} : { field }),
  })
}

test('every refusal of the record is reached, and a refused act changes nothing', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const [ana, ben] = [await addClient(record, 'Ana'), await addClient(record, 'Ben')]
  const goal = await record.goals.create(ben, 'Goal')
  const loop = await record.loops.add(ana, null, 'task', 'Call')
  const done = await sealed(file, record, ana, 'Signed words')
  const free = await addSession(record, ana, MORNING + DAY)
  const draft = await write(record, await addSession(record, ana, MORNING + 2 * DAY), 'Draft words')
  const blank = await record.notes.open(await addSession(record, ana, MORNING + 3 * DAY))
  const sealing = await write(record, await addSession(record, ana, MORNING - 3 * HOUR), 'Within its seconds')
  file.now = MORNING + 4 * DAY
  await sign(record, sealing)
  await record.notes.settle()
  const before = await file.everything()

  const span = { startsAt: MORNING, endsAt: MORNING + HOUR, zone: ZONE }
  const backwards = { ...span, endsAt: MORNING - 1 }
  const nothing = { ...span, endsAt: MORNING }
  const endless = { ...span, endsAt: MORNING + DAY + 1 }
  const nowhere = { ...span, zone: 'Mars/Olympus' }
  const details = { name: 'X', pronouns: '', birthDate: null, referralReason: '' }

  await expectCode(record.clients.get(NOBODY), 'NOT_FOUND')
  await expectCode(record.clients.update(NOBODY, details), 'NOT_FOUND')
  await expectCode(record.clients.addFlag(NOBODY, 'Flag'), 'NOT_FOUND')
  await expectCode(record.clients.endFlag(NOBODY), 'NOT_FOUND')
  await expectCode(record.sessions.get(NOBODY), 'NOT_FOUND')
  await expectCode(record.sessions.create(NOBODY, 'individual', span), 'NOT_FOUND', 'clientId')
  await expectCode(record.sessions.contactNow(NOBODY, ZONE), 'NOT_FOUND', 'clientId')
  await expectCode(record.sessions.move(NOBODY, span), 'NOT_FOUND')
  await expectCode(record.sessions.setStatus(NOBODY, 'cancelled', ''), 'NOT_FOUND')
  await expectCode(record.sessions.mark(NOBODY, null, null), 'NOT_FOUND')
  await expectCode(record.sessions.remove(NOBODY), 'NOT_FOUND')
  await expectCode(record.loops.add(NOBODY, null, 'task', 'T'), 'NOT_FOUND', 'clientId')
  await expectCode(record.loops.add(ben, free, 'task', 'T'), 'NOT_FOUND', 'sessionId')
  await expectCode(record.loops.edit(NOBODY, 'T'), 'NOT_FOUND')
  await expectCode(record.loops.close(NOBODY, 'done', ''), 'NOT_FOUND')
  await expectCode(record.loops.reopen(NOBODY), 'NOT_FOUND')
  await expectCode(record.goals.create(NOBODY, 'G'), 'NOT_FOUND', 'clientId')
  await expectCode(record.goals.setState(NOBODY, 'met'), 'NOT_FOUND')
  await expectCode(record.goals.link(NOBODY, goal, 'same'), 'NOT_FOUND', 'noteId')
  await expectCode(record.goals.link(draft.id, goal, 'same'), 'NOT_FOUND', 'goalId')
  await expectCode(record.notes.open(NOBODY), 'NOT_FOUND')
  await expectCode(record.notes.read(NOBODY), 'NOT_FOUND')
  await expectCode(record.notes.save(NOBODY, 1, soap('x')), 'NOT_FOUND')
  await expectCode(record.notes.addAddendum(NOBODY, 'x'), 'NOT_FOUND')
  await expectCode(record.review.get(NOBODY), 'NOT_FOUND')
  await expectCode(record.signing.undo(NOBODY), 'NOT_FOUND')
  await expectCode(sign(record, { ...draft, id: NOBODY }), 'NOT_FOUND')

  for (const bad of [backwards, nothing]) {
    await expectCode(record.sessions.create(ana, 'individual', bad), 'END_BEFORE_START', 'endsAt')
    await expectCode(record.sessions.move(free, bad), 'END_BEFORE_START', 'endsAt')
  }
  await expectCode(record.sessions.mark(free, MORNING, MORNING - 1), 'END_BEFORE_START')
  await expectCode(
    record.signing.sign({ noteId: draft.id, revision: 2, actualStart: 5, actualEnd: 5, summary: 'x' }),
    'END_BEFORE_START',
    'actualEnd',
  )
  await expectCode(record.sessions.create(ana, 'individual', endless), 'TOO_LONG_SESSION', 'endsAt')
  await expectCode(record.sessions.move(free, endless), 'TOO_LONG_SESSION', 'endsAt')
  await expectCode(record.sessions.create(ana, 'individual', nowhere), 'BAD_INPUT', 'zone')
  await expectCode(record.sessions.contactNow(ana, 'Mars/Olympus'), 'BAD_INPUT', 'zone')

  await expectCode(record.notes.save(draft.id, draft.revision - 1, soap('x')), 'CONFLICT')
  await expectCode(record.notes.save(draft.id, draft.revision + 1, soap('x')), 'CONFLICT')
  await expectCode(sign(record, { ...draft, revision: draft.revision - 1 }), 'CONFLICT')
  await expectCode(sign(record, blank), 'EMPTY_NOTE')
  await expectCode(record.notes.addAddendum(done.id, ' \n '), 'EMPTY_NOTE')
  await expectCode(record.notes.addAddendum(draft.id, 'x'), 'NOT_SEALED')
  await expectCode(record.notes.addAddendum(sealing.id, 'x'), 'NOT_SEALED')
  await expectCode(record.signing.undo(draft.id), 'UNDO_TOO_LATE')
  await expectCode(record.signing.undo(done.id), 'UNDO_TOO_LATE')
  await expectCode(record.sessions.remove(draft.session.id), 'HAS_NOTE')
  for (const signed of [done, sealing]) {
    await expectCode(record.notes.save(signed.id, signed.revision, soap('x')), 'SEALED')
    await expectCode(sign(record, signed), 'SEALED')
    await expectCode(record.goals.link(signed.id, goal, 'same'), 'SEALED')
    await expectCode(record.goals.link(signed.id, goal, null), 'SEALED')
    await expectCode(record.sessions.move(signed.session.id, span), 'SEALED')
    await expectCode(record.sessions.setStatus(signed.session.id, 'no-show', ''), 'SEALED')
    await expectCode(record.sessions.mark(signed.session.id, MORNING, null), 'SEALED')
    await expectCode(record.sessions.remove(signed.session.id), 'SEALED')
  }
  file.recoveryConfirmed = false
  await expectCode(sign(record, draft), 'RECOVERY_UNCONFIRMED')
  expect(await file.everything()).toEqual(before)

  // What was there to be done can still be done.
  file.recoveryConfirmed = true
  await record.loops.close(loop, 'done', '')
  await record.sessions.remove(free)
  await sign(record, draft)
  await record.close()
  await expect(record.clients.list()).rejects.toMatchObject({ name: 'StoreError', code: 'CLOSED' })
})

test('two pages that save the same revision at the same moment: one is kept and one is told', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const note = await write(record, await addSession(record, await addClient(record), MORNING), 'zero')
  const texts = Array.from({ length: 8 }, (_, n) => `page ${n}`)
  const results = await Promise.allSettled(
    texts.map((text) => record.notes.save(note.id, note.revision, soap(text))),
  )
  expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1)
  for (const r of results) if (r.status === 'rejected') expect(r.reason).toMatchObject({ code: 'CONFLICT' })
  const winner = texts[results.findIndex((r) => r.status === 'fulfilled')]
  expect((await record.notes.read(note.id)).sections[0]?.text).toBe(winner)
  expect((await record.notes.read(note.id)).revision).toBe(note.revision + 1)
})

test('two windows that open the same session at the same moment get the same note', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const sessionId = await addSession(record, await addClient(record), MORNING)
  const opened = await Promise.all(Array.from({ length: 6 }, () => record.notes.open(sessionId)))
  expect(new Set(opened.map((n) => n.id)).size).toBe(1)
})

test('hostile words are kept letter for letter, in every field that takes them', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const words = [
    `Robert'); DROP TABLE notes;--`,
    'أحمد \u202bعبد\u202c',
    '👩‍👩‍👧‍👦🏳️‍🌈',
    'ẛ̣ q̣̇ ﷽',
    'ab '.repeat(20_000).trim(),
    '\u{10ffff}\ufffe\u0001\u007f',
    `":name" @x $y ?1 \\ ' %00 %`,
  ]
  const ana = await addClient(record, words[0])
  file.now = MORNING + DAY
  for (const [place, word] of words.entries()) {
    const note = await write(record, await addSession(record, ana, MORNING + place * HOUR), word, word)
    await record.loops.add(ana, note.session.id, 'thread', word)
    await sign(record, note, word)
  }
  await record.signing.completeAll()
  const page = await record.clients.get(ana)
  expect(page.client.name).toBe(words[0])
  expect(page.notes.map((n) => n.summary).reverse()).toEqual(words)
  expect(page.loops.map((l) => l.text)).toEqual(words)
  for (const [place, line] of [...page.notes].reverse().entries()) {
    const note = await record.notes.read(line.noteId)
    expect(note.sections).toEqual(soap(words[place] ?? '', words[place]).sections)
    await record.notes.addAddendum(note.id, words[place] ?? '')
    expect((await record.notes.read(line.noteId)).addenda[0]?.text).toBe(words[place])
  }
  await record.verification.run()
  expect(record.verification.found()).toMatchObject({ state: 'intact', checked: 2 * words.length })
})

test('half a surrogate pair in an addendum or an author does not make it look changed', async () => {
  const file = new RecordFile()
  const record = await file.open()
  await record.preferences.set({ ...record.preferences.current(), authorName: 'R\ud83d. Al' })
  const note = await sealed(file, record, await addClient(record), 'cut \udc00 here')
  await record.notes.addAddendum(note.id, 'half \ud83d of one')
  await record.verification.run()
  expect(record.verification.found()).toMatchObject({ state: 'intact', checked: 2 })
})

test('sessions at the ends of time', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const ana = await addClient(record)
  for (const startsAt of [-2_208_988_800_000, -1, 0, 7_258_118_400_000 - HOUR]) {
    const note = await write(record, await addSession(record, ana, startsAt), `at ${startsAt} qwerty`)
    file.now = Math.max(file.now, startsAt)
    await sign(record, note)
  }
  await record.signing.completeAll()
  const { hits } = await record.search.query('qwerty', 'newest')
  expect(hits.map((h) => h.at)).toEqual([7_258_118_400_000 - HOUR, 0, -1, -2_208_988_800_000])
  expect((await record.clients.get(ana)).notes.map((n) => n.at)).toEqual(hits.map((h) => h.at))
})
