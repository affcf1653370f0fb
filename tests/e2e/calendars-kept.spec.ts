import { expect, test } from '@playwright/test'
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { CalendarHouse } from '../support/calendars/house.ts'
import { ask } from '../support/application.ts'

/* What is kept of an event is seen where somebody looks; what a title means includes its kind; news says no name. */

let house: CalendarHouse
test.beforeEach(async () => {
  house = await CalendarHouse.open()
})
test.afterEach(() => house.close())

const MARKUP = '<b>Room</b> 2 <img src=x>'
const calendar = (more = '', title = 'Anna Berger'): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Test//EN',
    'BEGIN:VEVENT',
    'UID:one@test',
    'DTSTAMP:20260101T120000Z',
    'DTSTART;TZID=America/New_York:20260105T150000',
    'DTEND;TZID=America/New_York:20260105T155000',
    `SUMMARY:${title}`,
    `LOCATION:${MARKUP}`,
    'DESCRIPTION:Bring the form\\nand the key',
    'ATTENDEE;CN=Maria Lopez:mailto:maria@example.org',
    'END:VEVENT',
    ...(more === '' ? [] : [more]),
    'END:VCALENDAR',
    '',
  ].join('\r\n')

test('place, description and who was invited: as plain text on the block and in the review, and not on the quiet card', async () => {
  const { page } = house
  await house.addClient('Anna Berger')
  await house.toCalendars()
  await house.choose('kept.ics', calendar())
  await house.looking()
  // One after the other, without waiting for an answer between them.
  for (const name of ['Places', 'Descriptions', 'Who was invited'])
    await page.getByText(name, { exact: true }).click()
  for (const name of ['Places', 'Descriptions', 'Who was invited'])
    await expect(page.getByRole('checkbox', { name })).toBeChecked()
  await house.takeIn()
  await page.getByRole('link', { name: 'Week', exact: true }).click()
  await page
    .getByRole('button', { name: /Anna Berger/u })
    .first()
    .click()
  const card = page.getByRole('dialog')
  await expect(card).toContainText(MARKUP)
  await expect(card).toContainText('Bring the form')
  await expect(card).toContainText('Maria Lopez')
  await page.getByRole('menuitem', { name: 'Open review' }).click()
  await expect(page.getByRole('region', { name: 'Review' })).toContainText(`Place: ${MARKUP}`)
  expect(await page.locator('img[src=x]').count()).toBe(0)
  const [session] = await house.sessions()
  await ask(page, 'sessions', 'mark', { id: session?.id ?? '', startedAt: Date.now(), endedAt: null })
  await page.getByRole('link', { name: 'Today', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Session' })).not.toContainText('Room')
})

test('a title can mean home visits, and that is remembered', async () => {
  const { page } = house
  await house.addClient('Anna Berger')
  await house.toCalendars()
  await house.choose('visits.ics', calendar('', 'AB at home'))
  await house.looking()
  await page.getByRole('combobox', { name: 'Who is “AB at home”?' }).fill('Anna')
  await page.getByRole('option', { name: 'Anna Berger' }).click()
  await page.getByRole('button', { name: /What kind is “AB at home”/u }).click()
  await page.getByRole('option', { name: 'Home visit' }).click()
  await expect(page.getByText('1 added.')).toBeVisible()
  await house.takeIn()
  expect((await house.sessions()).map(({ kind }) => kind)).toEqual(['home-visit'])
  await house.choose('visits.ics', calendar('', 'AB at home'))
  await house.looking()
  await expect(page.getByText('1 as it was.')).toBeVisible()
  await page.getByRole('button', { name: /^Answered before/u }).click()
  await expect(page.getByRole('button', { name: /What kind is “AB at home”/u })).toContainText('Home visit')
})

test('Today says that the watched calendar changed, by counts and not by names', async () => {
  const { page } = house
  await house.addClient('Anna Berger')
  await house.toCalendars()
  const folder = path.join(house.folder, 'saved')
  mkdirSync(folder)
  await house.answer(folder)
  await page.getByRole('button', { name: 'Watch a folder…' }).click()
  const file = path.join(folder, 'mine.ics')
  writeFileSync(file, calendar())
  await page.getByRole('button', { name: 'Look at it' }).click()
  await house.looking()
  await house.takeIn()
  await page.getByRole('link', { name: 'Today', exact: true }).click()
  await expect(page.getByText(/calendar changed|newer calendar/u)).toHaveCount(0)
  const second = calendar().slice(calendar().indexOf('BEGIN:VEVENT'), calendar().indexOf('END:VCALENDAR'))
  writeFileSync(
    file,
    calendar(second.replace('one@test', 'two@test').replaceAll('20260105', '20260106').trimEnd()),
  )
  const later = new Date(Date.now() + 60_000)
  utimesSync(file, later, later)
  // The folder is looked at after unlocking, and now and then.
  await page.getByRole('button', { name: 'Lock' }).click()
  const again = await house.unlockAgain()
  const line = again.getByText('Your calendar changed: 1 new.')
  await expect(line).toBeVisible()
  await again.getByRole('link', { name: 'Look' }).click()
  await expect(again.getByRole('heading', { name: 'Calendars & groups', level: 1 })).toBeVisible()
})
