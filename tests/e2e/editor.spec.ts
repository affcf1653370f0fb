import { expect, test, type Locator, type Page } from '@playwright/test'
import { ask, launch, removeProfile, unlock, vaultProfile, type Running } from '../support/application.ts'
import { picture, violations } from '../support/looking.ts'
import { addSession, lock, sign, toThePen, type Written } from '../support/oneSession.ts'
import { copiedFrom, pasteInto } from '../support/pasting.ts'
import { soapNote } from '../support/words.ts'

/* The pen: one long note written as a person writes it, and what may go wrong while words come from elsewhere. */

const DAY = 86_400_000
let running: Running
let page: Page
let written: Written

test.beforeEach(async () => {
  running = await launch({ profile: await vaultProfile() })
  page = await unlock(running)
  await page.setViewportSize({ width: 1366, height: 768 })
})
test.afterEach(async () => {
  await running.stop()
  removeProfile(running.profile)
})

const field = (name: string): Locator => page.getByRole('textbox', { name, exact: true })
const footer = () => page.getByRole('contentinfo').or(page.locator('footer'))
const savedState = () => page.getByRole('status', { name: 'Saved state', exact: true })
const stored = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await ask(page, 'notes', 'read', { noteId: written.noteId })).sections.map((s) => [s.key, s.text]),
  )

async function saved(): Promise<Record<string, string>> {
  await page.keyboard.press('Control+s')
  await expect(savedState()).toContainText(/^Saved/u)
  return stored()
}

/** A note that was signed a week ago, and an empty one to write now. */
async function twoSessions(): Promise<void> {
  written = await addSession(page, (name) => (name === 'name' ? 'Ana Diaz' : ''))
  const startsAt = Date.now() - 7 * DAY
  const { id: sessionId } = await ask(page, 'sessions', 'create', {
    clientId: written.clientId,
    kind: 'individual',
    startsAt,
    endsAt: startsAt + 3_000_000,
    zone: 'America/Chicago',
  })
  const { id: noteId, revision } = await ask(page, 'notes', 'open', { sessionId })
  await ask(page, 'notes', 'save', {
    noteId,
    revision,
    ...soapNote([
      { key: 'subjective', text: 'Sleeps badly since March.\n• wakes at four', lexical: null },
      { key: 'plan', text: 'Go on with the sleep diary.', lexical: null },
    ]),
  })
  await sign(page, { ...written, sessionId, noteId }, 'Sleep')
  // A lock does not wait the ten seconds.
  await lock(running, page)
  page = await unlock(running)
  await page.setViewportSize({ width: 1366, height: 768 })
}

async function openNote(): Promise<void> {
  await page.keyboard.press('Control+1')
  await toThePen(page)
  await expect(field('Subjective')).toBeVisible()
}

async function looks(theme: 'light' | 'dark', textSize: 100 | 200): Promise<void> {
  const { preferences } = await ask(page, 'app', 'context', {})
  await ask(page, 'app', 'setPreferences', { ...preferences, theme, textSize })
}

test('a note written with the pen alone: carried forward, bullets sent, quoted, found, undone', async () => {
  await twoSessions()
  await openNote()

  // Carried forward, marked until it is edited, and after opening again too.
  await field('Subjective').click()
  await expect(page.getByRole('button', { name: /^Carry forward Plan from/u })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Carry forward Objective/u })).toHaveCount(0)
  await page.keyboard.press('Control+Shift+d')
  await expect(field('Subjective')).toContainText('wakes at four')
  await page.getByRole('button', { name: /^Carry forward Plan from/u }).click()
  await expect(field('Plan')).toHaveText('Go on with the sleep diary.')
  await expect(footer().getByText('3 lines carried forward, not edited')).toBeVisible({ timeout: 15_000 })
  const marked = page.locator('[aria-description*="not edited yet"]')
  await expect(marked).toHaveCount(3)
  await picture(page, 'editor-carried')
  expect(await violations(page)).toEqual([])
  await field('Plan').click()
  await page.keyboard.press('End')
  await page.keyboard.insertText(' Twice.')
  await expect(marked).toHaveCount(2)
  await page.keyboard.press('Control+z')
  await expect(marked).toHaveCount(3)
  await page.keyboard.press('Control+Shift+z')
  await expect(footer().getByText('2 lines carried forward, not edited')).toBeVisible({ timeout: 15_000 })
  await saved()
  await openNote()
  await expect(marked).toHaveCount(2)
  await field('Subjective').click()
  await page.keyboard.press('Control+Shift+d')
  await expect(page.getByRole('status', { name: 'What was done' })).toContainText('is here already')

  // Bullets first, then each to where it belongs, without leaving them.
  await field('Objective').click()
  await page.keyboard.type('- calm today')
  await page.keyboard.press('Enter')
  await page.keyboard.type('call the mother')
  await page.keyboard.press('Enter')
  await page.keyboard.type('late, breathless')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Control+Alt+4')
  await expect(field('Plan')).toContainText('call the mother')
  await expect(field('Objective')).not.toContainText('call the mother')
  await expect(field('Objective')).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect(field('Objective')).toContainText('call the mother')
  await expect(field('Plan')).not.toContainText('call the mother')
  await expect(field('Objective')).toBeFocused()
  await page.keyboard.press('Control+Shift+z')
  await expect(field('Plan')).toContainText('call the mother')
  await page.getByRole('button', { name: 'Send to section…' }).first().click()
  await page.getByRole('menuitem', { name: 'Assessment' }).click()
  await expect(field('Assessment')).toContainText('late, breathless')
  await expect(field('Objective')).toBeFocused()

  // A quotation says whose words they are; Esc leaves it open.
  await field('Subjective').click()
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Shift+9')
  const who = page.getByRole('textbox', { name: 'Who said it?' })
  await expect(who).toBeFocused()
  await expect(page.getByRole('button', { name: 'Ana', exact: true })).toBeVisible()
  await picture(page, 'editor-who-said-it')
  expect(await violations(page)).toEqual([])
  await page.keyboard.type('Mother')
  await page.keyboard.press('Enter')
  await expect(field('Subjective')).toBeFocused()
  await page.keyboard.type('She never sleeps.')
  expect((await saved())['subjective']).toContain('> Mother: She never sleeps.')
  await field('Assessment').click()
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Shift+9')
  await page.keyboard.press('Escape')
  await expect(who).toHaveCount(0)
  await page.keyboard.type('No idea, José said.')
  expect((await saved())['assessment']).toContain('> No idea, José said.')

  // Found: in every section, never in the private pane, and the caret is where it was.
  await page.keyboard.press('Control+f')
  const finding = page.getByRole('search', { name: 'Find in note' })
  const wanted = finding.getByRole('searchbox', { name: 'Find in note' })
  await expect(wanted).toBeFocused()
  await page.keyboard.type('jose')
  await expect(finding.getByRole('status')).toHaveText('1 of 1')
  await wanted.fill('sleep')
  await expect(finding.getByRole('status')).toHaveText('1 of 3')
  await page.keyboard.press('Enter')
  await expect(finding.getByRole('status')).toHaveText('2 of 3')
  await page.keyboard.press('Shift+F3')
  await expect(finding.getByRole('status')).toHaveText('1 of 3')
  expect(
    await page.evaluate(() => [
      CSS.highlights.get('bracket-found')?.size,
      [...(CSS.highlights.get('bracket-found-current') ?? [])].map(
        (range) => range.startContainer.textContent,
      ),
    ]),
  ).toEqual([3, ['Sleeps badly since March.']])
  await picture(page, 'editor-find')
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(finding).toHaveCount(0)
  await expect(field('Assessment')).toBeFocused()
  await page.keyboard.type(' And left.')
  expect((await saved())['assessment']).toContain('José said. And left.')

  await page.keyboard.press('Control+.')
  await picture(page, 'editor-focus')
  await page.keyboard.press('Control+.')
  await looks('dark', 100)
  await picture(page, 'editor-dark')
  await looks('light', 200)
  await picture(page, 'editor-large')
  await looks('light', 100)

  // The sign sheet says how much nobody touched; it blocks nothing.
  await page.keyboard.press('Control+Enter')
  const sheet = page.getByRole('dialog', { name: 'Sign note' })
  await expect(
    sheet.getByText(/^About a (quarter|fifth|third) of this note is unchanged from/u),
  ).toBeVisible()
  await page.waitForTimeout(300)
  await picture(page, 'editor-sign')
  await sheet.getByRole('button', { name: 'Sign note' }).click()
  await expect(sheet).toHaveCount(0)
})

test('words from elsewhere: pasted clean, refused whole, and never half', async () => {
  written = await addSession(page, (name) => (name === 'name' ? 'Ben' : ''))
  await openNote()
  await field('Subjective').click()
  await page.keyboard.type('Before.')
  await page.keyboard.press('Enter')

  const fromWord =
    'Plan\nShe said no and left.\n• call mother\n• on Monday\n• before nine\n• write the letter\nהיא אמרה שָׁלוֹם'
  await pasteInto(page, { html: copiedFrom('word'), plain: 'fallback' })
  expect((await saved())['subjective']).toBe(`Before.\n${fromWord}`)
  // The second paste is cleaned as the first was, and keeps bold.
  await field('Objective').click()
  await pasteInto(page, { html: copiedFrom('word') })
  expect((await saved())['objective']).toBe(fromWord)
  await expect(field('Objective').locator('strong', { hasText: /^no$/u })).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(field('Objective')).toHaveText('')
  await pasteInto(page, { html: copiedFrom('docs') })
  expect((await saved())['objective']).toBe('Visit at home\n• kitchen tidy\n• dishes done\n• dog 🐕‍🦺 asleep')

  await field('Assessment').click()
  await pasteInto(page, { html: copiedFrom('page'), picture: true })
  expect((await saved())['assessment']).toBe(
    'Sleep diary\nAsk for three nights first.\n• Bed time\n• Awake\n• once\n• twice\n• Up\n> Sleep is not a test.\nNight\tHours\nMon\t6',
  )

  await field('Plan').click()
  await pasteInto(page, { picture: true, html: '<img src="https://example.org/x.png">' })
  await expect(page.getByText('Pictures cannot be pasted into a note. Nothing was changed.')).toBeVisible()
  await pasteInto(page, { plain: 'word '.repeat(200_000) })
  await expect(page.getByText('Nothing was pasted; please paste it in parts.')).toBeVisible()
  await expect(field('Plan')).toHaveText('')
  await page.keyboard.type('x')
  await page.keyboard.press('Control+a')
  await pasteInto(page, { plain: 'a\u0000b e\u0301 👩‍👩‍👧 مرحبا \ud800 end' })
  expect((await saved())['plan']).toBe('ab e\u0301 👩‍👩‍👧 مرحبا \ufffd end')
  await picture(page, 'editor-pasted')

  // As an input method or a system's dictation hands words over: half of them, others instead, then for good.
  const devtools = await page.context().newCDPSession(page)
  for (const name of ['Plan', 'Homework', 'Plan for next time']) {
    await field(name).click()
    await page.keyboard.press('Control+End')
    const compose = (text: string) =>
      devtools.send('Input.imeSetComposition', {
        text,
        selectionStart: text.length,
        selectionEnd: text.length,
      })
    await compose(' dicta')
    await compose(' dictated')
    await devtools.send('Input.insertText', { text: ' dictated words' })
    await expect
      .poll(() => field(name).evaluate((one) => (one as HTMLTextAreaElement).value ?? one.textContent))
      .toMatch(/^(?!.*dicta.*dicta).* dictated words$/u)
  }
  await field('Plan').click()
  expect((await saved())['plan']).toMatch(/ end dictated words$/u)

  // Killed in the middle: the old text or the new one.
  const before = await stored()
  const long = Array.from({ length: 400 }, (_, i) => `• line ${i}`).join('\n')
  await page.keyboard.press('Control+a')
  await pasteInto(page, { plain: long })
  await page.waitForTimeout(Math.random() * 900)
  await running.kill()
  running = await launch({ profile: running.profile })
  page = await unlock(running)
  expect([before['plan'], long]).toContain((await stored())['plan'])
  expect((await stored())['subjective']).toBe(before['subjective'])

  // A lock in the moment of the paste: the new one, because what is typed is committed first.
  await openNote()
  await field('Plan').click()
  await page.keyboard.press('Control+a')
  await pasteInto(page, { plain: 'Pasted, then locked.' })
  await lock(running, page)
  page = await unlock(running)
  expect((await stored())['plan']).toMatch(/^(• )?Pasted, then locked\.$/u)
})

test('a look that cannot be read, and a note that was changed elsewhere', async () => {
  written = await addSession(page, (name) => (name === 'name' ? 'Cleo' : ''))
  const { revision } = await ask(page, 'notes', 'read', { noteId: written.noteId })
  await ask(page, 'notes', 'save', {
    noteId: written.noteId,
    revision,
    ...soapNote([
      {
        key: 'subjective',
        text: 'Every word\n• is kept',
        lexical: '{"root":{"children":[{"type":"iframe"}]}}',
      },
    ]),
  })
  await openNote()
  await expect(field('Subjective')).toContainText('Every word')
  await expect(page.getByText('could not be read, so it is shown as plain text')).toBeVisible()
  await picture(page, 'editor-damaged')
  await field('Subjective').click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' here.')
  expect((await saved())['subjective']).toBe('Every word\n• is kept here.')

  // The same note, changed by another window: the next save sees it.
  const now = await ask(page, 'notes', 'read', { noteId: written.noteId })
  await ask(page, 'notes', 'save', {
    noteId: written.noteId,
    revision: now.revision,
    ...soapNote([{ key: 'subjective', text: 'Every word\n• was changed elsewhere.', lexical: null }]),
  })
  await page.keyboard.type(' And more.')
  const both = page.getByRole('region', { name: 'Two versions' })
  await expect(both).toContainText('is kept here. And more.')
  await expect(both).toContainText('was changed elsewhere.')
  await picture(page, 'editor-conflict')
  await looks('dark', 100)
  await picture(page, 'editor-conflict-dark')
  await looks('light', 200)
  await picture(page, 'editor-conflict-large')
  expect((await stored())['subjective']).toBe('Every word\n• was changed elsewhere.')
  await both.getByRole('button', { name: /^Keep both/u }).click()
  await expect(savedState()).toContainText(/^Saved/u)
  expect((await stored())['subjective']).toMatch(/kept here\. And more\.[^]*changed elsewhere\./u)
})
