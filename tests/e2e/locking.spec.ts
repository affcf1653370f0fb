import { expect, test, type Page } from '@playwright/test'
import { appChannels } from '../support/channelNames.ts'
import {
  ask,
  call,
  launch,
  removeProfile,
  unlock,
  vaultProfile,
  type Running,
} from '../support/application.ts'
import { addSession, lock, openPrivateRoom, type Written } from '../support/oneSession.ts'

const NAME = 'Quillfeather Obsidian'
const TYPED = 'marmaladecanary said she walked home'
const PRIVATE = 'thistlecanary of my own'

let profile: string
let running: Running
let written: Written

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  profile = await vaultProfile()
  running = await launch({ profile })
  const page = await unlock(running)
  written = await addSession(page, (field) => (field === 'name' ? NAME : ''))
})

test.afterAll(async () => {
  await running.stop()
  removeProfile(profile)
})

const opened = (): Promise<Page> => unlock(running)

/** The next page behind the door: made anew, without anything of the one before. */
async function assertEmptyBehindTheDoor(): Promise<void> {
  const hidden = await running.page()
  const shown = await running.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .filter((window) => window.isVisible())
      .map((window) => window.webContents.getURL()),
  )
  expect(shown).toEqual(['app://unlock/'])
  const held = await hidden.evaluate(() => document.documentElement.outerHTML)
  expect(held).not.toContain('canary')
  expect(held).not.toContain(NAME)

  // Every channel that needs an open record is refused before its input is even looked at.
  const answers = await hidden.evaluate(async (names) => {
    const api = (
      globalThis as unknown as { bracket: Record<string, Record<string, (i: unknown) => Promise<unknown>>> }
    ).bracket
    const told: Record<string, unknown> = {}
    for (const name of names) {
      const [domain = '', verb = ''] = name.split('.')
      told[name] = await api[domain]?.[verb]?.({})
    }
    return told
  }, appChannels)
  for (const name of appChannels) {
    // It only takes, and not even that without being asked for.
    if (name === 'app.flushed') expect(answers[name]).toMatchObject({ ok: false, code: 'BAD_INPUT' })
    else expect(answers[name], name).toEqual({ ok: false, code: 'LOCKED' })
  }
}

test('what is typed and not yet saved is committed by the lock, and the place comes back', async () => {
  const page = await running.page()
  await page.getByRole('button', { name: 'Write note' }).first().click()
  await page.getByRole('textbox', { name: 'Subjective' }).click()
  await page.keyboard.type(TYPED)
  // At once: long before the autosave's half second.
  await Promise.all([
    page.waitForEvent('close'),
    page.keyboard.press('Control+Shift+KeyL').catch(() => undefined),
  ])
  await assertEmptyBehindTheDoor()

  const again = await opened()
  await expect(again.getByRole('textbox', { name: 'Subjective' })).toContainText(TYPED)
  const { place, restored } = await ask(again, 'app', 'context', {})
  expect(place?.path).toBe(`/write/${written.sessionId}`)
  expect(place?.caret).toMatchObject({ block: 0, offset: TYPED.length })
  // It was locked, not lost: nothing is announced as restored.
  expect(restored).toBe(null)
  const { sections } = await ask(again, 'notes', 'read', { noteId: written.noteId })
  expect(sections.find((s) => s.key === 'subjective')?.text).toBe(TYPED)
})

test('the private room locks with the rest', async () => {
  const page = await running.page()
  await openPrivateRoom(running, page)
  await ask(page, 'privateRoom', 'save', {
    sessionId: written.sessionId,
    clientId: written.clientId,
    revision: 0,
    sections: [{ key: 'private', text: PRIVATE, lexical: null }],
  })
  await ask(page, 'privateRoom', 'lock', {})
  expect(await call(page, 'privateRoom', 'get', { sessionId: written.sessionId })).toEqual({
    ok: false,
    code: 'PRIVATE_LOCKED',
  })
  await openPrivateRoom(running, page)
  expect((await ask(page, 'privateRoom', 'forClient', { clientId: written.clientId })).notes[0]?.text).toBe(
    PRIVATE,
  )
  await lock(running, page)

  const after = await opened()
  expect((await ask(after, 'privateRoom', 'state', {})).room).toBe('locked')
  expect(await call(after, 'privateRoom', 'forClient', { clientId: written.clientId })).toEqual({
    ok: false,
    code: 'PRIVATE_LOCKED',
  })
})

for (const signal of ['lock-screen', 'suspend'] as const) {
  test(`the system says "${signal}": everything is closed`, async () => {
    const page = await running.page()
    expect((await ask(page, 'clients', 'list', {})).clients[0]?.name).toBe(NAME)
    const gone = page.waitForEvent('close')
    await running.app.evaluate(({ powerMonitor }, name) => powerMonitor.emit(name), signal)
    await gone
    await assertEmptyBehindTheDoor()
    await opened()
  })
}

test('a machine that slept longer than the idle time locks as it wakes', async () => {
  const page = await running.page()
  const gone = page.waitForEvent('close')
  // An hour passes while no timer runs; then the system says that it is awake.
  await running.app.evaluate(({ powerMonitor }) => {
    const real = Date.now
    Date.now = () => real() + 3_600_000
    powerMonitor.emit('resume')
    Date.now = real
  })
  await gone
  await assertEmptyBehindTheDoor()
  await opened()
})

test('a page that dies takes nothing along: the vault is locked and opens again', async () => {
  const page = await running.page()
  await ask(page, 'clients', 'addFlag', { clientId: written.clientId, text: 'kept' })
  await running.app.evaluate(({ BrowserWindow }) => {
    const shown = BrowserWindow.getAllWindows().find((window) =>
      window.webContents.getURL().startsWith('app://bracket'),
    )
    shown?.webContents.forcefullyCrashRenderer()
  })
  await expect
    .poll(() =>
      running.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()
          .filter((window) => window.isVisible())
          .map((window) => window.webContents.getURL()),
      ),
    )
    .toEqual(['app://unlock/'])
  const after = await opened()
  expect((await ask(after, 'clients', 'get', { id: written.clientId })).flags.map((f) => f.text)).toEqual([
    'kept',
  ])
})
