import { expect, test } from '@playwright/test'
import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, copyFileSync, cpSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  ask,
  call,
  freshProfile,
  launch,
  removeProfile,
  unlock,
  vaultProfile,
  type LaunchOptions,
  type Running,
} from '../support/application.ts'
import { addSession } from '../support/oneSession.ts'
import { asNobody, NOBODY } from '../support/nobody.ts'
import { fingerprint } from '../support/vaultFiles.ts'

let profile: string
let running: Running | undefined

test.afterEach(async () => {
  await running?.stop()
  running = undefined
})

async function start(options: LaunchOptions = {}): Promise<Running> {
  running = await launch({ profile, ...options })
  return running
}

test.describe('a profile that may only be read', () => {
  test.afterEach(() => {
    chmodSync(profile, 0o755)
    removeProfile(profile)
  })

  for (const what of ['a vault', 'nothing yet']) {
    test(`with ${what} in it: stops, says so, changes nothing`, async () => {
      profile = what === 'a vault' ? await vaultProfile() : freshProfile()
      own(profile)
      chmodSync(profile, 0o555)
      const before = fingerprint(profile)
      const door = await (await start(asNobody())).door()
      expect(await ask(door, 'vault', 'state', {})).toMatchObject({ page: 'stopped', stop: 'PROFILE_READ_ONLY' })
      expect(
        await call(door, 'vault', 'prepare', {
          setting: 'practice',
          passphrase: 'walnut harbour sextant violet',
          withoutKeychain: true,
        }),
      ).toMatchObject({ ok: false })
      await running?.stop()
      expect(fingerprint(profile)).toEqual(before)
      expect(readdirSync(profile).filter((name) => name.startsWith('probe'))).toEqual([])
    })
  }
})

/** As a profile that an ordinary user once made. */
function own(directory: string): void {
  if (process.getuid?.() !== 0) return
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    chownSync(path.join(directory, name), NOBODY, NOBODY)
  }
  chownSync(directory, NOBODY, NOBODY)
}
