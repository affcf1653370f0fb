import { copyFileSync, existsSync } from 'node:fs'
import type { OpenRecord } from '../../src/main/services/record/openRecord.ts'
import { compare } from '../../src/main/services/record/witnessing.ts'
import { recordMigrations } from '../../src/main/store/record/migrations/index.ts'
import { WitnessItem, witnessAccount } from '../../src/main/vault/witness.ts'
import type { Notice } from '../../src/shared/contract/vault.ts'
import { FakeKeychain } from './fakeKeychain.ts'
import { addClient, addSession, MINUTE, type RecordFile, sealed, write } from './recordFile.ts'
import { openStore, temporaryDatabase } from './storeFiles.ts'

/* A record whose log has a witness in a keychain, and what a crash leaves of both. */

export const VAULT = 'a-vault'
export const ACCOUNT = witnessAccount(VAULT)

/** What `kill -9` leaves at this moment: the file and its log as they are, the keychain as it is. */
export interface Left {
  readonly path: string
  readonly walThere: boolean
  readonly item: string | undefined
}

export function leftBehind(file: RecordFile, keychain: FakeKeychain): Left {
  const path = temporaryDatabase()
  copyFileSync(file.path, path)
  const walThere = existsSync(`${file.path}-wal`)
  if (walThere) copyFileSync(`${file.path}-wal`, `${path}-wal`)
  return { path, walThere, item: keychain.items.get(ACCOUNT) }
}

export function keychainWith(item: string | undefined): FakeKeychain {
  const keychain = new FakeKeychain()
  if (item !== undefined) keychain.items.set(ACCOUNT, item)
  return keychain
}

/** Opens what was left and asks; closes it again. */
export async function noticed(file: RecordFile, left: Left): Promise<Notice | null> {
  const walThere = existsSync(`${left.path}-wal`)
  const store = await openStore({
    path: left.path,
    key: file.key,
    mode: 'open',
    migrations: recordMigrations,
  })
  try {
    return await compare(store, new WitnessItem(keychainWith(left.item), VAULT), walThere)
  } finally {
    await store.close()
  }
}

/** Something that a person does, or nothing in particular. */
export async function act(
  file: RecordFile,
  record: OpenRecord,
  pick: (below: number) => number,
): Promise<OpenRecord> {
  file.now += MINUTE
  const deed = pick(7)
  if (deed === 0) await record.log.note('private-opened')
  else if (deed === 1) await record.preferences.set(record.preferences.current())
  else if (deed === 2) await sealed(file, record, await addClient(record), 'Signed')
  else if (deed === 3)
    await write(record, await addSession(record, await addClient(record), file.now), 'Draft')
  else if (deed === 4) {
    await record.close()
    return file.open()
  } else if (deed === 5) await record.anchor()
  else await record.log.note('printed')
  return record
}
