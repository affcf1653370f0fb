import { expect, test } from '@playwright/test'
import { CalendarHouse } from '../support/calendars/house.ts'
import { calendar, event, GOOGLE, outlook } from '../support/calendars/products.ts'

/* A calendar is taken in, looked at first, kept right and let go, in the real window. */

let house: CalendarHouse
test.beforeEach(async () => {
  house = await CalendarHouse.open()
})
test.afterEach(async () => {
  await house.close()
})

const ANNA = [
  '2026-01-06T15:00 Anna Berger',
  '2026-01-21T11:00 Anna Berger',
  '2026-01-27T15:00 Anna Berger off',
  '2026-02-17T15:00 Anna Berger',
  '2026-02-24T15:00 Anna Berger',
]

test('shown first, taken when it is said, updated the next time, never twice, and let go', async () => {
  const { page } = house
  await house.addClient('Anna Berger')
  await house.addClient('Björn Ñandú')
  await house.toCalendars()
  await house.choose('google.ics', GOOGLE)
  await house.looking()
  await expect(page.getByText('1 added, 1 waiting for a name, 1 left out.')).toBeVisible()
  await page.getByRole('button', { name: 'Left out (1)' }).click()
  await expect(page.getByRole('list', { name: 'Left out' })).toContainText('Independence Day')
  await expect(page.getByRole('list', { name: 'Left out' })).toContainText('lasts all day')
  await page.getByRole('button', { name: /is Björn Ñandú$/u }).click()
  await expect(page.getByText('2 added, 1 left out.')).toBeVisible()
  expect(await house.lines()).toEqual([])
  await house.takeIn()
  await expect(page.getByText('Calendar taken in: 2 added.')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Taken in' })).toContainText('2 events')
  // One moved, one called off, three left out by their dates.
  const before = await house.lines()
  expect(before).toEqual([ANNA[0], '2026-01-08T09:00 Björn Ñandú', ...ANNA.slice(1)])

  await house.choose('google.ics', GOOGLE)
  await house.looking()
  await expect(page.getByText('2 as they were, 1 left out.')).toBeVisible()
  await page.getByRole('button', { name: 'Answered before or by name (2)' }).click()
  await expect(page.getByText('as you said before')).toHaveCount(1)
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText('Nothing in it was new.')).toBeVisible()
  expect(await house.lines()).toEqual(before)

  // An hour later from now on, and no Björn.
  const [head = '', ...events] = GOOGLE.split('BEGIN:VEVENT')
  const later = [head, ...events.filter((one) => !one.includes('once@google.com'))]
    .join('BEGIN:VEVENT')
    .replace(
      'VEVENT\r\nDTSTART;TZID=America/New_York:20260106T150000',
      'VEVENT\r\nDTSTART;TZID=America/New_York:20260106T160000',
    )
    .replace('DTEND;TZID=America/New_York:20260106T155000', 'DTEND;TZID=America/New_York:20260106T165000')
    .replaceAll(/EXDATE.*\r\n/gu, '')
  await house.choose('google.ics', later)
  await house.looking()
  await expect(page.getByText('1 changed, 1 no longer there, 1 left out.')).toBeVisible()
  await house.takeIn()
  const after = await house.lines()
  expect(after.filter((line) => line.includes('Björn'))).toEqual([])
  expect(after[0]).toBe('2026-01-06T16:00 Anna Berger')
  expect(new Set(after).size).toBe(after.length)

  await page.getByRole('button', { name: 'Drop…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Drop' }).click()
  await expect(page.getByRole('region', { name: 'Taken in' })).toHaveCount(0)
  expect(await house.lines()).toEqual([])
  expect((await house.logged()).map(({ action }) => action)).toEqual([
    'calendar-taken',
    'calendar-taken',
    'calendar-taken',
    'calendar-dropped',
  ])
})

test('titles are matched by hand, remembered, forgotten and left out; nobody is made', async () => {
  const { page } = house
  await house.addClient('Jane Dorn')
  await house.addClient('Lea Wolf')
  await house.toCalendars()
  const zone = 'Eastern Standard Time'
  const file = outlook(zone, `"${zone}"`, false).replace(
    'END:VCALENDAR',
    event(
      'UID:lunch',
      'SUMMARY:Lunch',
      'DTSTART:20260106T170000Z',
      'DTEND:20260106T180000Z',
      'DTSTAMP:20260101T120000Z',
      'LOCATION:Canteen',
    ).join('\r\n') + '\r\nEND:VCALENDAR',
  )
  await house.choose('Calendar.ics', file)
  await house.looking()
  const who = page.getByRole('combobox', { name: 'Who is “J.D. 3pm”?' })
  await who.fill('nobody of this name')
  await page.keyboard.press('Tab')
  await expect(who).toHaveValue('')
  await who.fill('wo')
  await expect(page.getByRole('option')).toHaveText([
    'Lea Wolf',
    'Not a session: leave it out',
    'Ask again next time',
  ])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByText('1 added, 1 waiting for a name.')).toBeVisible()
  // Somebody else was meant.
  await who.fill('jane')
  await page.getByRole('option', { name: 'Jane Dorn' }).click()
  await expect(who).toHaveValue('Jane Dorn')
  await page.getByRole('combobox', { name: 'Who is “Lunch”?' }).fill('not')
  await page.getByRole('option', { name: 'Not a session: leave it out' }).click()
  await expect(page.getByText('1 added, 1 left out by you.')).toBeVisible()
  // Nothing beside times and titles, unless it is chosen; and what was chosen is remembered.
  const kept = page.getByRole('region', { name: 'What is kept' }).getByRole('checkbox')
  await expect(kept).toHaveCount(3)
  for (const box of await kept.all()) await expect(box).not.toBeChecked()
  await page.getByText('Places', { exact: true }).click()
  await expect(kept.nth(0)).toBeChecked()
  await house.takeIn()
  expect(await house.lines(30)).toEqual(['2026-01-05T15:00 Jane Dorn', '2026-02-02T15:00 Jane Dorn'])
  expect((await house.sessions()).every(({ fromCalendar }) => fromCalendar)).toBe(true)

  await page.getByRole('button', { name: 'What 2 titles mean' }).click()
  const names = page.getByRole('region', { name: 'Names' })
  await expect(names.getByRole('listitem').filter({ hasText: 'j.d. 3pm' })).toContainText('Jane Dorn')
  await names
    .getByRole('listitem')
    .filter({ hasText: 'lunch' })
    .getByRole('button', { name: 'Forget' })
    .click()
  await expect(names.getByRole('button', { name: 'What one title means' })).toBeVisible()
  await house.choose('Calendar.ics', file)
  await house.looking()
  await expect(page.getByText('1 as it was, 1 waiting for a name.')).toBeVisible()
  await expect(kept.nth(0)).toBeChecked()
  await expect(kept.nth(1)).not.toBeChecked()
  await page.getByRole('button', { name: 'Leave it' }).click()
  await page.getByRole('link', { name: 'Clients', exact: true }).click()
  await expect(page.getByRole('main').getByRole('link', { name: /Jane|Lea/u })).toHaveCount(2)
  await expect(page.getByText(/J\.D\. 3pm|Lunch/u)).toHaveCount(0)
})

test('two calendars of one name are two, if that is said', async () => {
  const { page } = house
  await house.addClient('Anna Berger')
  await house.toCalendars()
  await house.choose('google.ics', GOOGLE)
  await house.looking()
  await house.takeIn()
  const other = calendar(
    'X-WR-CALNAME:Practice',
    ...event('UID:school', 'SUMMARY:Anna Berger', 'DTSTART:20260107T090000', 'DURATION:PT30M'),
  )
  await house.choose('school.ics', other)
  await house.looking()
  await expect(page.getByText('1 added, 1 no longer there.')).toBeVisible()
  await page.getByRole('button', { name: 'It is another calendar' }).click()
  await expect(page.getByText('1 added.', { exact: true })).toBeVisible()
  await house.takeIn()
  await expect(page.getByRole('region', { name: 'Taken in' }).getByRole('listitem')).toHaveCount(2)
  // A time that names no zone is meant by the clock on the wall.
  expect(await house.lines()).toEqual([ANNA[0], '2026-01-07T09:00 Anna Berger', ...ANNA.slice(1)])
})
