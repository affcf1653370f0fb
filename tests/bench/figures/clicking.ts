import { byName, painted } from '../driving/application.ts'
import { BARE, start } from '../driving/electron.ts'
import { letter, Page, pause } from '../driving/page.ts'
import { NOW } from '../caseload/calendar.ts'
import { SEARCHES } from './searches.ts'

/** Days from the caseload's Tuesday on which there are sessions; the first is looked at apart. */
export const FIRST_DAY = [1] as const
export const OTHER_DAYS = [2, 3, 6, 7, 8] as const
const A_DAY = 9
/** The Monday three weeks after the caseload's Tuesday, from nine in New York on. */
const FULL_FROM = Math.floor(NOW / 86_400_000) * 86_400_000 + 20 * 86_400_000 + 13 * 3_600_000
const CLIENTS = 45
/** A page that is asked while it paints paints later: it is asked after this. */
const HANDS_OFF_MS = 100
const BARE_CLICKS = 45

/** Remembers when the last click and the last key happened, as the browser process saw them. */
async function watchInput(page: Page): Promise<void> {
  await page.run(() => {
    const seen = { click: 0, key: 0 }
    Object.assign(globalThis, { benchInput: seen })
    // A button acts when the pointer goes up, a link when that makes a click: it is one input event for both.
    addEventListener('pointerup', (event) => (seen.click = event.timeStamp), true)
    addEventListener('keydown', (event) => (seen.key = event.timeStamp), true)
  })
}

/** Milliseconds from the last click or key to the paint of what came of it. */
async function tookFrom(page: Page, input: 'click' | 'key', screen: string): Promise<number> {
  await pause(HANDS_OFF_MS)
  return page.until(
    `painted:${screen} after a ${input}`,
    (name, kind) => {
      const at = (globalThis as unknown as { benchInput: Record<string, number> }).benchInput[kind] ?? 0
      const mark = performance.getEntriesByName(name).find((one) => one.startTime > at)
      return at === 0 || mark === undefined ? null : mark.startTime - at
    },
    `painted:${screen}`,
    input,
  )
}

const forget = (page: Page): Promise<void> =>
  page.run(() => {
    performance.clearMarks()
    Object.assign((globalThis as unknown as { benchInput: object }).benchInput, { click: 0, key: 0 })
  })

async function clickAndTime(
  page: Page,
  screen: string,
  selector: string,
  name: string,
  nth = 0,
): Promise<number> {
  await forget(page)
  await page.click(name, byName, selector, name, nth)
  return tookFrom(page, 'click', screen)
}

const BUTTON = 'main button'
const PLACE = 'nav[aria-label="Main"] a'

/** From Today, which must be shown, to the reviews of these days to come, each opened for the first time. */
export async function reviews(page: Page, days: readonly number[]): Promise<number[]> {
  await watchInput(page)
  const took: number[] = []
  let onToday = true
  for (const day of days) {
    for (let session = 0; session < A_DAY; session += 1) {
      if (!onToday) await clickAndTime(page, 'today', PLACE, 'Today')
      onToday = false
      for (let step = 0; step < day; step += 1) await clickAndTime(page, 'today', BUTTON, 'Next day')
      took.push(await clickAndTime(page, 'review', BUTTON, 'Review', session))
    }
  }
  await clickAndTime(page, 'today', PLACE, 'Today')
  return took
}

/** Sessions of a full week: twelve on each of five days. */
export const WEEK_SESSIONS = 60
const WEEKS = 12

/** Makes full weeks from three weeks ahead on, and turns to each of them for the first time. */
export async function weeks(page: Page): Promise<{ open: number[]; turn: number[] }> {
  await page.run(
    async (count, first) => {
      interface Api {
        clients: { list: (input: object) => Promise<{ value: { clients: { id: string }[] } }> }
        sessions: { create: (input: object) => Promise<unknown> }
      }
      const api = (globalThis as unknown as { bracket: Api }).bracket
      const { clients } = (await api.clients.list({})).value
      for (let week = 0; week < count; week += 1) {
        for (let place = 0; place < 60; place += 1) {
          const startsAt = first + (week * 7 + Math.floor(place / 12)) * 86_400_000 + (place % 12) * 2_700_000
          const clientId = clients[place % clients.length]?.id
          const endsAt = startsAt + 2_400_000
          await api.sessions.create({
            clientId,
            kind: 'individual',
            startsAt,
            endsAt,
            zone: 'America/New_York',
          })
        }
      }
    },
    WEEKS,
    FULL_FROM,
  )
  await watchInput(page)
  const [open, turn]: [number[], number[]] = [[], []]
  open.push(await clickAndTime(page, 'week', PLACE, 'Week'))
  for (let week = 0; week < 2; week += 1) {
    await pause(150)
    await clickAndTime(page, 'week', BUTTON, 'Next week')
  }
  for (let week = 0; week < WEEKS; week += 1) {
    // Nobody turns a page that was not looked at.
    await pause(250)
    turn.push(await clickAndTime(page, 'week', BUTTON, 'Next week'))
  }
  for (let time = 0; time < 4; time += 1) {
    await clickAndTime(page, 'today', PLACE, 'Today')
    open.push(await clickAndTime(page, 'week', PLACE, 'Week'))
  }
  await clickAndTime(page, 'today', PLACE, 'Today')
  return { open, turn }
}

function clientRow(nth: number): { x: number; y: number } | null {
  const row = document.querySelectorAll('ul[aria-label="Clients"] a')[nth]
  if (row === undefined) return null
  row.scrollIntoView({ block: 'center' })
  const { x, y, height } = row.getBoundingClientRect()
  return { x: x + 40, y: y + height / 2 }
}

/** From the list of clients to their pages, each opened for the first time. */
export async function clientPages(page: Page): Promise<{ list: number[]; client: number[] }> {
  await watchInput(page)
  const [list, client]: [number[], number[]] = [[], []]
  for (let nth = 0; nth < CLIENTS; nth += 1) {
    list.push(await clickAndTime(page, 'clients', PLACE, 'Clients'))
    await forget(page)
    await page.click('a client', clientRow, nth * 4)
    client.push(await tookFrom(page, 'click', 'client'))
  }
  return { list, client }
}

/** Types into the search box; every letter from the second on is timed to the paint of what it found. */
export async function searches(page: Page): Promise<number[]> {
  await watchInput(page)
  await page.click('Search', byName, PLACE, 'Search')
  const took: number[] = []
  for (const text of SEARCHES) {
    await page.until('the search field', () => document.querySelector('input[type=search]') !== null)
    await page.run(() => document.querySelector<HTMLInputElement>('input[type=search]')?.select())
    await page.press({ key: 'Backspace', code: 'Backspace', keyCode: 8 })
    await pause(60)
    for (const [at, character] of [...text].entries()) {
      await forget(page)
      await page.press(letter(character))
      // One letter is not looked for yet, and a space at the end changes nothing that is.
      if (at > 0 && character !== ' ') took.push(await tookFrom(page, 'key', 'search'))
      await pause(40)
    }
  }
  return took
}

/** The floor: a bare page that shows another line at a click or a key. */
export async function bareClicks(): Promise<{ click: number[]; key: number[] }> {
  const started = start(BARE)
  try {
    const page = await Page.at(started.devtools, 'file:')
    await painted(page, 'bare')
    await watchInput(page)
    await page.run(() => {
      const show = () => {
        document
          .querySelectorAll('p')
          .forEach((line) => (line.textContent = `Shown at ${performance.now()}.`))
        requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('painted:line')))
      }
      document.querySelector('button')?.addEventListener('click', show)
      document.querySelector('input')?.addEventListener('input', show)
    })
    const [click, key]: [number[], number[]] = [[], []]
    for (let time = 0; time < BARE_CLICKS; time += 1) {
      click.push(await clickAndTime(page, 'line', 'button', 'Unlock'))
      await page.run(() => document.querySelector('input')?.focus())
      await forget(page)
      await page.press(letter('a'))
      key.push(await tookFrom(page, 'key', 'line'))
      await pause(40)
    }
    return { click, key }
  } finally {
    await started.stop()
  }
}
