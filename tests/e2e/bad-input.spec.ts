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
import { addSession } from '../support/oneSession.ts'

let profile: string
let running: Running
let page: Page

test.beforeAll(async () => {
  profile = await vaultProfile()
  running = await launch({ profile })
  page = await unlock(running)
})
test.afterAll(async () => {
  await running.stop()
  removeProfile(profile)
})

async function addClient(name: string): Promise<void> {
  await page.getByRole('link', { name: 'Clients', exact: true }).first().click()
  await page.getByRole('button', { name: 'Add client' }).first().click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await page.getByRole('dialog').getByRole('button', { name: 'Add client' }).click()
}

const names = async (): Promise<string[]> =>
  (await ask(page, 'clients', 'list', {})).clients.map((c) => c.name)

test('a name that is empty, enormous or plays tricks gets a sentence, and what was typed stays', async () => {
  const before = await names()
  for (const name of ['', '   ', 'A'.repeat(5000), 'Ann\u202egnp.exe']) {
    await addClient(name)
    const field = page.getByRole('dialog').getByRole('textbox', { name: 'Name', exact: true })
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    expect((await field.inputValue()).startsWith(name.slice(0, 40))).toBe(true)
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  expect(await names()).toEqual(before)
})

test('names from right to left, in emoji, in one letter and in 120 are kept as they are', async () => {
  const kept = [
    'נועה בן־דוד',
    'ليلى',
    '👩🏽‍🚀 Zoë',
    'X',
    'Ö'.repeat(120),
    "O'Brien; DROP TABLE clients --",
    '<b>Bold</b>',
  ]
  for (const name of kept) {
    await addClient(name)
    await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
  }
  expect(await names()).toEqual(expect.arrayContaining(kept))
})

test('an end before the start, a day-long session, a zone that is none: refused by name of the field', async () => {
  const [client] = (await ask(page, 'clients', 'list', {})).clients
  const startsAt = Date.now()
  const create = (endsAt: number, zone = 'UTC') =>
    call(page, 'sessions', 'create', {
      clientId: client?.id ?? '',
      kind: 'individual',
      startsAt,
      endsAt,
      zone,
    })
  expect(await create(startsAt - 1)).toEqual({ ok: false, code: 'END_BEFORE_START', field: 'endsAt' })
  expect(await create(startsAt)).toEqual({ ok: false, code: 'END_BEFORE_START', field: 'endsAt' })
  expect(await create(startsAt + 86_400_001)).toEqual({
    ok: false,
    code: 'TOO_LONG_SESSION',
    field: 'endsAt',
  })
  expect(await create(startsAt + 1000, 'Mars/Olympus')).toEqual({
    ok: false,
    code: 'BAD_INPUT',
    field: 'zone',
  })
})

test('a session removed under an open note: writing brings it back, nothing is lost', async () => {
  const { sessionId, noteId } = await addSession(page, (field) => (field === 'name' ? 'Removed' : ''))
  await page.getByRole('link', { name: 'Today', exact: true }).first().click()
  await page.getByRole('button', { name: 'Write note' }).first().click()
  await page.getByRole('textbox', { name: 'Subjective' }).click()
  await ask(page, 'sessions', 'remove', { id: sessionId })
  await page.keyboard.type('Written all the same.')
  await expect(page.getByRole('status', { name: 'Saved state', exact: true })).toContainText(/Saved/u)

  expect((await ask(page, 'sessions', 'get', { id: sessionId })).status).toBe('scheduled')
  const { sections } = await ask(page, 'notes', 'read', { noteId })
  expect(sections[0]?.text).toBe('Written all the same.')
  // Once something is written it cannot be removed from the schedule at all.
  expect(await call(page, 'sessions', 'remove', { id: sessionId })).toEqual({ ok: false, code: 'HAS_NOTE' })
})
