import { expect, test } from '@playwright/test'
import { mkdirSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ask } from '../support/application.ts'
import { CalendarHouse } from '../support/calendars/house.ts'
import { manyEvents } from '../support/calendars/manyEvents.ts'
import { calendar, crlf, event, GOOGLE } from '../support/calendars/products.ts'

/* Large, hostile and half-broken calendars, and a folder that comes and goes, in the real window. */

let house: CalendarHouse
test.beforeEach(async () => {
  house = await CalendarHouse.open()
  await house.toCalendars()
})
test.afterEach(async () => {
  await house.close()
})

test('ten thousand events: progress, a way to stop, and only what is to come is asked about', async () => {
  const { page } = house
  await house.addClient('Person 12')
  const many = manyEvents(10_000)
  await house.choose('many.ics', manyEvents(40_000))
  await expect(page.getByRole('progressbar', { name: 'Progress' })).toBeVisible()
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByText('Stopped. Nothing was changed.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Choose a calendar file…' })).toBeVisible()

  await house.choose('many.ics', many)
  await house.looking()
  await expect(page.getByRole('list', { name: 'To be answered' }).getByRole('listitem')).toHaveCount(40)
  await expect(page.getByRole('button', { name: /^Show 40 more of/u })).toBeVisible()
  await page.getByRole('button', { name: '“Session with Person 12 - 50 min” is Person 12' }).click()
  await expect(page.getByText(/^25 added, [\d,]+ waiting for a name\.$/u)).toBeVisible()
  await house.takeIn()
  await expect(page.getByRole('region', { name: 'Taken in' })).toContainText('25 events')
  const lines = await house.lines()
  expect(lines.length).toBeGreaterThan(5)
  await house.choose('many.ics', many)
  await house.looking()
  await expect(page.getByText(/^25 as they were, [\d,]+ waiting for a name\.$/u)).toBeVisible()
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText('Nothing in it was new.')).toBeVisible()
  expect(await house.lines()).toEqual(lines)
})

test('what is no calendar, or none that can be read, is a sentence and changes nothing', async () => {
  const { page } = house
  const big = house.put('big.ics', crlf('BEGIN:VCALENDAR'))
  truncateSync(big, 65 * 1024 * 1024)
  const nuls = new Uint8Array(50 * 1024 * 1024)
  const noise = Uint8Array.from({ length: 4096 }, (_, at) => (at * 73 + 11) % 256)
  const cases: readonly (readonly [string | Uint8Array | null, RegExp])[] = [
    ['<html><title>Please sign in</title></html>', /^This file is not a calendar\. Nothing was changed/u],
    ['', /Nothing was changed|holds no events/u],
    [nuls, /Nothing was changed/u],
    [noise, /Nothing was changed/u],
    [null, /^This file is larger than 64 MB .* Nothing was changed/u],
  ]
  for (const [content, sentence] of cases) {
    if (content === null) {
      await house.answer(big)
      await page.getByRole('button', { name: 'Choose a calendar file…' }).click()
    } else await house.choose('strange.ics', content)
    await expect(page.getByRole('region', { name: 'Take in' }).getByRole('alert')).toHaveText(sentence)
    expect((await ask(page, 'calendars', 'list', {})).calendars).toEqual([])
  }
  await house.answer(path.join(house.folder, 'gone.ics'))
  await page.getByRole('button', { name: 'Choose a calendar file…' }).click()
  await expect(page.getByText(/^This file could not be opened\. Nothing was changed/u)).toBeVisible()
  expect(await house.logged()).toEqual([])
})

test('of a half-broken file what can be read is taken, the rest is named, and nothing goes for missing', async () => {
  const { page } = house
  await house.addClient('Anna Berger')
  await house.choose('whole.ics', GOOGLE)
  await house.looking()
  await house.takeIn()
  const before = await house.lines()
  const broken = calendar(
    'X-WR-CALNAME:Practice',
    ...event('UID:a', 'SUMMARY:Anna Berger', 'DTSTART:20260109T150000Z', 'DTEND:20260109T155000Z'),
    ...event('UID:b', 'SUMMARY:Backwards', 'DTSTART:20260109T150000Z', 'DTEND:20260109T140000Z'),
    ...event('UID:c', 'SUMMARY:Nowhere', 'DTSTART;TZID=Mars/Olympus:20260109T150000', 'DURATION:PT1H'),
    ...event('UID:d', 'SUMMARY:Bomb', 'DTSTART:20260109T150000Z', 'DURATION:PT1H', 'RRULE:FREQ=SECONDLY'),
    'BEGIN:VEVENT',
    'UID:e',
    'SUMMARY:Cut',
  ).replace('END:VCALENDAR\r\n', '')
  await house.choose('broken.ics', broken)
  await house.looking()
  await expect(page.getByText(/^Parts of this file cannot be read/u)).toBeVisible()
  await page.getByRole('button', { name: /^Left out/u }).click()
  const out = page.getByRole('list', { name: 'Left out' })
  for (const [title, why] of [
    ['Backwards', 'ends before it starts'],
    ['Nowhere', 'names a time zone that nobody knows'],
    ['Bomb', 'repeats more often than once a day'],
  ] as const)
    await expect(out.getByRole('listitem').filter({ hasText: title })).toContainText(why)
  await house.takeIn()
  expect(await house.lines()).toEqual([...before, '2026-01-09T10:00 Anna Berger'].toSorted())
  expect(await house.leftBehind(['Anna Berger', 'Backwards', 'Independence Day', 'broken.ics'])).toEqual([])
})

test('a watched folder: a newer calendar is said, taken when that is chosen; a folder that is gone is said', async () => {
  const { page } = house
  await house.addClient('Anna Berger')
  const folder = path.join(house.folder, 'saved')
  mkdirSync(folder)
  await house.answer(folder)
  await page.getByRole('button', { name: 'Watch a folder…' }).click()
  await expect(page.getByText('Watching the folder “saved”. Nothing new in it.')).toBeVisible()
  const file = path.join(folder, 'basic.ics')
  writeFileSync(file, GOOGLE)
  await expect(page.getByText('There is a newer calendar in it.')).toBeVisible()
  expect(await house.lines()).toEqual([])
  await page.getByRole('button', { name: 'Look at it' }).click()
  await house.looking()
  await house.takeIn()
  await expect(page.getByText('Nothing new in it.')).toBeVisible()
  expect(await house.lines()).toHaveLength(5)
  const later = new Date(Date.now() + 60_000)
  utimesSync(file, later, later)
  await expect(page.getByText('There is a newer calendar in it.')).toBeVisible()
  renameSync(folder, `${folder}-away`)
  await expect(page.getByText('It cannot be reached just now; what was taken in before stays.')).toBeVisible()
  await page.getByRole('button', { name: 'Stop watching' }).click()
  await expect(page.getByRole('button', { name: 'Watch a folder…' })).toBeVisible()
  rmSync(`${folder}-away`, { recursive: true })
  expect(await house.lines()).toHaveLength(5)
})
