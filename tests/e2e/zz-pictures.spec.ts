import { expect, test, type Page } from '@playwright/test'
import { ask, launch, removeProfile, unlock, vaultProfile, type Running } from '../support/application.ts'
const NOW = '2026-01-13T15:00:00Z'
const ZONE = 'America/New_York'
let running: Running
let page: Page
const HOUR = 3_600_000
test('pictures', async () => {
  test.setTimeout(180_000)
  running = await launch({ profile: await vaultProfile(), now: NOW, env: { TZ: ZONE, LANG: 'en_US.UTF-8' } })
  page = await unlock(running)
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
  await running.app.evaluate(({ BrowserWindow }) => { for (const w of BrowserWindow.getAllWindows()) w.setContentSize(1366, 768) })
  const shot = async (n: string) => { await page.waitForTimeout(500); await page.screenshot({ path: `/tmp/pics/${n}.png` }) }
  const week = async () => { await page.getByRole('link', { name: 'Week', exact: true }).click(); await expect(page.getByRole('heading', { name: 'Week', level: 1 })).toBeVisible() }
  await week(); await shot('empty')
  await page.getByRole('link', { name: 'Today', exact: true }).click()
  const names = ['Ana Ruiz', 'Jonas Adler', 'Wolfeschlegelsteinhausenbergerdorff Hubert Blaine the Elder', 'Mei Chen', 'Björn Ñandú', 'محمد الأحمد', 'Maximiliana Featherstonehaugh-Cholmondeley']
  const ids: string[] = []
  for (const name of names) ids.push((await ask(page, 'clients', 'create', { name, pronouns: '', birthDate: null, referralReason: '' })).id)
  const first = Date.parse('2026-01-12T13:00:00Z')
  for (let d = 0; d < 5; d++) for (let n = 0; n < 12; n++) {
    const startsAt = first + d * 24 * HOUR + n * 45 * 60_000
    await ask(page, 'sessions', 'create', { clientId: ids[(d * 12 + n) % ids.length] ?? '', kind: n % 5 === 0 ? 'home-visit' : 'individual', startsAt, endsAt: startsAt + 40 * 60_000, zone: n === 3 ? 'Europe/Berlin' : ZONE })
  }
  await week(); await shot('full')
  await page.getByRole('button', { name: /Wolfeschlegel/u }).first().click(); await shot('card'); await page.keyboard.press('Escape')
  const { preferences } = await ask(page, 'app', 'context', {})
  await ask(page, 'app', 'setPreferences', { ...preferences, theme: 'dark' }); await shot('dark')
  await ask(page, 'app', 'setPreferences', { ...preferences, theme: 'light', textSize: 200 }); await shot('200')
  await ask(page, 'app', 'setPreferences', { ...preferences, theme: 'light', textSize: 100 })
  // night: two sessions
  const s = Date.parse('2026-01-15T04:30:00Z')
  await ask(page, 'sessions', 'create', { clientId: ids[0] ?? '', kind: 'individual', startsAt: s, endsAt: s + 1.5 * HOUR, zone: ZONE })
  const s2 = Date.parse('2026-01-16T06:00:00Z')
  await ask(page, 'sessions', 'create', { clientId: ids[0] ?? '', kind: 'individual', startsAt: s2, endsAt: s2 + HOUR, zone: ZONE })
  await page.getByRole('link', { name: 'Today', exact: true }).click(); await shot('today')
  await week(); await shot('night')
  await page.getByRole('link', { name: 'Today', exact: true }).click()
  await page.getByRole('button', { name: 'Add session' }).first().click()
  await page.getByRole('combobox', { name: 'Client' }).fill('Jonas'); await page.keyboard.press('ArrowDown'); await page.keyboard.press('Enter'); await shot('dialog')
  await running.stop(); removeProfile(running.profile)
})
