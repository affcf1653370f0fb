import { expect, test, type Page } from '@playwright/test'
import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { StopReason, VaultView } from '../../src/shared/contract/vault.ts'
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
import { openPrivateRoom } from '../support/oneSession.ts'
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

/** Sets up a vault as the page does; finishing destroys the page, so the answer of `finish` is lost. */
async function create(door: Page, { withoutKeychain = false, finish = true } = {}) {
  const made = await ask(door, 'vault', 'prepare', {
    setting: 'practice',
    passphrase: PASSPHRASE,
    withoutKeychain,
  })
  const answers = (sheet: 'record' | 'private') => made.ask[sheet].map((place) => made[sheet][place - 1] ?? '')
  await ask(door, 'vault', 'confirmWords', { record: answers('record'), private: answers('private') })
  if (finish) await call(door, 'vault', 'finish', {}).catch(() => undefined)
  return made
}

test.describe('with the keychain', () => {
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

    const again = await start()
    // The sixth is answered and costs two seconds, the seventh four: enough for a slow machine to see the wait.
    for (const turn of [6, 7, 8]) {
      await expect.poll(async () => (await state(again)).waitMs).toBe(0)
      const answer = await call(again, 'vault', 'unlock', { passphrase: `not it, turn ${turn}` })
      expect(answer).toEqual({ ok: false, code: 'WRONG_PASSPHRASE' })
    }
    expect((await state(again)).waitMs).toBeGreaterThan(0)
    expect(await call(again, 'vault', 'unlock', { passphrase: PASSPHRASE })).toEqual({ ok: false, code: 'WAIT' })
    await stop()

    // Neither a restart nor forgetting the count in the file ends the wait: the keychain knows it too.
    const file = path.join(profile, 'vault.json')
    const vault = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
    writeFileSync(file, JSON.stringify({ ...vault, attempts: { failures: 0, lastFailureAt: null } }))
    const third = await start()
    expect((await state(third)).waitMs).toBeGreaterThan(0)
    await expect.poll(async () => (await state(third)).waitMs, { timeout: 15_000 }).toBe(0)
    await unlock(running as Running)
    expect((await ask(await (running as Running).page(), 'app', 'context', {})).sample).toBe(false)
  })

  test('the keychain item is gone: sheet A opens the record, sheet B the private room', async () => {
    profile = freshProfile()
    const made = await create(await start())
    const page = await (running as Running).page()
    const { id } = await ask(page, 'clients', 'create', {
      name: 'Still here',
      pronouns: '',
      birthDate: null,
      referralReason: '',
    })
    await stop()
    const { vaultId } = JSON.parse(readFileSync(path.join(profile, 'vault.json'), 'utf8')) as { vaultId: string }
    expect(await keytarKeychain().delete(vaultId)).toBe(true)

    const door = await start()
    expect(await state(door)).toMatchObject({ page: 'unlock', keychain: 'item-missing', stop: null })
    const before = fingerprint(profile)
    expect(await call(door, 'vault', 'unlock', { passphrase: PASSPHRASE })).toMatchObject({
      ok: false,
      code: 'KEYCHAIN_ITEM_MISSING',
    })
    expect(await call(door, 'vault', 'prepare', { setting: 'practice', passphrase: NEW_PASSPHRASE, withoutKeychain: false })).toEqual(
      { ok: false, code: 'NOT_NOW' },
    )
    const recover = (recordCode: string, passphrase = NEW_PASSPHRASE) =>
      call(door, 'vault', 'recover', { recordCode, privateCode: null, passphrase })
    expect(await recover(made.private.join(' '))).toMatchObject({ code: 'CODE_WRONG_SHEET' })
    expect(await recover(made.record.slice(1).join(' '))).toMatchObject({ code: 'CODE_COUNT' })
    expect(await recover(made.record.join(' '), 'password')).toMatchObject({ code: 'WEAK_PASSPHRASE' })
    expect(fingerprint(profile)).toEqual(before)

    // As somebody would type it from paper.
    const typed = made.record.map((word, at) => `${at + 1}. ${word.toUpperCase()}`).join('\n')
    await recover(typed).catch(() => undefined)
    const opened = await (running as Running).page()
    expect((await ask(opened, 'clients', 'list', {})).clients.map((c) => c.id)).toEqual([id])
    await expect(openPrivateRoom(running as Running, opened, NEW_PASSPHRASE).catch(() => 'refused')).resolves.toBe(
      undefined,
    )
    await stop()

    await start()
    const last = await unlock(running as Running, NEW_PASSPHRASE)
    expect((await ask(last, 'clients', 'list', {})).clients).toHaveLength(1)
  })
})
