import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openRecord } from '../../../src/main/services/record/openRecord.ts'
import { copyPath } from '../../../src/main/store/migrate.ts'
import { notebook } from '../../../src/main/store/record/migrations/0001-notebook.ts'
import { recordMigrations } from '../../../src/main/store/record/migrations/index.ts'
import type { Store } from '../../../src/main/store/Store.ts'
import { driver, openStore, otherDriver, randomKey, temporaryDatabase } from '../../support/storeFiles.ts'
import { MORNING, ZONE } from '../../support/recordFile.ts'

const TABLES = ['settings', 'clients', 'sessions', 'notes', 'bodies', 'seals', 'addenda', 'loops'] as const

/** A file as version 1 left it, one row in every kind of table. */
async function fill(store: Store): Promise<void> {
  const ids = { client: 'c'.repeat(8), session: 's'.repeat(8), note: 'n'.repeat(8) }
  await store.write(async (h) => {
    await h.run(`INSERT INTO settings VALUES ('zone', :zone)`, { zone: ZONE })
    await h.run(`INSERT INTO clients VALUES (:client, 'Ana', '', NULL, '', 1, 1)`, { client: ids.client })
    await h.run(
      `INSERT INTO sessions (id, client_id, kind, starts_at, ends_at, zone, status, line, created_at)
       VALUES (:session, :client, 'individual', 1000, 2000, 'UTC', 'scheduled', '', 1)`,
      { session: ids.session, client: ids.client },
    )
    await h.run(
      `INSERT INTO notes VALUES (1000000, :note, :session, :client, 'soap', 'draft', 1, 0, 1, 1, NULL, NULL, '', '',
        '{}', NULL, NULL, 0)`,
      ids,
    )
    await h.run(`INSERT INTO bodies VALUES (1000000, '{"version":1,"sections":[]}', 'What was said.')`)
    await h.run(`UPDATE notes SET state = 'sealed', sealed_at = 5 WHERE id = :note`, { note: ids.note })
    await h.run(`INSERT INTO seals VALUES (:client, 1, 'note', :note, 5, 'a', '', 'b')`, {
      client: ids.client,
      note: ids.note,
    })
    await h.run(`INSERT INTO addenda VALUES ('a', :note, 'Later.', '', 6)`, { note: ids.note })
    await h.run(`INSERT INTO loops VALUES ('l', :client, :session, 'homework', 'Walk.', 1, NULL, NULL, '')`, {
      client: ids.client,
      session: ids.session,
    })
  })
}

const rows = (store: Store) =>
  store.read((h) => Promise.all(TABLES.map((table) => h.all(`SELECT * FROM ${table}`))))

test.each([driver, otherDriver])(
  'a file of version 1 gets its log and keeps every row (%s)',
  async (name) => {
    const [path, key] = [temporaryDatabase(), randomKey()]
    const old = await openStore({ path, key, mode: 'create', migrations: [notebook], driver: name })
    await fill(old)
    const before = await rows(old)
    await old.close()

    const store = await openStore({ path, key, mode: 'open', migrations: recordMigrations })
    expect(store.version).toEqual({ from: 1, to: recordMigrations.length })
    // Later versions add columns, and change nothing that was there.
    expect(await rows(store)).toMatchObject(before)
    expect(await store.read((h) => h.all('SELECT * FROM log'))).toEqual([])
    expect(existsSync(copyPath(path, recordMigrations.length))).toBe(true)

    const record = await openRecord(
      { store, clock: { now: () => MORNING }, changed: () => undefined },
      { setting: 'practice', zone: ZONE, recoveryConfirmed: () => true },
    )
    expect((await record.log.list(null, null, null)).entries.map((e) => e.action)).toEqual(['unlocked'])
    expect(await record.verifyLog()).toEqual({ checked: 1, brokenAt: null, witness: 'none' })
    expect(await store.integrity()).toBe('ok')
    await record.close()
  },
)
