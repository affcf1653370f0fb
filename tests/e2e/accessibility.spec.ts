import { expect, test, type Page } from '@playwright/test'
import { ask, launch, PASSPHRASE, removeProfile, type Running } from '../support/application.ts'
import { sideways, violations } from '../support/looking.ts'

/* Every screen of the sample caseload: axe without violations in light and dark, and nothing cut off at 200 %. */

let running: Running
let page: Page

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  running = await launch()
})
test.afterAll(async () => {
  await running.stop()
  removeProfile(running.profile)
})

async function openWeek(): Promise<void> {
  await page.getByRole('link', { name: 'Week' }).click()
  await expect(page.getByRole('heading', { name: 'Week', level: 1 })).toBeVisible()
  await expect(page.getByRole('table').first()).toBeVisible()
}

/** The sample's group meets tomorrow, which may be next week already. */
async function openGroup(): Promise<void> {
  await openWeek()
  const block = page.getByRole('button', { name: /Evening group/u })
  if ((await block.count()) === 0) await page.getByRole('button', { name: 'Next week' }).click()
  await block.first().click()
}

const screens: readonly { name: string; open: () => Promise<void> }[] = [
  { name: 'Today', open: () => page.keyboard.press('Control+1') },
  {
    name: 'Add session',
    open: async () => {
      await page.keyboard.press('Control+1')
      await page.getByRole('button', { name: 'Add session' }).first().click()
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  },
  {
    name: 'Add sessions that repeat',
    open: async () => {
      await page.keyboard.press('Control+1')
      await page.getByRole('button', { name: 'Add session' }).first().click()
      await page.getByRole('dialog').getByText('Home visit').click()
      await page.getByRole('button', { name: 'By another clock…' }).click()
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /Repeats/u })
        .click()
      await page.getByRole('option', { name: 'Every month' }).click()
      await expect(page.getByText('Next dates. Press one to leave it out.')).toBeVisible()
    },
  },
  { name: 'Week', open: () => openWeek() },
  {
    name: 'About a group',
    open: async () => {
      await openGroup()
      await expect(page.getByRole('menuitem', { name: 'Move…', exact: true })).toBeVisible()
    },
  },
  {
    name: 'Move',
    open: async () => {
      await openGroup()
      await page.getByRole('menuitem', { name: 'Move…', exact: true }).click()
      await page.getByRole('dialog').getByText('This and following').click()
      await expect(page.getByRole('dialog').getByText('Repeats', { exact: true })).toBeVisible()
    },
  },
  {
    name: 'Cancel for a group',
    open: async () => {
      await openGroup()
      await page.getByRole('menuitem', { name: 'Cancel session…' }).click()
      await page.getByRole('dialog').getByText('Earlier').click()
    },
  },
  {
    name: 'Remove one that repeats',
    open: async () => {
      await openGroup()
      await page.getByRole('menuitem', { name: 'Remove' }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  },
  {
    name: 'Calendars',
    open: async () => {
      await openWeek()
      await page.getByRole('button', { name: 'Calendars & groups' }).click()
      await expect(page.getByRole('heading', { name: 'Calendars & groups', level: 1 })).toBeVisible()
    },
  },
  { name: 'Clients', open: () => page.keyboard.press('Control+2') },
  {
    name: 'Client',
    open: async () => {
      await page.keyboard.press('Control+2')
      await page.getByRole('link', { name: 'Maya Okafor' }).first().click()
      await expect(page.getByRole('heading', { name: 'Maya Okafor' })).toBeVisible()
    },
  },
  {
    name: 'Review',
    open: async () => {
      await page.keyboard.press('Control+1')
      const next = page.getByRole('region', { name: 'Next' })
      await next
        .getByRole('button', { name: 'Review' })
        .or(next.getByRole('link', { name: 'Review' }))
        .click()
      await expect(page.getByRole('region', { name: 'Review' })).toBeVisible()
    },
  },
  {
    name: 'Write',
    open: async () => {
      await page.keyboard.press('Control+1')
      await page.getByRole('region', { name: 'To write' }).getByRole('button', { name: 'Write note' }).click()
      await expect(page.getByRole('textbox', { name: 'Subjective' })).toBeVisible()
    },
  },
  {
    name: 'A signed note',
    open: async () => {
      await page.keyboard.press('Control+2')
      await page.getByRole('link', { name: 'Maya Okafor' }).first().click()
      await page.getByRole('region', { name: 'Notes', exact: true }).getByRole('link').first().click()
      await expect(page.getByRole('button', { name: 'Add addendum' })).toBeVisible()
    },
  },
  {
    name: 'Addendum',
    open: async () => {
      await page.keyboard.press('Control+2')
      await page.getByRole('link', { name: 'Maya Okafor' }).first().click()
      await page.getByRole('region', { name: 'Notes', exact: true }).getByRole('link').first().click()
      await page.getByRole('button', { name: 'Add addendum' }).click()
      await expect(page.getByRole('textbox', { name: 'Addendum' })).toBeVisible()
    },
  },
  {
    name: 'Add client',
    open: async () => {
      await page.keyboard.press('Control+2')
      await page.getByRole('button', { name: 'Add client' }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  },
  {
    name: 'Cancel session',
    open: async () => {
      await page.keyboard.press('Control+1')
      const next = page.getByRole('list', { name: 'Sessions' }).getByRole('button', { name: /^More about/u })
      await next.last().click()
      await page.getByRole('menuitem', { name: /Cancel session/u }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  },
  {
    name: 'Shortcuts',
    open: async () => {
      await page.keyboard.press('Control+/')
      await expect(page.getByRole('dialog', { name: 'Shortcuts' })).toBeVisible()
    },
  },
  {
    name: 'Search',
    open: async () => {
      await page.keyboard.press('Control+4')
      await page.getByRole('searchbox', { name: 'Search the record' }).fill('train')
      await expect(page.getByRole('list', { name: 'Notes found' })).toBeVisible()
    },
  },
  { name: 'Settings', open: () => page.keyboard.press('Control+,') },
  {
    name: 'Command palette',
    open: async () => {
      await page.keyboard.press('Control+1')
      await page.keyboard.press('Control+k')
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  },
]

test('the door', async () => {
  const door = await running.door()
  await expect(door.getByRole('button', { name: 'Look around' })).toBeVisible()
  expect(await violations(door)).toEqual([])
  await door.getByRole('button', { name: 'Start my own' }).click()
  await expect(door.getByLabel('Passphrase', { exact: true })).toBeVisible()
  expect(await violations(door)).toEqual([])
  await door.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
  await door.getByLabel('Type it again').fill(PASSPHRASE)
  await door.getByRole('button', { name: 'Continue' }).click()
  await expect(door.getByRole('heading', { name: 'Two recovery sheets' })).toBeVisible()
  expect(await violations(door), 'Sheets').toEqual([])
  await door.getByRole('button', { name: 'I have both sheets' }).click()
  await expect(door.getByRole('heading', { name: /Type back/u })).toBeVisible()
  expect(await violations(door), 'Type back').toEqual([])
  await door.getByRole('button', { name: 'Back to the sheets' }).click()
  await door.getByRole('button', { name: 'Back', exact: true }).click()
  await door.getByRole('button', { name: 'Back', exact: true }).click()
  await door.getByRole('button', { name: 'Look around' }).click()
  page = await running.page()
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
})

for (const theme of ['light', 'dark'] as const) {
  test(`every screen, ${theme}`, async () => {
    const { preferences } = await ask(page, 'app', 'context', {})
    await ask(page, 'app', 'setPreferences', { ...preferences, theme, textSize: 100 })
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    for (const { name, open } of screens) {
      await open()
      await page.waitForTimeout(250)
      expect(await violations(page), name).toEqual([])
      await page.keyboard.press('Escape')
    }
  })
}

test('at 200 % text nothing is cut off sideways and every main action can be reached', async () => {
  const { preferences } = await ask(page, 'app', 'context', {})
  await ask(page, 'app', 'setPreferences', { ...preferences, theme: 'light', textSize: 200 })
  for (const { name, open } of screens) {
    await open()
    await page.waitForTimeout(250)
    expect(await sideways(page), name).toBeLessThanOrEqual(0)
    await page.keyboard.press('Escape')
  }
})
