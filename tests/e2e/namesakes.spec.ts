import { expect, test, type Page } from '@playwright/test'
import { ask, launch, removeProfile, unlock, vaultProfile, type Running } from '../support/application.ts'

/* Two people of one name are told apart wherever one of them is chosen, seen or written about. */

const HOUR = 3_600_000
const NOW = '2026-01-13T15:00:00Z'
const ZONE = 'America/New_York'
const NAME = 'Jaylen Carter'

let running: Running
let page: Page

test.beforeEach(async () => {
  running = await launch({
    profile: await vaultProfile('school'),
    now: NOW,
    env: { TZ: ZONE, LANG: 'en_US.UTF-8' },
  })
  page = await unlock(running)
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
})
test.afterEach(async () => {
  await running.stop()
  removeProfile(running.profile)
})

async function student(birthDate: string | null, startsIn: number): Promise<string> {
  const { id: clientId } = await ask(page, 'clients', 'create', {
    name: NAME,
    pronouns: '',
    birthDate,
    referralReason: '',
  })
  const startsAt = Date.parse(NOW) + startsIn * HOUR
  const { id } = await ask(page, 'sessions', 'create', {
    clientId,
    kind: 'individual',
    startsAt,
    endsAt: startsAt + HOUR / 2,
    zone: ZONE,
  })
  return id
}

test('on Today, in the week, in review, in the note, in the palette and in the picker', async () => {
  await student('2013-03-03', 2)
  await expect(page.getByText(NAME)).toBeVisible()
  await expect(page.getByText('born')).toHaveCount(0)
  await student('2017-06-15', 4)
  const rows = page.getByRole('main').getByRole('listitem').filter({ hasText: NAME })
  await expect(rows.filter({ hasText: 'born Mar 3, 2013' })).toHaveCount(1)
  await expect(rows.filter({ hasText: 'born Jun 15, 2017' })).toHaveCount(1)

  await rows.filter({ hasText: '2017' }).getByRole('button', { name: 'Review' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('born Jun 15, 2017')
  await page.getByRole('link', { name: 'Week', exact: true }).click()
  await expect(page.getByRole('table').getByText('born 3/3/13')).toBeAttached()
  await page.getByRole('table').getByText('born 3/3/13').click()
  await expect(page.getByRole('dialog').getByText('born Mar 3, 2013')).toBeVisible()
  await page.keyboard.press('Escape')
  // The school is closed at weekends, and nothing stands there.
  await expect(page.getByRole('table').getByText('Sat')).toHaveCount(0)

  await page.keyboard.press('Control+k')
  await page.keyboard.type('jaylen')
  const found = page.getByRole('menuitem').filter({ hasText: 'born Mar 3, 2013' })
  await expect(found).toBeVisible()
  // The privacy blur covers the date with the name.
  await expect(found.getByText('born Mar 3, 2013')).toHaveAttribute('data-veil', '')
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Add session' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'Student' }).fill(NAME)
  await expect(page.getByRole('option').filter({ hasText: 'born Jun 15, 2017' })).toBeVisible()
  await page.getByRole('option', { name: `Add another “${NAME}”` }).click()
  await dialog.getByRole('button', { name: 'Add session', exact: true }).click()
  await expect(dialog).toBeHidden()
  const { clients } = await ask(page, 'clients', 'list', {})
  expect(clients.map(({ name }) => name)).toEqual([NAME, NAME, NAME])
  // No birth date tells this one apart: the day of the file does.
  await page.getByRole('link', { name: 'Today', exact: true }).click()
  await expect(page.getByText('added Jan 13', { exact: false }).first()).toBeVisible()
})

test('End takes the place of Start’s message: its Undo takes back the end alone', async () => {
  await student(null, 0)
  await page.getByRole('button', { name: 'Start session' }).click()
  const messages = page.getByRole('status', { name: 'Messages' })
  await expect(messages.getByText('Session started.')).toBeVisible()
  await page.getByRole('button', { name: 'End session' }).click()
  await expect(messages.getByText(/^Session ended/u)).toBeVisible()
  await expect(messages.getByText('Session started.')).toHaveCount(0)
  await messages.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('button', { name: 'End session' })).toBeVisible()
  const from = Date.parse(NOW) - HOUR
  const { sessions } = await ask(page, 'sessions', 'between', { from, to: from + 2 * HOUR })
  expect(sessions.map(({ startedAt, endedAt }) => [startedAt !== null, endedAt])).toEqual([[true, null]])
})

test('in a low window, and at 200 %, no entry of a menu lies outside its box', async () => {
  await student(null, 3)
  const { preferences } = await ask(page, 'app', 'context', {})
  for (const textSize of [100, 200] as const) {
    await ask(page, 'app', 'setPreferences', { ...preferences, textSize })
    await running.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().forEach((window) => window.setBounds({ width: 1024, height: 640 })),
    )
    await page.getByRole('button', { name: /^More about/u }).click()
    const menu = page.getByRole('menu')
    await expect(menu).toBeVisible()
    const within = () =>
      menu.evaluate((list) => {
        const [box, inner] = [list.parentElement?.getBoundingClientRect(), list.getBoundingClientRect()]
        return box !== undefined && inner.bottom <= box.bottom + 1 && box.bottom <= innerHeight
      })
    await expect.poll(within).toBe(true)
    await menu.getByRole('menuitem', { name: 'Remove' }).scrollIntoViewIfNeeded()
    await menu.getByRole('menuitem', { name: 'Remove' }).click({ trial: true })
    await page.keyboard.press('Escape')
  }
})
