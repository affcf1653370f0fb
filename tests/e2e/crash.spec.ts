import { expect, test, type Page } from '@playwright/test'
import { ask, launch, removeProfile, unlock, vaultProfile, type Running } from '../support/application.ts'
import { killApplication, openDraft, stored } from '../reliability/application/killApplication.ts'
import { complaints, runTrial } from '../reliability/trial.ts'
import { addSession, sign } from '../support/oneSession.ts'
import { soapNote } from '../support/words.ts'

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

test('kill -9 in mid-typing, five times: nothing that was said to be saved is lost', async () => {
  test.setTimeout(180_000)
  const report = await runTrial(killApplication, killApplication.ci)
  expect(complaints(killApplication, report)).toEqual([])
  expect(report.rounds).toBe(killApplication.ci)
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
  await openDraft(page)
  await expect(page.getByRole('textbox', { name: 'Subjective' })).toContainText('Slept four hours.')

  // Closed as a person closes it, there is nothing to restore.
  await running.stop()
  page = await again()
  expect((await ask(page, 'app', 'context', {})).restored).toBe(null)
})

test('killed within ten seconds of signing: a draft again, with all its words', async () => {
  let page = await unlock(running)
  const written = await addSession(page, (field) => (field === 'name' ? 'Crash' : ''))
  const { revision } = await ask(page, 'notes', 'save', {
    noteId: written.noteId,
    revision: (await stored(page, written.noteId)).revision,
    ...soapNote([{ key: 'subjective', text: 'To be signed.', lexical: null }]),
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
