import { expect, test } from '@playwright/test'
import { ask, launch, removeProfile, unlock, vaultProfile } from '../support/application.ts'
test('weeks', async () => {
  test.setTimeout(170_000)
  const running = await launch({ profile: await vaultProfile(), now: '2026-01-13T15:00:00Z', env: { TZ: 'America/New_York' } })
  const page = await unlock(running)
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
  const ids: string[] = []
  for (let n = 0; n < 20; n++) ids.push((await ask(page, 'clients', 'create', { name: `Person ${n}`, pronouns: '', birthDate: null, referralReason: '' })).id)
  const first = Date.parse('2026-01-19T13:00:00Z')
  for (let w = 0; w < 12; w++) for (let n = 0; n < 60; n++) {
    const startsAt = first + (w * 7 + Math.floor(n / 12)) * 86_400_000 + (n % 12) * 2_700_000
    await ask(page, 'sessions', 'create', { clientId: ids[n % 20] ?? '', kind: 'individual', startsAt, endsAt: startsAt + 2_400_000, zone: 'America/New_York' })
  }
  await page.evaluate(() => { addEventListener('pointerup', (e) => ((globalThis as any).up = e.timeStamp), true) })
  const turn = async (name: string, role: 'link' | 'button') => {
    await page.evaluate(() => performance.clearMarks())
    await page.getByRole(role, { name, exact: true }).click()
    return page.waitForFunction(() => { const up = (globalThis as any).up as number; const m = performance.getEntriesByName('painted:week').find((one) => one.startTime > up); return m ? m.startTime - up : null }).then((h) => h.jsonValue())
  }
  const out: number[] = []
  out.push((await turn('Week', 'link')) as number)
  for (let w = 0; w < 12; w++) { await page.waitForTimeout(300); out.push((await turn('Next week', 'button')) as number) }
  console.log('TURNS', out.map((n) => Math.round(n)).join(' '))
  await running.stop(); removeProfile(running.profile)
})
