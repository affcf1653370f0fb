import { expect, test, type Page } from '@playwright/test'
import {
  ask,
  call,
  freshProfile,
  launch,
  PASSPHRASE,
  removeProfile,
  unlock,
  vaultProfile,
  type Running,
} from '../support/application.ts'
import { picture, violations } from '../support/looking.ts'
import { lock, openPrivateRoom } from '../support/oneSession.ts'

/* A new passphrase, and new recovery sheets: each in its own window, and then the old ones open nothing. */

const NEW_PASSPHRASE = 'walnut harbour sextant violet'

let profile: string
let running: Running | undefined

test.afterEach(async () => {
  await running?.stop()
  running = undefined
  removeProfile(profile)
})

async function start(): Promise<Running> {
  running = await launch({ profile })
  return running
}

test('the passphrase is changed in its own window: throttled, judged, logged; then only the new one opens', async () => {
  // Eight derivations, each as dear as it is meant to be.
  test.setTimeout(180_000)
  profile = await vaultProfile()
  const page = await unlock(await start())
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
  await page.keyboard.press('Control+,')
  await page.getByRole('button', { name: 'Change passphrase…' }).click()
  const small = await running!.door()
  await expect(small.getByRole('heading', { level: 1 })).toHaveText('Change passphrase')
  expect(await violations(small)).toEqual([])
  const press = () => small.getByRole('button', { name: 'Change passphrase' }).click()
  const field = (label: string) => small.getByLabel(label, { exact: true })
  await field('Present passphrase').fill('not this one at all')
  await field('New passphrase').fill('password')
  await field('Type it again').fill('password')
  await expect(small.getByText(/Easy to guess/)).toBeVisible()
  await press()
  await expect(field('New passphrase')).toHaveAttribute('aria-invalid', 'true')
  await field('New passphrase').fill(NEW_PASSPHRASE)
  await field('Type it again').fill(NEW_PASSPHRASE)
  await expect(small.getByText(/^(Good|Very good)\./)).toBeVisible()
  await picture(small, 'change-passphrase')
  await press()
  await expect(small.getByText('That passphrase does not open it.', { exact: false })).toBeVisible()
  await field('Present passphrase').fill(PASSPHRASE)
  await press()
  await expect(small.getByRole('heading', { level: 1 })).toHaveText('Passphrase changed')
  expect(await violations(small)).toEqual([])
  await small.getByRole('button', { name: 'Close' }).click()
  await expect(page.getByText('Passphrase changed.')).toBeVisible()
  const { entries } = await ask(page, 'auditLog', 'list', { kind: 'keys', day: null, before: null })
  expect(entries.map((entry) => entry.action)).toEqual(['passphrase-changed'])
  // Without the window nobody may.
  const door = await lock(running!, page)
  expect(
    await call(door, 'vault', 'changePassphrase', { passphrase: NEW_PASSPHRASE, replacement: PASSPHRASE }),
  ).toMatchObject({ code: 'NOT_NOW' })
  expect(await call(door, 'vault', 'unlock', { passphrase: PASSPHRASE })).toMatchObject({
    code: 'WRONG_PASSPHRASE',
  })
  const again = await unlock(running!, NEW_PASSPHRASE)
  await openPrivateRoom(running!, again, NEW_PASSPHRASE)
})

test('new recovery sheets: shown once, three words typed back, and only then do the old ones open nothing', async () => {
  test.setTimeout(180_000)
  profile = freshProfile()
  const door = await (await start()).door()
  const made = await ask(door, 'vault', 'prepare', {
    setting: 'practice',
    passphrase: PASSPHRASE,
    withoutKeychain: false,
  })
  await call(door, 'vault', 'finish', {}).catch(() => undefined)
  const page = await running!.page()
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
  await page.keyboard.press('Control+,')

  const open = async (): Promise<Page> => {
    await page.getByRole('button', { name: 'New recovery sheets…' }).click()
    const small = await running!.door()
    await small.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
    await small.getByRole('button', { name: 'Make new sheets' }).click()
    await expect(small.getByRole('heading', { level: 1 })).toHaveText('Two recovery sheets')
    return small
  }
  // Given up half-way: the old ones still hold.
  const first = await open()
  expect(await violations(first)).toEqual([])
  await picture(first, 'new-sheets')
  await first.getByRole('button', { name: 'Cancel' }).click()
  await expect.poll(() => first.isClosed()).toBe(true)
  const asked = ask(page, 'app', 'confirmRecovery', {})
  const confirm = await running!.door()
  await call(confirm, 'vault', 'confirmCodes', {
    recordCode: made.record.join(' '),
    privateCode: made.private.join(' '),
  }).catch(() => undefined)
  expect(await asked).toEqual({ confirmed: true })

  const small = await open()
  const codes: Record<string, string[]> = {}
  for (const sheet of ['A', 'B']) {
    const items = small.getByRole('region', { name: new RegExp(`Sheet ${sheet}`, 'i') }).getByRole('listitem')
    await expect(items).toHaveCount(12)
    codes[sheet] = (await items.allInnerTexts()).map((item) => item.replace(/^\d+\s*/u, ''))
  }
  await small.getByRole('button', { name: 'I have both sheets' }).click()
  await expect(small.getByRole('button', { name: 'Confirm later' })).toHaveCount(0)
  for (const field of await small.getByRole('textbox').all()) {
    const label = await field.evaluate(
      (element) => (element as HTMLInputElement).labels?.[0]?.textContent ?? '',
    )
    const [, sheet = '', place = ''] = /^([AB]), word (\d+)/u.exec(label) ?? []
    await field.fill(codes[sheet]?.[Number(place) - 1] ?? '')
  }
  await small.getByRole('button', { name: 'Confirm', exact: true }).click()
  await expect.poll(() => small.isClosed()).toBe(true)
  await expect(page.getByText('The new recovery sheets hold from now on.')).toBeVisible()
  const { entries } = await ask(page, 'auditLog', 'list', { kind: 'keys', day: null, before: null })
  expect(entries.map((entry) => entry.action)).toEqual(['recovery-renewed', 'recovery-confirmed'])

  const last = await lock(running!, page)
  const recover = (words: readonly string[]) =>
    call(last, 'vault', 'recover', {
      recordCode: words.join(' '),
      privateCode: null,
      passphrase: NEW_PASSPHRASE,
      withoutKeychain: false,
    })
  expect(await recover(made.record)).toMatchObject({ code: 'CODE_REFUSED' })
  await recover(codes['A'] ?? []).catch(() => undefined)
  const opened = await running!.page()
  const kinds = await ask(opened, 'auditLog', 'list', { kind: 'opening', day: null, before: null })
  expect(kinds.entries[0]?.action).toBe('recovered')
})
