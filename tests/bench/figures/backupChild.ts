/**
 * A program for Electron's Node: `backup.mjs <directory>` makes a vault of 300 MB there, backs it up again and again,
 * while notes are saved, and prints what it took as one line of JSON.
 */
import { randomBytes } from 'node:crypto'
import { closeSync, copyFileSync, fsyncSync, mkdirSync, openSync, rmSync } from 'node:fs'
import path from 'node:path'
import { makeBackup } from '../../../src/main/backup/making.ts'
import { createRooms } from '../../../src/main/rooms/rooms.ts'
import { openDatabase } from '../../../src/main/store/open.ts'
import { NOW, ZONE } from '../caseload/calendar.ts'
import { driver, USUAL_NOTE } from '../caseload/open.ts'
import { proseWriter } from '../caseload/prose.ts'
import type { BackupMeasured } from './backup.ts'
import { startedCheck } from '../../support/checkProcess.ts'
import { soapNote } from '../../support/words.ts'

const ROUNDS = 5
const SAVES = 400
const BALLAST_ROWS = 300
const BALLAST_BYTES = 1_000_000
/** Somebody who types without a pause is saved every two seconds; this is harder. */
const BETWEEN_MS = 10
const HOUR = 3_600_000
const VAULT_ID = '00000000-0000-4000-8000-000000000000'

const [directory = ''] = process.argv.slice(2)
const folder = path.join(directory, 'stick')
const profile = path.join(directory, 'profile')
mkdirSync(folder)
const prose = proseWriter(6)

/** Of a file that nobody has open, and that has just been read, as the record's is. */
function plainCopy(from: string): number {
  const to = path.join(folder, 'plain')
  const began = performance.now()
  copyFileSync(from, to)
  const file = openSync(to, 'r+')
  fsyncSync(file)
  closeSync(file)
  const took = performance.now() - began
  rmSync(to)
  return took
}

const rooms = createRooms({
  profile,
  clock: { now: () => NOW },
  driver,
  workerPath: new URL('./worker.mjs', import.meta.url),
  startCheck: () => startedCheck(path.join(import.meta.dirname, 'check.mjs')),
  changed: () => undefined,
  onTrouble: () => undefined,
})
const keys = { recordKey: randomBytes(32), privateKey: randomBytes(32) }
const recordKey = Buffer.from(keys.recordKey)
await fill()
const still = path.join(directory, 'still')
copyFileSync(path.join(profile, 'record.db'), still)
await rooms.openRecord(recordKey, 'practice', () => true)
const record = rooms.record()
if (record === null) throw new Error('the record did not open')
const { notes, clients, sessions } = record

/** To a copy it is all one what the pages hold. */
async function fill(): Promise<void> {
  const kept = Buffer.from(keys.recordKey)
  await rooms.create(keys)
  const { sql, close } = await openDatabase({
    path: path.join(profile, 'record.db'),
    key: kept,
    driver,
    mode: 'open',
    memorySecurity: false,
  })
  for (let n = 0; n < BALLAST_ROWS; n += 1) {
    const value = randomBytes(BALLAST_BYTES / 2).toString('hex')
    await sql.run('INSERT INTO settings (key, value) VALUES (:key, :value)', { key: `ballast ${n}`, value })
  }
  await close()
}

const clientId = await clients.create({
  name: 'Anybody',
  pronouns: '',
  birthDate: null,
  referralReason: '',
})
const sessionId = await sessions.create(clientId, 'individual', {
  startsAt: NOW - HOUR,
  endsAt: NOW,
  zone: ZONE,
})
const note = await notes.open(sessionId)
let { revision } = note
async function save(): Promise<number> {
  const sections = prose.note(USUAL_NOTE)
  const began = performance.now()
  revision = (await notes.save(note.id, revision, soapNote(sections))).revision
  const took = performance.now() - began
  await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS))
  return took
}

async function backUp(): Promise<{ written: number; checked: number }> {
  const began = performance.now()
  let reading = 0
  await makeBackup({
    profile,
    folder,
    version: 'bench',
    vaultId: VAULT_ID,
    setting: 'practice',
    schema: rooms.schema,
    workerPath: new URL('./backup.worker.mjs', import.meta.url),
    now: () => NOW,
    slotsForBackup: async () => Buffer.from('{}'),
    keysOf: async () => 'present',
    holdParts: rooms.holdParts,
    checkRecord: (file) => rooms.checkCopy('record', file),
    checkPrivate: null,
    signal: new AbortController().signal,
    onWork: ({ stage }) => {
      if (stage === 'reading' && reading === 0) reading = performance.now()
    },
  })
  const ended = performance.now()
  return { written: reading - began, checked: ended - reading }
}

const measured: { -readonly [K in keyof BackupMeasured]: number[] } = {
  copy: [],
  written: [],
  checked: [],
  saveWithout: [],
  saveDuring: [],
}
// Warm: prepared statements, the threads' code, the file in the system's cache.
for (let n = 0; n < 20; n += 1) await save()
plainCopy(still)
for (let n = 0; n < SAVES; n += 1) measured.saveWithout.push(await save())
for (let round = 0; round < ROUNDS; round += 1) {
  measured.copy.push(plainCopy(still))
  const alone = await backUp()
  measured.written.push(alone.written)
  measured.checked.push(alone.checked)
  let busy = true
  const backing = backUp().finally(() => {
    busy = false
  })
  while (busy) measured.saveDuring.push(await save())
  await backing
}
await rooms.closeAll()
process.stdout.write(`${JSON.stringify(measured)}\n`)
