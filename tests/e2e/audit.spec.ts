import { expect, test, type Page } from '@playwright/test'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { keytarKeychain } from '../../src/main/vault/keytarKeychain.ts'
import { witnessAccount } from '../../src/main/vault/witness.ts'
import {
  ask,
  call,
  freshProfile,
  launch,
  PASSPHRASE,
  removeProfile,
  unlock,
  vaultProfile,
  type Running,
} from '../support/application.ts'
import { picture, violations } from '../support/looking.ts'
import { addSession, lock, openPrivateRoom, sign } from '../support/oneSession.ts'
import { factsOf, pagesOf, tagsOf } from '../support/pdf.ts'
import { soapNote } from '../support/words.ts'

let profile: string
let running: Running | undefined

test.afterEach(async () => {
  await running?.stop()
  running = undefined
  removeProfile(profile)
})

async function start(): Promise<Running> {
  running = await launch({ profile })
  return running
}

async function stop(): Promise<void> {
  await running?.stop()
  running = undefined
}

const file = (name: string): string => path.join(profile, name)
const say = (field: string): string => (field === 'name' ? 'Agnes Morel' : '')

async function typePassphrase(door: Page): Promise<void> {
  await door.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
  await door.getByRole('button', { name: 'Unlock' }).click()
}

test('an older copy put back: told in plain words, opened only on "Go on with this file", logged, told once', async () => {
  profile = await vaultProfile()
  const before = freshProfile()
  try {
    let page = await unlock(await start())
    await addSession(page, say)
    await stop()
    cpSync(file('record.db'), path.join(before, 'record.db'))
    page = await unlock(await start())
    await addSession(page, (field) => (field === 'name' ? 'Written later' : ''))
    await stop()
    cpSync(path.join(before, 'record.db'), file('record.db'))

    const door = await (await start()).door()
    await typePassphrase(door)
    await expect(door.getByRole('heading', { level: 1 })).toHaveText('An older copy of the record')
    await expect(door.getByText('What is safe')).toBeVisible()
    expect(await violations(door)).toEqual([])
    await picture(door, 'noticed')
    // Nothing of the record is there, and nobody is asked for a passphrase a second time.
    const app = await running!.page()
    expect(await call(app, 'clients', 'list', {})).toMatchObject({ ok: false, code: 'LOCKED' })
    expect(await call(door, 'vault', 'unlock', { passphrase: PASSPHRASE })).toMatchObject({ code: 'NOT_NOW' })
    // Closing the window instead changes nothing: it is told again.
    await stop()
    const again = await (await start()).door()
    await typePassphrase(again)
    await again.getByRole('button', { name: 'Go on with this file' }).click()
    page = await running!.page()
    await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
    expect((await ask(page, 'clients', 'list', {})).clients.map((c) => c.name)).toEqual(['Agnes Morel'])
    await page.keyboard.press('Control+,')
    await page.getByRole('link', { name: 'Activity' }).click()
    await expect(page.getByText('Went on with this file, having been told')).toBeVisible()
    await expect(page.getByText('An older copy of the record was noticed')).toBeVisible()
    await page.getByRole('button', { name: 'Check the log' }).click()
    await expect(page.getByRole('status', { name: 'Check of the log' })).toContainText('remembers the same')
    await stop()
    page = await unlock(await start())
    expect((await ask(page, 'clients', 'list', {})).clients).toHaveLength(1)
  } finally {
    removeProfile(before)
  }
})

test('killed, and record.db-wal removed: noticed; killed and left alone: not', async () => {
  profile = await vaultProfile()
  let page = await unlock(await start())
  const written = await addSession(page, say)
  await lock(running!, page)
  page = await unlock(running!)
  // Autosave alone, after all that is logged: as long as a second, in which the keychain is brought up.
  const { revision } = await ask(page, 'notes', 'read', { noteId: written.noteId })
  const sections = [{ key: 'subjective', text: 'Saved before the crash.', lexical: null }]
  await ask(page, 'notes', 'save', { noteId: written.noteId, revision, ...soapNote(sections) })
  const { vaultId } = JSON.parse(readFileSync(file('vault.json'), 'utf8')) as { vaultId: string }
  await expect
    .poll(async () => (await keytarKeychain().get(witnessAccount(vaultId))) ?? '')
    .toContain('"open":true')
  await running!.kill()
  const left = freshProfile()
  try {
    cpSync(profile, left, { recursive: true })
    page = await unlock(await start())
    expect((await ask(page, 'notes', 'read', { noteId: written.noteId })).sections[0]?.text).toBe(
      'Saved before the crash.',
    )
    await running!.kill()
    rmSync(file('record.db-wal'))
    const door = await (await start()).door()
    await typePassphrase(door)
    await expect(door.getByRole('heading', { level: 1 })).toHaveText('An older copy of the record')
  } finally {
    removeProfile(left)
  }
})

test('the keychain’s memory of the log is gone: told once', async () => {
  profile = await vaultProfile()
  const page = await unlock(await start())
  await ask(page, 'app', 'context', {})
  await stop()
  const { vaultId } = JSON.parse(readFileSync(file('vault.json'), 'utf8')) as { vaultId: string }
  expect(await keytarKeychain().delete(witnessAccount(vaultId))).toBe(true)
  const door = await (await start()).door()
  await typePassphrase(door)
  await expect(door.getByRole('heading', { level: 1 })).toHaveText('The keychain has forgotten')
  await door.getByRole('button', { name: 'Go on with this file' }).click()
  const opened = await running!.page()
  await expect(opened.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
  await stop()
  const again = await unlock(await start())
  expect((await ask(again, 'app', 'context', {})).setting).toBe('practice')
})

test('Activity: what was done, whom it concerns, by kind, by day, in pages; checked; reachable and clean', async () => {
  profile = await vaultProfile()
  let page = await unlock(await start())
  const written = await addSession(page, say)
  const { revision } = await ask(page, 'notes', 'read', { noteId: written.noteId })
  const sections = [{ key: 'subjective', text: 'Came in on time.', lexical: null }]
  await ask(page, 'notes', 'save', { noteId: written.noteId, revision, ...soapNote(sections) })
  await openPrivateRoom(running!, page)
  const { sessionId, clientId } = written
  await ask(page, 'privateRoom', 'save', {
    sessionId,
    clientId,
    revision: 0,
    sections: [{ key: 'private', text: 'Not for the record.', lexical: null }],
  })
  await ask(page, 'privateRoom', 'get', { sessionId })
  await ask(page, 'privateRoom', 'get', { sessionId })
  await sign(page, written, 'On time')
  const door = await lock(running!, page)
  expect(await call(door, 'vault', 'unlock', { passphrase: 'not this one at all' })).toMatchObject({
    ok: false,
  })
  page = await unlock(running!)
  const { preferences } = await ask(page, 'app', 'context', {})
  for (let n = 0; n < 60; n += 1)
    await ask(page, 'app', 'setPreferences', { ...preferences, idleMinutes: 1 + (n % 60) })

  await page.keyboard.press('Control+,')
  await page.getByRole('link', { name: 'Activity' }).click()
  await expect(page.getByRole('heading', { name: 'Activity', level: 1 })).toBeVisible()
  const lines = page.getByRole('listitem')
  await expect(lines).toHaveCount(50)
  await page.getByRole('button', { name: 'Show older' }).click()
  await expect(page.getByText('One wrong passphrase before this')).toBeVisible()
  const texts = (await lines.allInnerTexts()).map((text) => text.replaceAll('\n', ' '))
  expect(texts.filter((text) => text.includes('Private note shown'))).toHaveLength(1)
  expect(texts.find((text) => text.includes('Note signed'))).toContain('Agnes Morel')
  expect(texts.find((text) => text.includes('Private note shown'))).toContain('Agnes Morel')
  expect(texts.join()).not.toMatch(/not for the record|on time/iu)
  for (const what of ['Unlocked', 'Locked', 'Private room opened', 'Private room closed']) {
    expect(
      texts.some((text) => text.includes(what)),
      what,
    ).toBe(true)
  }

  await page.getByRole('button', { name: /Kind/ }).click()
  await page.getByRole('option', { name: 'Signatures' }).click()
  await expect(lines).toHaveCount(1)
  await lines.getByRole('link', { name: 'Agnes Morel' }).click()
  await expect(page.getByRole('button', { name: 'Add addendum' })).toBeVisible()
  await page.keyboard.press('Control+,')
  await page.getByRole('link', { name: 'Activity' }).click()
  await expect(lines).toHaveCount(50)

  const day = page.getByRole('group', { name: 'Day', exact: true })
  await day.getByRole('spinbutton').first().click()
  await page.keyboard.type('01022024')
  await expect(page.getByText('Nothing of this kind was logged then.')).toBeVisible()
  await page.getByRole('button', { name: 'Every day' }).click()
  await expect(lines).toHaveCount(50)

  await page.getByRole('button', { name: 'Check the log' }).click()
  const found = page.getByRole('status', { name: 'Check of the log' })
  await expect(found).toContainText(/Checked: \d+ entries, unbroken\./u)
  await expect(found).toContainText('remembers the same')

  for (const [theme, textSize] of [
    ['light', 100],
    ['dark', 100],
    ['light', 200],
  ] as const) {
    await ask(page, 'app', 'setPreferences', { ...preferences, theme, textSize })
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    await page.waitForTimeout(250)
    expect(await violations(page), theme).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    )
    await picture(page, `activity-${theme}-${textSize}`)
    await page.getByRole('button', { name: 'Print…' }).click()
    const paper = page.getByRole('dialog', { name: 'Activity on paper' })
    await expect(paper.getByRole('status', { name: 'What is in it' })).toContainText(/\d+ entries\./u)
    await page.waitForTimeout(250)
    expect(await violations(page)).toEqual([])
    await paper.getByText('A4', { exact: true }).click({ trial: true })
    await paper.getByRole('button', { name: 'Cancel' }).click()
  }
  await ask(page, 'app', 'setPreferences', { ...preferences, textSize: 100 })
  // A list that opens while everything is laid out anew is closed by that.
  await expect.poll(() => page.evaluate(() => document.documentElement.style.fontSize)).toBe('')
  await printsTheList(page)
  await page.keyboard.press('Control+,')
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()
  await page.getByRole('button', { name: 'Change passphrase…' }).scrollIntoViewIfNeeded()
  await picture(page, 'settings-200')
})

test('every act that is to be accounted for has its line: in codes and ids, and in no word of anybody’s', async () => {
  profile = await vaultProfile()
  const folder = freshProfile()
  try {
    let page = await unlock(await start())
    const word = (field: string): string => (field === 'name' ? 'Canaryname Zoltowsky' : `canary${field}`)
    const written = await addSession(page, word)
    const { sessionId, clientId, noteId } = written
    const { revision } = await ask(page, 'notes', 'read', { noteId })
    const sections = [{ key: 'subjective', text: 'canarytext', lexical: null }]
    await ask(page, 'notes', 'save', { noteId, revision, ...soapNote(sections) })
    await openPrivateRoom(running!, page)
    const apart = [{ key: 'private', text: 'canaryapart', lexical: null }]
    await ask(page, 'privateRoom', 'save', { sessionId, clientId, revision: 0, sections: apart })
    await ask(page, 'privateRoom', 'get', { sessionId })
    await sign(page, written, 'canaryline')
    const door = await lock(running!, page)
    await call(door, 'vault', 'unlock', { passphrase: 'canary passphrase that is wrong' })
    page = await unlock(running!)
    await ask(page, 'notes', 'addAddendum', { noteId, text: 'canaryaddendum' })
    const { preferences } = await ask(page, 'app', 'context', {})
    await ask(page, 'app', 'setPreferences', { ...preferences, authorName: 'Canaryauthor' })
    await running!.app.evaluate(({ app, dialog }, place) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [place] })
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: `${place}/canaryfile.pdf` })
      app.on('web-contents-created', (_, contents) => {
        contents.print = (_options, done) => done?.(true, '')
      })
    }, folder)
    const order = { subject: { kind: 'note', noteId }, size: 'a4', setDown: false } as const
    await ask(page, 'paper', 'save', { ...order, nameInFile: true })
    await ask(page, 'paper', 'print', order)
    await ask(page, 'paper', 'printActivity', { kind: null, day: null, size: 'a4', names: true })
    await ask(page, 'backup', 'chooseFolder', {})
    await ask(page, 'backup', 'backUpNow', {})

    const { entries } = await ask(page, 'auditLog', 'list', { kind: null, day: null, before: null })
    const actions = entries.map((entry) => entry.action)
    for (const action of [
      'unlocked',
      'unlock-failed',
      'locked',
      'private-opened',
      'private-viewed',
      'private-closed',
      'note-signed',
      'addendum-added',
      'preferences-changed',
      'exported-pdf',
      'printed',
      'activity-printed',
      'backup-made',
      'backup-verified',
    ]) {
      expect(actions, action).toContain(action)
    }
    expect(entries.find((entry) => entry.action === 'unlock-failed')?.count).toBe(1)
    expect(JSON.stringify(entries)).not.toMatch(/canary/iu)
    expect(await ask(page, 'auditLog', 'verify', {})).toMatchObject({ brokenAt: null, witness: 'agrees' })
  } finally {
    removeProfile(folder)
  }
})

/** Filtered, the list goes on paper as it is shown: tagged, without names unless they are wanted, and logged. */
async function printsTheList(page: Page): Promise<void> {
  const folder = freshProfile()
  const pdf = path.join(folder, 'activity.pdf')
  // The printer's place is taken by the same page as a PDF, so that it can be read.
  await running!.app.evaluate(({ app }) => {
    const kept = globalThis as { titles?: string[]; pages?: string[] }
    kept.titles = []
    kept.pages = []
    app.on('web-contents-created', (_, contents) => {
      contents.print = (_options, done) => {
        kept.titles?.push(contents.getTitle())
        void (async () => {
          const bytes = await contents.printToPDF({ preferCSSPageSize: true, generateTaggedPDF: true })
          kept.pages?.push(bytes.toString('base64'))
          done?.(true, '')
        })()
      }
    })
  })
  const print = async (names: boolean): Promise<string> => {
    await page.getByRole('button', { name: 'Print…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Activity on paper' })
    if (names) await dialog.getByText(/With clients’ names/u).click()
    await dialog.getByRole('button', { name: 'Print…' }).click()
    await expect(dialog).toBeHidden()
    const last = await running!.app.evaluate(() => (globalThis as { pages?: string[] }).pages?.at(-1) ?? '')
    writeFileSync(pdf, Buffer.from(last, 'base64'))
    return pagesOf(pdf).join('\n')
  }
  try {
    await page.getByRole('button', { name: /Kind/ }).click()
    await page.getByRole('option', { name: 'Signatures' }).click()
    await expect(page.getByRole('listitem')).toHaveCount(1)
    const codes = await print(false)
    expect(codes).toContain('Note signed')
    expect(codes).toMatch(/client …[0-9a-f]{8}/u)
    expect(codes).toMatch(/Checked: \d+ entries, unbroken\./u)
    expect(codes).toMatch(/Page 1 of 1/u)
    expect(codes).not.toMatch(/Agnes|Unlocked|on time/iu)
    expect(factsOf(pdf)).toMatchObject({ Title: 'Bracket', Tagged: 'yes' })
    expect(tagsOf(pdf)).toEqual(expect.arrayContaining(['H1', 'Table', 'TH', 'TD']))
    expect(await print(true)).toContain('Agnes Morel')
    expect(await running!.app.evaluate(() => (globalThis as { titles?: string[] }).titles ?? [])).toEqual([
      'Bracket',
      'Bracket',
    ])
    await page.getByRole('button', { name: /Kind/ }).click()
    await page.getByRole('option', { name: 'Prints, PDFs and schedules' }).click()
    await expect(page.getByText('This log printed')).toHaveCount(2)
  } finally {
    removeProfile(folder)
  }
}

test('damage met while it is open: said, locked, and named at the door', async () => {
  profile = await vaultProfile()
  let page = await unlock(await start())
  const written = await addSession(page, say)
  await lock(running!, page)
  const before = readFileSync(file('record.db')).length
  page = await unlock(running!)
  const { revision } = await ask(page, 'notes', 'read', { noteId: written.noteId })
  const text = 'A long passage that fills several pages of its own. '.repeat(2000)
  await ask(page, 'notes', 'save', {
    noteId: written.noteId,
    revision,
    ...soapNote([{ key: 'subjective', text, lexical: null }]),
  })
  await stop()
  // The pages that came with the passage; opening does not read them.
  const bytes = readFileSync(file('record.db'))
  expect(bytes.length).toBeGreaterThan(before + 40 * 4096)
  for (let n = before / 4096 + 3; n < before / 4096 + 30; n += 1)
    bytes[n * 4096 + 2000] = (bytes[n * 4096 + 2000] ?? 0) ^ 0xff
  writeFileSync(file('record.db'), bytes)

  page = await unlock(await start())
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
  await call(page, 'notes', 'read', { noteId: written.noteId })
  await expect(page.getByRole('alert').getByText(/cannot be read, so Bracket is locking/)).toBeVisible()
  await expect.poll(() => page.isClosed(), { timeout: 15_000 }).toBe(true)
  const door = await running!.door()
  await expect(door.getByText('Part of the record cannot be read', { exact: false })).toBeVisible()
  await expect(door.getByText('What is safe')).toBeVisible()
  await picture(door, 'unreadable')
  expect(await call(door, 'vault', 'unlock', { passphrase: PASSPHRASE })).toMatchObject({ code: 'NOT_NOW' })
})
