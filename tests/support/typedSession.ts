import { expect, type Page } from '@playwright/test'
import { soap } from '../../src/shared/document/formats/builtIn.ts'
import { ask, type Running } from './application.ts'
import { lock, type Words } from './oneSession.ts'

const MINUTE = 60_000
/** The kinds of open loops as the client's page calls them. */
const KINDS = ['Homework', 'Plan', 'Note to self', 'Thread', 'Task', 'Risk']

/** Types as a person does, key by key, and keeps it with Enter where the field is one line. */
async function type(page: Page, field: string, text: string, within?: string): Promise<void> {
  const scope = within === undefined ? page : page.getByRole('region', { name: within, exact: true })
  await scope.getByRole('textbox', { name: field, exact: true }).click()
  await page.keyboard.type(text)
}

/** The door as a person opens it. */
export async function typePassphrase(running: Running, passphrase: string): Promise<Page> {
  const door = await running.door()
  await door.getByLabel('Passphrase', { exact: true }).click()
  await door.keyboard.type(passphrase)
  await door.getByRole('button', { name: 'Unlock', exact: true }).click()
  return running.page()
}

/**
 * The main job with the page's own fields, each with a word of its own, from the new client to the addendum; the
 * note is sealed by a lock in between. Only the times of both sessions are arranged without the keyboard.
 */
export async function typeOneSession(running: Running, passphrase: string, word: Words): Promise<void> {
  let page = await running.page()
  await page.getByRole('link', { name: 'Clients', exact: true }).first().click()
  await page.getByRole('button', { name: 'Add client' }).first().click()
  const name = word('name')
  await type(page, 'Name', name)
  await page.getByRole('textbox', { name: /^Pronouns/u }).click()
  await page.keyboard.type(word('pronouns'))
  await page.getByRole('textbox', { name: /^Reason for referral/u }).click()
  await page.keyboard.type(word('referral'))
  await page.getByRole('dialog').getByRole('button', { name: 'Add client' }).click()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()

  await typeClientPage(page, word)
  await arrange(page)
  await typeSchedule(page, name, word)
  await typeNote(running, page, passphrase, word)
  await typeElsewhere(page, word)

  await lock(running, page)
  page = await typePassphrase(running, passphrase)
  await page.getByRole('link', { name: 'Clients', exact: true }).first().click()
  await page.getByRole('link', { name }).first().click()
  await page.getByRole('region', { name: 'Notes', exact: true }).getByRole('link').first().click()
  await page.getByRole('button', { name: 'Add addendum' }).click()
  await type(page, 'Addendum', word('addendum'))
  await page.getByRole('alertdialog').getByRole('button', { name: 'Add addendum' }).click()
  await expect(page.getByRole('list', { name: 'Addenda' })).toBeVisible()
}

async function typeClientPage(page: Page, word: Words): Promise<void> {
  for (const [button, field] of [
    ['Add safety flag', 'Safety flag'],
    ['Add goal', 'Goal'],
  ] as const) {
    await page.getByRole('button', { name: button }).click()
    await type(page, field, word(field))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: button })).toBeVisible()
  }
  for (const kind of KINDS) {
    await page.getByRole('button', { name: 'Add open loop' }).click()
    await page.getByRole('button', { name: /Kind/u }).click()
    await page
      .getByRole('option', { name: new RegExp(`^${kind}`, 'u') })
      .first()
      .click()
    await type(page, 'What is open', word(`open ${kind}`))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'Add open loop' })).toBeVisible()
  }
}

/** Two sessions: one that is over, one to be cancelled. */
async function arrange(page: Page): Promise<void> {
  const { clients } = await ask(page, 'clients', 'list', {})
  const clientId = clients[0]?.id ?? ''
  const zone = 'UTC'
  const { clockOffset } = await ask(page, 'app', 'context', {})
  const now = Date.now() + clockOffset
  for (const startsAt of [now - 65 * MINUTE, now + 60 * MINUTE]) {
    await ask(page, 'sessions', 'create', {
      clientId,
      kind: 'individual',
      startsAt,
      endsAt: startsAt + 50 * MINUTE,
      zone,
    })
  }
}

async function typeSchedule(page: Page, name: string, word: Words): Promise<void> {
  await page.getByRole('link', { name: 'Today', exact: true }).first().click()
  await page
    .getByRole('button', { name: `More about ${name}` })
    .last()
    .click()
  await page.getByRole('menuitem', { name: /Cancel session/u }).click()
  await page.getByRole('textbox', { name: /^One line/u }).click()
  await page.keyboard.type(word('cancellation'))
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel session' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

async function typeNote(running: Running, page: Page, passphrase: string, word: Words): Promise<void> {
  await page.getByRole('button', { name: 'Write note' }).first().click()
  for (const { label } of soap.sections) await type(page, label, word(label), 'Progress note')
  for (const field of ['Homework', 'Plan for next time', 'Note to self']) {
    const box = page
      .getByRole('region', { name: 'Set down' })
      .getByRole('textbox', { name: new RegExp(`^${field}`, 'u') })
    await box.click()
    await page.keyboard.type(word(`set down ${field}`))
    await page.keyboard.press('Enter')
    await expect(box).toHaveValue('')
  }
  await page.getByRole('button', { name: 'Partly' }).first().click()
  await page.getByRole('textbox', { name: /^How it went/u }).click()
  await page.keyboard.type(word('outcome'))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /^Open again/u })).toBeVisible()

  await page
    .getByRole('region', { name: 'Private note' })
    .getByRole('button', { name: 'Open private note' })
    .click()
  const small = await running.door()
  await small.getByLabel('Passphrase', { exact: true }).click()
  await small.keyboard.type(passphrase)
  await small.getByRole('button', { name: /Unlock|Open/u }).click()
  await type(page, 'Private note', word('private'))
  await page.getByRole('toolbar', { name: 'Prompts' }).getByRole('button', { name: 'Hypotheses' }).click()
  await type(page, 'Hypotheses', word('private heading'))
  await expect(page.getByRole('status', { name: 'Private note saved state' })).toContainText(/Saved/u)

  await page.getByRole('button', { name: 'Sign note' }).click()
  const summary = page.getByRole('dialog').getByRole('textbox', { name: 'Summary line' })
  await summary.fill('')
  await page.keyboard.type(word('summary'))
  await page.getByRole('dialog').getByRole('button', { name: 'Sign note' }).click()
  await expect(page.getByRole('button', { name: /^Undo \(/u })).toBeVisible()
}

async function typeElsewhere(page: Page, word: Words): Promise<void> {
  await page.getByRole('link', { name: 'Search', exact: true }).first().click()
  await page.getByRole('searchbox', { name: 'Search the record' }).click()
  await page.keyboard.type(word('search'))
  await page.getByRole('link', { name: 'Settings', exact: true }).first().click()
  await page.getByRole('textbox', { name: /^Your name for signatures/u }).click()
  await page.keyboard.type(word('author'))
  await page.keyboard.press('Tab')
  await expect
    .poll(async () => (await ask(page, 'app', 'context', {})).preferences.authorName)
    .toContain(word('author'))
}
