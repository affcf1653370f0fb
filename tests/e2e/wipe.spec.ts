import { expect, test, type Page } from '@playwright/test'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { companionAccount } from '../../src/main/vault/attempts.ts'
import { keytarKeychain } from '../../src/main/vault/keytarKeychain.ts'
import { witnessAccount } from '../../src/main/vault/witness.ts'
import { PRIVATE_SECTION } from '../../src/shared/document/privateDocument.ts'
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
import { addSession, openPrivateRoom } from '../support/oneSession.ts'

const NEW_PASSPHRASE = 'walnut harbour sextant violet'

let profile: string
let running: Running | undefined
let sheets: { record: string; private: string }
let vaultId: string

/** A vault of this test's own, open: what happens to its keychain items must not happen to another test's. */
async function ownVault(): Promise<Page> {
  profile = freshProfile()
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
  vaultId = (JSON.parse(readFileSync(path.join(profile, 'vault.json'), 'utf8')) as { vaultId: string })
    .vaultId
  return page
}

test.afterEach(async () => {
  await running?.stop()
  running = undefined
  removeProfile(profile)
})

const accounts = (): string[] => [vaultId, companionAccount(vaultId), witnessAccount(vaultId)]
const vaultFiles = (): string[] =>
  readdirSync(profile).filter((name) => /^(?:vault|record|private|backups|replaced)/u.test(name))

/** The system's dialog cannot be driven; it answers this from now on. */
async function answerDialogs(chosen: string): Promise<void> {
  await (running as Running).app.evaluate(({ dialog }, at) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [at] })
  }, chosen)
}

/** The small window over the application. */
async function smallWindow(page: Page): Promise<Page> {
  const opening = (running as Running).app.waitForEvent('window')
  await page.getByRole('link', { name: 'Settings', exact: true }).click()
  await page.getByRole('button', { name: 'Destroy this vault…' }).click()
  const window = await opening
  await expect(window.getByRole('heading', { name: 'Destroy this vault' })).toBeVisible()
  return window
}

test('Destroy this vault: said in numbers, words and passphrase, and the proof that nothing is left', async () => {
  const page = await ownVault()
  const { sessionId, clientId } = await addSession(page, (field) => `Quillfeather ${field}`)
  await openPrivateRoom(running as Running, page)
  await ask(page, 'privateRoom', 'save', {
    sessionId,
    clientId,
    revision: 0,
    sections: [{ key: PRIVATE_SECTION, text: 'thinking', lexical: null }],
  })
  const folder = mkdtempSync(path.join(tmpdir(), 'bracket-stick-'))
  try {
    await answerDialogs(folder)
    await ask(page, 'backup', 'backUpNow', {})

    const small = await smallWindow(page)
    await expect(small.getByText('the record: 1 client, 1 session, 1 note, 0 addenda')).toBeVisible()
    await expect(small.getByText('all private notes')).toBeVisible()
    await expect(
      small.getByText(`Backups survive. They are in the folder “${path.basename(folder)}”`),
    ).toBeVisible()
    expect(await violations(small)).toEqual([])
    expect(await sideways(small)).toBeLessThanOrEqual(0)
    await look(small, 'destroy')

    // Neither half is enough, and nothing has happened yet.
    await small.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
    await small.getByRole('button', { name: 'Destroy this vault' }).click()
    await expect(small.getByText('Please type exactly: destroy this vault')).toBeVisible()
    await small.getByLabel('To go on, type: destroy this vault').fill('Destroy this vault')
    await small.getByLabel('Passphrase', { exact: true }).fill(NEW_PASSPHRASE)
    await small.getByRole('button', { name: 'Destroy this vault' }).click()
    await expect(small.getByText('That passphrase does not open it.')).toBeVisible()
    expect(existsSync(path.join(profile, 'vault.destroying'))).toBe(false)

    await small.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
    const closed = small.waitForEvent('close')
    await small.getByRole('button', { name: 'Destroy this vault' }).click()
    await closed
    const door = await (running as Running).door()
    await expect(door.getByRole('heading', { name: 'The vault was destroyed' })).toBeVisible()
    await expect(door.getByText('Record: record.db')).toBeVisible()
    expect(await door.getByText('removed; looked for, not there').count()).toBeGreaterThan(5)
    expect(await door.getByText('still there').count()).toBe(0)
    await expect(door.getByText('burn the recovery sheets and delete the backups')).toBeVisible()
    expect(await violations(door)).toEqual([])
    await look(door, 'destroyed')
    expect(vaultFiles()).toEqual([])
    for (const account of accounts()) expect(await keytarKeychain().get(account)).toBeNull()

    await door.getByRole('button', { name: 'Done' }).click()
    await expect(door.getByRole('button', { name: 'Start my own' })).toBeVisible()
    // The backup survived, as was said.
    const [backup = ''] = readdirSync(folder).filter((name) => name.endsWith('.bracketbackup'))
    await answerDialogs(path.join(folder, backup))
    await ask(door, 'restore', 'choose', {})
    const keys = {
      by: 'sheets' as const,
      recordCode: sheets.record,
      privateCode: null,
      passphrase: NEW_PASSPHRASE,
      withoutKeychain: false,
    }
    expect((await ask(door, 'restore', 'check', { keys })).counts).toMatchObject({ clients: 1, notes: 1 })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('killed right after the way back was closed: the next start goes on, and says so', async () => {
  const page = await ownVault()
  const small = await smallWindow(page)
  // The answer comes once the mark is on the disk; what follows is cut off.
  const gone = call(small, 'destruction', 'go', { words: 'destroy this vault', passphrase: PASSPHRASE })
  await gone.catch(() => undefined)
  await (running as Running).kill()
  // However far it had come: a marker that stands is gone on with, a finished one leaves nothing.
  const half = existsSync(path.join(profile, 'vault.destroying'))
  running = await launch({ profile })
  const door = await running.door()
  if (half) {
    await expect(door.getByText('It had been interrupted')).toBeVisible()
    await door.getByRole('button', { name: 'Done' }).click()
  }
  await expect(door.getByRole('button', { name: 'Start my own' })).toBeVisible()
  expect(vaultFiles()).toEqual([])
  for (const account of accounts()) expect(await keytarKeychain().get(account)).toBeNull()
})

test('after ten wrong passphrases, where it was asked for, only the sheets open it, and the log says so', async () => {
  const page = await ownVault()
  await page.getByRole('link', { name: 'Settings', exact: true }).click()
  const box = page.getByRole('checkbox', {
    name: /After ten wrong passphrases, lock to the recovery sheets/u,
  })
  await expect(box).not.toBeChecked()
  await page.getByText('After ten wrong passphrases, lock to the recovery sheets').click()
  await expect(box).toBeChecked()
  await expect.poll(async () => (await ask(page, 'wiping', 'afterTen', {})).on).toBe(true)
  await look(page, 'settings-after-ten')
  await running?.stop()

  // Nine of them, long ago: waiting through the pauses is for the unit tests.
  const file = path.join(profile, 'vault.json')
  const vault = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  writeFileSync(
    file,
    JSON.stringify({ ...vault, attempts: { failures: 9, lastFailureAt: 1_600_000_000_000 } }),
  )
  running = await launch({ profile })
  const door = await running.door()
  await door.getByLabel('Passphrase', { exact: true }).fill(NEW_PASSPHRASE)
  await door.getByRole('button', { name: 'Unlock' }).click()
  await expect(door.getByRole('heading', { name: 'Use a recovery sheet' })).toBeVisible()
  await expect(door.getByText('Ten wrong passphrases were typed in a row')).toBeVisible()
  expect(await violations(door)).toEqual([])
  await look(door, 'locked-to-recovery')
  expect(await keytarKeychain().get(vaultId)).toBeNull()
  expect(await call(door, 'vault', 'unlock', { passphrase: PASSPHRASE })).toMatchObject({ ok: false })

  await call(door, 'vault', 'recover', {
    recordCode: sheets.record,
    privateCode: sheets.private,
    passphrase: NEW_PASSPHRASE,
    withoutKeychain: false,
  }).catch(() => undefined)
  const opened = await running.page()
  await expect(opened.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
  await expect
    .poll(async () => {
      const { entries } = await ask(opened, 'auditLog', 'list', { kind: null, day: null, before: null })
      return entries.map(({ action }) => action)
    })
    .toEqual(expect.arrayContaining(['locked-to-recovery', 'recovered', 'after-ten-on']))
  await call(opened, 'app', 'lock', {}).catch(() => undefined)
  await unlock(running, NEW_PASSPHRASE)
  await expect((await running.page()).getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
})
