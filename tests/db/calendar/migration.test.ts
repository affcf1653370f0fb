import { expect, test } from 'vitest'
import { openRecord } from '../../../src/main/services/record/openRecord.ts'
import { recordMigrations } from '../../../src/main/store/record/migrations/index.ts'
import { driver, openStore, otherDriver, randomKey, temporaryDatabase } from '../../support/storeFiles.ts'
import { MORNING, ZONE } from '../../support/recordFile.ts'

const CLIENT = '0198c0de-0000-7000-8000-000000000001'
const SESSION = '0198c0de-0000-7000-8000-000000000002'

test.each([driver, otherDriver])(
  'a file of version 2 gets its calendar; its sessions stand alone, as they were (%s)',
  async (name) => {
    const [path, key] = [temporaryDatabase(), randomKey()]
    const two = recordMigrations.slice(0, 2)
    const old = await openStore({ path, key, mode: 'create', migrations: two, driver: name })
    await old.write(async (h) => {
      await h.run(`INSERT INTO clients VALUES ('${CLIENT}', 'Ana', '', NULL, '', 1, 1)`)
      await h.run(
        `INSERT INTO sessions (id, client_id, kind, starts_at, ends_at, zone, status, line, created_at)
         VALUES ('${SESSION}', '${CLIENT}', 'individual', :at, :at + 3000000, '${ZONE}', 'cancelled', 'Flu', 1)`,
        { at: MORNING },
      )
    })
    await old.close()

    const store = await openStore({ path, key, mode: 'open', migrations: recordMigrations })
    expect(store.version).toEqual({ from: 2, to: recordMigrations.length })
    const record = await openRecord(
      { store, clock: { now: () => MORNING }, changed: () => undefined },
      { setting: 'school', zone: ZONE, recoveryConfirmed: () => true },
    )
    expect((await record.sessions.between(MORNING - 1, MORNING + 1)).sessions).toMatchObject([
      {
        id: SESSION,
        status: 'cancelled',
        line: 'Flu',
        seriesId: null,
        group: null,
        changed: false,
        fromCalendar: false,
        cancelledBy: null,
        toldAt: null,
        travelBefore: 0,
      },
    ])
    expect(await record.sessions.margins()).toEqual({ reviewMinutes: 0, writingMinutes: 0 })
    expect(await store.integrity()).toBe('ok')
    await record.close()
  },
)
