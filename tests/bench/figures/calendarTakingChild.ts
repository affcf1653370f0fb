/**
 * A program for Electron's Node: `calendarTaking.mjs <directory>` takes a calendar of 10,000 events of known people into a
 * record, from the file to the commit, and lets it go again, over and over; prints what it took as one line of JSON.
 */
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { createCalendarDesk } from '../../../src/main/calendar/desk.ts'
import { readInWorker } from '../../../src/main/calendar/readInWorker.ts'
import { openRecord } from '../../../src/main/services/record/openRecord.ts'
import { openDatabase } from '../../../src/main/store/open.ts'
import { recordMigrations } from '../../../src/main/store/record/migrations/index.ts'
import { Store } from '../../../src/main/store/Store.ts'
import { manyEvents } from '../../support/calendars/manyEvents.ts'
import { soapNote } from '../../support/words.ts'
import { driver } from '../caseload/open.ts'
import type { TakingMeasured } from './calendarTaking.ts'

const ROUNDS = 5
const EVENTS = 10_000
const NOW = Date.UTC(2026, 2, 10, 16)
const HOUR = 3_600_000
const SAVE_EVERY_MS = 40
const zone = 'America/New_York'
const [directory = ''] = process.argv.slice(2)
const calendar = path.join(directory, 'calendar.ics')
writeFileSync(calendar, manyEvents(EVENTS))

const measured: Record<keyof TakingMeasured, number[]> = {
  taken: [],
  blocked: [],
  saved: [],
  dropped: [],
  droppedBlocked: [],
  droppedSaved: [],
  rows: [],
}

for (let round = 0; round < ROUNDS; round += 1) {
  const file = path.join(directory, `record-${round}.db`)
  const key = new Uint8Array(randomBytes(32))
  const workerPath = new URL('./worker.mjs', import.meta.url)
  const store = await Store.open({
    path: file,
    key: new Uint8Array(key),
    mode: 'create',
    driver,
    migrations: recordMigrations,
    workerPath,
  })
  const record = await openRecord(
    { store, clock: { now: () => NOW }, changed: () => undefined },
    { setting: 'practice', zone, recoveryConfirmed: () => true },
  )
  const person = (name: string) =>
    record.clients.create({ name, pronouns: '', birthDate: null, referralReason: '' })
  for (let at = 0; at < 400; at += 1) await person(`Session with Person ${at} - 50 min`)
  const times = { startsAt: NOW - HOUR, endsAt: NOW, zone }
  const session = await record.sessions.create(await person('Somebody'), 'individual', times)
  const note = await record.notes.open(session)
  let { revision } = note

  /** What others had to wait for meanwhile: a click in main, a keystroke's save. */
  async function watched<T>(
    act: () => Promise<T>,
  ): Promise<{ took: number; blocked: number; saved: number }> {
    let last = performance.now()
    let [blocked, saved] = [0, 0]
    let going = true
    const look = (): void => {
      const now = performance.now()
      blocked = Math.max(blocked, now - last)
      last = now
    }
    const timer = setInterval(look, 1)
    const typing = (async () => {
      for (let word = 0; going; word += 1) {
        const began = performance.now()
        const sections = [{ key: 'subjective', text: `word ${word}`, lexical: null }]
        revision = (await record.notes.save(note.id, revision, soapNote(sections))).revision
        saved = Math.max(saved, performance.now() - began)
        await new Promise((resolve) => setTimeout(resolve, SAVE_EVERY_MS))
      }
    })()
    const began = performance.now()
    await act()
    const took = performance.now() - began
    going = false
    await typing
    look()
    clearInterval(timer)
    return { took, blocked, saved }
  }

  const desk = createCalendarDesk({
    record: () => record,
    clock: { now: () => NOW },
    read: (bytes, how) =>
      readInWorker(bytes, { workerPath: new URL('./calendar.worker.mjs', import.meta.url), ...how }),
    askForCalendar: () => Promise.resolve(calendar),
    askForFolder: () => Promise.resolve(null),
    choosePlace: () => Promise.resolve(null),
    place: () => Promise.resolve(),
    onWork: () => undefined,
    changed: () => undefined,
  })
  let id = ''
  const taking = await watched(async () => {
    const { plan } = await desk.open(zone)
    if (plan === null) throw new Error('the calendar could not be read')
    const taken = await desk.apply(plan.token)
    if (taken.added < EVENTS * 0.9) throw new Error('too little was taken in')
    id = taken.calendarId
  })
  measured.taken.push(taking.took)
  measured.blocked.push(taking.blocked)
  measured.saved.push(taking.saved)
  const dropping = await watched(() => desk.drop(id))
  measured.dropped.push(dropping.took)
  measured.droppedBlocked.push(dropping.blocked)
  measured.droppedSaved.push(dropping.saved)
  await record.close()
  measured.rows.push(await bareRows(file, key))
}

/** The least: the rows that a taking made, one insert each in one transaction, by the driver alone. */
async function bareRows(file: string, key: Uint8Array): Promise<number> {
  const database = await openDatabase({ path: file, key, driver, mode: 'open' })
  const { sql } = database
  try {
    const tables = ['series', 'sessions']
    const kept = []
    for (const table of tables) {
      const rows = await sql.all(`SELECT * FROM ${table}`)
      kept.push({ table, rows })
      await sql.exec(`CREATE TABLE again_${table} AS SELECT * FROM ${table} LIMIT 0`)
    }
    const began = performance.now()
    await sql.run('BEGIN IMMEDIATE')
    for (const { table, rows } of kept) {
      const columns = Object.keys(rows[0] ?? {})
      const insert = `INSERT INTO again_${table} VALUES (${columns.map((name) => `:${name}`).join(', ')})`
      for (const row of rows) await sql.run(insert, row)
    }
    await sql.run('COMMIT')
    return performance.now() - began
  } finally {
    await database.close()
  }
}

process.stdout.write(`${JSON.stringify(measured)}\n`)
