import { expect, test, type Page } from '@playwright/test'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { ask, launch, removeProfile, unlock, vaultProfile } from '../support/application.ts'
import type { Running } from '../support/application.ts'
import { look, sideways, violations } from '../support/looking.ts'
import { lock } from '../support/oneSession.ts'

/* The door of a vault: locked, recovering and stopped. It follows the system, and then its owner's own choice. */

let profile: string
let running: Running

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  profile = await vaultProfile()
  running = await launch({ profile })
})
test.afterAll(async () => {
  await running.stop()
  removeProfile(profile)
})

const ground = (page: Page): Promise<string> =>
  page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)

/** axe in light and dark, the two not the same, and nothing cut off with text twice as large. */
async function looksRight(door: Page, name: string): Promise<void> {
  const grounds: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await door.emulateMedia({ colorScheme })
    expect(await violations(door), `${name}, ${colorScheme}`).toEqual([])
    grounds.push(await ground(door))
  }
  expect(new Set(grounds).size, name).toBe(2)
  await door.emulateMedia({ colorScheme: null })
  await door.evaluate(() => void (document.documentElement.style.fontSize = '200%'))
  expect(await sideways(door), name).toBeLessThanOrEqual(0)
  await door.evaluate(() => void (document.documentElement.style.fontSize = ''))
  await look(door, `door-${name.toLowerCase()}`)
}

test('locked, and recovering', async () => {
  const door = await running.door()
  await expect(door.getByLabel('Passphrase', { exact: true })).toBeVisible()
  await looksRight(door, 'Locked')
  await door.getByRole('button', { name: /recovery sheet/iu }).click()
  await expect(door.getByLabel(/Sheet A/u).first()).toBeVisible()
  await looksRight(door, 'Recover')
  await door.getByRole('button', { name: 'Back', exact: true }).click()
})

test('it takes over the theme and the size of text, at the lock and at the next start', async () => {
  const first = await running.door()
  const plain = await first.evaluate(() => innerWidth)
  const page = await unlock(running)
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
  const { preferences } = await ask(page, 'app', 'context', {})
  await ask(page, 'app', 'setPreferences', { ...preferences, theme: 'dark', textSize: 200 })
  const large = async (door: Page): Promise<void> => {
    await expect(door.getByLabel('Passphrase', { exact: true })).toBeVisible()
    // Playwright has every page prefer light until it is told not to.
    await door.emulateMedia({ colorScheme: null })
    expect(await door.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true)
    expect(await door.evaluate(() => innerWidth)).toBeLessThanOrEqual(plain / 2 + 1)
    expect(await sideways(door)).toBeLessThanOrEqual(0)
  }
  await lock(running, page)
  await large(await running.door())
  await running.stop()
  running = await launch({ profile })
  await large(await running.door())
})

test('stopped', async () => {
  const page = await unlock(running)
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
  const { preferences } = await ask(page, 'app', 'context', {})
  await ask(page, 'app', 'setPreferences', { ...preferences, theme: 'system', textSize: 100 })
  await running.stop()
  rmSync(path.join(profile, 'vault.json'))
  running = await launch({ profile })
  const door = await running.door()
  await expect(door.getByRole('heading', { name: 'Bracket stopped here' })).toBeVisible()
  await looksRight(door, 'Stopped')
})
