import { expect, test } from 'vitest'
import { kindOfAction, logKind, type LogAction } from '../../../src/shared/contract/auditLog.ts'
import type { OpenRecord } from '../../../src/main/services/record/openRecord.ts'
import { force } from '../../support/forging.ts'
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
  write,
} from '../../support/recordFile.ts'

async function actions(record: OpenRecord): Promise<LogAction[]> {
  const { entries } = await record.log.list(null, null, null)
  return entries.map((entry) => entry.action).reverse()
}

test('what is done in the record is logged with whom it concerns, and with no word of it', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const ana = await addClient(record, 'Ana Canary')
  const note = await sealed(file, record, ana, 'A canary in the text')
  const addendum = await record.notes.addAddendum(note.id, 'A canary in the addendum')
  const other = await write(record, await addSession(record, ana, MORNING - 3 * HOUR), 'Another canary')
  await sign(record, other, 'canary')
  await record.signing.undo(other.id)
  await record.preferences.set({ ...record.preferences.current(), authorName: 'Canary' })
  expect(await actions(record)).toEqual([
    'unlocked',
    'note-signed',
    'addendum-added',
    'sign-undone',
    'preferences-changed',
  ])
  const { entries } = await record.log.list('notes', null, null)
  expect(entries).toMatchObject([
    { action: 'sign-undone', clientId: ana, sessionId: other.session.id },
    { action: 'addendum-added', clientId: ana, sessionId: note.session.id },
    { action: 'note-signed', clientId: ana, sessionId: note.session.id },
  ])
  const stored = await file.store.read((h) => h.all('SELECT * FROM log'))
  expect(JSON.stringify(stored)).not.toMatch(/canary/iu)
  expect(stored.map((row) => row['subject'])).toContain(addendum)
  await record.close()
  const again = await file.open()
  expect((await actions(again)).slice(-2)).toEqual(['locked', 'unlocked'])
})

test('an act that is undone leaves no entry, and one that cannot be logged is not done', async () => {
  const file = new RecordFile()
  const record = await file.open()
  const ana = await addClient(record)
  const note = await write(record, await addSession(record, ana, MORNING - HOUR), 'Draft')
  await expect(record.notes.addAddendum(note.id, 'Too early')).rejects.toMatchObject({ code: 'NOT_SEALED' })
  await expect(
    file.store.write(async (h) => {
      await record.log.append(h, 'printed')
      throw new Error('undone')
    }),
  ).rejects.toThrow('undone')
  expect(await actions(record)).toEqual(['unlocked'])
  await sign(record, note)
  await force(file.store, (h) =>
    h.run(`CREATE TRIGGER no_log BEFORE INSERT ON log BEGIN SELECT RAISE(ABORT, 'no'); END`),
  )
  await expect(record.signing.completeAll()).rejects.toMatchObject({ name: 'SqlError' })
  expect(await record.notes.read(note.id)).toMatchObject({ state: 'sealing', seal: null })
})

test('nothing is changed, taken out, put in between, or written as text', async () => {
  const file = new RecordFile()
  const record = await file.open()
  for (let n = 0; n < 3; n += 1) await record.log.note('printed')
  const row = (sequence: number, more = '') =>
    `(sequence, at, action, subject, count, previous, hash) VALUES
     (${sequence}, 1, 'printed', ${more === '' ? 'NULL' : more}, NULL, (SELECT hash FROM log ORDER BY sequence DESC LIMIT 1), '${'0'.repeat(64)}')`
  const refused = [
    `UPDATE log SET at = 0`,
    `UPDATE log SET action = 'locked' WHERE sequence = 2`,
    `UPDATE OR REPLACE log SET sequence = 9 WHERE sequence = 4`,
    `DELETE FROM log WHERE sequence = 4`,
    `DELETE FROM log`,
    `INSERT INTO log ${row(4)}`,
    `INSERT OR REPLACE INTO log ${row(2)}`,
    `REPLACE INTO log ${row(4)}`,
    `INSERT INTO log ${row(6)}`,
    `INSERT INTO log ${row(0)}`,
    `INSERT INTO log (at, action, previous, hash) VALUES (1, 'printed', '', '${'0'.repeat(64)}')`,
    `INSERT INTO log SELECT 5, at, action, subject, count, 'other', hash FROM log WHERE sequence = 4`,
  ]
  for (const sql of refused) {
    await expect(
      file.store.write((h) => h.run(sql)),
      sql,
    ).rejects.toMatchObject({ code: 'SEALED' })
  }
  for (const subject of [`'Ana Canary'`, `'said that she'`, `''`, `'${'x'.repeat(36)}'`]) {
    await expect(file.store.write((h) => h.run(`INSERT INTO log ${row(5, subject)}`))).rejects.toMatchObject({
      code: 'CONSTRAINT',
    })
  }
  expect(await record.verifyLog()).toEqual({ checked: 4, brokenAt: null, witness: 'none' })
})

test('read by kind, by day and in pages of fifty; every action has its kind', async () => {
  const file = new RecordFile()
  const record = await file.open()
  for (let n = 0; n < 120; n += 1) {
    file.now = MORNING + n * HOUR
    await record.log.note(n % 3 === 0 ? 'printed' : 'backup-made', n % 3 === 0 ? { count: n } : {})
  }
  const seen: number[] = []
  let before: number | null = null
  for (;;) {
    const page = await record.log.list(null, null, before)
    expect(page.entries.length).toBeLessThanOrEqual(50)
    seen.push(...page.entries.map((entry) => entry.sequence))
    if (!page.more) break
    before = page.entries.at(-1)?.sequence ?? null
  }
  expect(seen).toEqual(Array.from({ length: 121 }, (_, n) => 121 - n))
  const out = await record.log.list('out', null, null)
  expect(out.entries).toHaveLength(40)
  expect(out.entries.every((entry) => entry.action === 'printed')).toBe(true)
  const day = { from: MORNING + DAY, to: MORNING + 2 * DAY }
  const ofDay = await record.log.list(null, day, null)
  expect(ofDay.entries).toHaveLength(24)
  expect((await record.log.list('out', day, null)).entries).toHaveLength(8)
  expect(new Set(Object.values(kindOfAction))).toEqual(new Set(logKind.options))
})

test('wrong passphrases, a clock set back and another zone stand in the log of the opening', async () => {
  const file = new RecordFile()
  const first = await file.open()
  await write(first, await addSession(first, await addClient(first), MORNING), 'Draft')
  await first.close()
  file.now -= HOUR
  const second = await file.open('Europe/Paris')
  expect((await actions(second)).slice(-3)).toEqual(['unlocked', 'clock-behind', 'zone-changed'])
})

const FORGED: readonly [string, number][] = [
  [`UPDATE log SET at = at + 1 WHERE sequence = 3`, 3],
  [`UPDATE log SET action = 'locked' WHERE sequence = 2`, 2],
  [`UPDATE log SET count = 7 WHERE sequence = 5`, 5],
  [`UPDATE log SET subject = '00000000-0000-7000-8000-000000000000' WHERE sequence = 4`, 4],
  [`UPDATE log SET subject = NULL WHERE sequence = 4`, 4],
  [`UPDATE log SET hash = previous WHERE sequence = 5`, 5],
  [`UPDATE log SET action = 'not-one-of-ours' WHERE sequence = 1`, 1],
  [`DELETE FROM log WHERE sequence = 3`, 3],
  [`DELETE FROM log WHERE sequence = 1`, 1],
  [`UPDATE log SET sequence = sequence + 1 WHERE sequence = 6`, 6],
  [`UPDATE log SET sequence = 0 WHERE sequence = 6`, 1],
  [`INSERT INTO log SELECT -5, at, action, subject, count, previous, hash FROM log WHERE sequence = 6`, 1],
]

test.each(FORGED)('with the key in hand and the triggers out: %s', async (sql, brokenAt) => {
  const file = new RecordFile()
  const record = await file.open()
  for (let n = 0; n < 5; n += 1) {
    file.now += MINUTE
    await record.log.note(
      'printed',
      n === 2 ? { subject: '00000000-0000-7000-8000-00000000000a' } : { count: n },
    )
  }
  expect(await record.log.verify()).toEqual({ checked: 6, brokenAt: null })
  await force(file.store, (h) => h.run(sql))
  expect(await record.log.verify()).toMatchObject({ brokenAt })
})

test('the full check is due at first, after a week and after an end without closing, and is logged', async () => {
  const file = new RecordFile()
  const first = await file.open()
  expect(await first.checkup.last()).toBeNull()
  expect(await first.checkup.due()).toBe(true)
  expect(await first.checkup.run()).toEqual({ faults: 0 })
  expect(await first.checkup.due()).toBe(false)
  expect(await first.checkup.last()).toEqual({ at: MORNING, faults: 0 })
  file.now += 7 * DAY - 1
  expect(await first.checkup.due()).toBe(false)
  file.now += 1
  expect(await first.checkup.due()).toBe(true)
  await first.checkup.run()
  await first.close()
  const second = await file.open()
  expect(await second.checkup.due()).toBe(false)
  await file.crash()
  const third = await file.open()
  expect(await third.checkup.due()).toBe(true)
  await third.checkup.run()
  expect(await third.checkup.due()).toBe(false)

  await force(file.store, (h) => h.run('DELETE FROM log WHERE sequence = 2'))
  expect(await third.checkup.run()).toEqual({ faults: 0 })
  expect(await third.checkup.last()).toMatchObject({ faults: 1 })
  expect(await third.checkup.due()).toBe(true)
})

test('changed signed notes are logged once, and again when it is others', async () => {
  const file = new RecordFile()
  let record = await file.open()
  const note = await sealed(file, record, await addClient(record), 'As signed')
  await record.verification.run()
  const found = async () =>
    (await record.log.list('checks', null, null)).entries.map(({ action, count }) => [action, count])
  expect(await found()).toEqual([])
  await force(file.store, (h) => h.run(`UPDATE notes SET summary = 'other' WHERE id = :id`, { id: note.id }))
  for (let turn = 0; turn < 2; turn += 1) {
    await record.close()
    record = await file.open()
    await record.verification.run()
  }
  expect(await found()).toEqual([['verification-changed', 1]])
})
