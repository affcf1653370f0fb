import { expect, test } from '@playwright/test'
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
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
import { picture, sideways, violations } from '../support/looking.ts'
import { lock, openPrivateRoom, addSession } from '../support/oneSession.ts'
import { soapNote } from '../support/words.ts'

const NEW_PASSPHRASE = 'walnut harbour sextant violet'

let profile: string
let folder: string
let running: Running

test.describe.configure({ mode: 'serial' })
test.beforeAll(() => {
  profile = freshProfile()
  folder = mkdtempSync(path.join(tmpdir(), 'bracket-stick-'))
})
test.afterAll(async () => {
  await running.stop()
  removeProfile(profile)
  rmSync(folder, { recursive: true, force: true })
})

/** The system's dialog cannot be driven; it answers this from now on. */
async function answerDialogs(with_: Running, chosen: string | null): Promise<void> {
  await with_.app.evaluate(({ dialog }, at) => {
    dialog.showOpenDialog = () =>
      Promise.resolve({ canceled: at === null, filePaths: at === null ? [] : [at] })
  }, chosen)
}

const backups = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.bracketbackup'))

let sheets: { record: string; private: string }
let sessionId: string

test('Back up now: a folder is chosen, a file is written, checked and shown with its times', async () => {
  running = await launch({ profile })
  const door = await running.door()
  const made = await ask(door, 'vault', 'prepare', {
    setting: 'practice',
    passphrase: PASSPHRASE,
    withoutKeychain: false,
  })
  const words = (sheet: 'record' | 'private') => made.ask[sheet].map((place) => made[sheet][place - 1] ?? '')
  await ask(door, 'vault', 'confirmWords', { record: words('record'), private: words('private') })
  await call(door, 'vault', 'finish', {}).catch(() => undefined)
  sheets = { record: made.record.join(' '), private: made.private.join(' ') }
  const page = await running.page()
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()

  const written = await addSession(page, (field) => `word of ${field}`)
  sessionId = written.sessionId
  const { noteId } = written
  const { revision, sections } = await ask(page, 'notes', 'read', { noteId })
  const texts = sections.map((one) => ({ ...one, text: `kept on paper: ${one.key}` }))
  await ask(page, 'notes', 'save', { noteId, revision, ...soapNote(texts) })
  await openPrivateRoom(running, page)
  await ask(page, 'privateRoom', 'save', {
    sessionId,
    clientId: written.clientId,
    revision: 0,
    sections: [{ key: PRIVATE_SECTION, text: 'kept apart', lexical: null }],
  })
  await ask(page, 'privateRoom', 'lock', {})

  await expect(page.getByText('There is no backup yet.')).toBeVisible()
  await page.getByRole('link', { name: 'Backup & recovery' }).click()
  await expect(page.getByRole('heading', { name: 'Backup & recovery', level: 1 })).toBeVisible()
  await picture(page, 'backup-never')
  await answerDialogs(running, null)
  await page.getByRole('button', { name: 'Back up now' }).click()
  await expect(page.getByText('There is no backup yet.')).toBeVisible()
  await answerDialogs(running, folder)
  await page.getByRole('button', { name: 'Back up now' }).click()
  await expect(page.getByText('1 client, 1 session, 1 note, 0 addenda')).toBeVisible({ timeout: 20_000 })
  await expect(page.getByText(/^Opened and checked today/)).toBeVisible()
  await expect(page.getByText(/Opened and checked when you next open the private room/)).toBeVisible()
  expect(backups()).toHaveLength(1)
  expect(readdirSync(profile).filter((name) => /^(?:backup|restoring)-/u.test(name))).toEqual([])

  await openPrivateRoom(running, page)
  await expect(page.getByText(/^Opened and checked today/)).toHaveCount(2, { timeout: 20_000 })
  await page.getByRole('button', { name: 'Restore drill' }).click()
  await expect(page.getByText(/this backup can be restored$/)).toBeVisible({ timeout: 20_000 })
  await page.keyboard.press('Control+1')
  await expect(page.getByText(/^Backed up and checked today/)).toBeVisible()
})

test('the screen: axe in light and dark, nothing cut off at 200 %', async () => {
  const page = await running.page()
  const { preferences } = await ask(page, 'app', 'context', {})
  await page.getByRole('link', { name: 'Backup & recovery' }).click()
  for (const theme of ['light', 'dark'] as const) {
    await ask(page, 'app', 'setPreferences', { ...preferences, theme })
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    await page.waitForTimeout(250)
    expect(await violations(page), theme).toEqual([])
    await picture(page, `backup-${theme}`)
  }
  await ask(page, 'app', 'setPreferences', { ...preferences, theme: 'light', textSize: 200 })
  await page.waitForTimeout(250)
  expect(await sideways(page)).toBeLessThanOrEqual(0)
  await picture(page, 'backup-200')
  await ask(page, 'app', 'setPreferences', preferences)
})

test('a week later Today says so, kindly', async () => {
  await running.stop()
  running = await launch({ profile, now: new Date(Date.now() + 9.5 * 86_400_000).toISOString() })
  // The folder is away, so none is made by itself.
  rmSync(`${folder}-away`, { recursive: true, force: true })
  renameSync(folder, `${folder}-away`)
  const page = await unlock(running)
  await expect(page.getByText(/The last verified backup is 9 days old\. When it suits you/)).toBeVisible()
  await picture(page, 'today-stale')
  await page.getByRole('link', { name: 'Backup & recovery' }).click()
  await expect(page.getByText(/The folder for backups cannot be reached/)).toBeVisible()
  await picture(page, 'backup-gone')
  renameSync(`${folder}-away`, folder)
})

test('the laptop is gone: on a new one sheets A and B bring back the note and the private note', async () => {
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
  await picture(door, 'door-welcome')
  await door.getByRole('button', { name: 'Restore' }).click()
  expect(await violations(door)).toEqual([])
  await picture(door, 'door-choose')

  const half = path.join(folder, 'half')
  const file = path.join(folder, backups()[0] ?? '')
  writeFileSync(half, readFileSync(file).subarray(0, 40_000))
  await answerDialogs(running, half)
  await door.getByRole('button', { name: 'Choose a backup' }).click()
  await expect(door.getByText(/This backup is not whole/)).toBeVisible()
  await picture(door, 'door-half')
  await answerDialogs(running, file)
  await door.getByRole('button', { name: 'Choose a backup' }).click()
  await expect(door.getByRole('heading', { name: 'What this backup holds' })).toBeVisible()
  await expect(door.getByText('1 client, 1 session, 1 note, 0 addenda')).toBeVisible()
  expect(await violations(door)).toEqual([])
  await picture(door, 'door-holds')

  await door.getByLabel('Sheet A · the record').fill(sheets.private)
  await door.getByLabel('Sheet B · the private notes').fill(sheets.private)
  await door.getByLabel('New passphrase').fill(NEW_PASSPHRASE)
  await door.getByLabel('Type it again').fill(NEW_PASSPHRASE)
  await door.getByRole('button', { name: 'Check this backup' }).click()
  await expect(door.getByText(/belong to the other sheet/)).toBeVisible()
  await door.getByLabel('Sheet A · the record').fill(sheets.record)
  await door.getByRole('button', { name: 'Check this backup' }).click()
  await expect(door.getByRole('heading', { name: 'This backup can be restored' })).toBeVisible({
    timeout: 20_000,
  })
  await expect(door.getByText('Opened and checked too')).toBeVisible()
  expect(await violations(door)).toEqual([])
  await picture(door, 'door-found')
  expect(readdirSync(profile)).not.toContain('vault.json')
  await door.getByRole('button', { name: 'Restore', exact: true }).click()

  const page = await running.page()
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible({ timeout: 20_000 })
  const session = await ask(page, 'sessions', 'get', { id: sessionId })
  const note = await ask(page, 'notes', 'read', { noteId: session.note?.id ?? '' })
  expect(note.sections.map((one) => one.text)).toContain('kept on paper: subjective')
  await openPrivateRoom(running, page, NEW_PASSPHRASE)
  expect((await ask(page, 'privateRoom', 'get', { sessionId })).sections[0]?.text).toBe('kept apart')
  const { entries } = await ask(page, 'auditLog', 'list', { kind: 'backups', day: null, before: null })
  expect(entries.map((one) => one.action)).toContain('restored')
})

test('and again over it, with the passphrase: what was there moves aside; it locks and unlocks as ever', async () => {
  const page = await running.page()
  await ask(page, 'clients', 'create', { name: 'Later', pronouns: '', birthDate: null, referralReason: '' })
  await answerDialogs(running, folder)
  await ask(page, 'backup', 'chooseFolder', {})
  const before = backups()
  // One may be under way by itself: the folder is new.
  await expect
    .poll(async () => (await call(page, 'backup', 'backUpNow', {})).ok, { timeout: 30_000 })
    .toBe(true)
  const made = backups().find((name) => !before.includes(name)) ?? backups().at(-1) ?? ''
  await ask(page, 'clients', 'create', {
    name: 'Too late',
    pronouns: '',
    birthDate: null,
    referralReason: '',
  })
  const door = await lock(running, page)
  await answerDialogs(running, path.join(folder, made))
  await door.getByRole('button', { name: 'Restore from a backup' }).click()
  await door.getByRole('button', { name: 'Choose a backup' }).click()
  await door.getByLabel('The passphrase of that time').check()
  await door.getByLabel('Passphrase', { exact: true }).fill('not this one')
  await door.getByRole('button', { name: 'Check this backup' }).click()
  await expect(door.getByText(/That passphrase does not open it/)).toBeVisible()
  await door.getByLabel('Passphrase', { exact: true }).fill(NEW_PASSPHRASE)
  await door.getByRole('button', { name: 'Check this backup' }).click()
  await expect(door.getByText(/they move into a folder named “replaced”/)).toBeVisible({ timeout: 20_000 })
  await picture(door, 'door-over')
  await door.getByRole('button', { name: 'Restore', exact: true }).click()
  const restored = await running.page()
  await expect(restored.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible({ timeout: 20_000 })
  const names = (await ask(restored, 'clients', 'list', {})).clients.map((one) => one.name)
  expect(names).toContain('Later')
  expect(names).not.toContain('Too late')
  expect(readdirSync(profile).filter((name) => name.startsWith('replaced-'))).toHaveLength(1)
  await lock(running, restored)
  const again = await unlock(running, NEW_PASSPHRASE)
  await expect(again.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
})
