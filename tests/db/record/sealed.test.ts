import { expect, test } from 'vitest'
import type { SqlDriver } from '../../../src/main/store/driver/SqlDriver.ts'
import { addClient, addSession, MORNING, HOUR, RecordFile, sealed, write } from '../../support/recordFile.ts'

interface Fixture {
  file: RecordFile
  attacks: string[]
}

const REST = `client_id, template, state, revision, blank, created_at, updated_at, actual_start, actual_end, summary,
  author, structured, sealing_until, sealed_at, late`
const TAKING = ['REPLACE', 'INSERT OR REPLACE', 'INSERT OR IGNORE', 'INSERT OR FAIL', 'INSERT']

/** A sealed note with everything that hangs on it, a draft beside it, and every way SQL has to change the first. */
async function fixture(): Promise<Fixture> {
  const file = new RecordFile()
  const record = await file.open()
  file.now = MORNING + 3 * HOUR
  const client = await addClient(record)
  const [goal, other] = [await record.goals.create(client, 'One'), await record.goals.create(client, 'Two')]
  const first = await write(record, await addSession(record, client, MORNING), 'Sealed words')
  await record.goals.link(first.id, goal, 'better')
  await record.signing.sign({
    noteId: first.id,
    revision: first.revision,
    actualStart: MORNING,
    actualEnd: MORNING + HOUR,
    summary: 'Line',
  })
  await record.signing.completeAll()
  await record.notes.addAddendum(first.id, 'Addendum')
  await sealed(file, record, client, 'More', MORNING + HOUR)
  const draft = await write(record, await addSession(record, client, MORNING + 2 * HOUR), 'Draft words')
  await record.goals.link(draft.id, other, 'same')
  const rows = await file.store.read((h) => h.all<{ id: string; row: number }>(`SELECT id, row FROM notes`))
  const rowOf = (id: string): number => rows.find((r) => r.id === id)?.row ?? 0
  const [a, row, draftRow] = [`id = '${first.id}'`, rowOf(first.id), rowOf(draft.id)]
  const [session, link] = [first.session.id, `note_id = '${first.id}'`]
  const everyAddendum = 'id, note_id, text, author, created_at'
  const everySeal = 'client_id, sequence, kind, subject_id, sealed_at, content_hash, previous, hash'
  await record.close()

  const attacks = [
    ...['summary', 'author', 'template', 'structured', 'id', 'client_id'].map(
      (column) => `UPDATE notes SET ${column} = 'x' WHERE ${a}`,
    ),
    ...['actual_start', 'actual_end', 'sealed_at', 'created_at', 'late', 'blank', 'revision', 'row'].map(
      (column) => `UPDATE notes SET ${column} = 7 WHERE ${a}`,
    ),
    `UPDATE notes SET state = 'draft' WHERE ${a}`,
    `UPDATE notes SET state = 'sealed' WHERE ${a}`,
    `UPDATE OR IGNORE notes SET summary = 'x' WHERE ${a}`,
    `UPDATE OR REPLACE notes SET summary = 'x' WHERE ${a}`,
    `UPDATE OR REPLACE notes SET id = '${first.id}' WHERE id = '${draft.id}'`,
    `UPDATE OR REPLACE notes SET row = ${row} WHERE id = '${draft.id}'`,
    `UPDATE OR REPLACE notes SET session_id = '${session}' WHERE id = '${draft.id}'`,
    `UPDATE notes SET revision = revision + 1`,
    `DELETE FROM notes WHERE ${a}`,
    `DELETE FROM notes`,
    ...TAKING.flatMap((verb) => [
      `${verb} INTO notes (row, id, session_id, ${REST}) SELECT row, id, session_id, ${REST} FROM notes WHERE ${a}`,
      `${verb} INTO notes (row, id, session_id, ${REST}) SELECT row, 'new', 'new', ${REST} FROM notes WHERE ${a}`,
      `${verb} INTO notes (row, id, session_id, ${REST}) SELECT 5, id, 'new', ${REST} FROM notes WHERE ${a}`,
      `${verb} INTO notes (row, id, session_id, ${REST}) SELECT 5, 'new', session_id, ${REST} FROM notes WHERE ${a}`,
      `${verb} INTO bodies (row, document, plain) VALUES (${row}, '{}', 'x')`,
      `${verb} INTO goal_links (note_id, goal_id, trend, at) VALUES ('${first.id}', '${goal}', 'worse', 1)`,
      `${verb} INTO goal_links (note_id, goal_id, trend, at) VALUES ('${first.id}', '${other}', 'worse', 1)`,
      `${verb} INTO addenda (${everyAddendum}) SELECT id, note_id, 'x', author, 1 FROM addenda`,
      `${verb} INTO seals (${everySeal}) SELECT ${everySeal} FROM seals`,
      `${verb} INTO seals (${everySeal}) SELECT client_id, sequence, kind, 'new', 1, '', '', '' FROM seals`,
      `${verb} INTO seals (${everySeal}) SELECT client_id, sequence + 90, kind, subject_id, 1, '', '', '' FROM seals`,
    ]),
    `INSERT INTO notes (row, id, session_id, ${REST}) SELECT row, id, session_id, ${REST} FROM notes WHERE ${a}
       ON CONFLICT (id) DO UPDATE SET summary = 'x'`,
    `INSERT INTO bodies (row, document, plain) VALUES (${row}, '{}', 'x') ON CONFLICT (row) DO UPDATE SET plain = 'x'`,
    `INSERT INTO goal_links (note_id, goal_id, trend, at) VALUES ('${first.id}', '${goal}', 'worse', 1)
       ON CONFLICT (note_id, goal_id) DO UPDATE SET trend = 'worse'`,
    `INSERT INTO addenda (${everyAddendum}) SELECT ${everyAddendum} FROM addenda WHERE true
       ON CONFLICT (id) DO UPDATE SET text = 'x'`,
    `INSERT INTO seals (${everySeal}) SELECT ${everySeal} FROM seals WHERE true
       ON CONFLICT (subject_id) DO UPDATE SET hash = 'x'`,
    ...[`plain = 'x'`, `document = '{}'`, `row = 9`].map(
      (set) => `UPDATE bodies SET ${set} WHERE row = ${row}`,
    ),
    `UPDATE OR REPLACE bodies SET row = ${row} WHERE row = ${draftRow}`,
    `DELETE FROM bodies WHERE row = ${row}`,
    `DELETE FROM bodies`,
    ...[`trend = 'worse'`, `at = 1`, `goal_id = '${other}'`, `note_id = '${draft.id}'`].map(
      (set) => `UPDATE goal_links SET ${set} WHERE ${link}`,
    ),
    `UPDATE OR REPLACE goal_links SET note_id = '${first.id}', goal_id = '${goal}' WHERE note_id = '${draft.id}'`,
    `DELETE FROM goal_links WHERE ${link}`,
    ...['id', 'note_id', 'text', 'author'].map((column) => `UPDATE addenda SET ${column} = 'x'`),
    `DELETE FROM addenda`,
    ...['client_id', 'subject_id', 'content_hash', 'previous', 'hash'].map(
      (column) => `UPDATE OR REPLACE seals SET ${column} = 'x'`,
    ),
    ...['sequence', 'sealed_at'].map((column) => `UPDATE seals SET ${column} = ${column} + 9`),
    `DELETE FROM seals WHERE sequence = 3`,
    `DELETE FROM seals`,
  ]
  return { file, attacks }
}

test('no statement changes what was sealed', async () => {
  const { file, attacks } = await fixture()
  await file.open()
  const before = await file.everything()
  for (const sql of attacks) {
    const refused = file.store.write((h) => h.run(sql))
    await expect(refused, sql).rejects.toMatchObject({ name: 'SqlError', code: 'SEALED' })
  }
  expect(await file.everything()).toEqual(before)
})

test('nor with every protection switched off that a connection can switch off', async () => {
  const { file, attacks } = await fixture()
  const dump = async (sql: SqlDriver) =>
    Promise.all(
      ['notes', 'bodies', 'goal_links', 'addenda', 'seals'].map((t) => sql.all(`SELECT * FROM ${t}`)),
    )
  await file.force(async (sql) => {
    await sql.exec(
      `PRAGMA recursive_triggers = OFF; PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;`,
    )
    expect(await sql.all('PRAGMA recursive_triggers')).toEqual([{ recursive_triggers: 0 }])
    const before = await dump(sql)
    for (const attack of attacks) {
      await expect(sql.run(attack), attack).rejects.toMatchObject({ code: 'SEALED' })
    }
    expect(await dump(sql)).toEqual(before)
    // A draft beside it may still be changed: the refusals are not those of a broken connection.
    expect(await sql.run(`UPDATE notes SET summary = 'x' WHERE state = 'draft'`)).toEqual({ changes: 1 })
  })
})

test('a trigger dropped and left dropped, or put back weaker, is refused at the next opening', async () => {
  const file = new RecordFile()
  await (await file.open()).close()
  const triggers = await file.force((sql) =>
    sql.all(
      `SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND name GLOB '*sealed*' ORDER BY name LIMIT 2`,
    ),
  )
  expect(triggers).toHaveLength(2)
  for (const { name, sql: made } of triggers) {
    await file.force((sql) => sql.exec(`DROP TRIGGER ${String(name)}`))
    await expect(file.open()).rejects.toMatchObject({ name: 'OpenError', code: 'CHANGED' })
    await file.force((sql) => sql.exec(String(made).replace(`RAISE(ABORT, 'SEALED')`, 'RAISE(IGNORE)')))
    await expect(file.open()).rejects.toMatchObject({ name: 'OpenError', code: 'CHANGED' })
    await file.force((sql) => sql.exec(`DROP TRIGGER ${String(name)}; ${String(made)}`))
  }
  const record = await file.open()
  await addClient(record)
})
