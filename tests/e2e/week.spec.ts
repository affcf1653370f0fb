import { expect, test, type Page } from '@playwright/test'
import { ask, launch, removeProfile, unlock, vaultProfile, type Running } from '../support/application.ts'

/* Where the week opens, whose clock a form begins with, what is said before there is no way back; and a school. */

const HOUR = 3_600_000
/** A Tuesday, ten in the morning in New York. */
const NOW = '2026-01-13T15:00:00Z'
const ZONE = 'America/New_York'

let running: Running
let page: Page

async function begin(setting: 'practice' | 'school'): Promise<void> {
  const profile = await vaultProfile(setting)
  running = await launch({ profile, now: NOW, env: { TZ: ZONE, LANG: 'en_US.UTF-8' } })
  page = await unlock(running)
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
}
test.afterEach(async () => {
  await running.stop()
  removeProfile(running.profile)
})

const person = async (name: string): Promise<string> =>
  (await ask(page, 'clients', 'create', { name, pronouns: '', birthDate: null, referralReason: '' })).id

const session = (clientId: string, iso: string, hours = 1, zone = ZONE) => {
  const startsAt = Date.parse(iso)
  return ask(page, 'sessions', 'create', {
    clientId,
    kind: 'individual',
    startsAt,
    endsAt: startsAt + hours * HOUR,
    zone,
  })
}

async function openWeek(): Promise<void> {
  await page.getByRole('link', { name: 'Week', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Week', level: 1 })).toBeVisible()
  await expect(page.locator('.fc-event, [class*=event]').first()).toBeVisible()
}

test('with a session in the night and a late one the week opens at the working day', async () => {
  await begin('practice')
  const ana = await person('Ana Ruiz')
  await session(ana, '2026-01-13T16:00:00Z')
  // Half past eleven at night until one, and one at one in the morning.
  await session(ana, '2026-01-15T04:30:00Z', 1.5)
  await session(ana, '2026-01-16T06:00:00Z')
  await openWeek()
  // It is ten: nine is in sight, midnight is not.
  await expect(page.getByText('9:00 AM', { exact: true })).toBeInViewport()
  for (const hour of ['12:00 AM', '3:00 AM', '6:00 AM'])
    await expect(page.getByText(hour, { exact: true }).first()).not.toBeInViewport()
  await expect(page.getByRole('button', { name: /11:00 AM.*Ana Ruiz/u }).first()).toBeInViewport()
})

test('a block of half an hour, and what goes over midnight, say who it is', async () => {
  await begin('practice')
  await session(await person('Ana Ruiz'), '2026-01-13T16:00:00Z', 0.5)
  await session(await person('Leila Farouk'), '2026-01-15T04:30:00Z', 1)
  await openWeek()
  const { preferences } = await ask(page, 'app', 'context', {})
  for (const textSize of [100, 200] as const) {
    await ask(page, 'app', 'setPreferences', { ...preferences, textSize })
    for (const [name, blocks] of [
      ['Ana Ruiz', 1],
      ['Leila Farouk', 2],
    ] as const) {
      const names = page.getByRole('table').getByText(name)
      await expect(names).toHaveCount(blocks)
      for (const shown of await names.all())
        await expect.poll(() => shown.evaluate(wholeInItsBlock)).toBe(true)
    }
  }
})

/** Nothing of the line stands above or below what the block shows. */
function wholeInItsBlock(name: Element): boolean {
  const block = name.closest('[role=button]')?.getBoundingClientRect()
  const { top, bottom, height } = name.getBoundingClientRect()
  return block !== undefined && height > 0 && top >= block.top && bottom <= block.bottom
}

test('a session over midnight is added and moved, and its form says the next day', async () => {
  await begin('practice')
  await person('Ana Ruiz')
  const dialog = page.getByRole('dialog')
  const type = async (field: string, text: string): Promise<void> => {
    await dialog.getByRole('group', { name: field }).getByRole('spinbutton').first().click()
    await page.keyboard.type(text)
  }
  await page.getByRole('button', { name: 'Add session' }).first().click()
  await dialog.getByRole('combobox', { name: 'Client' }).fill('Ana Ruiz')
  await page.keyboard.press('Tab')
  await type('Starts', '1130PM')
  await expect(dialog.getByText('next day')).toBeVisible()
  await dialog.getByRole('button', { name: 'Add session', exact: true }).click()
  await expect(dialog).toBeHidden()
  const span = async () => {
    const [from, to] = [Date.parse('2026-01-14T00:00:00Z'), Date.parse('2026-01-15T00:00:00Z')]
    const { sessions } = await ask(page, 'sessions', 'between', { from, to })
    return sessions.map(({ startsAt, endsAt }) => [startsAt, endsAt].map((at) => new Date(at).toISOString()))
  }
  expect(await span()).toEqual([['2026-01-14T04:30:00.000Z', '2026-01-14T05:20:00.000Z']])

  const row = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Ana Ruiz' })
  await row.getByRole('button', { name: /More/u }).click()
  await page.getByRole('menuitem', { name: 'Move…' }).click()
  await expect(dialog.getByText('next day')).toBeVisible()
  await type('Ends', '1030PM')
  await expect(dialog.getByText('next day')).toBeHidden()
  await dialog.getByRole('button', { name: 'Move', exact: true }).click()
  await expect(dialog.getByText('The end is before the start. Please set a later end.')).toBeVisible()
  await type('Ends', '1245AM')
  await dialog.getByRole('button', { name: 'Move', exact: true }).click()
  await expect(dialog).toBeHidden()
  expect(await span()).toEqual([['2026-01-14T04:30:00.000Z', '2026-01-14T05:45:00.000Z']])
})

test('who lives elsewhere is seen by their clock again, without being asked', async () => {
  await begin('practice')
  await session(await person('Jonas Adler'), '2026-01-12T14:00:00Z', 1, 'Europe/Berlin')
  await person('Ana Ruiz')
  await page.getByRole('button', { name: 'Add session' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'Client' }).fill('Jonas')
  await page.getByRole('option', { name: 'Jonas Adler' }).click()
  await expect(dialog.getByRole('combobox', { name: 'By the clock in' })).toHaveValue('Europe/Berlin')
})

test('before a whole series goes it is said that there is no Undo', async () => {
  await begin('practice')
  await ask(page, 'series', 'create', {
    attends: { kind: 'client', id: await person('Ana Ruiz') },
    kind: 'individual',
    travelBefore: 0,
    travelAfter: 0,
    arrangement: {
      starts: '2026-01-13T15:00:00',
      zone: ZONE,
      minutes: 50,
      rule: 'FREQ=WEEKLY',
      dates: [],
      except: [],
    },
  })
  await page.getByRole('button', { name: /^More/u }).first().click()
  await page.getByRole('menuitem', { name: 'Remove' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('There is no Undo for it')).toHaveCount(0)
  await dialog.getByText('This and following').click()
  await expect(dialog.getByText('There is no Undo for it')).toBeVisible()
})

test('a school speaks of students, and keeps no time around a session unless it is asked to', async () => {
  await begin('school')
  const ana = await person('Ana Ruiz')
  await session(ana, '2026-01-13T18:00:00Z')
  const { id } = await session(ana, '2026-01-14T18:00:00Z')
  await ask(page, 'sessions', 'cancel', { id, by: 'client', line: '', toldAt: null, whole: false })
  expect(await ask(page, 'sessions', 'margins', {})).toEqual({ reviewMinutes: 0, writingMinutes: 0 })
  await openWeek()
  const main = page.getByRole('main')
  await expect(main).toContainText('by the student')
  await expect(main).not.toContainText(/\bclient/iu)
  // Hatched, and a word for who hears it.
  const around = main.getByText('Review', { exact: true })
  await expect(around).toHaveCount(0)
  await ask(page, 'sessions', 'setMargins', { reviewMinutes: 10, writingMinutes: 10 })
  await expect(around).toHaveCount(1)
  await page.getByRole('link', { name: 'Today', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
  await expect(main).not.toContainText(/\bclient/iu)
  await page.getByRole('link', { name: 'Students', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Students', level: 1 })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Add student' })).toBeVisible()
  await expect(main).not.toContainText(/\bclient/iu)
})
