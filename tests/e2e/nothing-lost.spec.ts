import { expect, test, type Page } from '@playwright/test'
import type { ChannelName } from '../../src/shared/contract/index.ts'
import {
  ask,
  call,
  launch,
  removeProfile,
  unlock,
  vaultProfile,
  type Running,
} from '../support/application.ts'
import { addSession, lock, sign, toThePen, type Written } from '../support/oneSession.ts'
import { soapNote } from '../support/words.ts'

/* Whatever a person typed is there again: after a shortcut, a failing disk, a lock. */

let running: Running
let page: Page
let written: Written

test.beforeEach(async () => {
  running = await launch({ profile: await vaultProfile() })
  page = await unlock(running)
  written = await addSession(page, (field) => (field === 'name' ? 'Nora' : ''))
})
test.afterEach(async () => {
  await running.stop()
  removeProfile(running.profile)
})

type Handle = (event: unknown, input: unknown) => unknown

/** Makes main refuse a channel as a full disk does; undone with null. */
const refuse = (channel: ChannelName, code: string | null): Promise<void> =>
  running.app.evaluate(
    ({ ipcMain }, [name, refused]) => {
      const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, Handle> })._invokeHandlers
      const kept = ((globalThis as unknown as { kept?: Map<string, Handle> }).kept ??= new Map())
      const real = kept.get(name) ?? handlers.get(name)
      if (real === undefined) throw new Error('no such channel')
      kept.set(name, real)
      handlers.set(name, refused === null ? real : async () => ({ ok: false, code: refused }))
    },
    [channel, code] as const,
  )

const field = (name: string) => page.getByRole('textbox', { name, exact: true })
const savedState = () => page.getByRole('status', { name: 'Saved state', exact: true })
const storedText = async (key: string): Promise<string> =>
  (await ask(page, 'notes', 'read', { noteId: written.noteId })).sections.find((s) => s.key === key)?.text ??
  ''

async function openNote(): Promise<void> {
  await page.keyboard.press('Control+1')
  await toThePen(page)
  await expect(field('Subjective')).toBeVisible()
}

async function typeInVain(text: string): Promise<void> {
  await openNote()
  await refuse('notes.save', 'DISK_FULL')
  await field('Subjective').click()
  await page.keyboard.type(text)
  await expect(savedState()).toContainText('Not saved yet')
}

test('words of a note that was left while the disk was full', async () => {
  await typeInVain('Slept badly again.')
  await page.keyboard.press('Control+1')
  await expect(page.getByText('Words not saved yet in')).toContainText('Nora')
  await page.getByRole('link', { name: 'Go on there' }).click()
  await expect(field('Subjective')).toHaveText('Slept badly again.')
  await refuse('notes.save', null)
  await page.keyboard.press('Control+s')
  await expect(savedState()).toContainText(/^Saved/u)
  expect(await storedText('subjective')).toBe('Slept badly again.')
  await page.keyboard.press('Control+1')
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
  await expect(page.getByText('Words not saved yet in')).toHaveCount(0)
})

test('words that were left while another version was stored: both are shown', async () => {
  await typeInVain('Typed here.')
  await page.keyboard.press('Control+1')
  await expect(page.getByText('Words not saved yet in')).toBeVisible()
  await refuse('notes.save', null)
  const { revision } = await ask(page, 'notes', 'read', { noteId: written.noteId })
  const sections = [{ key: 'subjective', text: 'Stored elsewhere.', lexical: null }]
  await ask(page, 'notes', 'save', { noteId: written.noteId, revision, ...soapNote(sections) })
  await page.getByRole('link', { name: 'Go on there' }).click()
  const both = page.getByRole('region', { name: 'Two versions' })
  await expect(both).toContainText('Typed here.')
  await expect(both).toContainText('Stored elsewhere.')
  await both.getByRole('button', { name: /Keep both/u }).click()
  await expect(savedState()).toContainText(/^Saved/u)
  expect(await storedText('subjective')).toMatch(/Typed here\.[^]*Stored elsewhere\./u)
})

test('words that a lock came upon while the disk was full', async () => {
  await typeInVain('Only on the screen.')
  await lock(running, page)
  page = await unlock(running)
  await expect(field('Subjective')).toHaveText('Only on the screen.')
  await refuse('notes.save', null)
  await page.keyboard.press('Control+s')
  await expect(savedState()).toContainText(/^Saved/u)
  expect(await storedText('subjective')).toBe('Only on the screen.')
})

test('a line set down and left by a shortcut', async () => {
  await openNote()
  await page.getByRole('textbox', { name: /^Homework/u }).click()
  await page.keyboard.type('Write one letter')
  await page.keyboard.press('Control+1')
  await expect
    .poll(async () =>
      (await ask(page, 'notes', 'read', { noteId: written.noteId })).setDown.map((loop) => loop.text),
    )
    .toEqual(['Write one letter'])
})

test('a line that could not be kept stands in its field again', async () => {
  await openNote()
  await refuse('loops.add', 'DISK_FULL')
  await page.getByRole('textbox', { name: /^Homework/u }).click()
  await page.keyboard.type('Walk on Sunday')
  await page.keyboard.press('Control+1')
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
  await refuse('loops.add', null)
  await openNote()
  await expect(page.getByRole('textbox', { name: /^Homework/u })).toHaveValue('Walk on Sunday')
})

test('how homework went, a line on a client’s page and the name for signatures, left by a shortcut', async () => {
  const { clientId, noteId } = written
  const { id } = await ask(page, 'loops', 'add', {
    clientId,
    sessionId: null,
    kind: 'homework',
    text: 'Walk',
  })
  await openNote()
  expect((await ask(page, 'notes', 'read', { noteId })).openLoops.map((loop) => loop.id)).toContain(id)
  await page.getByRole('button', { name: 'Partly' }).click()
  await page.keyboard.type('Twice, in the rain')
  await page.keyboard.press('Control+2')
  await expect
    .poll(
      async () => (await ask(page, 'notes', 'read', { noteId })).openLoops.find((l) => l.id === id)?.outcome,
    )
    .toBe('Twice, in the rain')

  await expect(page.getByRole('heading', { name: 'Clients', level: 1 })).toBeVisible()
  await page.getByRole('link', { name: 'Nora' }).click()
  await page.getByRole('button', { name: 'Add goal' }).click()
  await page.keyboard.type('Sleep before midnight')
  await page.keyboard.press('Control+,')
  await expect
    .poll(async () => (await ask(page, 'clients', 'get', { id: clientId })).goals.map((goal) => goal.text))
    .toEqual(['Sleep before midnight'])

  await page.getByRole('textbox', { name: /^Your name for signatures/u }).click()
  await page.keyboard.type('N. Writer')
  await lock(running, page)
  page = await unlock(running)
  expect((await ask(page, 'app', 'context', {})).preferences.authorName).toBe('N. Writer')
})

test('half an addendum, after Esc, a way elsewhere and a lock', async () => {
  const { noteId, sessionId } = written
  const sections = [{ key: 'subjective', text: 'Signed words.', lexical: null }]
  const { revision } = await ask(page, 'notes', 'read', { noteId })
  await ask(page, 'notes', 'save', { noteId, revision, ...soapNote(sections) })
  await sign(page, written, 'Signed.')
  await lock(running, page)
  page = await unlock(running)
  const go = async () => {
    await page.keyboard.press('Control+2')
    await page.getByRole('link', { name: 'Nora' }).click()
    await page.getByRole('region', { name: 'Notes', exact: true }).getByRole('link').first().click()
  }
  await go()
  await page.getByRole('button', { name: 'Add addendum' }).click()
  await page.keyboard.type('She called back')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Keep writing' }).click()
  await expect(field('Addendum')).toHaveValue('She called back')
  await lock(running, page)
  page = await unlock(running)
  await page.getByRole('button', { name: 'Go on with the addendum' }).click()
  await expect(field('Addendum')).toHaveValue('She called back')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Add addendum' }).click()
  await expect(page.getByRole('list', { name: 'Addenda' })).toContainText('She called back')
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Add addendum' })).toBeVisible()
  const { addenda } = await ask(page, 'notes', 'open', { sessionId })
  expect(addenda.map((one) => one.text)).toEqual(['She called back'])
})

test('a reason for referral, after a press beside the dialog', async () => {
  await page.keyboard.press('Control+2')
  await page.getByRole('button', { name: 'Add client' }).click()
  await page.getByRole('textbox', { name: /^Reason for referral/u }).click()
  await page.keyboard.type('Referred by her school')
  await page.mouse.click(5, 5)
  await page.getByRole('button', { name: 'Keep writing' }).click()
  await expect(page.getByRole('textbox', { name: /^Reason for referral/u })).toHaveValue(
    'Referred by her school',
  )
  await expect(page.getByRole('textbox', { name: /^Reason for referral/u })).toBeFocused()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Throw away' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('what is copied outside an editor is handed to main too', async () => {
  await page.keyboard.press('Control+4')
  const search = page.getByRole('searchbox', { name: 'Search the record' })
  await search.fill('copied from a field')
  await running.app.evaluate(({ ipcMain }) => {
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, Handle> })._invokeHandlers
    const real = handlers.get('app.copy')
    handlers.set('app.copy', (event, input) => {
      ;(globalThis as unknown as { copied: unknown }).copied = input
      return real?.(event, input)
    })
  })
  const copied = () => running.app.evaluate(() => (globalThis as unknown as { copied: unknown }).copied)
  await search.press('Control+a')
  await search.press('Control+c')
  await expect.poll(copied).toEqual({ text: 'copied from a field' })
  await page.getByRole('heading', { name: 'Search', level: 1 }).selectText()
  await page.keyboard.press('Control+c')
  await expect.poll(copied).toEqual({ text: 'Search' })
})

test('a session that was removed is the same one after Undo', async () => {
  await page.keyboard.press('Control+1')
  await page.getByRole('button', { name: 'More about Nora' }).first().click()
  await page.getByRole('menuitem', { name: 'Remove' }).click()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Back as it was.')).toBeVisible()
  expect(await call(page, 'sessions', 'get', { id: written.sessionId })).toMatchObject({ ok: true })
})

test('the privacy blur covers the note and can always be taken off', async () => {
  await openNote()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('privacy')
  await page.keyboard.press('Enter')
  const filter = () =>
    field('Subjective').evaluate((one) => getComputedStyle(one.closest('[data-veil]')!).filter)
  await expect.poll(filter).toContain('blur')
  await expect(page.getByRole('heading', { level: 1 }).locator('[title]')).toHaveCount(0)
  await page.getByRole('button', { name: 'Take the privacy blur off' }).click()
  await expect.poll(filter).toBe('none')
})
