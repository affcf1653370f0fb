import { expect, test } from '@playwright/test'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ask } from '../support/application.ts'
import { CalendarHouse, HOME, NOW } from '../support/calendars/house.ts'
import { GOOGLE } from '../support/calendars/products.ts'
import { sideways, violations } from '../support/looking.ts'

/* Groups, the time around sessions, the schedule as a file; and how these screens look to everybody. */

const HOUR = 3_600_000

let house: CalendarHouse
test.beforeEach(async () => {
  house = await CalendarHouse.open()
})
test.afterEach(async () => {
  await house.close()
})

test('a group: made, changed, ended', async () => {
  const { page } = house
  await house.addClient('Ana Lopez')
  await house.addClient('Ben Ode')
  await house.addClient('Cleo Marsh')
  await house.toCalendars()
  await page.getByRole('button', { name: 'Add a group…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Add group' }).click()
  await expect(dialog.getByText('Please give the group a name.')).toBeVisible()
  await dialog.getByLabel('Name', { exact: true }).fill('Grief circle')
  const add = async (typed: string, name: string) => {
    await dialog.getByRole('combobox', { name: 'Add a client' }).fill(typed)
    await page.getByRole('option', { name }).click()
    await expect(dialog.getByRole('list', { name: 'Members' })).toContainText(name)
  }
  await add('ana', 'Ana Lopez')
  await add('be', 'Ben Ode')
  await dialog.getByRole('button', { name: 'Add group' }).click()
  const groups = page.getByRole('region', { name: 'Groups' })
  await expect(groups.getByRole('listitem')).toContainText('2 members')
  const [group] = (await ask(page, 'groups', 'list', {})).groups
  const startsAt = Date.parse(NOW) + 26 * HOUR
  await ask(page, 'groups', 'addSession', {
    groupId: group?.id ?? '',
    kind: 'individual',
    startsAt,
    endsAt: startsAt + HOUR,
    zone: HOME,
    travelBefore: 0,
    travelAfter: 0,
  })
  await expect(groups.getByRole('listitem')).toContainText('next tomorrow, 10:00')

  await groups.getByRole('button', { name: 'Change…' }).click()
  await dialog.getByRole('button', { name: 'Take Ben Ode out' }).click()
  await add('cl', 'Cleo Marsh')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toHaveCount(0)
  expect(await house.lines()).toEqual(['2026-01-06T10:00 Ana Lopez', '2026-01-06T10:00 Cleo Marsh'])

  await groups.getByRole('button', { name: 'End…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'End the group' }).click()
  await expect(groups.getByRole('listitem')).toHaveCount(0)
  expect(await house.lines()).toEqual([])
})

test('the time around sessions is kept', async () => {
  const { page } = house
  await house.toCalendars()
  const around = page.getByRole('region', { name: 'Around a session' })
  await around.getByRole('button', { name: /Review before/u }).click()
  await page.getByRole('option', { name: 'None' }).click()
  await around.getByRole('button', { name: /Writing after/u }).click()
  await page.getByRole('option', { name: '15 minutes' }).click()
  await expect(around.getByRole('button', { name: /Writing after/u })).toContainText('15 minutes')
  await expect
    .poll(() => ask(page, 'sessions', 'margins', {}))
    .toEqual({ reviewMinutes: 0, writingMinutes: 15 })
})

test('the schedule as a file: times and initials, nothing else, and a line in the log', async () => {
  const { page } = house
  const [ana, ben] = [await house.addClient('Ana Lopez'), await house.addClient('Ben Ode')]
  const at = (hours: number) => {
    const startsAt = Date.parse(NOW) + hours * HOUR
    return { kind: 'individual' as const, startsAt, endsAt: startsAt + HOUR, zone: HOME }
  }
  await ask(page, 'sessions', 'create', { clientId: ana, ...at(2) })
  await ask(page, 'sessions', 'create', { clientId: ben, ...at(24) })
  const { id } = await ask(page, 'sessions', 'create', { clientId: ben, ...at(48) })
  await ask(page, 'sessions', 'cancel', { id, by: 'client', line: 'Flu', toldAt: null, whole: false })
  await house.toCalendars()
  const target = path.join(house.folder, 'out.ics')
  await house.answer(target)
  await page.getByRole('region', { name: 'Schedule out' }).getByRole('button', { name: 'Save as…' }).click()
  await expect(page.getByText('2 sessions written, with initials only.')).toBeVisible()
  const text = readFileSync(target, 'utf8')
  expect(text.match(/^SUMMARY:.*$/gmu)?.map((line) => line.trim())).toEqual(['SUMMARY:A.L.', 'SUMMARY:B.O.'])
  expect(text.match(/^DTSTART;.*$/gmu)?.map((line) => line.trim())).toEqual([
    `DTSTART;TZID=${HOME}:20260105T100000`,
    `DTSTART;TZID=${HOME}:20260106T080000`,
  ])
  expect(text).not.toMatch(/Lopez|Ode|Ben|Flu/u)
  for (const one of [ana, ben, id]) expect(text).not.toContain(one)
  expect(await house.logged()).toEqual([{ action: 'schedule-out', count: 2 }])
})

test('these screens: axe in light and dark, nothing cut off at 200 %', async () => {
  const { page } = house
  await house.addClient('Anna Berger')
  await house.toCalendars()
  await house.choose('google.ics', GOOGLE)
  await house.looking()
  await house.takeIn()
  const screens: readonly (readonly [string, () => Promise<void>])[] = [
    ['Calendars', house.toCalendars.bind(house)],
    [
      'Preview',
      async () => {
        await house.toCalendars()
        await house.choose('other.ics', GOOGLE.replaceAll('@google.com', '@other'))
        await house.looking()
        await page.getByRole('button', { name: /^Left out/u }).click()
        await page.getByRole('button', { name: /^Answered before/u }).click()
      },
    ],
    [
      'Group',
      async () => {
        await house.toCalendars()
        await page.getByRole('button', { name: 'Add a group…' }).click()
        await expect(page.getByRole('dialog')).toBeVisible()
      },
    ],
    [
      'Drop',
      async () => {
        await house.toCalendars()
        await page.getByRole('button', { name: 'Drop…' }).click()
        await expect(page.getByRole('alertdialog')).toBeVisible()
      },
    ],
  ]
  const { preferences } = await ask(page, 'app', 'context', {})
  for (const [theme, textSize] of [
    ['light', 100],
    ['dark', 100],
    ['light', 200],
  ] as const) {
    await ask(page, 'app', 'setPreferences', { ...preferences, theme, textSize })
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    for (const [name, open] of screens) {
      await open()
      await page.waitForTimeout(250)
      if (textSize === 100) expect(await violations(page), name).toEqual([])
      expect(await sideways(page), name).toBeLessThanOrEqual(0)
      await page.keyboard.press('Escape')
    }
  }
})
