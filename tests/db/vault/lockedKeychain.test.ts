import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { supportProgram } from '../../support/storeWorker.ts'
import { VaultProfile } from '../../support/vaultProfile.ts'

/* A real keyring that locks itself, as some do after a while: only Linux has one that a test can lock. */

let profile: VaultProfile

beforeEach(() => {
  profile = new VaultProfile()
})
afterEach(() => profile.remove())

test.runIf(process.platform === 'linux')(
  'a keyring that is locked is out of reach, not empty: nothing is made anew, and a sheet opens without it',
  { timeout: 60_000 },
  async () => {
    const program = await supportProgram('lockedKeychain.ts')
    const home = profile.path('home')
    mkdirSync(home)
    const env = { ...process.env, HOME: home, XDG_DATA_HOME: home, XDG_RUNTIME_DIR: home }
    const ran = spawnSync(
      process.execPath,
      [path.resolve('scripts/keychain.mjs'), process.execPath, program, profile.directory],
      { env, encoding: 'utf8' },
    )
    expect(JSON.parse(ran.stdout)).toEqual({
      before: 'DONE',
      locked: true,
      state: { kind: 'stopped', reason: 'KEYCHAIN_UNAVAILABLE', recoverable: true },
      get: 'REFUSED',
      set: 'REFUSED',
      unlock: 'KEYCHAIN_REFUSED',
      recover: 'KEYCHAIN_REFUSED',
      withoutKeychain: 'DONE',
    })
  },
)
