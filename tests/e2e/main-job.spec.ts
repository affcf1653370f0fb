import { expect, test, type Page } from '@playwright/test'
import {
  ask,
  call,
  freshProfile,
  launch,
  PASSPHRASE,
  removeProfile,
  type Running,
} from '../support/application.ts'
import { openPrivateRoom } from '../support/oneSession.ts'

/*
 * One session, lived by a person: from an empty machine to a signed note and the next review, with the clock
 * moved between visits. Only roles and names that people and screen readers rely on.
 */

const TUESDAY = '2026-11-24'
let profile: string
let running: Running | undefined

test.describe.configure({ mode: 'serial' })
test.beforeAll(() => {
  profile = freshProfile()
})
test.afterEach(async () => {
  await running?.stop()
  running = undefined
})
test.afterAll(() => removeProfile(profile))

async function visit(time: string, day = TUESDAY): Promise<Page> {
  running = await launch({
    profile,
    now: `${day}T${time}:00Z`,
    env: { TZ: 'UTC', LANG: 'en_US.UTF-8' },
    realDerivation: true,
  })
  const door = await running.door()
  await door.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
  await door.getByRole('button', { name: 'Unlock' }).click()
  const page = await running.page()
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
  return page
}

test('starts an own vault: setting, passphrase, two sheets, an empty book, a client and a session', async () => {
  running = await launch({
    profile,
    now: `${TUESDAY}T13:00:00Z`,
    env: { TZ: 'UTC', LANG: 'en_US.UTF-8' },
    realDerivation: true,
  })
  const door = await running.door()
  await door.getByRole('button', { name: 'Start my own' }).click()
  await door.getByRole('radio', { name: /School/ }).check()
  await expect(door.getByText(/district permits notes on this device/)).toBeVisible()
  await door.getByRole('radio', { name: /Practice/ }).check()
  await door.getByLabel('Passphrase', { exact: true }).fill('password123')
  await door.getByLabel('Type it again').fill('password123')
  await door.getByRole('button', { name: 'Continue' }).click()
  await expect(door.getByRole('button', { name: 'Continue' })).toBeVisible()
  await door.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
  await door.getByLabel('Type it again').fill(PASSPHRASE)
  await door.getByRole('button', { name: 'Continue' }).click()

  const words: Record<string, string[]> = {}
  for (const sheet of ['A', 'B']) {
    const region = door.getByRole('region', { name: new RegExp(`Sheet ${sheet}`, 'i') })
    await expect(region.getByRole('listitem')).toHaveCount(12)
    const items = await region.getByRole('listitem').allInnerTexts()
    words[sheet] = items.map((item) => item.replace(/^\d+\s*/u, '').trim())
    expect(words[sheet]).toHaveLength(12)
  }
  await door.getByRole('button', { name: 'I have both sheets' }).click()
  const fields = await door.getByRole('textbox').all()
  expect(fields).toHaveLength(6)
  for (const field of fields) {
    const label = (await field.evaluate((input) => (input as HTMLInputElement).labels?.[0]?.innerText)) ?? ''
    const [, sheet = '', place = ''] = /([AB]), word (\d+)/u.exec(label) ?? []
    await field.fill(words[sheet]?.[Number(place) - 1] ?? '')
  }
  await door.getByRole('button', { name: 'Confirm', exact: true }).click()

  const page = await running.page()
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
  await page.getByRole('link', { name: 'Clients' }).click()
  await page.getByRole('button', { name: 'Add client' }).first().click()
  await page.getByLabel('Name', { exact: true }).fill('Ines Moreau')
  await page.getByLabel('Reason for referral').fill('Sleepless since the move.')
  await page.getByRole('dialog').getByRole('button', { name: 'Add client' }).click()
  await page.getByRole('link', { name: 'Today' }).click()
  await page.getByRole('button', { name: 'Add session' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'Client' }).fill('Ines')
  await page.getByRole('option', { name: 'Ines Moreau' }).click()
  await typeTime(page, 'Starts', '2', '00', 'PM')
  await typeTime(page, 'Ends', '1', '50', 'PM')
  await dialog.getByRole('button', { name: 'Add session' }).click()
  await expect(dialog.getByText(/before/i)).toBeVisible()
  await typeTime(page, 'Ends', '2', '50', 'PM')
  await dialog.getByRole('button', { name: 'Add session' }).click()
  await expect(page.getByRole('list', { name: 'Sessions' }).getByText('Ines Moreau')).toBeVisible()
})

test('ten minutes before, the review is offered and fits on one screen', async () => {
  const page = await visit('13:51')
  const next = page.getByRole('region', { name: 'Next' })
  await expect(next.getByText('Ines Moreau')).toBeVisible()
  await next
    .getByRole('link', { name: 'Review' })
    .or(next.getByRole('button', { name: 'Review' }))
    .click()
  await expect(page.getByRole('region', { name: 'Review' })).toContainText('Sleepless since the move.')
  await page.getByRole('button', { name: 'Start session' }).click()
  await page.keyboard.press('Control+1')
  await expect(page.getByRole('region', { name: 'Session' }).getByRole('timer')).toBeVisible()
})

test('when the time is over the note is written, signed, undone, signed again and sealed', async () => {
  const page = await visit('14:55')
  await page.getByRole('region', { name: 'To write' }).getByRole('button', { name: 'Write note' }).click()
  const note = page.getByRole('region', { name: 'Progress note' })
  await note.getByRole('textbox', { name: 'Subjective' }).click()
  await page.keyboard.type('Said she lies awake counting boxes. “I unpack them in my head.”')
  await page.keyboard.press('Control+Alt+ArrowDown')
  await page.keyboard.type('Yawned often; calm voice.')
  await page.keyboard.press('Control+Alt+ArrowDown')
  await page.keyboard.type('Sleep onset trouble tied to the unfinished flat.')
  await page.keyboard.press('Control+Alt+ArrowDown')
  await page.keyboard.type('Sleep diary; one room at a time.')
  await expect(page.getByRole('status', { name: 'Saved state', exact: true })).toContainText(
    /Saved \d+:\d\d PM/,
  )

  for (const [field, line] of [
    ['Homework', 'Keep a sleep diary until Monday'],
    ['Plan for next time', 'Look at the diary together'],
    ['Note to self', 'Ask about the box that stays closed'],
  ] as const) {
    const box = page.getByRole('region', { name: 'Set down' }).getByRole('textbox', { name: field })
    await box.fill(line)
    await box.press('Enter')
    await expect(page.getByRole('region', { name: 'Set down' }).getByText(line)).toBeVisible()
  }

  await openPrivateNote(page)
  await page.getByRole('textbox', { name: 'Private note' }).click()
  await page.keyboard.type('Countertransference: quokkaworry about my own move.')
  await expect(page.getByRole('status', { name: 'Private note saved state' })).toContainText(/Saved/)

  await page.getByRole('button', { name: 'Sign note' }).click()
  const sheet = page.getByRole('dialog')
  await expect(sheet.getByLabel('Summary line')).toHaveValue(
    'Sleep onset trouble tied to the unfinished flat.',
  )
  await sheet.getByRole('button', { name: 'Sign note' }).click()
  await page.getByRole('button', { name: /Undo/ }).click()
  await expect(note.getByRole('textbox', { name: 'Plan' })).toContainText('one room at a time')

  await page.keyboard.press('Control+Enter')
  await page.getByRole('dialog').getByRole('button', { name: 'Sign note' }).click()
  await expect(page.getByText(/seal 1/i)).toBeVisible({ timeout: 15_000 })
  await expect(note.getByRole('textbox')).toHaveCount(0)

  await page.getByRole('button', { name: 'Add addendum' }).click()
  await page.getByRole('textbox', { name: 'Addendum' }).fill('Phoned to move Thursday to Friday.')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Add addendum' }).click()
  await expect(page.getByRole('list', { name: 'Addenda' })).toContainText(
    'Phoned to move Thursday to Friday.',
  )
})

test('the record finds the word of the note, and the private word only inside the private room', async () => {
  const page = await visit('15:30')
  await page.keyboard.press('Control+4')
  const box = page.getByRole('searchbox', { name: 'Search the record' })
  await box.fill('boxe')
  await expect(page.getByRole('list', { name: 'Notes found' }).locator('mark')).toHaveText(['boxes'])
  await box.fill('quokkaworry')
  await expect(page.getByRole('list', { name: 'Notes found' })).toHaveCount(0)
  expect(await call(page, 'privateRoom', 'search', { text: 'quokkaworry' })).toEqual({
    ok: false,
    code: 'PRIVATE_LOCKED',
  })
  await page.getByRole('link', { name: 'Clients' }).click()
  await page.getByRole('link', { name: 'Ines Moreau' }).first().click()
  await expect(page.getByRole('region', { name: 'Notes', exact: true })).toContainText('Sleep onset trouble')
  await expect(page.getByRole('region', { name: 'Notes', exact: true })).toContainText('Amended')
})

test('a week later the review shows what was set down', async () => {
  const page = await visit('13:00', '2026-12-01')
  const { clients } = await ask(page, 'clients', 'list', {})
  const startsAt = Date.parse('2026-12-01T13:08:00Z')
  await ask(page, 'sessions', 'create', {
    clientId: clients[0]?.id ?? '',
    kind: 'individual',
    startsAt,
    endsAt: startsAt + 50 * 60_000,
    zone: 'UTC',
  })
  const next = page.getByRole('region', { name: 'Next' })
  await next
    .getByRole('link', { name: 'Review' })
    .or(next.getByRole('button', { name: 'Review' }))
    .click()
  const review = page.getByRole('region', { name: 'Review' })
  for (const line of [
    'Keep a sleep diary until Monday',
    'Look at the diary together',
    'Ask about the box that stays closed',
    'Sleep onset trouble tied to the unfinished flat.',
  ]) {
    await expect(review.getByText(line)).toBeVisible()
  }
  await expect(review).not.toContainText('quokkaworry')
  await expectNoScrolling(page)
})

test('the review of somebody with far too much of everything fits a small laptop and keeps private words folded', async () => {
  const page = await visit('13:01', '2026-12-01')
  await running?.app.evaluate(({ BrowserWindow }) => {
    const shown = BrowserWindow.getAllWindows().find((w) =>
      w.webContents.getURL().startsWith('app://bracket'),
    )
    shown?.setContentSize(1366, 768)
  })
  // Without a window manager it comes out a pixel smaller, which makes it no easier.
  const size = () => page.evaluate(() => [innerWidth, innerHeight].map((length) => Math.ceil(length / 2) * 2))
  await expect.poll(size).toEqual([1366, 768])

  const { clients } = await ask(page, 'clients', 'list', {})
  const clientId = clients[0]?.id ?? ''
  const from = Date.parse('2026-12-01T00:00:00Z')
  const { sessions } = await ask(page, 'sessions', 'day', { from, to: from + 86_400_000 })
  const { id: noteId } = await ask(page, 'notes', 'open', { sessionId: sessions[0]?.id ?? '' })
  await ask(page, 'clients', 'addFlag', { clientId, text: 'Allergic to bee stings; carries an injector' })
  const goalIds: string[] = []
  const long = 'and then some more of it, as people who are tired put it down. '.repeat(3).trim()
  for (let place = 1; place <= 7; place += 1) {
    goalIds.push((await ask(page, 'goals', 'create', { clientId, text: `Goal ${place}: ${long}` })).id)
    await ask(page, 'clients', 'addFlag', { clientId, text: `Flag ${place}: ${long}` })
    for (const kind of ['homework', 'plan', 'self', 'thread', 'task', 'risk'] as const) {
      await ask(page, 'loops', 'add', { clientId, sessionId: null, kind, text: `${kind} ${place}: ${long}` })
    }
  }
  await ask(page, 'goals', 'link', { noteId, goalId: goalIds[0] ?? '', trend: 'better' })

  await page
    .getByRole('link', { name: 'Review' })
    .or(page.getByRole('button', { name: 'Review' }))
    .first()
    .click()
  const review = page.getByRole('region', { name: 'Review' })
  const blocks = [
    'Safety',
    'Homework due',
    'Last plan',
    'Note to self',
    'Goals',
    'Last sessions',
    'Open loops',
  ]
  for (const name of blocks) {
    const block = review.getByRole('region', { name, exact: true })
    await expect(block.getByRole('listitem').first()).toBeInViewport({ ratio: 0.9 })
    if (name !== 'Safety' && name !== 'Last sessions') {
      await expect(block.getByRole('button', { name: `Show all: ${name}` })).toBeInViewport({ ratio: 1 })
    }
  }
  // No safety flag is ever cut away.
  const flags = review.getByRole('region', { name: 'Safety', exact: true }).getByRole('listitem')
  await expect(flags).toHaveCount(8)
  await expect(flags.first()).toHaveText(/^Allergic to bee stings/u)
  await expect(review.getByText(/^Goal 1:/u)).toBeVisible()
  await expect(
    review
      .getByRole('region', { name: 'Goals', exact: true })
      .getByText(/better/iu)
      .first(),
  ).toBeAttached()
  await expectNoScrolling(page)

  // Locked, nothing private is there; open, it is there for whoever asks, and folded until then.
  await expect(review).not.toContainText('quokkaworry')
  if (running !== undefined) await openPrivateRoom(running, page)
  expect(await call(page, 'privateRoom', 'search', { text: 'quokkaworry' })).toMatchObject({ ok: true })
  const show = review.getByRole('button', { name: 'Show private notes' })
  await expect(show).toBeInViewport({ ratio: 1 })
  await expect(show).toHaveAttribute('aria-expanded', 'false')
  await expect(page.locator('body')).not.toContainText('quokkaworry')
  await expectNoScrolling(page)
  await show.click()
  await expect(review).toContainText('quokkaworry')
  await expectNoScrolling(page)
  await review.getByRole('button', { name: 'Fold private notes' }).click()
  await expect(page.locator('body')).not.toContainText('quokkaworry')
})

async function expectNoScrolling(page: Page): Promise<void> {
  const overflow = await page.evaluate(() =>
    [document.documentElement, document.querySelector('main') ?? document.body].map((element) =>
      Math.max(element.scrollHeight - element.clientHeight, element.scrollWidth - element.clientWidth),
    ),
  )
  expect(Math.max(...overflow)).toBeLessThanOrEqual(0)
}

/** Times are typed segment by segment, as a person with a keyboard does. */
async function typeTime(
  page: Page,
  field: string,
  hour: string,
  minute: string,
  half: string,
): Promise<void> {
  const group = page.getByRole('group', { name: field, exact: true })
  await group.getByRole('spinbutton').first().click()
  await page.keyboard.type(`${hour.padStart(2, '0')}${minute}${half}`)
}

async function openPrivateNote(page: Page): Promise<void> {
  const lane = page.getByRole('region', { name: 'Private note' })
  await lane.getByRole('button', { name: 'Open private note' }).click()
  const small = await running?.door()
  await small?.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
  await small?.getByRole('button', { name: /Unlock|Open/ }).click()
}
