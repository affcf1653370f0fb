import { expect, test } from 'vitest'
import { SEALING_MS } from '../../../src/shared/domain/sessionLife.ts'
import {
  addClient,
  addSession,
  DAY,
  HOUR,
  MINUTE,
  MORNING,
  RecordFile,
  sealed,
  sign,
  soap,
  write,
} from '../../support/recordFile.ts'

test('a crash within the ten seconds leaves a draft with its words, times and line; the next try seals', async () => {
  const file = new RecordFile()
  const first = await file.open()
  const note = await write(
    first,
    await addSession(first, await addClient(first), MORNING - HOUR),
    'All of it',
  )
  await sign(first, note, 'A good line')
  await file.crash()

  file.now += DAY
  const record = await file.open()
  const draft = await record.notes.read(note.id)
  expect(draft).toMatchObject({
    state: 'draft',
    summary: 'A good line',
    actualStart: note.session.startsAt,
    sealingUntil: null,
    seal: null,
    sections: soap('All of it').sections,
  })
  expect(record.visit.restored).toEqual({ noteId: note.id, sessionId: note.session.id, savedAt: MORNING })
  // The page that crashed knew an older revision; it may not sign with it.
  await expect(sign(record, { ...note, revision: note.revision + 1 })).rejects.toMatchObject({
    code: 'CONFLICT',
  })
  await sign(record, draft)
  await record.signing.completeAll()
  await record.verification.run()
  expect(record.verification.found()).toMatchObject({ state: 'intact', checked: 1 })
})

test('locked within the ten seconds it is sealed, as of the moment of signing', async () => {
  const file = new RecordFile()
  const first = await file.open()
  const ana = await addClient(first)
  const notes = []
  for (const hours of [9, 7]) {
    notes.push(await write(first, await addSession(first, ana, MORNING - hours * HOUR), `At ${hours}`))
  }
  for (const note of notes) await sign(first, note)
  file.now += SEALING_MS - 1
  await first.close()

  const record = await file.open()
  for (const note of notes) {
    expect(await record.notes.read(note.id)).toMatchObject({ state: 'sealed', seal: { sealedAt: MORNING } })
  }
  expect(record.visit).toEqual({ restored: null, clockBehind: null, zoneBefore: null })
})

test('a draft is restored only after an end without closing, and only if it was written in that visit', async () => {
  const file = new RecordFile()
  const first = await file.open()
  expect(first.visit).toEqual({ restored: null, clockBehind: null, zoneBefore: null })
  const ana = await addClient(first)
  const old = await write(first, await addSession(first, ana, MORNING), 'Old draft')
  await first.close()

  file.now += HOUR
  const second = await file.open()
  expect(second.visit.restored).toBeNull()
  await second.notes.open(await addSession(second, ana, MORNING + HOUR))
  await file.crash()

  // A crash, but all that was opened is blank and the other draft is from before.
  file.now += HOUR
  const third = await file.open()
  expect(third.visit.restored).toBeNull()
  await third.notes.save(old.id, old.revision, soap('Old draft, and more'))
  await file.crash()

  file.now += HOUR
  const fourth = await file.open()
  expect(fourth.visit.restored).toEqual({
    noteId: old.id,
    sessionId: old.session.id,
    savedAt: MORNING + 2 * HOUR,
  })
  // Crashed again before anything was written: it has been told once.
  await file.crash()
  file.now += HOUR
  const fifth = await file.open()
  expect(fifth.visit.restored).toBeNull()
  await fifth.close()
})

test('what a sealed note was is never offered as a draft to go on with', async () => {
  const file = new RecordFile()
  const first = await file.open()
  await sealed(file, first, await addClient(first), 'Done')
  await file.crash()
  expect((await file.open()).visit.restored).toBeNull()
})

test('a clock set back is told by how much, against drafts, signatures and addenda; a minute is not worth it', async () => {
  const file = new RecordFile()
  let record = await file.open()
  const ana = await addClient(record)
  const draft = await write(record, await addSession(record, ana, MORNING), 'Draft')
  const behind = async (by: number): Promise<number | null> => {
    await record.close()
    file.now -= by
    record = await file.open()
    const told = record.visit.clockBehind
    file.now += by
    return told
  }
  expect(await behind(MINUTE)).toBeNull()
  expect(await behind(MINUTE + 1)).toBe(MINUTE + 1)
  file.now += DAY
  await sign(record, draft)
  expect(await behind(2 * HOUR)).toBe(2 * HOUR)
  file.now += DAY
  await record.notes.addAddendum(draft.id, 'Later')
  expect(await behind(DAY)).toBe(DAY)
  expect(await behind(0)).toBeNull()

  // And with the clock back nothing is lost: ids, order and seals go on.
  file.now -= 400 * DAY
  await record.notes.addAddendum(draft.id, 'With the clock set back')
  await record.verification.run()
  expect(record.verification.found()).toMatchObject({ state: 'intact', checked: 3 })
})

test('another time zone is told once', async () => {
  const file = new RecordFile()
  await (await file.open('America/Chicago')).close()
  const moved = await file.open('Europe/Paris')
  expect(moved.visit.zoneBefore).toBe('America/Chicago')
  await moved.close()
  const again = await file.open('Europe/Paris')
  expect(again.visit.zoneBefore).toBeNull()
})

test('preferences: safe ones until chosen, kept, and safe ones again when what is stored makes no sense', async () => {
  const file = new RecordFile()
  const first = await file.open()
  expect(first.preferences.current()).toMatchObject({ idleMinutes: 10, dueHours: 24, authorName: '' })
  await first.preferences.set({ ...first.preferences.current(), idleMinutes: 3, authorName: 'R. Alvarez' })
  await first.close()
  const second = await file.open()
  expect(second.preferences.current()).toMatchObject({ idleMinutes: 3, authorName: 'R. Alvarez' })
  await second.close()
  for (const stored of ['no JSON', '{}', '{"idleMinutes":100000}', 'null']) {
    await file.force((sql) =>
      sql.run(`UPDATE settings SET value = :stored WHERE key = 'preferences'`, { stored }),
    )
    const record = await file.open()
    expect(record.preferences.current()).toMatchObject({ idleMinutes: 10, authorName: '' })
    await record.close()
  }
})

test('a mark of the last visit that cannot be read does not keep anybody out', async () => {
  const file = new RecordFile()
  const first = await file.open()
  await write(first, await addSession(first, await addClient(first), MORNING), 'Draft')
  await first.close()
  for (const value of ['no JSON', '{}', '{"openedAt":"noon"}']) {
    await file.force((sql) => sql.run(`INSERT INTO settings (key, value) VALUES ('open', :value)`, { value }))
    const record = await file.open()
    expect(await record.clients.list()).toHaveLength(1)
    await record.close()
  }
})
