import { expect, test } from '@playwright/test'
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { ask, launch, removeProfile, unlock, vaultProfile } from '../support/application.ts'

/* The notification at T−10, over the desktop's real notification service, read off the session bus. */

const children: ChildProcess[] = []
test.afterEach(() => {
  for (const child of children.splice(0)) child.kill()
})

test('ten minutes before there is a notification without a name; clicking it opens the review, once', async () => {
  children.push(spawn('dunst', [], { stdio: 'ignore' }))
  const monitor = spawn('dbus-monitor', ["interface='org.freedesktop.Notifications',member='Notify'"])
  children.push(monitor)
  let seen = ''
  monitor.stdout.on('data', (chunk: Buffer) => {
    seen += chunk.toString('utf8')
  })
  const titles = () => [...seen.matchAll(/string "(Session in [^"]*)"/gu)].map((match) => match[1])

  const profile = await vaultProfile()
  const running = await launch({ profile, now: '2026-11-24T13:51:40Z', env: { TZ: 'UTC' } })
  try {
    const page = await unlock(running)
    const { id } = await ask(page, 'clients', 'create', {
      name: 'Namenlos Reminder',
      pronouns: '',
      birthDate: null,
      referralReason: '',
    })
    const startsAt = Date.parse('2026-11-24T14:00:00Z')
    const span = { startsAt, endsAt: startsAt + 3_000_000, zone: 'UTC' }
    await ask(page, 'sessions', 'create', { clientId: id, kind: 'individual', ...span })
    await expect
      .poll(titles, { timeout: 40_000 })
      .toEqual([expect.stringMatching(/^Session in [78] minutes$/u)])
    expect(seen).not.toContain('Namenlos')
    // It did not come over what the person was looking at.
    await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible()
    execFileSync('dunstctl', ['action', '0'])
    await expect(page.getByRole('region', { name: 'Review' })).toBeVisible()
    await page.waitForTimeout(6_000)
    expect(titles()).toHaveLength(1)
  } finally {
    await running.stop()
    removeProfile(profile)
  }
})
