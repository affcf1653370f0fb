import { expect, test } from '@playwright/test'
import { ask, call, launch, removeProfile, unlock, vaultProfile } from '../support/application.ts'

test('smoke', async () => {
  const t0 = Date.now()
  const profile = await vaultProfile()
  console.log('made', Date.now() - t0)
  const running = await launch({ profile })
  console.log('launched', Date.now() - t0)
  try {
    const door = await running.door()
    console.log(await ask(door, 'vault', 'state', {}))
    console.log('state', Date.now() - t0)
    const page = await unlock(running)
    console.log(await call(page, 'app', 'context', {}))
    console.log('ctx', Date.now() - t0)
    const prefs = await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((w) => w.webContents.getLastWebPreferences()))
    console.log(prefs)
    console.log(await running.app.evaluate(({ app }) => ({ a: app.commandLine.getSwitchValue('no-sandbox'), argv: process.argv, g: typeof process.getBuiltinModule })))
  } finally {
    await running.stop()
    console.log('stopped', Date.now() - t0)
  }
  removeProfile(profile)
})
