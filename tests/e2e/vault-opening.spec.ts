import { expect, test, type Page } from '@playwright/test'
import { existsSync, readFileSync, watch, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { VaultView } from '../../src/shared/contract/vault.ts'
import { keytarKeychain } from '../../src/main/vault/keytarKeychain.ts'
import {
  ask,
  call,
  freshProfile,
  launch,
  PASSPHRASE,
  removeProfile,
  unlock,
  vaultProfile,
  type LaunchOptions,
  type Running,
} from '../support/application.ts'
import { createVault, openPrivateRoom } from '../support/oneSession.ts'
import { fingerprint } from '../support/vaultFiles.ts'

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

function setAttempts(attempts: { failures: number; lastFailureAt: number | null }): void {
  const file = path.join(profile, 'vault.json')
  const vault = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  writeFileSync(file, JSON.stringify({ ...vault, attempts }))
}

const state = (door: Page): Promise<VaultView> => ask(door, 'vault', 'state', {})

test('a fresh profile is welcomed, and looking at it makes nothing', async () => {
  profile = freshProfile()
  const door = await start()
  expect(await state(door)).toMatchObject({ page: 'welcome', stop: null, setAside: false })
  expect(await call(door, 'vault', 'unlock', { passphrase: PASSPHRASE })).toMatchObject({ ok: false })
  await stop()
  expect(fingerprint(profile)).toEqual({})
})

test('"Look around" leaves nothing behind, not even after kill -9', async () => {
  profile = freshProfile()
  const door = await start()
  await call(door, 'vault', 'lookAround', {}).catch(() => undefined)
  const page = await (running as Running).page()
  expect((await ask(page, 'app', 'context', {})).sample).toBe(true)
  expect((await ask(page, 'clients', 'list', {})).clients.length).toBeGreaterThan(3)
  expect(await ask(page, 'privateRoom', 'unlock', {})).toEqual({ opened: true })
  expect(Object.keys(fingerprint(profile)).length).toBeGreaterThan(0)
  await (running as Running).kill()

  // What a crash leaves is ciphertext whose keys are gone; the next start sweeps it.
  const after = await start()
  expect(await state(after)).toMatchObject({ page: 'welcome' })
  expect(fingerprint(profile)).toEqual({})
  await call(after, 'vault', 'lookAround', {}).catch(() => undefined)
  await ask(await (running as Running).page(), 'app', 'context', {})
  await stop()
  expect(fingerprint(profile)).toEqual({})
})

test('five wrong passphrases are free, then one waits; starting again forgives nothing', async () => {
  profile = await vaultProfile()
  const door = await start()
  for (let turn = 1; turn <= 5; turn += 1) {
    const answer = await call(door, 'vault', 'unlock', { passphrase: `not it, turn ${turn}` })
    expect(answer).toEqual({ ok: false, code: 'WRONG_PASSPHRASE' })
    expect((await state(door)).waitMs).toBe(0)
  }
  await stop()

  // The schedule has tests of its own: from here on waits long enough for a slow machine to see them.
  setAttempts({ failures: 9, lastFailureAt: Date.now() - 3_600_000 })
  const again = await start()
  expect(await call(again, 'vault', 'unlock', { passphrase: 'not it, turn ten' })).toMatchObject({
    code: 'WRONG_PASSPHRASE',
  })
  expect(await call(again, 'vault', 'unlock', { passphrase: PASSPHRASE })).toEqual({
    ok: false,
    code: 'WAIT',
  })
  await stop()

  // Neither a restart nor forgetting the count in the file ends the wait: the keychain knows it too.
  setAttempts({ failures: 0, lastFailureAt: null })
  const third = await start()
  const { waitMs } = await state(third)
  expect(waitMs).toBeGreaterThan(0)
  expect(waitMs).toBeLessThanOrEqual(32_000)
  expect(await call(third, 'vault', 'unlock', { passphrase: PASSPHRASE })).toEqual({
    ok: false,
    code: 'WAIT',
  })
  await stop()

  const fourth = await start({ now: new Date(Date.now() + 60_000).toISOString() })
  expect((await state(fourth)).waitMs).toBe(0)
  expect((await ask(await unlock(running as Running), 'app', 'context', {})).setting).toBe('practice')
})

test('the keychain item is gone: sheet A opens the record, sheet B the private room', async () => {
  profile = freshProfile()
  const made = await createVault(await start())
  const page = await (running as Running).page()
  const { id } = await ask(page, 'clients', 'create', {
    name: 'Still here',
    pronouns: '',
    birthDate: null,
    referralReason: '',
  })
  await stop()
  const { vaultId } = JSON.parse(readFileSync(path.join(profile, 'vault.json'), 'utf8')) as {
    vaultId: string
  }
  expect(await keytarKeychain().delete(vaultId)).toBe(true)

  const door = await start()
  expect(await state(door)).toMatchObject({ page: 'unlock', keychain: 'item-missing', stop: null })
  const before = fingerprint(profile)
  expect(await call(door, 'vault', 'unlock', { passphrase: PASSPHRASE })).toMatchObject({
    ok: false,
    code: 'KEYCHAIN_ITEM_MISSING',
  })
  expect(
    await call(door, 'vault', 'prepare', {
      setting: 'practice',
      passphrase: NEW_PASSPHRASE,
      withoutKeychain: false,
    }),
  ).toEqual({ ok: false, code: 'NOT_NOW' })
  const recover = (recordCode: string, passphrase = NEW_PASSPHRASE) =>
    call(door, 'vault', 'recover', { recordCode, privateCode: null, passphrase, withoutKeychain: false })
  expect(await recover(made.private.join(' '))).toMatchObject({ code: 'CODE_WRONG_SHEET' })
  expect(await recover(made.record.slice(1).join(' '))).toMatchObject({ code: 'CODE_COUNT' })
  expect(await recover(made.record.join(' '), 'password')).toMatchObject({ code: 'WEAK_PASSPHRASE' })
  expect(fingerprint(profile)).toEqual(before)

  // As somebody would type it from paper.
  const typed = made.record.map((word, at) => `${at + 1}. ${word.toUpperCase()}`).join('\n')
  await recover(typed).catch(() => undefined)
  const opened = await (running as Running).page()
  expect((await ask(opened, 'clients', 'list', {})).clients.map((c) => c.id)).toEqual([id])

  // The private room answers to the sheet of its own, not to a passphrase that it has never heard of.
  const asked = ask(opened, 'privateRoom', 'unlock', {})
  const small = await (running as Running).door()
  expect(await state(small)).toMatchObject({ page: 'private' })
  expect(await call(small, 'vault', 'unlockPrivate', { passphrase: NEW_PASSPHRASE })).toMatchObject({
    code: 'PRIVATE_CODE_NEEDED',
  })
  const room = (sheet: readonly string[]) =>
    call(small, 'vault', 'recoverPrivate', { privateCode: sheet.join(' '), passphrase: NEW_PASSPHRASE })
  expect(await room(made.record)).toMatchObject({ code: 'CODE_WRONG_SHEET' })
  await room(made.private).catch(() => undefined)
  expect(await asked).toEqual({ opened: true })
  await stop()

  await start()
  const last = await unlock(running as Running, NEW_PASSPHRASE)
  expect((await ask(last, 'clients', 'list', {})).clients).toHaveLength(1)
  await openPrivateRoom(running as Running, last, NEW_PASSPHRASE)
  expect((await ask(last, 'privateRoom', 'state', {})).room).toBe('open')
})

test('killed at each step of a creation: the next start welcomes, or the vault is there', async () => {
  test.setTimeout(120_000)
  // The files in the order in which a creation makes them; see vault/creation.ts.
  for (const step of ['vault.creating', 'private.db', 'record.db', 'vault.json.new', 'vault.json']) {
    profile = freshProfile()
    const door = await start()
    const there = made(profile, step)
    void createVault(door).catch(() => undefined)
    await there
    await (running as Running).kill()

    const finished = existsSync(path.join(profile, 'vault.json'))
    const again = await start()
    // Asked twice at once, as two parts of a page may.
    const [found, same] = await Promise.all([state(again), state(again)])
    expect(same).toEqual(found)
    if (finished) {
      expect(found).toMatchObject({ page: 'unlock', stop: null, keychain: 'ready' })
      expect((await ask(await unlock(running as Running), 'app', 'context', {})).restored).toBe(null)
    } else {
      expect(found).toMatchObject({ page: 'welcome', stop: null, setAside: true })
    }
    if (step === 'record.db' && !finished) {
      // What was put aside is renamed, not deleted, and in nobody's way.
      expect(Object.keys(fingerprint(profile)).join()).toMatch(/^unfinished-[^/]+\/private\.db/u)
      await createVault(again)
      expect((await ask(await (running as Running).page(), 'clients', 'list', {})).clients).toEqual([])
    }
    await stop()
    if (step !== 'vault.json') removeProfile(profile)
  }
})

test('a vault without the keychain is made only when asked for, and opens with the passphrase alone', async () => {
  profile = freshProfile()
  const door = await start({ env: NO_KEYCHAIN })
  expect(await state(door)).toMatchObject({ page: 'welcome' })
  const prepare = (withoutKeychain: boolean) =>
    call(door, 'vault', 'prepare', { setting: 'practice', passphrase: PASSPHRASE, withoutKeychain })
  expect(await prepare(false)).toMatchObject({ ok: false, code: 'KEYCHAIN_UNAVAILABLE' })
  expect(fingerprint(profile)).toEqual({})
  await createVault(door, { withoutKeychain: true })
  await ask(await (running as Running).page(), 'app', 'context', {})
  await stop()

  const again = await start({ env: NO_KEYCHAIN })
  expect(await state(again)).toMatchObject({ page: 'unlock', keychain: 'ready' })
  expect((await ask(await unlock(running as Running), 'app', 'context', {})).setting).toBe('practice')
})

test('the keychain is gone for good: sheet A opens, by a choice of its own, and the passphrase alone from then on', async () => {
  profile = freshProfile()
  const made = await createVault(await start())
  await ask(await (running as Running).page(), 'app', 'context', {})
  await stop()

  const door = await start({ env: NO_KEYCHAIN })
  expect(await state(door)).toMatchObject({ page: 'unlock', keychain: 'unavailable' })
  await door.getByRole('textbox', { name: /sheet A/iu }).fill(made.record.join(' '))
  await door.getByLabel('New passphrase', { exact: true }).fill(NEW_PASSPHRASE)
  await door.getByLabel('Type it again', { exact: true }).fill(NEW_PASSPHRASE)
  await door.getByRole('button', { name: 'Unlock', exact: true }).click()
  // Never silently: what it means to do without is said first.
  await expect(door.getByText(/confirm below/u)).toBeVisible()
  await door.getByRole('checkbox', { name: /without a keychain/u }).check()
  await door.getByRole('button', { name: 'Unlock', exact: true }).click()
  const page = await (running as Running).page()
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
  await stop()

  const again = await start({ env: NO_KEYCHAIN })
  expect(await state(again)).toMatchObject({ page: 'unlock', keychain: 'ready' })
  expect((await ask(await unlock(running as Running, NEW_PASSPHRASE), 'app', 'context', {})).setting).toBe(
    'practice',
  )
})

/** Resolves as soon as a file of this name was made, even if it is renamed at once. */
async function made(directory: string, name: string): Promise<void> {
  const watcher = watch(directory)
  try {
    const seen = new Promise<void>((resolve) => {
      watcher.on('change', (_event, file) => (file === name ? resolve() : undefined))
    })
    await seen
  } finally {
    watcher.close()
  }
}
