import { expect, test, type Page } from '@playwright/test'
import { ask, launch, removeProfile, type Running, unlock, vaultProfile } from '../support/application.ts'
import { addSession, openPrivateRoom, toThePen } from '../support/oneSession.ts'

/* Spelling: marks that are no part of the note, a menu by key and by mouse, words kept each in its own room. */

let running: Running
let profile: string

test.beforeEach(async () => {
  profile = await vaultProfile()
  running = await launch({
    profile,
    now: '2026-11-24T16:00:00Z',
    env: { TZ: 'UTC', LANG: 'en_US.UTF-8' },
  })
})
test.afterEach(async () => {
  await running.stop()
  removeProfile(profile)
})

/** The words that are marked on the page, in order. */
const marked = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...(CSS.highlights.get('misspelt') ?? [])]
      .map((range) => (range as Range).toString())
      .sort((a, b) => (a < b ? -1 : 1)),
  )

test('words are marked beside the typing, mended, added and ignored', async () => {
  test.setTimeout(150_000)
  const page = await unlock(running)
  const problems: string[] = []
  page.on('console', (line) => {
    if (line.type() === 'error') problems.push(line.text())
  })
  const { keyboard } = page
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
  await addSession(page, (field) => (field === 'name' ? 'Ines Mourrao' : field))
  await page.getByRole('link', { name: 'Clients', exact: true }).first().click()
  await page.getByRole('link', { name: 'Today', exact: true }).first().click()
  expect(page.workers(), 'no thread before a note is open').toHaveLength(0)

  const openNote = async () => {
    await page.getByRole('link', { name: 'Today', exact: true }).first().click()
    await toThePen(page)
  }
  await openNote()
  const field = page.getByRole('textbox', { name: 'Subjective', exact: true })
  const text = () => field.evaluate((element) => (element as HTMLElement).innerText.trim())
  await field.click()
  await keyboard.type('Ines wnet home; sertraline and CBT for anhedonia, “as I sayd”. ')
  await keyboard.type('Met Mrs Okonjo in room 4b. Recieved a lettre')
  await expect.poll(() => marked(page)).toEqual(['Recieved', 'wnet'])
  expect(page.workers()).toHaveLength(1)
  // What is being written is let be until the caret is elsewhere.
  await page.getByRole('textbox', { name: 'Objective', exact: true }).click()
  await expect.poll(() => marked(page)).toEqual(['Recieved', 'lettre', 'wnet'])
  await keyboard.type('Looked tird.')
  await expect.poll(() => marked(page)).toEqual(['Recieved', 'lettre', 'tird', 'wnet'])
  // Nothing of it is in the note.
  await keyboard.press('Control+s')
  await expect(page.getByRole('status', { name: 'Saved state', exact: true })).toContainText('Saved')
  expect(await field.evaluate((element) => element.innerHTML)).not.toContain('misspelt')

  // By key: from word to word, through the sections, and one undo takes a mend back.
  await field.click()
  await keyboard.press('Control+Home')
  await keyboard.press('F7')
  const menu = page.getByRole('menu', { name: 'Spelling of wnet' })
  await expect(menu).toBeVisible()
  await expect(menu.getByRole('menuitem', { name: 'went', exact: true })).toBeVisible()
  expect(await menu.getByRole('menuitem').count()).toBeLessThanOrEqual(7)
  await menu.getByRole('menuitem', { name: 'went', exact: true }).click()
  await expect.poll(text).toContain('Ines went home')
  await expect(field).toBeFocused()
  await keyboard.press('Control+z')
  await expect.poll(text).toContain('Ines wnet home')
  await keyboard.press('Control+Shift+z')
  await expect.poll(text).toContain('Ines went home')
  await keyboard.press('F7')
  await page.getByRole('menu', { name: 'Spelling of Recieved' }).waitFor()
  await keyboard.press('Escape')
  await expect(page.getByRole('menu')).toHaveCount(0)
  await expect(field).toBeFocused()
  await keyboard.press('Control+;')
  await page.getByRole('menu', { name: 'Spelling of lettre' }).waitFor()
  await page.getByRole('menuitem', { name: 'Add to dictionary' }).click()
  await expect.poll(() => marked(page)).toEqual(['Recieved', 'tird'])
  expect((await ask(page, 'spelling', 'words', {})).words).toEqual(['lettre'])
  await keyboard.press('F7')
  await page.getByRole('menu', { name: 'Spelling of tird' }).waitFor()
  await page.getByRole('menuitem', { name: /^Ignore/u }).click()
  await expect.poll(() => marked(page)).toEqual(['Recieved'])

  // By mouse.
  const box = await page.evaluate(() => {
    const [range] = CSS.highlights.get('misspelt') ?? []
    const { x, y, width, height } = (range as Range).getBoundingClientRect()
    return { x: x + width / 2, y: y + height / 2 }
  })
  await page.mouse.click(box.x, box.y, { button: 'right' })
  await page.getByRole('menuitem', { name: 'Received', exact: true }).click()
  await expect.poll(text).toContain('Received a lettre')
  await expect.poll(() => marked(page)).toEqual([])

  // The private room's words are its own.
  await openPrivateRoom(running, page)
  const region = page.getByRole('region', { name: 'Private note', exact: true })
  await region.getByRole('button', { name: 'Open private note' }).click()
  const apart = region.getByRole('textbox').first()
  await apart.click()
  await keyboard.type('His zzyzx and the lettre. ')
  await expect.poll(() => marked(page)).toEqual(['lettre', 'zzyzx'])
  await keyboard.press('Control+Home')
  await keyboard.press('F7')
  await page.getByRole('menu', { name: 'Spelling of zzyzx' }).waitFor()
  await page.getByRole('menuitem', { name: 'Add to dictionary' }).click()
  await expect.poll(() => marked(page)).toEqual(['lettre'])
  expect((await ask(page, 'privateRoom', 'spellingWords', {})).words).toEqual(['zzyzx'])
  expect((await ask(page, 'spelling', 'words', {})).words).toEqual(['lettre'])
  await page.getByRole('textbox', { name: 'Plan', exact: true }).click()
  await keyboard.type('Ask about zzyzx. ')
  await expect.poll(() => marked(page)).toEqual(['lettre', 'zzyzx'])
  await ask(page, 'privateRoom', 'lock', {})
  await expect.poll(() => marked(page)).toEqual(['zzyzx'])

  // Another language, none, and a word taken off the list.
  const settings = page.getByRole('region', { name: 'Writing', exact: true })
  const choose = async (language: string) => {
    await page.getByRole('link', { name: 'Settings', exact: true }).first().click()
    await settings
      .getByRole('button', { name: /Spelling/u })
      .first()
      .click()
    await page.getByRole('option', { name: language }).click()
  }
  await choose('Español')
  await settings.getByRole('button', { name: /Words you added/u }).click()
  await settings.getByRole('button', { name: 'Take lettre off the list' }).click()
  await expect(settings.getByRole('button', { name: 'Take lettre off the list' })).toHaveCount(0)
  await openNote()
  await page.getByRole('textbox', { name: 'Plan', exact: true }).click()
  await keyboard.press('Control+a')
  await keyboard.type('La señora habló del sueño y de la ansiedd. ')
  await expect.poll(() => marked(page)).toContain('ansiedd')
  expect(await marked(page)).not.toContain('señora')
  await choose('Off')
  await openNote()
  await page.getByRole('textbox', { name: 'Plan', exact: true }).click()
  await keyboard.type('Wnet hme. ')
  await keyboard.press('F7')
  await expect(page.getByText('Spelling is off.')).toBeVisible()
  expect(await marked(page)).toEqual([])
  expect(problems).toEqual([])
})
