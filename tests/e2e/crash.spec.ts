import { expect, test, type Page } from '@playwright/test'
import {
  ask,
  call,
  launch,
  removeProfile,
  unlock,
  vaultProfile,
  type Running,
} from '../support/application.ts'
import { addSession, sign } from '../support/oneSession.ts'

const CYCLES = 5
/** Between two saves of somebody who types on; the page itself saves more seldom. */
const BEAT_MS = 100

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

const textOf = (turn: number, beat: number): string =>
  `Turn ${turn}, beat ${beat}. ${'She went on. '.repeat(beat)}`

async function stored(page: Page, noteId: string): Promise<{ text: string; revision: number }> {
  const { sections, revision } = await ask(page, 'notes', 'read', { noteId })
  return { text: sections.find((s) => s.key === 'subjective')?.text ?? '', revision }
}

test('kill -9 in mid-typing, five times: nothing that was acknowledged is lost', async () => {
  test.setTimeout(120_000)
  let page = await unlock(running)
  const written = await addSession(page, (field) => (field === 'name' ? 'Crash' : ''))

  for (let turn = 1; turn <= CYCLES; turn += 1) {
    const begun = await stored(page, written.noteId)
    let acknowledged = { text: begun.text, revision: begun.revision, savedAt: 0 }
    let asked = ''
    const beats = 6 + Math.floor(Math.random() * 8)
    let kill: Promise<void> | undefined
    for (let beat = 1; kill === undefined; beat += 1) {
      asked = textOf(turn, beat)
      const saving = call(page, 'notes', 'save', {
        noteId: written.noteId,
        revision: acknowledged.revision,
        sections: [{ key: 'subjective', text: asked, lexical: null }],
      })
      if (beat >= beats) {
        // Somewhere within this save: before it is sent, while it commits, or just after.
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 4))
        kill = running.kill()
      }
      const answer = await saving.catch(() => null)
      if (answer?.ok === true) acknowledged = { text: asked, ...answer.value }
      await new Promise((resolve) => setTimeout(resolve, BEAT_MS))
    }
    await kill

    page = await again()
    const found = await stored(page, written.noteId)
    // The last one may have been committed without anybody having heard of it; an older one never.
    expect([acknowledged.text, asked]).toContain(found.text)
    expect(found.revision).toBeGreaterThanOrEqual(acknowledged.revision)
    expect(found.revision).toBeLessThanOrEqual(acknowledged.revision + 1)
    const { restored } = await ask(page, 'app', 'context', {})
    expect(restored).toMatchObject({ noteId: written.noteId, sessionId: written.sessionId })
    expect(restored?.savedAt).toBeGreaterThanOrEqual(acknowledged.savedAt)
  }

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
