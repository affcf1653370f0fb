import { expect, test } from '@playwright/test'
import { spawn } from 'node:child_process'
import electron from 'electron'
import {
  ask,
  call,
  launch,
  PASSPHRASE,
  removeProfile,
  ROOT,
  unlock,
  vaultProfile,
  type Running,
} from '../support/application.ts'
import { fingerprint, keysOf, openFile } from '../support/vaultFiles.ts'

let profile: string
let running: Running | undefined

test.beforeEach(async () => {
  profile = await vaultProfile()
})

test.afterEach(async () => {
  await running?.stop()
  running = undefined
  removeProfile(profile)
})

test('a second start ends by itself and the first stays usable', async () => {
  running = await launch({ profile })
  const page = await unlock(running)
  const before = await ask(page, 'clients', 'create', {
    name: 'First',
    pronouns: '',
    birthDate: null,
    referralReason: '',
  })

  const second = spawn(
    electron as unknown as string,
    [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '.', `--profile=${profile}`],
    { cwd: ROOT, stdio: 'ignore' },
  )
  const code = await new Promise((resolve) => second.once('exit', resolve))

  expect(code).toBe(0)
  expect((await ask(page, 'clients', 'list', {})).clients.map((c) => c.id)).toEqual([before.id])
  expect((await call(page, 'clients', 'addFlag', { clientId: before.id, text: 'still saving' })).ok).toBe(
    true,
  )
})

test('a database that another process holds is left alone, and the page says so', async () => {
  const keys = await keysOf(profile)
  const before = fingerprint(profile)
  // Reading the file from this process would give up its lock: compare only when it is closed again.
  const held = await openFile(profile, 'record', keys)
  try {
    running = await launch({ profile })
    const door = await running.door()

    expect(await call(door, 'vault', 'unlock', { passphrase: PASSPHRASE })).toEqual({
      ok: false,
      code: 'IN_USE',
    })
    expect(await ask(door, 'vault', 'state', {})).toMatchObject({ page: 'stopped', stop: 'IN_USE' })
    await running.stop()
  } finally {
    await held.close()
  }
  expect(fingerprint(profile)).toEqual(before)

  running = await launch({ profile })
  expect((await ask(await unlock(running), 'clients', 'list', {})).clients).toEqual([])
})
