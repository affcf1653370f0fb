import { expect, test } from 'vitest'
import { newId } from '../../../src/main/services/record/ids.ts'
import {
  addClient,
  DAY,
  HOUR,
  RecordFile,
  sealed,
  sign,
  write,
  addSession,
} from '../../support/recordFile.ts'

test('a draft and a note within its ten seconds are refused; the signed note comes whole', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const { preferences } = record
  await preferences.set({ ...preferences.current(), authorName: 'A. Author' })
  const ana = await addClient(record)
  const session = await addSession(record, ana, file.now - HOUR)
  const draft = await write(record, session, 'Some words', 'A plan')
  await expect(record.signedNotes.one(draft.id)).rejects.toMatchObject({ code: 'ONLY_SIGNED' })
  await record.loops.add(ana, session, 'homework', 'Keep a diary')
  await sign(record, draft, 'The line')
  await expect(record.signedNotes.one(draft.id)).rejects.toMatchObject({ code: 'ONLY_SIGNED' })
  await record.signing.completeAll()
  file.now += DAY
  await record.notes.addAddendum(draft.id, 'One thing more')
  const { client, notes, drafts } = await record.signedNotes.one(draft.id)
  const view = await record.notes.read(draft.id)
  expect(client).toEqual({ id: ana, name: 'Ana', birthDate: null })
  expect(drafts).toBe(0)
  expect(notes).toEqual([
    expect.objectContaining({
      id: draft.id,
      author: 'A. Author',
      summary: 'The line',
      sections: view.sections,
      actualStart: draft.session.startsAt,
      actualEnd: draft.session.endsAt,
      signedAt: view.seal?.sealedAt,
      late: false,
      seal: { sequence: 1, hash: view.seal?.hash, sealedAt: view.seal?.sealedAt, intact: true },
    }),
  ])
  expect(notes[0]?.beside.setDown).toEqual([{ kind: 'homework', text: 'Keep a diary' }])
  expect(notes[0]?.addenda).toEqual([
    expect.objectContaining({
      text: 'One thing more',
      author: 'A. Author',
      seal: expect.objectContaining({ sequence: 2, intact: true }) as unknown,
    }),
  ])
  await expect(record.signedNotes.one(newId(1))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(record.signedNotes.between(newId(1), '2025-01-01', '2025-02-01')).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('between two days: the days on the wall of the session, both included, and of this client alone', async () => {
  const file = new RecordFile()
  file.now = Date.UTC(2025, 5, 30)
  const record = await file.open()
  const [ana, ben] = [await addClient(record, 'Ana'), await addClient(record, 'Ben')]
  const at = (day: number, hour: number) => Date.UTC(2025, 5, day, hour)
  // In Chicago these are: June 2, 11 PM; June 3, noon; June 4, 11 PM; June 5, 1 AM.
  const late = await sealed(file, record, ana, 'late on the second', at(3, 4))
  const noon = await sealed(file, record, ana, 'noon of the third', at(3, 17))
  const night = await sealed(file, record, ana, 'late on the fourth', at(5, 4))
  await sealed(file, record, ana, 'early on the fifth', at(5, 6))
  await sealed(file, record, ben, 'somebody else', at(3, 18))
  await write(record, await addSession(record, ana, at(4, 18)), 'not signed')
  await record.notes.open(await addSession(record, ana, at(4, 20)))

  const ids = async (from: string, to: string) => {
    const { notes, drafts } = await record.signedNotes.between(ana, from, to)
    return [notes.map((note) => note.id), drafts]
  }
  expect(await ids('2025-06-02', '2025-06-04')).toEqual([[late.id, noon.id, night.id], 1])
  expect(await ids('2025-06-03', '2025-06-03')).toEqual([[noon.id], 0])
  expect(await ids('2025-06-02', '2025-06-02')).toEqual([[late.id], 0])
  expect(await ids('2025-06-04', '2025-06-04')).toEqual([[night.id], 1])
  expect(await ids('2025-06-06', '2025-06-30')).toEqual([[], 0])
})

test('words that were changed behind a dropped trigger come with the word that they were', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const ana = await addClient(record)
  const note = await sealed(file, record, ana, 'As it was signed')
  await record.notes.addAddendum(note.id, 'As it was added')
  await record.close()
  await file.force(async (sql) => {
    const trigger = (await sql.all(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`)) as {
      name: string
      sql: string
    }[]
    for (const { name } of trigger) await sql.exec(`DROP TRIGGER ${name}`)
    await sql.run(`UPDATE addenda SET text = 'As somebody wants it'`)
    await sql.run(`UPDATE notes SET summary = 'As somebody wants it'`)
    for (const each of trigger) await sql.exec(each.sql)
  })
  const again = await file.open()
  const { notes } = await again.signedNotes.one(note.id)
  expect(notes[0]?.seal?.intact).toBe(false)
  expect(notes[0]?.addenda[0]?.seal?.intact).toBe(false)
})
