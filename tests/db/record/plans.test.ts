import { expect, test } from 'vitest'
import type { SqlDriver } from '../../../src/main/store/driver/SqlDriver.ts'
import { openDatabase } from '../../../src/main/store/open.ts'
import { recordMigrations } from '../../../src/main/store/record/migrations/index.ts'
import * as calendars from '../../../src/main/store/record/queries/calendars.ts'
import * as clients from '../../../src/main/store/record/queries/clients.ts'
import * as goals from '../../../src/main/store/record/queries/goals.ts'
import * as groups from '../../../src/main/store/record/queries/groups.ts'
import * as loops from '../../../src/main/store/record/queries/loops.ts'
import * as notes from '../../../src/main/store/record/queries/notes.ts'
import * as seals from '../../../src/main/store/record/queries/seals.ts'
import * as series from '../../../src/main/store/record/queries/series.ts'
import * as standing from '../../../src/main/store/record/queries/standing.ts'
import * as sessions from '../../../src/main/store/record/queries/sessions.ts'
import * as wordIndex from '../../../src/main/store/record/queries/wordIndex.ts'
import type { ReadHandle } from '../../../src/main/store/Store.ts'
import { driver, randomKey, temporaryDatabase } from '../../support/storeFiles.ts'

const ID = '0198c0de-0000-7000-8000-000000000000'
const NOW = Date.parse('2026-03-10T16:20:00Z')

/** What is asked when the vault opens, while somebody waits for a screen, or beside a save. */
const ASKED: Readonly<Record<string, (h: ReadHandle) => Promise<unknown>>> = {
  'a client': (h) => clients.findClient(h, ID),
  flags: (h) => clients.activeFlags(h, ID),
  'the list of clients': (h) => clients.listClients(h, NOW),
  goals: (h) => goals.goalsOf(h, ID),
  'links of a note': (h) => goals.goalLinks(h, ID),
  'open loops': (h) => loops.openLoops(h, ID),
  'loops of a session': (h) => loops.loopsOfSession(h, ID),
  'loops closed between': (h) => loops.loopsClosedBetween(h, ID, 0, NOW),
  'a note': (h) => notes.findNote(h, ID),
  'a note of a session': (h) => notes.findNoteOfSession(h, ID),
  'notes being signed': (h) => notes.sealingNotes(h),
  'a body': (h) => notes.findBody(h, 1),
  'a free row': (h) => notes.freeRow(h, NOW),
  'lines of notes': (h) => notes.noteLines(h, ID, notes.firstRowAt(NOW), 51),
  'how many notes': (h) => notes.countNotes(h, ID),
  addenda: (h) => notes.addendaOf(h, ID),
  'the newest change': (h) => notes.newestChange(h),
  'the newest draft': (h) => notes.newestDraft(h),
  'a session': (h) => sessions.findSession(h, ID),
  'a day': (h) => sessions.sessionsBetween(h, NOW, NOW + 1),
  unwritten: (h) => sessions.unwrittenBefore(h, NOW, NOW),
  'the next session': (h) => sessions.nextSessionOf(h, ID, NOW),
  'the next start': (h) => sessions.nextStart(h, NOW),
  'how many sessions were held': (h) => sessions.countSessionsBefore(h, ID, NOW),
  'a week of the schedule': (h) => sessions.scheduledBetween(h, NOW, NOW + 1),
  'a session as scheduled': (h) => sessions.findScheduled(h, ID),
  'a group’s event': (h) => sessions.sessionsOfEvent(h, ID),
  'series to make': (h) => series.seriesToMake(h, NOW, 40),
  'sessions of a series': (h) => standing.standingFrom(h, ID, '2026-03-10T15:00:00'),
  'sessions a calendar moved on': (h) =>
    standing.standingMovedOn(h, ID, {
      before: '2026-03-10T15:00:00',
      begins: NOW,
      walls: ['2026-03-10T15:00:00'],
    }),
  'sessions of a group': (h) => standing.standingOfGroup(h, ID, NOW),
  'a session as it stands': (h) => standing.standing(h, ID),
  'an earlier session of a series': (h) => standing.hasEarlier(h, ID, '2026-03-10T15:00:00'),
  'a calendar’s series': (h) => series.seriesOfCalendar(h, ID, '', 200),
  'a group’s series': (h) => series.seriesOfGroup(h, ID),
  'events of a calendar': (h) => calendars.countEvents(h, ID),
  'members of a group': (h) => groups.membersOf(h, ID),
  'a group’s next session': (h) => groups.nextOfGroup(h, ID, NOW),
  'the last seal': (h) => seals.lastSeal(h, ID),
  'a seal': (h) => seals.sealOf(h, ID),
  'a stretch of seals': (h) => seals.coveredStretch(h, ID, 0, 20),
  'whoever has seals': (h) => seals.sealedClients(h),
  'a stretch of notes': (h) => seals.unsealedNotes(h, ID, 0, 20),
  'stale drafts': (h) => wordIndex.staleDrafts(h),
}

/** Tables that thirty years make large, and the partial indexes that stay small because their rows are few. */
const LARGE = /^SCAN (n|b|s|l|x|e|notes|bodies|sessions|loops|seals|goal_links|series)\b/
const SMALL = /USING (COVERING )?INDEX (notes_unsealed|sessions_unwritten|loops_open)\b/

async function planOf(sql: SqlDriver, ask: (h: ReadHandle) => Promise<unknown>): Promise<string[]> {
  const steps: string[] = []
  const explain = async (text: string, params: Parameters<SqlDriver['all']>[1] = {}): Promise<unknown[]> => {
    const plan = await sql.all(`EXPLAIN QUERY PLAN ${text}`, params)
    steps.push(...plan.map((row) => String(row['detail'])))
    return sql.all(text, params)
  }
  const handle = {
    all: explain,
    get: async (text: string, params = {}) => (await explain(text, params))[0],
  } as unknown as ReadHandle
  await ask(handle)
  return steps
}

test('nothing that somebody waits for walks through thirty years of rows', async () => {
  const database = await openDatabase({
    path: temporaryDatabase(),
    key: randomKey(),
    mode: 'create',
    driver,
    memorySecurity: false,
  })
  try {
    for (const { up } of recordMigrations) {
      if (typeof up === 'string') await database.sql.exec(up)
      else await up(database.sql)
    }
    await database.sql.run(`INSERT INTO clients VALUES ('${ID}', 'A', '', NULL, '', 0, 0)`)
    // Where there is no goal, nothing is asked about its links.
    await database.sql.run(`INSERT INTO goals VALUES ('${ID}', '${ID}', 'One', 'active', 0)`)
    for (const [what, ask] of Object.entries(ASKED)) {
      const walks = (await planOf(database.sql, ask)).filter((step) => LARGE.test(step) && !SMALL.test(step))
      // A stretch is a subquery of twenty rows, called x.
      expect(walks, what).toEqual(what === 'a stretch of seals' ? ['SCAN x'] : [])
    }
    // The test can tell: this is what looking for notes being signed once was.
    const whole = await planOf(database.sql, (h) => h.all(`SELECT * FROM notes WHERE state = 'sealing'`))
    expect(whole.filter((step) => LARGE.test(step) && !SMALL.test(step))).toEqual(['SCAN notes'])
  } finally {
    await database.close()
  }
})
