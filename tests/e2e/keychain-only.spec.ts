import { expect, test, type Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import {
  ask,
  call,
  freshProfile,
  launch,
  PASSPHRASE,
  removeProfile,
  unlock,
  type Running,
} from '../support/application.ts'
import { look, sideways, violations } from '../support/looking.ts'
import { createVault, openPrivateRoom } from '../support/oneSession.ts'
import { ownKeyring, type OwnKeyring } from '../support/ownKeyring.ts'

/* By choice, in a practice: the keychain alone opens the record, and nothing but the record. */

const BUTTON = 'Open without a passphrase on this computer…'

let profile: string
let running: Running
let keyring: OwnKeyring | undefined

test.describe.configure({ timeout: 120_000 })
test.beforeEach(() => {
  profile = freshProfile()
})
test.afterEach(async () => {
  await running.stop()
  await keyring?.stop()
  keyring = undefined
  removeProfile(profile)
})

const slots = (): string => readFileSync(path.join(profile, 'vault.json'), 'utf8')
const HAS_SLOT = /"name": "keychain"/u

async function begin(env: Record<string, string> = {}): Promise<Page> {
  running = await launch({ profile, env })
  await createVault(await running.door())
  const page = await running.page()
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
  return page
}

async function openSettings(page: Page): Promise<void> {
  await page.keyboard.press('Control+,')
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()
}

/** The small window, from Settings. */
async function smallWindow(page: Page): Promise<Page> {
  const opening = running.app.waitForEvent('window')
  await page.getByRole('button', { name: BUTTON }).click()
  const small = await opening
  await expect(small.getByRole('heading', { name: 'Open without a passphrase' })).toBeVisible()
  return small
}

async function turn(page: Page, how: 'Turn on' | 'Turn off'): Promise<Page> {
  const small = await smallWindow(page)
  await small.getByLabel('Present passphrase').fill(PASSPHRASE)
  await small.getByRole('button', { name: how }).click()
  await expect(small.getByRole('button', { name: 'Close' })).toBeVisible({ timeout: 30_000 })
  return small
}

/** The window goes with the press. */
async function leave(small: Page, button: 'Cancel' | 'Close'): Promise<void> {
  await small
    .getByRole('button', { name: button })
    .click()
    .catch(() => undefined)
  await expect.poll(() => small.isClosed()).toBe(true)
}

/** By the keys, as a person locks; hands back the door. */
async function lockByKeys(page: Page): Promise<Page> {
  const gone = page.waitForEvent('close')
  await page.keyboard.press('Control+Shift+L').catch(() => undefined)
  await gone
  return running.door()
}

const actions = async (page: Page): Promise<string[]> =>
  (await ask(page, 'auditLog', 'list', { kind: null, day: null, before: null })).entries.map(
    (one) => one.action,
  )

test('turned on, one press opens the record; the private room asks; turned off, the door asks again', async () => {
  let page = await begin()
  await openSettings(page)
  await expect(page.getByText('Off: the passphrase is asked for at every opening.')).toBeVisible()

  let small = await smallWindow(page)
  await expect(small.getByText(/^Whoever can sign in to this computer account/u)).toBeVisible()
  await expect(small.getByText(/or you have locked it yourself/u)).toBeVisible()
  expect(await violations(small)).toEqual([])
  expect(await sideways(small)).toBeLessThanOrEqual(0)
  await look(small, 'without-passphrase')
  await small.getByRole('button', { name: 'Turn on' }).click()
  await expect(small.getByText('Please type your present passphrase.')).toBeVisible()
  await small.getByLabel('Present passphrase').fill('not this one')
  await small.getByRole('button', { name: 'Turn on' }).click()
  await expect(small.getByText(/^That passphrase does not open it/u)).toBeVisible({ timeout: 30_000 })
  expect(slots()).not.toMatch(HAS_SLOT)
  await leave(small, 'Cancel')

  small = await turn(page, 'Turn on')
  expect(await violations(small)).toEqual([])
  await look(small, 'without-passphrase-on')
  await leave(small, 'Close')
  await expect(page.getByText(/^On: one press opens the record/u)).toBeVisible()
  await page.getByRole('button', { name: BUTTON }).scrollIntoViewIfNeeded()
  await look(page, 'settings-without-passphrase')
  expect(slots()).toMatch(HAS_SLOT)

  // Enter alone, after a lock by the person.
  let door = await lockByKeys(page)
  await expect(door.getByRole('button', { name: 'Open', exact: true })).toBeFocused()
  await expect(door.getByLabel('Passphrase', { exact: true })).toHaveCount(0)
  expect(await violations(door)).toEqual([])
  expect(await sideways(door)).toBeLessThanOrEqual(0)
  await look(door, 'door-open')
  await door.keyboard.press('Enter').catch(() => undefined)
  page = await running.page()
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()
  const closed = await call(page, 'privateRoom', 'search', { text: 'any' })
  expect(closed).toMatchObject({ ok: false, code: 'PRIVATE_LOCKED' })
  await openPrivateRoom(running, page)
  await ask(page, 'privateRoom', 'lock', {})

  // A screen lock locks it all the same, and the passphrase keeps working.
  const gone = page.waitForEvent('close')
  await running.app.evaluate(({ powerMonitor }) => void powerMonitor.emit('lock-screen'))
  await gone
  door = await running.door()
  await door.getByRole('button', { name: 'Use the passphrase instead' }).click()
  await expect(door.getByLabel('Passphrase', { exact: true })).toBeFocused()
  await look(door, 'door-instead')
  await door.getByRole('button', { name: 'Back', exact: true }).click()
  await expect(door.getByRole('button', { name: 'Open', exact: true })).toBeFocused()
  await door.getByRole('button', { name: 'Use the passphrase instead' }).click()
  await door.keyboard.type(PASSPHRASE)
  await door.keyboard.press('Enter').catch(() => undefined)
  page = await running.page()
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()

  small = await turn(page, 'Turn off')
  await expect(small.getByRole('heading', { name: 'It asks for the passphrase again' })).toBeVisible()
  await look(small, 'without-passphrase-off')
  await leave(small, 'Close')
  await expect(page.getByText('Off: the passphrase is asked for at every opening.')).toBeVisible()
  expect(slots()).not.toMatch(HAS_SLOT)
  door = await lockByKeys(page)
  await expect(door.getByLabel('Passphrase', { exact: true })).toBeFocused()
  await expect(door.getByRole('button', { name: 'Open', exact: true })).toHaveCount(0)
  expect(await call(door, 'vault', 'open', {})).toEqual({ ok: false, code: 'NOT_NOW' })
  page = await unlock(running)
  const lines = await actions(page)
  expect(lines.filter((one) => /without-passphrase/u.test(one))).toEqual([
    'without-passphrase-off',
    'opened-without-passphrase',
    'without-passphrase-on',
  ])
})

test('a school has no such thing: not in Settings, and main refuses it', async () => {
  running = await launch({ profile })
  await createVault(await running.door(), { setting: 'school' })
  const page = await running.page()
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
  await openSettings(page)
  await expect(page.getByRole('button', { name: 'Backup passphrase…' })).toBeVisible()
  await expect(page.getByText('None is set: a backup opens', { exact: false })).toBeVisible()
  await expect(page.getByRole('button', { name: BUTTON })).toHaveCount(0)
  expect(await call(page, 'app', 'withoutPassphrase', {})).toEqual({ ok: false, code: 'NOT_NOW' })
  expect(await ask(page, 'app', 'keys', {})).toMatchObject({ withoutPassphrase: 'never' })
  // In a small window that is for something else, too.
  const opening = running.app.waitForEvent('window')
  await page.getByRole('button', { name: 'Change passphrase…' }).click()
  const small = await opening
  await expect(small.getByRole('heading', { name: 'Change passphrase' })).toBeVisible()
  const given = { passphrase: PASSPHRASE, on: true }
  expect(await call(small, 'vault', 'setWithoutPassphrase', given)).toEqual({ ok: false, code: 'NOT_NOW' })
  expect(slots()).not.toMatch(HAS_SLOT)
})

test('the sample has none, and neither has a vault without a keychain', async () => {
  running = await launch({ profile })
  const door = await running.door()
  await door.getByRole('button', { name: 'Look around' }).click()
  let page = await running.page()
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible({ timeout: 30_000 })
  expect(await call(page, 'app', 'withoutPassphrase', {})).toEqual({ ok: false, code: 'NOT_NOW' })
  await lockByKeys(page)
  await createVault(await running.door(), { withoutKeychain: true })
  page = await running.page()
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
  await openSettings(page)
  await expect(page.getByText('None is set: a backup opens', { exact: false })).toBeVisible()
  await expect(page.getByRole('button', { name: BUTTON })).toHaveCount(0)
  expect(await call(page, 'app', 'withoutPassphrase', {})).toEqual({ ok: false, code: 'NOT_NOW' })
})

test('a keyring that is locked opens nothing: the door says so and asks as ever', async () => {
  keyring = await ownKeyring()
  let page = await begin(keyring.env)
  await openSettings(page)
  const small = await turn(page, 'Turn on')
  await leave(small, 'Close')
  let door = await lockByKeys(page)
  await expect(door.getByRole('button', { name: 'Open', exact: true })).toBeFocused()

  // It locks while the door stands.
  expect(keyring.lock()).toBe(true)
  await door.keyboard.press('Enter')
  await expect(door.getByText(/^This computer’s keychain does not answer/u)).toBeVisible({ timeout: 30_000 })
  await expect(door.getByLabel('Passphrase', { exact: true })).toBeVisible()
  await expect(door.getByRole('button', { name: 'Use a recovery sheet' })).toBeVisible()
  await look(door, 'door-keychain')
  expect(await call(await running.page(), 'app', 'context', {})).toMatchObject({ ok: false, code: 'LOCKED' })

  // And it was locked before the start.
  await running.stop()
  running = await launch({ profile, env: keyring.env })
  door = await running.door()
  await expect(door.getByText(/keychain does not answer, so the passphrase alone/u)).toBeVisible({
    timeout: 30_000,
  })
  await expect(door.getByRole('button', { name: 'Open', exact: true })).toHaveCount(0)
  expect(await call(door, 'vault', 'open', {})).toMatchObject({ ok: false, code: 'KEYCHAIN_UNAVAILABLE' })
  page = await running.page()
  expect(await call(page, 'app', 'context', {})).toMatchObject({ ok: false, code: 'LOCKED' })
})
