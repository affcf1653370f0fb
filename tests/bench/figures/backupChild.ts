/**
 * A program for Electron's Node: `backup.mjs <profile>` backs a copy of the caseload up again and again, while notes
 * are saved, and prints what it took as one line of JSON. The profile is thrown away.
 */
import { closeSync, copyFileSync, fsyncSync, mkdirSync, openSync, rmSync } from 'node:fs'
import path from 'node:path'
import { makeBackup } from '../../../src/main/backup/making.ts'
import { createRooms } from '../../../src/main/rooms/rooms.ts'
import { keytarKeychain } from '../../../src/main/vault/keytarKeychain.ts'
import { Vault } from '../../../src/main/vault/Vault.ts'
import { NOW } from '../caseload/calendar.ts'
import { driver, USUAL_NOTE } from '../caseload/open.ts'
import { PASSPHRASE } from '../caseload/passphrase.ts'
import { proseWriter } from '../caseload/prose.ts'
import type { BackupMeasured } from './backup.ts'

const ROUNDS = 5
const SAVES = 400
/** Somebody who types without a pause is saved every two seconds; this is harder. */
const BETWEEN_MS = 10

const [profile = ''] = process.argv.slice(2)
const folder = path.join(profile, 'stick')
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

const still = path.join(profile, 'still')
copyFileSync(path.join(profile, 'record.db'), still)

const vault = new Vault({
  directory: profile,
  keychain: keytarKeychain(),
  now: () => NOW,
  strength: () => Promise.reject(new Error('no passphrase is chosen here')),
})
const rooms = createRooms({
  profile,
  clock: { now: () => NOW },
  driver,
  workerPath: new URL('./worker.mjs', import.meta.url),
  changed: () => undefined,
  onTrouble: () => undefined,
})
const { recordKey } = await vault.unlock(PASSPHRASE)
await rooms.openRecord(recordKey, 'practice', () => true)
const record = rooms.record()
if (record === null) throw new Error('the record did not open')

const { sessions } = await record.sessions.day(NOW - 12 * 3_600_000, NOW)
const note = await record.notes.open(sessions[1]?.id ?? '')
let { revision } = note
async function save(): Promise<number> {
  const sections = prose.note(USUAL_NOTE)
  const began = performance.now()
  revision = (await record?.notes.save(note.id, revision, sections))?.revision ?? revision
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
    vaultId: vault.facts?.vaultId ?? '',
    setting: 'practice',
    schema: rooms.schema,
    workerPath: new URL('./backup.worker.mjs', import.meta.url),
    now: () => NOW,
    slotsForBackup: () => vault.vaultFileForBackup(undefined),
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
await vault.lock()
process.stdout.write(`${JSON.stringify(measured)}\n`)
