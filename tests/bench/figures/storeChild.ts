/**
 * A program for Electron's Node: `store.mjs <profile>` measures what lies below the windows, in a copy of the
 * caseload that is thrown away, and prints it as one line of JSON.
 */
import { closeSync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import path from 'node:path'
import { openDatabase } from '../../../src/main/store/open.ts'
import { DOCUMENT_VERSION, plainText } from '../../../src/shared/document/document.ts'
import type { OpenRecord } from '../../../src/main/services/record/openRecord.ts'
import { NOW } from '../caseload/calendar.ts'
import { LONG_NOTE, openCaseload, unlockCaseload, USUAL_NOTE } from '../caseload/open.ts'
import { proseWriter } from '../caseload/prose.ts'
import { SEARCHES } from './searches.ts'
import type { StoreMeasured } from './store.ts'
import { soapNote } from '../../support/words.ts'

const DAY = 24 * 3_600_000
const SYNCS = 200
const SAVES = 200
const LONG_SAVES = 60
const BETWEEN_MS = 5

const [profile = ''] = process.argv.slice(2)
const prose = proseWriter(3)

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

async function each<T>(list: readonly T[], work: (one: T) => Promise<unknown>): Promise<number[]> {
  const took: number[] = []
  for (const one of list) {
    took.push(await timed(() => work(one)))
    // A person does not save two hundred times in a row; nothing may pile up either.
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS))
  }
  return took
}

const times = (count: number): number[] => Array.from({ length: count }, (_, at) => at)

/** What the disk itself needs: 4 KB more in a file, and not back before it lies there. */
function syncs(): Promise<number[]> {
  const file = openSync(path.join(profile, 'sync'), 'w')
  const page = Buffer.alloc(4096, 7)
  return each(times(SYNCS), async () => {
    writeSync(file, page)
    fdatasyncSync(file)
  }).finally(() => closeSync(file))
}

async function saves(record: OpenRecord, sessionId: string, words: readonly number[], count: number) {
  const note = await record.notes.open(sessionId)
  let { revision } = note
  return each(
    times(count).map(() => prose.note(words)),
    async (sections) => {
      revision = (await record.notes.save(note.id, revision, soapNote(sections))).revision
    },
  )
}

async function services(): Promise<Omit<StoreMeasured, 'sync' | 'driverSave' | 'versions'>> {
  const record = await openCaseload(profile)
  try {
    const { sessions: ahead } = await record.sessions.day(NOW + DAY / 2, NOW + 8 * DAY)
    const { sessions: today } = await record.sessions.day(NOW - DAY / 2, NOW)
    const [long, usual] = today
    if (long === undefined || usual === undefined) throw new Error('there is no session today')
    const clients = (await record.clients.list()).slice(0, 60)
    const prefixes = SEARCHES.flatMap((text) => times(text.length - 1).map((at) => text.slice(0, at + 2)))
    return {
      review: await each(ahead, (session) => record.review.get(session.id)),
      client: await each(clients, (client) => record.clients.get(client.id)),
      clients: await each(times(20), () => record.clients.list()),
      day: await each(times(20), () => record.sessions.day(NOW - DAY / 2, NOW + DAY / 2)),
      search: await each(prefixes, (text) => record.search.query(text, 'newest')),
      ranked: await each(SEARCHES, (text) => record.search.query(text, 'best')),
      save: await saves(record, usual.id, USUAL_NOTE, SAVES),
      longSave: await saves(record, long.id, LONG_NOTE, LONG_SAVES),
      settle: [await timed(() => record.notes.settle())],
    }
  } finally {
    await record.close()
  }
}

/** The same two rows as an autosave writes, by the driver alone: no thread, no checks, no service. */
async function driverSaves() {
  const { key, path: file, driver } = await unlockCaseload(profile)
  const database = await openDatabase({ path: file, key, driver, mode: 'open' })
  const { sql } = database
  try {
    const [note] = await sql.all(`SELECT row FROM notes WHERE state = 'draft' ORDER BY row DESC LIMIT 1`)
    const row = Number(note?.['row'])
    const took = await each(
      times(SAVES).map(() => prose.note(USUAL_NOTE)),
      async (sections) => {
        await sql.run('BEGIN IMMEDIATE')
        await sql.run(`UPDATE notes SET revision = revision + 1, updated_at = :now WHERE row = :row`, {
          row,
          now: NOW,
        })
        await sql.run(`UPDATE bodies SET document = :document, plain = :plain WHERE row = :row`, {
          row,
          document: JSON.stringify({ version: DOCUMENT_VERSION, ...soapNote(sections) }),
          plain: plainText(soapNote(sections)),
        })
        await sql.run('COMMIT')
      },
    )
    return { took, facts: database.facts }
  } finally {
    await database.close()
  }
}

const measured = await services()
const { took: driverSave, facts } = await driverSaves()
const { electron = '', chrome = '', node } = process.versions
const driverPackage = path.resolve(
  import.meta.dirname,
  `../../node_modules/@${facts.driver}/sqlcipher/package.json`,
)
const { version: driverVersion } = JSON.parse(readFileSync(driverPackage, 'utf8')) as { version: string }
const all: StoreMeasured = {
  ...measured,
  driverSave,
  sync: await syncs(),
  versions: { electron, chrome, node, driverVersion, ...facts },
}
process.stdout.write(`${JSON.stringify(all)}\n`)
