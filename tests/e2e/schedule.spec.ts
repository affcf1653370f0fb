import { expect, test, type Locator, type Page } from '@playwright/test'
import { ask, launch, PASSPHRASE, removeProfile, vaultProfile, type Running } from '../support/application.ts'

/* The schedule in the real window: what recurs, what is moved and called off, groups, visits, another clock. */

const HOUR = 3_600_000
/** A Tuesday, nine in the morning in New York. */
const NOW = '2026-01-13T14:00:00Z'
const ZONE = 'America/New_York'
const at = (iso: string): number => Date.parse(iso)

let running: Running
let page: Page

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  const profile = await vaultProfile()
  running = await launch({ profile, now: NOW, env: { TZ: ZONE, LANG: 'en_US.UTF-8' } })
  const door = await running.door()
  await door.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
  await door.keyboard.press('Enter')
  page = await running.page()
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
})
test.afterAll(async () => {
  await running.stop()
  removeProfile(running.profile)
})

const dialog = (): Locator => page.getByRole('dialog')
const menuItem = (name: string | RegExp): Locator =>
  page.getByRole('menuitem', { name, ...(typeof name === 'string' ? { exact: true } : {}) })
const between = async (from: string, to: string) =>
  (await ask(page, 'sessions', 'between', { from: at(from), to: at(to) })).sessions
const startsOf = async (name: string, from: string, to: string): Promise<string[]> =>
  (await between(from, to))
    .filter(({ clientName, status }) => clientName === name && status === 'scheduled')
    .map(({ startsAt }) => new Date(startsAt).toISOString().slice(0, 16))
const person = (name: string) =>
  ask(page, 'clients', 'create', { name, pronouns: '', birthDate: null, referralReason: '' })

/** Types into the segments of a date or time, as a person does. */
async function typeInto(field: string, text: string): Promise<void> {
  await dialog().getByRole('group', { name: field }).getByRole('spinbutton').first().click()
  await page.keyboard.type(text)
}

async function newClient(name: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Client' }).fill(name)
  await page.keyboard.press('Tab')
}

async function choose(select: RegExp, option: string): Promise<void> {
  await dialog().getByRole('button', { name: select }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

async function openWeek(): Promise<void> {
  await page.getByRole('link', { name: 'Week' }).click()
  await expect(page.getByRole('heading', { name: 'Week', level: 1 })).toBeVisible()
}
const block = (name: RegExp): Locator =>
  page.getByRole('main').getByRole('table').getByRole('button', { name })

test('every other Tuesday at three until June, not on one of them', async () => {
  await page.getByRole('button', { name: 'Add session' }).first().click()
  await newClient('Ana Ruiz')
  await typeInto('Date', '01132026')
  await typeInto('Starts', '0300PM')
  await choose(/Repeats/u, 'Every other week')
  await typeInto('Until', '06302026')
  await dialog().getByRole('button', { name: 'Tue, Mar 24' }).click()
  await expect(dialog().getByRole('button', { name: 'Tue, Mar 24' })).toHaveAttribute('aria-pressed', 'false')
  await dialog().getByRole('button', { name: 'Add sessions' }).click()
  await expect(dialog()).toBeHidden()
  const starts = await startsOf('Ana Ruiz', '2026-01-01', '2026-12-31')
  expect(starts).toHaveLength(12)
  expect(starts[0]).toBe('2026-01-13T20:00')
  expect(starts).not.toContain('2026-03-24T19:00')
  // The clocks went forward on 8 March: three o'clock is an hour earlier by UTC and stays three on the wall.
  expect(starts).toContain('2026-04-07T19:00')
  expect(starts.at(-1)).toBe('2026-06-30T19:00')
})

test('its block says how it repeats, is reached by Tab and opened by Enter', async () => {
  await openWeek()
  await expect(block(/Ana Ruiz/u)).toBeVisible()
  await page.getByRole('button', { name: 'Add session' }).focus()
  const ana = block(/Ana Ruiz/u)
  for (let i = 0; i < 20 && !(await ana.evaluate((el) => el === document.activeElement)); i += 1)
    await page.keyboard.press('Tab')
  await expect(ana).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Every other Tuesday at 3:00 PM until Jun 30')).toBeVisible()
  await expect(menuItem('Move…')).toBeVisible()
})

test('moved by keyboard: this one alone, and back', async () => {
  await menuItem('Move…').press('Enter')
  await expect(dialog().getByText(/Every other Tuesday/u)).toBeVisible()
  await typeInto('Starts', '0400PM')
  await typeInto('Ends', '0450PM')
  await dialog().getByRole('button', { name: 'Move', exact: true }).click()
  await expect(dialog()).toBeHidden()
  expect((await startsOf('Ana Ruiz', '2026-01-13', '2026-02-01')).at(0)).toBe('2026-01-13T21:00')
  expect((await startsOf('Ana Ruiz', '2026-01-13', '2026-02-01')).at(1)).toBe('2026-01-27T20:00')
  await page.getByRole('status', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click()
  await expect
    .poll(async () => (await startsOf('Ana Ruiz', '2026-01-13', '2026-02-01')).at(0))
    .toBe('2026-01-13T20:00')
  // Taken back it is one of the series again: what is done to all of them takes it along.
  expect((await between('2026-01-13', '2026-01-14'))[0]?.changed).toBe(false)
})

test('this and following: another rhythm, and what was left out stays left out', async () => {
  await page.getByRole('button', { name: 'Next week' }).click()
  await page.getByRole('button', { name: 'Next week' }).click()
  await block(/Ana Ruiz/u).click()
  await menuItem('Move…').click()
  await dialog().getByText('This and following').click()
  await choose(/Repeats/u, 'Every week')
  await expect(dialog().getByRole('button', { name: 'Tue, Feb 3' })).toBeVisible()
  await dialog().getByRole('button', { name: 'Move', exact: true }).click()
  await expect(dialog()).toBeHidden()
  const starts = await startsOf('Ana Ruiz', '2026-01-01', '2026-12-31')
  expect(starts.slice(0, 4)).toEqual([
    '2026-01-13T20:00',
    '2026-01-27T20:00',
    '2026-02-03T20:00',
    '2026-02-10T20:00',
  ])
  expect(starts).not.toContain('2026-03-24T19:00')
  expect(starts.at(-1)).toBe('2026-06-30T19:00')
})

test('dragged in the week: the question which ones, and Undo', async () => {
  await block(/Ana Ruiz/u).focus()
  await page.waitForTimeout(300)
  const from = await block(/Ana Ruiz/u).boundingBox()
  if (from === null) throw new Error('no block')
  await page.mouse.move(from.x + 40, from.y + 12)
  await page.mouse.down()
  await page.mouse.move(from.x + 40 + from.width, from.y + 20, { steps: 8 })
  await page.mouse.move(from.x + 60 + from.width, from.y + 12, { steps: 8 })
  await page.mouse.up()
  await dialog().getByText('All that are to come').click()
  await dialog().getByRole('button', { name: 'Move', exact: true }).click()
  await expect(page.getByRole('status', { name: 'Messages' })).toContainText(
    /sessions moved, from Wed, Jan 28/u,
  )
  expect(await startsOf('Ana Ruiz', '2026-02-01', '2026-02-13')).toEqual([
    '2026-02-04T20:00',
    '2026-02-11T20:00',
  ])
  await page.getByRole('status', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click()
  await expect
    .poll(() => startsOf('Ana Ruiz', '2026-02-01', '2026-02-13'))
    .toEqual(['2026-02-03T20:00', '2026-02-10T20:00'])
})

test('removed from here on; what was before stays', async () => {
  await block(/Ana Ruiz/u).click()
  await menuItem('Remove').click()
  await dialog().getByText('This and following').click()
  await dialog().getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(block(/Ana Ruiz/u)).toHaveCount(0)
  expect(await startsOf('Ana Ruiz', '2026-01-01', '2026-12-31')).toEqual(['2026-01-13T20:00'])
  await page.getByRole('button', { name: 'Back to this week' }).click()
})

test('cancelled by the client, three hours before: a line on the row and on the block, and back again', async () => {
  await block(/Ana Ruiz/u).click()
  await menuItem('Cancel session…').click()
  await dialog().getByText('Earlier').click()
  await expect(dialog().getByText(/before\.$/u)).toBeVisible()
  await dialog().getByText('Just now').click()
  await expect(dialog().getByText('6 h before.')).toBeVisible()
  await dialog().getByRole('textbox', { name: 'One line' }).fill('Called, has a fever')
  await dialog().getByRole('button', { name: 'Cancel session' }).click()
  await expect(dialog()).toBeHidden()
  await expect(block(/Ana Ruiz.*Cancelled by the client, 6 h before/u)).toBeVisible()
  await page.keyboard.press('Control+1')
  const row = page
    .getByRole('list', { name: 'Sessions' })
    .getByRole('listitem')
    .filter({ hasText: 'Ana Ruiz' })
  await expect(row).toContainText('Cancelled by the client, 6 h before')
  await expect(row).toContainText('Called, has a fever')
  await row.getByRole('button', { name: /^More about/u }).click()
  await menuItem('Put it back on the schedule').click()
  await expect(row).not.toContainText('Cancelled')
})

test('a home visit keeps its way there and back free', async () => {
  const { id } = await person('Ben Okoro')
  await openWeek()
  await page.getByRole('button', { name: 'Add session' }).click()
  await page.getByRole('combobox', { name: 'Client' }).fill('Ben Okoro')
  await page.getByRole('option', { name: 'Ben Okoro', exact: true }).click()
  await typeInto('Date', '01142026')
  await typeInto('Starts', '1000AM')
  await dialog().getByText('Home visit').click()
  await dialog()
    .getByRole('textbox', { name: /Travel there/u })
    .fill('20')
  await dialog()
    .getByRole('textbox', { name: /Travel back/u })
    .fill('25')
  await dialog().getByRole('button', { name: 'Add session' }).click()
  await expect(dialog()).toBeHidden()
  const visit = (await between('2026-01-14', '2026-01-15')).find(({ clientId }) => clientId === id)
  expect(visit).toMatchObject({ kind: 'home-visit', travelBefore: 20, travelAfter: 25 })
  await block(/Ben Okoro/u).click()
  await expect(page.getByText('Travel 20 min there, 25 min back')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('table').getByText('Travel', { exact: true })).toHaveCount(2)
})

test('a group is one block and one row; each member has a note of their own', async () => {
  const members = [(await person('Cleo Marsh')).id, (await person('Dov Adler')).id]
  const { id } = await ask(page, 'groups', 'create', { name: 'Evening group', members })
  const startsAt = at('2026-01-13T16:00:00Z')
  await ask(page, 'groups', 'addSession', {
    groupId: id,
    kind: 'individual',
    startsAt,
    endsAt: startsAt + HOUR,
    zone: ZONE,
    travelBefore: 0,
    travelAfter: 0,
  })
  await expect(block(/Evening group/u)).toHaveCount(1)
  await expect(block(/Evening group/u)).toContainText('2 members')
  await page.keyboard.press('Control+1')
  const rows = page.getByRole('list', { name: 'Sessions' }).getByRole('listitem')
  const row = rows.filter({ hasText: 'Evening group' }).first()
  await expect(row).toContainText('Cleo Marsh')
  await expect(row).toContainText('Dov Adler')
  await expect(row).not.toContainText('Same time as')
  await openWeek()
  await block(/Evening group/u).click()
  await expect(menuItem('Review: Cleo Marsh')).toBeVisible()
  await menuItem('Cancel session…').click()
  await choose(/For whom/u, 'Dov Adler')
  await dialog().getByText('The client').click()
  await dialog().getByRole('button', { name: 'Cancel session' }).click()
  await expect(dialog()).toBeHidden()
  const states = async () =>
    Object.fromEntries(
      (await between('2026-01-13', '2026-01-14'))
        .filter(({ group }) => group !== null)
        .map(({ clientName, status }) => [clientName, status]),
    )
  expect(await states()).toEqual({ 'Cleo Marsh': 'scheduled', 'Dov Adler': 'cancelled' })
  await block(/Evening group/u).click()
  await menuItem('Put back: Dov Adler').click()
  await expect.poll(states).toEqual({ 'Cleo Marsh': 'scheduled', 'Dov Adler': 'scheduled' })
  await block(/Evening group/u).click()
  await menuItem('Cancel session…').click()
  await dialog().getByRole('button', { name: 'Cancel session' }).click()
  await expect(dialog()).toBeHidden()
  await expect(block(/Evening group.*Cancelled by me/u)).toBeVisible()
  const messages = page.getByRole('status', { name: 'Messages' })
  await expect(messages.getByText('Session cancelled.').last()).toBeVisible()
  await messages.getByRole('button', { name: 'Undo' }).last().click()
  await expect.poll(states).toEqual({ 'Cleo Marsh': 'scheduled', 'Dov Adler': 'scheduled' })
  await block(/Evening group/u).click()
  await menuItem('Move…').click()
  await typeInto('Starts', '1200PM')
  await typeInto('Ends', '0100PM')
  await dialog().getByRole('button', { name: 'Move', exact: true }).click()
  await expect(dialog()).toBeHidden()
  const starts = (await between('2026-01-13', '2026-01-14')).filter(({ group }) => group !== null)
  expect(starts.map((one) => one.startsAt)).toEqual([startsAt + HOUR, startsAt + HOUR])
})

test('somebody elsewhere: both times in the form, on the block, the row and the review', async () => {
  await page.getByRole('button', { name: 'Add session' }).click()
  await newClient('Eva Brandt')
  await typeInto('Date', '01132026')
  await dialog().getByRole('button', { name: 'By another clock…' }).click()
  await page.getByRole('combobox', { name: 'By the clock in' }).fill('Berlin')
  await page.getByRole('option', { name: 'Europe/Berlin' }).click()
  await typeInto('Starts', '0700PM')
  await expect(dialog().getByText('Here that is 1:00 PM – 1:50 PM.')).toBeVisible()
  await dialog().getByRole('button', { name: 'Add session' }).click()
  await expect(block(/1:00 PM.*Eva Brandt.*7:00 PM in Berlin/u)).toBeVisible()
  await page.keyboard.press('Control+1')
  const row = page
    .getByRole('list', { name: 'Sessions' })
    .getByRole('listitem')
    .filter({ hasText: 'Eva Brandt' })
  await expect(row).toContainText('7:00 PM in Berlin')
  await row.getByRole('button', { name: 'Review' }).click()
  await expect(page.getByRole('region', { name: 'Review' })).toContainText('7:00 PM in Berlin')
})

test('the quiet card: elapsed time, the blur, the end of the hour; a lock keeps the time and no name', async () => {
  const { id: clientId } = await person('Fay Nolan')
  const startsAt = at(NOW) - 45 * 60_000
  await ask(page, 'sessions', 'create', {
    clientId,
    kind: 'individual',
    startsAt,
    endsAt: startsAt + 52 * 60_000,
    zone: ZONE,
  })
  await page.keyboard.press('Control+1')
  const card = page.getByRole('region', { name: 'Session', exact: true })
  await expect(card).toContainText('Fay Nolan')
  await expect(card.getByRole('timer', { name: 'Elapsed time' })).toHaveText(/^(4[5-9]|5\d):\d\d$/u)
  await expect(card).toContainText(/\d min left/u)
  await card.getByRole('button', { name: 'Privacy blur' }).click()
  await expect(card.getByRole('button', { name: 'Privacy blur' })).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Control+Shift+L').catch(() => undefined)
  const door = await running.door()
  const waiting = door.getByRole('region', { name: 'Session' })
  await expect(waiting.getByRole('timer')).toHaveText(/^(4[5-9]|5\d):\d\d$/u)
  await expect(door.locator('body')).not.toContainText('Fay')
})
