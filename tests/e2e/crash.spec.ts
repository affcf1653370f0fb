import { expect, test, type Page } from '@playwright/test'
import { ask, launch, removeProfile, unlock, vaultProfile, type Running } from '../support/application.ts'
import { addSession, sign } from '../support/oneSession.ts'

const CYCLES = 5

let profile: string
let running: Running

test.beforeEach(async () => {
  profile = await vaultProfile()
  running = await launch({ profile })
})

test.afterEach(async () => {
  await running.stop()
  removeProfile(profile)
})

async function again(): Promise<Page> {
  running = await launch({ profile })
  return unlock(running)
}

async function stored(page: Page, noteId: string): Promise<{ text: string; revision: number }> {
  const { sections, revision } = await ask(page, 'notes', 'read', { noteId })
  return { text: sections.find((s) => s.key === 'subjective')?.text ?? '', revision }
}

/** Words that nothing in the editor turns into something else, told apart by their place. */
const wordsFrom = (first: number, count: number): string =>
  Array.from({ length: count }, (_, place) => `beat${first + place} `).join('')

async function openDraft(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: 'Write note' })
    .or(page.getByRole('button', { name: 'Continue' }))
    .first()
    .click()
  await page.getByRole('textbox', { name: 'Subjective' }).click()
  await page.keyboard.press('Control+End')
}

/** What the page shows while its status says "Saved", two frames after the last key; else null. */
function saidToBeSaved(page: Page): Promise<string | null> {
  return page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    await frame()
    await frame()
    const status = document.querySelector('[role="status"][aria-label="Saved state"]')
    const field = document.querySelector('[role="textbox"][aria-label="Subjective"]')
    if (field === null || status === null) throw new Error('no editor')
    return /Saved \d/u.test(status.textContent ?? '') ? (field.textContent ?? '') : null
  })
}

test('kill -9 in mid-typing, five times: nothing that was said to be saved is lost', async () => {
  test.setTimeout(180_000)
  let page = await unlock(running)
  const written = await addSession(page, (field) => (field === 'name' ? 'Crash' : ''))
  let text = ''
  let count = 0
  let promises = 0

  for (let turn = 1; turn <= CYCLES; turn += 1) {
    await openDraft(page)
    const before = await stored(page, written.noteId)
    let promised = { text: before.text, revision: before.revision }
    // Short bursts with pauses for thought; after some of them the page says that it saved.
    for (let burst = 0; burst < 3; burst += 1) {
      const words = wordsFrom(count, 3)
      count += 3
      text += words
      await page.keyboard.type(words, { delay: 8 })
      await page.waitForTimeout(burst === 0 ? 900 : Math.random() * 900)
      const saved = await saidToBeSaved(page)
      if (saved === null) continue
      promises += 1
      const { revision } = await stored(page, written.noteId)
      promised = { text: saved, revision }
    }
    // And on without a pause, longer than the page ever waits; killed somewhere in it, in a save or between two.
    const words = wordsFrom(count, 60)
    count += 60
    const typing = page.keyboard.type(words, { delay: 8 }).catch(() => undefined)
    const until = Date.now() + 300 + Math.random() * 2_700
    while (Date.now() < until) {
      // What can be read is committed, and no less than what was answered.
      const read = await stored(page, written.noteId)
      if (read.revision > promised.revision) promised = read
      await page.waitForTimeout(Math.random() * 40)
    }
    await running.kill()
    await typing

    page = await again()
    const found = await stored(page, written.noteId)
    expect(found.text.startsWith(promised.text.trimEnd())).toBe(true)
    // Of what was typed nothing is missing in the middle and nothing is there twice.
    expect((text + words).startsWith(found.text.trimEnd())).toBe(true)
    expect(found.revision).toBeGreaterThanOrEqual(promised.revision)
    const { restored } = await ask(page, 'app', 'context', {})
    expect(restored).toMatchObject({ noteId: written.noteId, sessionId: written.sessionId })
    text = found.text
  }
  expect(promises).toBeGreaterThanOrEqual(CYCLES)

  // Closed as a person closes it, there is nothing to restore.
  await running.stop()
  page = await again()
  expect((await ask(page, 'app', 'context', {})).restored).toBe(null)
})

test('the page itself: typed, said to be saved, killed; the words are there and it says so', async () => {
  let page = await unlock(running)
  await addSession(page, (field) => (field === 'name' ? 'Crash' : ''))
  await page.getByRole('button', { name: 'Write note' }).first().click()
  await page.getByRole('textbox', { name: 'Subjective' }).click()
  await page.keyboard.type('Slept four hours.')
  await expect(page.getByRole('status', { name: 'Saved state', exact: true })).toContainText(/Saved/)
  await page.keyboard.type(' And then')
  await running.kill()

  page = await again()
  const banner = page.getByText(/Restored to \d+:\d\d/u)
  await expect(banner.first()).toBeVisible()
  await page
    .getByRole('button', { name: 'Write note' })
    .or(page.getByRole('button', { name: 'Continue' }))
    .first()
    .click()
  await expect(page.getByRole('textbox', { name: 'Subjective' })).toContainText('Slept four hours.')
})

test('killed within ten seconds of signing: a draft again, with all its words', async () => {
  let page = await unlock(running)
  const written = await addSession(page, (field) => (field === 'name' ? 'Crash' : ''))
  const { revision } = await ask(page, 'notes', 'save', {
    noteId: written.noteId,
    revision: (await stored(page, written.noteId)).revision,
    sections: [{ key: 'subjective', text: 'To be signed.', lexical: null }],
  })
  expect(revision).toBeGreaterThan(0)
  const until = await sign(page, written, 'Signed in haste')
  expect((await ask(page, 'notes', 'read', { noteId: written.noteId })).state).toBe('sealing')
  expect(Date.now()).toBeLessThan(until)
  await running.kill()

  page = await again()
  const note = await ask(page, 'notes', 'read', { noteId: written.noteId })
  expect(note).toMatchObject({ state: 'draft', seal: null, sealingUntil: null })
  expect((await stored(page, written.noteId)).text).toBe('To be signed.')
  expect((await ask(page, 'app', 'verification', {})).changed).toEqual([])

  // Signed again and closed as a person closes it, it is sealed at once.
  await sign(page, written, 'Signed at leisure')
  await running.stop()
  page = await again()
  expect(await ask(page, 'notes', 'read', { noteId: written.noteId })).toMatchObject({ state: 'sealed' })
})
