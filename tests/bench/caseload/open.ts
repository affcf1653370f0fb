import path from 'node:path'
import { openRecord, type OpenRecord } from '../../../src/main/services/record/openRecord.ts'
import { chooseDriver } from '../../../src/main/store/driver/choose.ts'
import { recordMigrations } from '../../../src/main/store/record/migrations/index.ts'
import { Store, type StoreOptions } from '../../../src/main/store/Store.ts'
import { keytarKeychain } from '../../../src/main/vault/keytarKeychain.ts'
import { Vault } from '../../../src/main/vault/Vault.ts'
import { NOW, ZONE } from './calendar.ts'
import { PASSPHRASE } from './passphrase.ts'
import { proseWriter } from './prose.ts'
import { soapNote } from '../../support/words.ts'

export const driver = chooseDriver({
  platform: process.platform,
  environment: process.env,
  allowOverrides: true,
})

/** What `Store.open` needs for the record of this profile; the key is got as the application gets it. */
export async function unlockCaseload(profile: string): Promise<StoreOptions> {
  const vault = new Vault({
    directory: profile,
    keychain: keytarKeychain(),
    now: () => NOW,
    strength: () => Promise.reject(new Error('no passphrase is chosen here')),
  })
  const { recordKey } = await vault.unlock(PASSPHRASE)
  return {
    path: path.join(profile, 'record.db'),
    key: recordKey,
    mode: 'open',
    driver,
    migrations: recordMigrations,
    workerPath: new URL('./worker.mjs', import.meta.url),
  }
}

/** The services over the record, without windows; the store as the application opens it, but for `more`. */
export async function openCaseload(profile: string, more: Partial<StoreOptions> = {}): Promise<OpenRecord> {
  const store = await Store.open({ ...(await unlockCaseload(profile)), ...more })
  return openRecord(
    { store, clock: { now: () => NOW }, changed: () => undefined },
    { setting: 'practice', zone: ZONE, recoveryConfirmed: () => true },
  )
}

/** How many words each section of the long draft has; one of them is long by itself. */
export const LONG_NOTE = [2400, 200, 200, 200] as const
export const USUAL_NOTE = [120, 60, 75, 45] as const

/** Of today's sessions the first three are over: a long draft, an ordinary one, and one without a word. */
export async function writeDrafts(record: OpenRecord): Promise<void> {
  const prose = proseWriter(2)
  const { sessions } = await record.sessions.day(NOW - 12 * 3_600_000, NOW)
  for (const [at, words] of [LONG_NOTE, USUAL_NOTE].entries()) {
    const session = sessions[at]
    if (session === undefined) throw new Error('there is no session today')
    const note = await record.notes.open(session.id)
    await record.notes.save(note.id, note.revision, soapNote(prose.note(words)))
  }
  await record.notes.settle()
}
