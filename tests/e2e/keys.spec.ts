import { expect, test, type Page } from '@playwright/test'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PRIVATE_SECTION } from '../../src/shared/document/privateDocument.ts'
import { keytarKeychain } from '../../src/main/vault/keytarKeychain.ts'
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
import { picture, violations } from '../support/looking.ts'
import {
  addSession,
  createVault,
  lock,
  openPrivateRoom,
  type Made,
  type Written,
} from '../support/oneSession.ts'

/* The backup passphrase, and new keys: both by the small window, then the door. */

const BACKUP_PASSPHRASE = 'walnut harbour sextant violet crane tundra'
const NEW_PASSPHRASE = 'copper lantern meadow quartz'

let profile: string
let folder: string
let running: Running
let made: Made
let written: Written
/** The backup from while a backup passphrase was set. */
let carried: string

test.describe.configure({ mode: 'serial', timeout: 180_000 })
test.beforeAll(() => {
  profile = freshProfile()
  folder = mkdtempSync(path.join(tmpdir(), 'bracket-stick-'))
})
test.afterAll(async () => {
  await running.stop()
  removeProfile(profile)
  rmSync(folder, { recursive: true, force: true })
})

async function answerDialogs(chosen: string): Promise<void> {
  await running.app.evaluate(({ dialog }, at) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [at] })
  }, chosen)
}

const backups = (): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.bracketbackup'))
    .toSorted()

async function settings(page: Page): Promise<void> {
  await page.keyboard.press('Control+,')
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()
}

async function small(page: Page, button: string): Promise<Page> {
  await page.getByRole('button', { name: button }).click()
  return running.door()
}

const actions = async (page: Page): Promise<string[]> =>
  (await ask(page, 'auditLog', 'list', { kind: 'keys', day: null, before: null })).entries.map(
    (one) => one.action,
  )

test('a backup passphrase is set: strong, another one, with its risk told', async () => {
  running = await launch({ profile })
  made = await createVault(await running.door())
  const page = await running.page()
  written = await addSession(page, (field) => `word of ${field}`)
  await openPrivateRoom(running, page)
  await ask(page, 'privateRoom', 'save', {
    sessionId: written.sessionId,
    clientId: written.clientId,
    revision: 0,
    sections: [{ key: PRIVATE_SECTION, text: 'kept apart', lexical: null }],
  })
  await ask(page, 'privateRoom', 'lock', {})

  await settings(page)
  await expect(page.getByText(/^None is set: a backup opens with the recovery sheets/)).toBeVisible()
  const window = await small(page, 'Backup passphrase…')
  await expect(window.getByText(/^Its risk: whoever gets hold of a backup/)).toBeVisible()
  await window.getByLabel('Present passphrase').fill(PASSPHRASE)
  await window.getByLabel('Backup passphrase', { exact: true }).fill('tulip gravel')
  await window.getByLabel('Type it again').fill('tulip gravel')
  await window.getByRole('button', { name: 'Set backup passphrase' }).click()
  // A derivation and a judgement in main: seconds, where other things run beside it.
  await expect(window.getByRole('alert').filter({ hasText: /\w/u })).toBeVisible({ timeout: 30_000 })
  await window.getByLabel('Backup passphrase', { exact: true }).fill(PASSPHRASE)
  await window.getByLabel('Type it again').fill(PASSPHRASE)
  await window.getByRole('button', { name: 'Set backup passphrase' }).click()
  await expect(window.getByText(/That is the passphrase that unlocks Bracket/)).toBeVisible({
    timeout: 30_000,
  })
  await window.getByLabel('Backup passphrase', { exact: true }).fill(BACKUP_PASSPHRASE)
  await window.getByLabel('Type it again').fill(BACKUP_PASSPHRASE)
  await expect(window.getByText('Very good.')).toBeVisible({ timeout: 30_000 })
  expect(await violations(window)).toEqual([])
  await picture(window, 'backup-passphrase')
  await window.getByRole('button', { name: 'Set backup passphrase' }).click()
  await expect(window.getByRole('heading', { name: 'Backup passphrase set' })).toBeVisible({
    timeout: 30_000,
  })
  await picture(window, 'backup-passphrase-set')
  await window.getByRole('button', { name: 'Close' }).click()
  await expect(page.getByText(/^Set since /)).toBeVisible()
  await picture(page, 'settings-keys')
  expect(await actions(page)).toContain('backup-passphrase-set')
  // Nothing of it lies beside the vault.
  expect(readFileSync(path.join(profile, 'vault.json'), 'utf8')).not.toContain('backup')

  await answerDialogs(folder)
  await ask(page, 'backup', 'chooseFolder', {})
  await ask(page, 'backup', 'backUpNow', {})
  expect(backups()).toHaveLength(1)
  // The next ones take its place.
  carried = path.join(folder, 'carried away')
  copyFileSync(path.join(folder, backups()[0] ?? ''), carried)
})

test('removed, a backup without it is made at once; the window says what that means, and offers new keys', async () => {
  const page = await running.page()
  const before = backups()
  const window = await small(page, 'Backup passphrase…')
  await expect(window.getByText(/^One is set since /)).toBeVisible()
  await picture(window, 'backup-passphrase-change')
  await window.getByLabel('Present passphrase').fill('not this one')
  await window.getByRole('button', { name: 'Remove it' }).click()
  await expect(window.getByText(/That passphrase does not open it/)).toBeVisible({ timeout: 30_000 })
  await window.getByLabel('Present passphrase').fill(PASSPHRASE)
  await window.getByRole('button', { name: 'Remove it' }).click()
  await expect(window.getByText(/Backups made while it was set still open with it/)).toBeVisible({
    timeout: 30_000,
  })
  expect(await violations(window)).toEqual([])
  await picture(window, 'backup-passphrase-removed')
  await window.getByRole('button', { name: 'Make new keys…' }).click()
  await expect(window.getByLabel('New keys for both files as well')).toBeChecked()
  // Main takes it in this window, too.
  await window.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
  await window.getByRole('button', { name: 'Make new sheets' }).click()
  await expect(window.getByRole('region', { name: /Sheet A/i })).toBeVisible({ timeout: 30_000 })
  await window.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText(/^None is set/)).toBeVisible()
  await expect.poll(backups, { timeout: 60_000 }).not.toEqual(before)
  expect(await actions(page)).toContain('backup-passphrase-removed')
})

test('new keys: with new sheets, everything closes and opens again by itself; the old sheets open nothing', async () => {
  const page = await running.page()
  const before = readFileSync(path.join(profile, 'vault.json'), 'utf8')
  const window = await small(page, 'New recovery sheets…')
  await window.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
  await window.getByLabel('New keys for both files as well').check()
  expect(await violations(window)).toEqual([])
  await picture(window, 'new-keys-ask')
  await window.getByRole('button', { name: 'Make new sheets' }).click()
  const codes: Record<string, string[]> = {}
  for (const sheet of ['A', 'B']) {
    const items = window
      .getByRole('region', { name: new RegExp(`Sheet ${sheet}`, 'i') })
      .getByRole('listitem')
    await expect(items).toHaveCount(12, { timeout: 30_000 })
    codes[sheet] = (await items.allInnerTexts()).map((item) => item.replace(/^\d+\s*/u, ''))
  }
  await window.getByRole('button', { name: 'I have both sheets' }).click()
  for (const field of await window.getByRole('textbox').all()) {
    const label = await field.evaluate(
      (element) => (element as HTMLInputElement).labels?.[0]?.textContent ?? '',
    )
    const [, sheet = '', place = ''] = /^([AB]), word (\d+)/u.exec(label) ?? []
    await field.fill(codes[sheet]?.[Number(place) - 1] ?? '')
  }
  await window.getByRole('button', { name: 'Confirm', exact: true }).click()
  await expect.poll(() => page.isClosed(), { timeout: 30_000 }).toBe(true)

  await expect
    .poll(async () => (await running.page()).getByRole('heading', { name: 'Settings', level: 1 }).count(), {
      timeout: 90_000,
    })
    .toBe(1)
  const again = await running.page()
  await expect.poll(() => actions(again)).toContain('keys-renewed')
  expect(readFileSync(path.join(profile, 'vault.json'), 'utf8')).not.toBe(before)
  expect(readdirSync(profile).filter((name) => name.includes('rekeying'))).toEqual([])
  expect((await ask(again, 'notes', 'open', { sessionId: written.sessionId })).id).toBe(written.noteId)

  const door = await lock(running, again)
  const old = { recordCode: made.record.join(' '), privateCode: made.private.join(' ') }
  const refused = await call(door, 'vault', 'recover', {
    ...old,
    passphrase: NEW_PASSPHRASE,
    withoutKeychain: false,
  })
  expect(refused).toMatchObject({ ok: false, code: 'CODE_REFUSED' })
  const opened = await unlock(running)
  await expect(opened.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()
  await openPrivateRoom(running, opened)
  const { sections } = await ask(opened, 'privateRoom', 'get', { sessionId: written.sessionId })
  expect(sections[0]?.text).toBe('kept apart')
})

test('computer and sheets are gone: the backup passphrase brings record and private notes back', async () => {
  await running.stop()
  const { vaultId } = JSON.parse(readFileSync(path.join(profile, 'vault.json'), 'utf8')) as {
    vaultId: string
  }
  for (const account of [vaultId, `${vaultId}/attempts`, `${vaultId}/witness`])
    await keytarKeychain().delete(account)
  removeProfile(profile)

  profile = freshProfile()
  running = await launch({ profile })
  const door = await running.door()
  await door.getByRole('button', { name: 'Restore' }).click()
  await answerDialogs(carried)
  await door.getByRole('button', { name: 'Choose a backup' }).click()
  await door.getByLabel('The backup passphrase').check()
  await door.getByLabel('Backup passphrase', { exact: true }).fill('not this one')
  await door.getByLabel('New passphrase').fill(NEW_PASSPHRASE)
  await door.getByLabel('Type it again').fill(NEW_PASSPHRASE)
  await door.getByRole('button', { name: 'Check this backup' }).click()
  await expect(door.getByText(/That passphrase does not open it/)).toBeVisible({ timeout: 30_000 })
  await door.getByLabel('Backup passphrase', { exact: true }).fill(BACKUP_PASSPHRASE)
  expect(await violations(door)).toEqual([])
  await picture(door, 'restore-by-backup-passphrase')
  await door.getByRole('button', { name: 'Check this backup' }).click()
  await expect(door.getByText('Opened and checked too')).toBeVisible({ timeout: 60_000 })
  await door.getByRole('button', { name: 'Restore', exact: true }).click()
  const page = await running.page()
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible({ timeout: 60_000 })
  expect(readFileSync(path.join(profile, 'vault.json'), 'utf8')).not.toContain('backup')
  await openPrivateRoom(running, page, NEW_PASSPHRASE)
  const { sections } = await ask(page, 'privateRoom', 'get', { sessionId: written.sessionId })
  expect(sections[0]?.text).toBe('kept apart')
  // It stays set: what the restored record makes from now on opens with it as well.
  await settings(page)
  await expect(page.getByText(/^Set since /)).toBeVisible()
})
