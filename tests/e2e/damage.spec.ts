import { expect, test, type Page } from '@playwright/test'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
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
import { createVault, lock } from '../support/oneSession.ts'
import { keysOf, openFile } from '../support/vaultFiles.ts'
import { soapNote } from '../support/words.ts'

const NEW_PASSPHRASE = 'walnut harbour sextant violet'
const PAGE = 4096
const DAY = 24 * 3_600_000
const NOTES = 14
const NAMES = ['Ana Quillfeather', 'Bo Marshwood']

let profile: string
let folder: string
let running: Running
let sheets: { record: string; private: string }

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

const at = (name: string): string => path.join(profile, name)
const words = (name: string, nth: number): string =>
  `${name} spoke of ${nth} ${'and then '.repeat(120)}`.trim()

/** Long notes of two clients, so that the file has pages to lose. */
async function fill(page: Page): Promise<void> {
  for (const name of NAMES) {
    const { id: clientId } = await ask(page, 'clients', 'create', {
      name,
      pronouns: '',
      birthDate: null,
      referralReason: '',
    })
    for (let nth = 0; nth < NOTES; nth += 1) {
      const startsAt = Date.now() - (nth + 2) * DAY
      const when = { startsAt, endsAt: startsAt + 3_000_000, zone: 'America/Chicago' }
      const { id: sessionId } = await ask(page, 'sessions', 'create', {
        clientId,
        kind: 'individual',
        ...when,
      })
      const { id: noteId, revision, sections } = await ask(page, 'notes', 'open', { sessionId })
      const written = sections.map((section, index) =>
        index === 0 ? { ...section, text: words(name, nth) } : section,
      )
      await ask(page, 'notes', 'save', { noteId, revision, ...soapNote(written) })
    }
  }
}

test('before anything happens: notes, a backup, and where it lies remembered beside the record', async () => {
  running = await launch({ profile })
  const made = await createVault(await running.door())
  sheets = { record: made.record.join(' '), private: made.private.join(' ') }
  const page = await running.page()
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
  await fill(page)
  await running.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
  }, folder)
  await ask(page, 'backup', 'backUpNow', {})
  expect(JSON.parse(readFileSync(at('backups.json'), 'utf8'))).toMatchObject({ version: 1, folder })
})

test('Settings: the full check by hand, with what it found', async () => {
  const page = await running.page()
  await page.getByRole('link', { name: 'Settings', exact: true }).click()
  const group = page.getByRole('region', { name: 'Full check' })
  await group.getByRole('button', { name: 'Check now' }).click()
  await expect(group.getByText('Every page, the log and every signed note were read.')).toBeVisible()
  await expect(group.getByText(/^Last full check: .*, no damage\.$/u)).toBeVisible()
  await group.scrollIntoViewIfNeeded()
  await look(page, 'full-check')
  expect(readdirSync(profile).filter((name) => name.startsWith('backup-'))).toEqual([])
})

test('the log changed from outside: found after opening, and a banner says what to do', async () => {
  await running.stop()
  const before = readFileSync(at('record.db'))
  const database = await openFile(profile, 'record', await keysOf(profile))
  // Far enough back that opening, which looks at the newest stretch, passes over it.
  const [trigger] = await database.sql.all(
    `SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'log' AND sql LIKE '%UPDATE%'`,
  )
  await database.sql.exec(`DROP TRIGGER ${String(trigger?.['name'])}`)
  await database.sql.exec('UPDATE log SET at = at + 1 WHERE sequence = 2')
  await database.sql.exec(String(trigger?.['sql']))
  await database.close()

  running = await launch({ profile })
  const page = await unlock(running)
  await expect(
    page.getByText('The log was changed from outside Bracket: entry 2 is not as it was written.'),
  ).toBeVisible()
  expect(await violations(page)).toEqual([])
  await look(page, 'log-changed')
  await running.stop()
  writeFileSync(at('record.db'), before)
  rmSync(at('record.db-wal'), { force: true })
})

test('a damaged record: the door says what happened and what is safe, and offers the newest backup first', async () => {
  running = await launch({ profile })
  // An older copy, put back: told, and gone on with.
  const first = await running.door()
  await call(first, 'vault', 'unlock', { passphrase: PASSPHRASE }).catch(() => undefined)
  await expect(first.getByRole('heading', { name: 'An older copy of the record' })).toBeVisible()
  await first.getByRole('button', { name: 'Go on with this file' }).click()
  const page = await running.page()
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
  await lock(running, page)
  await running.stop()

  // Every tenth page from the middle on, none of them needed for opening.
  const bytes = readFileSync(at('record.db'))
  const pages = bytes.length / PAGE
  for (let nth = Math.floor(pages / 3); nth < pages; nth += 10)
    bytes.fill(0xa5, nth * PAGE + 40, nth * PAGE + 60)
  writeFileSync(at('record.db'), bytes)

  running = await launch({ profile })
  const door = await running.door()
  await call(door, 'vault', 'unlock', { passphrase: PASSPHRASE }).catch(() => undefined)
  const opened = await running.page()
  // Whether opening already met a bad page, or the check now does: the door names it.
  await call(opened, 'checking', 'run', {}).catch(() => undefined)
  const stopped = await running.door()
  await expect(stopped.getByRole('heading', { name: 'Bracket stopped here' })).toBeVisible({
    timeout: 15_000,
  })
  await expect(stopped.getByRole('button', { name: 'Restore the newest backup' })).toBeVisible()
  await expect(stopped.getByRole('button', { name: 'Read what can be read' })).toBeVisible()
  expect(await violations(stopped)).toEqual([])
  await look(stopped, 'stopped')
})

test('read what can be read: from a copy, with an honest count, and no word that was not written', async () => {
  const before = readFileSync(at('record.db'))
  const door = await running.door()
  await door.getByRole('button', { name: 'Read what can be read' }).click()
  await door.getByLabel('Passphrase', { exact: true }).fill(NEW_PASSPHRASE)
  await door.getByRole('button', { name: 'Read what can be read' }).click()
  await expect(door.getByText('That passphrase does not open it.')).toBeVisible()
  await look(door, 'salvage-ask')
  await door.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
  await door.getByRole('button', { name: 'Read what can be read' }).click()
  await expect(door.getByRole('heading', { name: 'What could be read' })).toBeVisible({ timeout: 20_000 })
  const counted = /(\d+) of (\d+) notes/u.exec((await door.getByText(/could be read\./u).textContent()) ?? '')
  const [readable, whole] = [Number(counted?.[1]), Number(counted?.[2])]
  expect(readable).toBeGreaterThan(0)
  expect(readable).toBeLessThan(whole)
  expect(whole).toBe(NAMES.length * NOTES)
  expect(await violations(door)).toEqual([])
  expect(await sideways(door)).toBeLessThanOrEqual(0)
  await look(door, 'salvage-found')

  let seen = 0
  for (const name of NAMES) {
    const client = door.getByRole('button', { name })
    if ((await client.count()) === 0) continue
    await client.click()
    await expect(door.getByRole('heading', { name, level: 1 })).toBeVisible()
    await expect(door.getByText(/spoke of/u).first()).toBeVisible()
    const texts = await door.getByText(/spoke of/u).allTextContents()
    for (const text of texts) {
      expect(Array.from({ length: NOTES }, (_, nth) => `Subjective\n${words(name, nth)}`)).toContain(text)
    }
    seen += texts.length
    if (name === NAMES[0]) {
      expect(await violations(door)).toEqual([])
      await look(door, 'salvage-notes')
    }
    await door.getByRole('button', { name: 'Back to the list' }).click()
  }
  expect(seen).toBeGreaterThan(0)
  expect(seen).toBeLessThanOrEqual(readable)

  await door.getByRole('button', { name: 'Close' }).click()
  await expect(door.getByRole('heading', { name: 'Bracket stopped here' })).toBeVisible()
  await expect.poll(() => readdirSync(profile).filter((name) => name.startsWith('backup-'))).toEqual([])
  expect(readFileSync(at('record.db')).equals(before)).toBe(true)
})

test('the screen locks while it is being read: what was read goes', async () => {
  const door = await running.door()
  await door.getByRole('button', { name: 'Read what can be read' }).click()
  await door.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
  await door.getByRole('button', { name: 'Read what can be read' }).click()
  await expect(door.getByRole('heading', { name: 'What could be read' })).toBeVisible({ timeout: 20_000 })
  await running.app.evaluate(({ powerMonitor }) => void powerMonitor.emit('lock-screen'))
  await expect(door.getByRole('heading', { name: 'Bracket stopped here' })).toBeVisible()
  expect(await call(door, 'damage', 'notes', { place: 0, from: 0 })).toEqual({ ok: false, code: 'NOT_NOW' })
  await expect(door.locator('body')).not.toContainText(NAMES[0] ?? '')
})

test('the newest backup, chosen already: restored, and the damaged files are kept', async () => {
  const door = await running.door()
  await door.getByRole('button', { name: 'Restore the newest backup' }).click()
  await expect(door.getByRole('heading', { name: 'What this backup holds' })).toBeVisible({ timeout: 20_000 })
  await door.getByLabel('Sheet A · the record').fill(sheets.record)
  await door.getByLabel('New passphrase').fill(NEW_PASSPHRASE)
  await door.getByLabel('Type it again').fill(NEW_PASSPHRASE)
  await door.getByRole('button', { name: 'Check this backup' }).click()
  await expect(door.getByRole('heading', { name: 'This backup can be restored' })).toBeVisible({
    timeout: 20_000,
  })
  await door.getByRole('button', { name: 'Restore' }).click()
  const page = await running.page()
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible({ timeout: 20_000 })
  expect((await ask(page, 'clients', 'list', {})).clients).toHaveLength(NAMES.length)
  const kept = readdirSync(profile).filter((name) => name.startsWith('replaced-'))
  expect(kept).toHaveLength(1)
  expect(existsSync(path.join(profile, kept[0] ?? '', 'record.db'))).toBe(true)
})
