import { expect, test, type Page } from '@playwright/test'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ask, launch, removeProfile, unlock, vaultProfile, type Running } from '../support/application.ts'
import { picture, violations } from '../support/looking.ts'
import { addSession, toThePen, type Written } from '../support/oneSession.ts'

/* The form that a note is written in: changed without losing a word, made, handed out, taken in. */

let running: Running
let page: Page
let written: Written
const folder = mkdtempSync(path.join(tmpdir(), 'bracket-formats-'))
test.afterAll(() => removeProfile(folder))

test.beforeEach(async () => {
  running = await launch({ profile: await vaultProfile() })
  page = await unlock(running)
  written = await addSession(page, (field) => (field === 'name' ? 'Nora' : ''))
})
test.afterEach(async () => {
  await running.stop()
  removeProfile(running.profile)
})

const field = (name: string) => page.getByRole('textbox', { name, exact: true })
const savedState = () => page.getByRole('status', { name: 'Saved state', exact: true })
const headings = () => page.getByRole('region', { name: 'Progress note' }).getByRole('heading', { level: 3 })
/** What can be written under, in order. */
const sections = () =>
  page
    .getByRole('region', { name: 'Progress note' })
    .locator('[data-section]')
    .evaluateAll((fields) => fields.map((one) => one.getAttribute('aria-label')))

async function openNote(): Promise<void> {
  await page.keyboard.press('Control+1')
  await toThePen(page)
  await expect(page.getByRole('button', { name: /^Format: /u })).toBeVisible()
}

/** By keyboard alone: the menu finds a format by the letters of its name. */
async function changeTo(name: string): Promise<void> {
  await page.getByRole('button', { name: /^Format: /u }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu')).toBeVisible()
  await page.keyboard.type(name)
  await expect(page.getByRole('menuitem', { name: new RegExp(`^${name}`, 'u') })).toBeFocused()
  await page.keyboard.press('Enter')
}

type Handle = (event: unknown, input: unknown) => unknown

/** Makes main refuse to save as on a full disk, or no longer. */
const refuseSaving = (refuse: boolean): Promise<void> =>
  running.app.evaluate(({ ipcMain }, full) => {
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, Handle> })._invokeHandlers
    const kept = globalThis as unknown as { saving?: Handle }
    kept.saving ??= handlers.get('notes.save') ?? (() => undefined)
    handlers.set('notes.save', full ? async () => ({ ok: false, code: 'DISK_FULL' }) : kept.saving)
  }, refuse)

const stored = async () => {
  const { format, sections } = await ask(page, 'notes', 'read', { noteId: written.noteId })
  return { format: format.name, words: Object.fromEntries(sections.map(({ key, text }) => [key, text])) }
}

const SOAP = {
  subjective: 'Slept badly.\n• woke at three\n• lay awake',
  objective: 'Tapped a foot.\nWe practiced breathing; it slowed.',
  assessment: 'Sleep is short of the goal.',
  plan: 'Diary until Friday.',
}

test('SOAP to DAP, to BIRP and back: every word is where it was; undone; signed under its headings', async () => {
  await openNote()
  await field('Subjective').focus()
  await page.keyboard.type('Slept badly.\n- woke at three\nlay awake')
  await page.keyboard.press('Control+Alt+ArrowDown')
  await page.keyboard.type('Tapped a foot.\nWe practiced breathing; it slowed.')
  await page.keyboard.press('Control+Alt+ArrowDown')
  await page.keyboard.type('Sleep is short of the goal.')
  await page.keyboard.press('Control+Alt+ArrowDown')
  await page.keyboard.type('Diary until Friday.')

  // Straight from the last key: what is typed is saved first, and comes along.
  await changeTo('DAP')
  await expect(field('Data')).toContainText('lay awake')
  expect(await sections()).toEqual(['Data', 'Assessment', 'Plan'])
  await expect(page.getByRole('status', { name: 'Format', exact: true })).toContainText('Now in DAP.')
  await picture(page, 'formats-dap')

  await changeTo('BIRP')
  const dialog = page.getByRole('dialog', { name: 'Where should these words go?' })
  await expect(dialog.getByText('“Slept badly.')).toBeVisible()
  await picture(page, 'formats-asking')
  await dialog.getByRole('button', { name: /Data$/u }).press('Enter')
  await page.getByRole('option', { name: 'Keep it under its own heading' }).press('Enter')
  await dialog.getByRole('button', { name: 'Change to BIRP' }).press('Enter')
  await expect(dialog).toHaveCount(0)
  // The question goes before what is typed is saved, and only then the format changes.
  await expect
    .poll(async () => (await sections()).slice(0, 5))
    .toEqual(['Behavior', 'Intervention', 'Response', 'Plan', 'Data'])
  await expect(field('Data')).toContainText('Tapped a foot.')

  // Undone by its button, done again, and undone by the key that undoes typing.
  await page
    .getByRole('status', { name: 'Format', exact: true })
    .getByRole('button', { name: 'Undo' })
    .click()
  await expect(page.getByRole('button', { name: 'Format: DAP' })).toBeVisible()
  await changeTo('BIRP')
  await dialog.getByRole('button', { name: 'Change to BIRP' }).press('Enter')
  await expect(field('Behavior')).toContainText('Tapped a foot.')
  await expect(page.getByRole('button', { name: 'Format: BIRP' })).toBeVisible()
  await field('Behavior').focus()
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('button', { name: 'Format: DAP' })).toBeVisible()
  await changeTo('BIRP')
  await dialog.getByRole('button', { name: 'Change to BIRP' }).press('Enter')
  await expect(field('Behavior')).toContainText('Tapped a foot.')

  await changeTo('SOAP')
  await expect(page.getByRole('button', { name: 'Format: SOAP' })).toBeVisible()
  await expect(savedState()).toContainText(/^Saved/u)
  expect(await stored()).toEqual({ format: 'SOAP', words: SOAP })

  // The example beside a section, folded until asked.
  const example = page.getByRole('button', { name: 'Example for Subjective' })
  await expect(example).toHaveAttribute('aria-expanded', 'false')
  const tall = async () => (await headings().nth(1).boundingBox())?.y ?? 0
  const before = await tall()
  await example.press('Enter')
  await expect(page.getByText('Says what happened')).toBeVisible()
  await picture(page, 'formats-example')
  await example.press('Enter')
  await expect.poll(tall).toBe(before)

  // Not asked again: every line knows where it stood.
  await changeTo('BIRP')
  await expect(page.getByRole('button', { name: 'Format: BIRP' })).toBeVisible()
  await expect(savedState()).toContainText(/^Saved/u)
  await page.keyboard.press('Control+Enter')
  const sheet = page.getByRole('dialog', { name: 'Sign note' })
  await expect(sheet.getByRole('list', { name: 'Checklist' })).toContainText('empty')
  await sheet.getByRole('button', { name: 'Sign note' }).click()
  await expect(headings()).toHaveText([/^Behavior/u, /^Intervention/u, /^Response/u, /^Plan/u])
  await expect(page.getByRole('region', { name: 'Progress note' })).toContainText('Diary until Friday.')
})

test('unsaved, the format stays; boxes alone are not a note; a summary is begun from what is signed', async () => {
  await openNote()
  await field('Subjective').focus()
  await refuseSaving(true)
  await page.keyboard.type('Only on the screen.')
  await changeTo('DAP')
  await expect(page.getByText('could not be saved just now, so the format stays')).toBeVisible()
  await expect(field('Subjective')).toHaveText('Only on the screen.')
  await refuseSaving(false)
  await field('Subjective').focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Backspace')
  await expect(field('Subjective')).toHaveText('')
  await changeTo('Checkbox')
  await expect(page.getByRole('button', { name: 'Format: Checkbox' })).toBeVisible()
  await page.getByRole('checkbox', { name: 'Anxiety', exact: true }).press('Space')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Boxes alone do not say what happened.')).toBeVisible()
  await field('From this session').fill('“I told her no.”')
  await page.keyboard.press('Control+Enter')
  const sheet = page.getByRole('dialog', { name: 'Sign note' })
  await expect(sheet).toBeVisible()
  await sheet.getByLabel('Summary line').fill('Said no to her sister')
  await sheet.getByRole('button', { name: 'Sign note' }).click()
  // Ten seconds to undo, then it is sealed.
  await expect(page.getByRole('button', { name: 'Add addendum' })).toBeVisible({ timeout: 20_000 })

  const { id: sessionId } = await ask(page, 'sessions', 'contactNow', {
    clientId: written.clientId,
    zone: 'UTC',
  })
  await page.keyboard.press('Control+1')
  // The signed one says "Read" once the day is read anew; the contact alone is left to write.
  await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: 'Contact' })).toBeVisible()
  await page.getByRole('button', { name: 'Write note' }).first().click()
  await expect(page.getByRole('button', { name: 'Format: Phone or collateral contact' })).toBeVisible()
  await changeTo('Treatment summary')
  await page.getByRole('button', { name: 'Build from signed notes' }).click()
  await expect(field('Course of treatment')).toContainText('Said no to her sister')
  await expect(page.getByRole('status', { name: 'Format', exact: true })).toContainText(
    'Built from signed notes.',
  )
  await picture(page, 'formats-summary')
  await expect(savedState()).toContainText(/^Saved/u)
  expect((await ask(page, 'notes', 'open', { sessionId })).sections.map(({ key }) => key)).toContain('course')

  // The client's notes by kind of session and by heading.
  await page.getByRole('heading', { level: 1 }).getByRole('link').click()
  const notes = page.getByRole('region', { name: 'Notes', exact: true })
  await expect(notes.getByRole('listitem')).toHaveCount(2)
  await notes.getByRole('button', { name: 'By kind or heading…' }).click()
  const choose = async (what: string, choice: RegExp) => {
    await notes.getByRole('button', { name: new RegExp(`${what}$`, 'u') }).click()
    await page.getByRole('option', { name: choice }).click()
  }
  await choose('Kind', /^Contacts$/u)
  await expect(notes.getByRole('listitem')).toHaveText([/Not signed yet/u])
  await choose('Heading', /^Course of treatment/u)
  await picture(page, 'formats-filtered')
  await choose('Kind', /^Home visits$/u)
  await expect(notes.getByText('No note of this client is like that.')).toBeVisible()
  await choose('Kind', /^All sessions$/u)
  await choose('Heading', /^Any heading$/u)
  await expect(notes.getByRole('listitem')).toHaveCount(2)
})

test('a format of one’s own: made, the default of contacts, out, gone, back, in again; a bad file is refused', async () => {
  const answer = (chosen: string) =>
    running.app.evaluate(({ dialog }, at) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [at] })
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: at })
    }, chosen)
  await page.keyboard.press('Control+,')
  await page.getByRole('link', { name: 'Templates & snippets' }).click()
  await expect(page.getByRole('heading', { name: 'Templates & snippets', level: 1 })).toBeVisible()
  const part = page.getByRole('region', { name: 'Note formats' })
  await part.getByRole('button', { name: 'Make a format…' }).click()
  const dialog = page.getByRole('dialog', { name: 'A format of your own' })
  await dialog.getByRole('button', { name: 'Keep this format' }).click()
  await expect(dialog.getByText('Please give the format a name.')).toBeVisible()
  await dialog.getByLabel('Name', { exact: true }).fill('Corridor word')
  await dialog.getByLabel('Heading 1', { exact: true }).fill('Said in passing')
  await dialog.getByRole('button', { name: 'Add a heading' }).click()
  await dialog.getByLabel('Heading 2', { exact: true }).fill('Plan')
  await dialog.getByRole('button', { name: 'Add a heading' }).click()
  await dialog.getByLabel('Heading 3', { exact: true }).fill('Who was there')
  await dialog.getByLabel('Prompt of heading 3', { exact: true }).fill('Everybody who could hear it')
  await dialog.getByRole('button', { name: 'Move Who was there up' }).press('Enter')
  await expect(dialog.getByRole('button', { name: 'Move Who was there up' })).toBeFocused()
  await dialog
    .getByRole('checkbox', { name: /^Named on the sign sheet/u })
    .first()
    .press('Space')
  await dialog.getByRole('button', { name: 'Add boxes' }).click()
  await dialog.getByLabel('Boxes 1: what they are about').fill('Place')
  await dialog.getByLabel('One box a line').fill('Hall\nYard')
  await dialog.getByRole('checkbox', { name: 'Medication' }).press('Space')
  await picture(page, 'formats-making')
  await dialog.getByRole('button', { name: 'Keep this format' }).click()
  const own = part.getByRole('list', { name: 'Your own formats' })
  await expect(own.getByRole('listitem')).toHaveText([
    /Corridor word.*Said in passing · Who was there · Plan/u,
  ])

  await page.getByRole('button', { name: /A contact$/u }).click()
  await page.getByRole('option', { name: 'Corridor word' }).click()
  await picture(page, 'formats-templates')
  const target = path.join(folder, 'out.json')
  await answer(target)
  const more = async (entry: string) => {
    await own.getByRole('button', { name: 'More about Corridor word' }).click()
    await page.getByRole('menuitem', { name: entry }).click()
  }
  await more('Save as a file…')
  await expect(page.getByText('“Corridor word” is saved as a file.')).toBeVisible()
  expect(JSON.parse(readFileSync(target, 'utf8'))).toMatchObject({
    kind: 'bracket-format',
    version: 1,
    format: { name: 'Corridor word', sections: [{ key: 'own-said-in-passing', required: true }, {}, {}] },
  })

  await more('Delete')
  await expect(own).toHaveCount(0)
  await page.getByRole('status', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click()
  await expect(own.getByRole('listitem')).toHaveCount(1)
  const takeIn = part.getByRole('button', { name: 'Take in a file…' })
  await takeIn.click()
  await expect(own.getByRole('listitem')).toHaveText([/^Corridor word/u, /^Corridor word \(2\)/u])

  const refused = async (content: string, sentence: string) => {
    const bad = path.join(folder, 'bad.json')
    writeFileSync(bad, content)
    await answer(bad)
    await takeIn.click()
    await expect(part.getByRole('alert')).toContainText(sentence)
    await expect(own.getByRole('listitem')).toHaveCount(2)
  }
  await refused('{"kind":"something else"}', 'That is not a format of Bracket.')
  await refused(
    readFileSync(target, 'utf8').replace('"version": 1', '"version": 2'),
    'made by a newer Bracket',
  )
  await refused(readFileSync(target, 'utf8').replace('"Yard"', '7'), 'something in it was changed')
  await refused(' '.repeat(300_000), 'too large to be a format')

  await part.getByRole('button', { name: /^Built in/u }).click()
  expect(await violations(page)).toEqual([])

  // A contact begins in it, and the sign sheet names what it asks for.
  await ask(page, 'sessions', 'contactNow', { clientId: written.clientId, zone: 'UTC' })
  await page.keyboard.press('Control+1')
  await page.getByRole('button', { name: 'Write note' }).first().click()
  await expect(page.getByRole('button', { name: 'Format: Corridor word' })).toBeVisible()
  expect(await sections()).toEqual(['Said in passing', 'Who was there', 'Plan'])
  await field('Plan').fill('Call on Friday.')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('dialog', { name: 'Sign note' })).toContainText(
    'Corridor word asks for Said in passing; nothing is written there yet',
  )
})
