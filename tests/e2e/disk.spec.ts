import { expect, test, type Page } from '@playwright/test'
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ask, call, freshProfile, launch, removeProfile, unlock, vaultProfile, type Running } from '../support/application.ts'
import { ordinaryUser, type OrdinaryUser } from '../support/nobody.ts'
import { addSession } from '../support/oneSession.ts'
import { fingerprint } from '../support/vaultFiles.ts'

let profile: string
let running: Running | undefined

test.afterEach(async () => {
  await running?.stop()
  running = undefined
})

test.describe('a profile that may only be read', () => {
  let user: OrdinaryUser

  test.afterEach(() => {
    chmodSync(profile, 0o755)
    removeProfile(profile)
    user.remove()
  })

  for (const what of ['a vault', 'nothing']) {
    test(`with ${what} in it: stops, says so, changes nothing`, async () => {
      user = ordinaryUser()
      profile = what === 'a vault' ? await vaultProfile() : freshProfile()
      user.own(profile)
      chmodSync(profile, 0o555)
      // As root, or wherever permissions do not bind, this test could not fail.
      expect(user.can(`touch '${profile}/here'`)).toBe(false)
      const before = fingerprint(profile)

      running = await launch({ profile, ...user.options })
      const door = await running.door()
      expect(await ask(door, 'vault', 'state', {})).toMatchObject({ page: 'stopped', stop: 'PROFILE_READ_ONLY' })
      const prepared = await call(door, 'vault', 'prepare', {
        setting: 'practice',
        passphrase: 'walnut harbour sextant violet',
        withoutKeychain: true,
      })
      expect(prepared).toMatchObject({ ok: false })
      await expect(door.getByRole('heading').first()).toBeVisible()
      await running.stop()
      expect(fingerprint(profile)).toEqual(before)
    })
  }
})
