import { expect, test, type Page } from '@playwright/test'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ask, launch, removeProfile, type Running, unlock, vaultProfile } from '../support/application.ts'
import { picture, violations } from '../support/looking.ts'
import { addSession, openPrivateRoom, toThePen } from '../support/oneSession.ts'

/* Shorthand as a person lives with it: taken in from a list, typed in a note and in the private pane, taken back. */

const words = { name: 'Ines Moreau', pronouns: 'she/her', referral: 'Sleepless' } as const

let running: Running
let profile: string
let folder: string

test.beforeEach(async () => {
  profile = await vaultProfile()
  folder = mkdtempSync(path.join(tmpdir(), 'bracket-shorthand-'))
  running = await launch({
    profile,
    now: '2026-11-24T16:00:00Z',
    env: { TZ: 'UTC', LANG: 'en_US.UTF-8' },
  })
})
test.afterEach(async () => {
  await running.stop()
  removeProfile(profile)
  rmSync(folder, { recursive: true, force: true })
})

/** The system's dialogs answer with these paths from now on. */
async function dialogsGive(open: string, save: string): Promise<void> {
  await running.app.evaluate(
    ({ dialog }, paths) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [paths.open] })
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: paths.save })
    },
    { open, save },
  )
}

async function openTemplates(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').or(page.getByRole('searchbox')).first().fill('Templates')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Templates & snippets', level: 1 })).toBeVisible()
}

async function openNote(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Today', exact: true }).first().click()
  await toThePen(page)
  await expect(page.getByRole('textbox', { name: 'Subjective', exact: true })).toBeVisible()
}

test('a list is looked at, taken in, typed with, taken back and handed out', async () => {
  test.setTimeout(150_000)
  const page = await unlock(running)
  const problems: string[] = []
  page.on('console', (line) => {
    if (line.type() === 'error') problems.push(line.text())
  })
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
  await addSession(page, (field) => words[field as keyof typeof words] ?? field)

  // A list from elsewhere, in the encoding that a spreadsheet on Windows writes.
  const list = path.join(folder, 'list.csv')
  const out = path.join(folder, 'out.csv')
  const rows = [
    'Short;Expansion',
    'sx;symptoms',
    'sxs;several symptoms since {last-session}',
    'mse;Mood {?mood}, affect {?affect}. {They} agreed.',
    'nx;Next on {today+7} with {first-name}, {next-session}.',
    'two words;left out',
  ]
  writeFileSync(list, Buffer.from(`\ufeff${rows.join('\r\n')}`, 'utf16le'))
  await dialogsGive(list, out)

  await openTemplates(page)
  const shorthand = page.getByRole('region', { name: 'Shorthand', exact: true })
  await expect(shorthand.getByText('Leave names and private thoughts out of it.')).toBeVisible()
  await shorthand.getByRole('button', { name: 'Take in a list…' }).click()
  const preview = page.getByRole('dialog', { name: 'Take in shorthand' })
  await expect(preview.getByText('4 will be added · 0 changed · 1 left out')).toBeVisible()
  await expect(preview.getByText(/Line 6: the short form is not one word/u)).toBeVisible()
  await picture(page, 'shorthand-preview')
  await preview.getByRole('button', { name: 'Take it in' }).click()
  await expect(shorthand.getByRole('list', { name: 'Your shorthand' }).getByRole('listitem')).toHaveCount(4)

  await shorthand.getByRole('button', { name: 'Add shorthand…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add shorthand' })
  await dialog.getByLabel('Short form').fill('sx')
  await dialog.getByLabel('Expands to').fill('once more')
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(dialog.getByText('Another entry has this short form.')).toBeVisible()
  await dialog.getByLabel('Short form').fill(';Pl')
  await dialog.getByLabel('Expands to').fill('Plan:\nsleep diary')
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(shorthand.getByText(';pl', { exact: true })).toBeVisible()

  await picture(page, 'shorthand-list')

  await openNote(page)
  const { keyboard } = page
  const field = page.getByRole('textbox', { name: 'Subjective', exact: true })
  const menu = page.getByRole('listbox', { name: 'Shorthand' })
  const text = () => field.evaluate((element) => (element as HTMLElement).innerText.replace(/\n+$/u, ''))
  const clear = async () => {
    await keyboard.press('Control+a')
    await keyboard.press('Delete')
  }
  await field.click()

  // The menu is offered, by its letters and by arrows, and the field keeps the focus.
  await keyboard.type('Reports ;s')
  await expect(menu.getByRole('option')).toHaveCount(2)
  await expect(menu.getByRole('option', { selected: true })).toContainText('symptoms')
  await expect(field).toBeFocused()
  expect(await field.getAttribute('aria-activedescendant')).toBe(
    await menu.getByRole('option', { selected: true }).getAttribute('id'),
  )
  await keyboard.press('ArrowDown')
  await expect(menu.getByRole('option', { selected: true })).toContainText('several')
  await picture(page, 'shorthand-menu')
  // Electron has no way to open the extra page that axe's newer mode wants.
  expect(await violations(page)).toEqual([])
  await keyboard.press('ArrowUp')
  await keyboard.press('Enter')
  await expect(menu).toHaveCount(0)
  expect(await text()).toBe('Reports symptoms')
  expect(await field.getAttribute('aria-activedescendant')).toBeNull()

  // A space expands what matches exactly; one key brings back what was typed, either key.
  await clear()
  await keyboard.type('Has ;sx ')
  expect(await text()).toBe('Has symptoms ')
  await keyboard.press('Backspace')
  expect(await text()).toBe('Has ;sx ')
  await clear()
  await keyboard.type('Has ;Sx ')
  expect(await text()).toBe('Has Symptoms ')
  await keyboard.press('Control+z')
  expect(await text()).toBe('Has ;Sx ')
  await keyboard.type('stays ')
  expect(await text()).toBe('Has ;Sx stays ')
  await keyboard.press('Backspace')
  expect(await text()).toBe('Has ;Sx stays')

  // Gaps: the caret goes there, Tab to the next, and what is known of her is filled in.
  await clear()
  await keyboard.type(';mse low')
  expect(await text()).toBe('Mood low, affect [affect?]. She agreed. ')
  await keyboard.press('Tab')
  await keyboard.type('flat')
  expect(await text()).toBe('Mood low, affect flat. She agreed. ')
  await keyboard.press('Tab')
  await expect(field).toBeFocused()
  await keyboard.press('Tab')
  await expect(field).not.toBeFocused()
  await field.click()
  await clear()
  await keyboard.type(';nx ')
  expect(await text()).toBe('Next on Dec 1, 2026 with Ines, [next-session?]. ')

  // Never in the way of prose.
  await clear()
  const prose = 'a;sx b; then c ;) d ;zz e ;-) f said “;sx g” and ";sx h"'
  await keyboard.type(prose)
  await expect(menu).toHaveCount(0)
  expect(await text()).toBe(prose)
  const quotation = page.getByRole('textbox', { name: 'Objective', exact: true })
  await quotation.click()
  await keyboard.type('> ;sx ')
  await expect(quotation).toHaveText(';sx ')
  await field.click()
  await clear()
  await keyboard.type('x ;s')
  await expect(menu).toBeVisible()
  await keyboard.press('Escape')
  await expect(menu).toHaveCount(0)
  await keyboard.type('x more')
  expect(await text()).toBe('x ;sx more')

  // In the private pane, too; what it made there is not in the record.
  await openPrivateRoom(running, page)
  const region = page.getByRole('region', { name: 'Private note', exact: true })
  await region.getByRole('button', { name: 'Open private note' }).click()
  const apart = region.getByRole('textbox').first()
  await apart.click()
  await keyboard.type(';pl more')
  expect(await apart.evaluate((element) => (element as HTMLElement).innerText.replace(/\n+/gu, '|'))).toMatch(
    /^Plan:\|sleep diary more\|?$/u,
  )

  // Out again, as it is.
  await openTemplates(page)
  await shorthand.getByRole('button', { name: 'Save as a list…' }).click()
  await expect(page.getByText('5 entries written.')).toBeVisible()
  const written = readFileSync(out, 'utf8')
  expect(written).toContain('sx,symptoms\r\n')
  expect(written).toContain('pl,"Plan:\nsleep diary"\r\n')
  await shorthand.getByRole('button', { name: 'More about sxs' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(shorthand.getByText(';sxs', { exact: true })).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(shorthand.getByText(';sxs', { exact: true })).toBeVisible()

  // Switched off, a semicolon is a semicolon.
  const { preferences } = await ask(page, 'app', 'context', {})
  await page.getByRole('link', { name: 'Settings', exact: true }).first().click()
  await page.getByRole('checkbox', { name: /Expand shorthand/u }).click({ force: true })
  await expect
    .poll(async () => (await ask(page, 'app', 'context', {})).preferences.shorthand)
    .toBe(!preferences.shorthand)
  await openNote(page)
  await field.click()
  await clear()
  await keyboard.type(';sx stays')
  await expect(menu).toHaveCount(0)
  expect(await text()).toBe(';sx stays')
  expect(problems).toEqual([])
})
