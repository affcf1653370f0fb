import { expect, test, type Page } from '@playwright/test'
import { copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { StopReason, VaultView } from '../../src/shared/contract/vault.ts'
import {
  ask,
  call,
  launch,
  PASSPHRASE,
  removeProfile,
  unlock,
  vaultProfile,
  type LaunchOptions,
  type Running,
} from '../support/application.ts'
import { fingerprint, keysOf, openFile, type Keys } from '../support/vaultFiles.ts'

const NEW_PASSPHRASE = 'walnut harbour sextant violet'
const NO_KEYCHAIN = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' }

let profile: string
let running: Running | undefined

test.afterEach(async () => {
  await running?.stop()
  running = undefined
  removeProfile(profile)
})

async function start(options: LaunchOptions = {}): Promise<Page> {
  running = await launch({ profile, ...options })
  return running.door()
}

async function stop(): Promise<void> {
  await running?.stop()
  running = undefined
}

const state = (door: Page): Promise<VaultView> => ask(door, 'vault', 'state', {})

/* Each of these stops with its reason, and no file is made, changed or replaced. */

let keys: Keys

interface Case {
  readonly name: string
  readonly stop: StopReason
  /** Does the passphrase have to be given first? */
  readonly after?: 'unlocking'
  readonly spoil: (file: (name: string) => string) => void | Promise<void>
}

const change = async (sql: readonly string[]): Promise<void> => {
  keys = await keysOf(profile)
  const database = await openFile(profile, 'record', keys)
  for (const statement of sql) await database.sql.exec(statement)
  await database.close()
}

const cases: readonly Case[] = [
  {
    name: 'vault.json damaged',
    stop: 'VAULT_FILE_DAMAGED',
    spoil: (file) => writeFileSync(file('vault.json'), '{"version":1,'),
  },
  {
    name: 'vault.json truncated',
    stop: 'VAULT_FILE_DAMAGED',
    spoil: (file) => truncateSync(file('vault.json'), 400),
  },
  {
    name: 'vault.json empty',
    stop: 'VAULT_FILE_DAMAGED',
    spoil: (file) => truncateSync(file('vault.json'), 0),
  },
  { name: 'vault.json missing', stop: 'VAULT_FILE_MISSING', spoil: (file) => rmSync(file('vault.json')) },
  {
    name: 'vault.json of a newer Bracket',
    stop: 'VAULT_FILE_NEWER',
    spoil: (file) => {
      const vault = JSON.parse(readFileSync(file('vault.json'), 'utf8')) as Record<string, unknown>
      writeFileSync(
        file('vault.json'),
        JSON.stringify({ ...vault, version: 2, slots: 'as the future has them' }),
      )
    },
  },
  { name: 'record.db missing', stop: 'RECORD_MISSING', spoil: (file) => rmSync(file('record.db')) },
  { name: 'record.db empty', stop: 'RECORD_MISSING', spoil: (file) => truncateSync(file('record.db'), 0) },
  { name: 'private.db missing', stop: 'PRIVATE_MISSING', spoil: (file) => rmSync(file('private.db')) },
  {
    name: 'record.db of a newer Bracket',
    stop: 'RECORD_NEWER',
    after: 'unlocking',
    spoil: () => change(['PRAGMA user_version = 999']),
  },
  {
    name: 'record.db with a schema that is not ours',
    stop: 'RECORD_CHANGED',
    after: 'unlocking',
    spoil: () => change(['CREATE TABLE planted (x)']),
  },
  {
    name: 'record.db with a damaged first page',
    stop: 'RECORD_DAMAGED',
    after: 'unlocking',
    spoil: (file) => {
      const bytes = readFileSync(file('record.db'))
      bytes[1000] = (bytes[1000] ?? 0) ^ 0x40
      writeFileSync(file('record.db'), bytes)
    },
  },
  {
    name: 'record.db cut short',
    stop: 'RECORD_DAMAGED',
    after: 'unlocking',
    spoil: (file) => truncateSync(file('record.db'), 4096 * 2),
  },
  {
    name: 'an unencrypted database in the place of record.db',
    stop: 'RECORD_CHANGED',
    after: 'unlocking',
    spoil: (file) => {
      const page = Buffer.alloc(8192)
      page.write('SQLite format 3\0', 'latin1')
      writeFileSync(file('record.db'), page)
    },
  },
  {
    name: "the private room's file in the place of record.db",
    stop: 'RECORD_DAMAGED',
    after: 'unlocking',
    spoil: (file) => copyFileSync(file('private.db'), file('record.db')),
  },
]

for (const { name, stop: reason, after, spoil } of cases) {
  test(name, async () => {
    profile = await vaultProfile()
    await spoil((file) => path.join(profile, file))
    const before = fingerprint(profile)

    const door = await start()
    if (after === 'unlocking') {
      expect(await state(door)).toMatchObject({ page: 'unlock', stop: null })
      expect(await call(door, 'vault', 'unlock', { passphrase: PASSPHRASE })).toMatchObject({ ok: false })
    }
    expect(await state(door)).toMatchObject({ page: 'stopped', stop: reason })
    // Never a new vault, whatever the page asks for.
    const prepared = await call(door, 'vault', 'prepare', {
      setting: 'practice',
      passphrase: NEW_PASSPHRASE,
      withoutKeychain: false,
    })
    expect(prepared).toMatchObject({ ok: false })
    expect(await call(door, 'vault', 'finish', {})).toEqual({ ok: false, code: 'NOT_NOW' })
    await stop()
    expect(fingerprint(profile)).toEqual(before)
  })
}

test('vault.json changed from outside: refused even with the right passphrase', async () => {
  profile = await vaultProfile()
  const file = path.join(profile, 'vault.json')
  const vault = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  writeFileSync(file, JSON.stringify({ ...vault, setting: 'school' }))
  const before = fingerprint(profile)
  const door = await start()
  expect(await call(door, 'vault', 'unlock', { passphrase: PASSPHRASE })).toEqual({
    ok: false,
    code: 'CHANGED_FILE',
  })
  await stop()
  expect(fingerprint(profile)).toEqual(before)
})

test('the keychain service is absent', async () => {
  profile = await vaultProfile()
  const before = fingerprint(profile)
  const door = await start({ env: NO_KEYCHAIN })
  expect(await state(door)).toMatchObject({ page: 'unlock', keychain: 'unavailable', stop: null })
  expect(await call(door, 'vault', 'unlock', { passphrase: PASSPHRASE })).toMatchObject({
    code: 'KEYCHAIN_UNAVAILABLE',
  })
  const prepared = await call(door, 'vault', 'prepare', {
    setting: 'practice',
    passphrase: NEW_PASSPHRASE,
    withoutKeychain: true,
  })
  expect(prepared).toEqual({ ok: false, code: 'NOT_NOW' })
  await stop()
  expect(fingerprint(profile)).toEqual(before)

  // The same vault, with its keychain again: nothing was lost.
  await start()
  expect((await ask(await unlock(running as Running), 'app', 'context', {})).setting).toBe('practice')
})
