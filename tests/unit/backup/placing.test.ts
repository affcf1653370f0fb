import type * as FileSystem from 'node:fs/promises'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { unsettledBy } from '../../../src/main/backup/Restoring.ts'
import { settle, sweepScratch } from '../../../src/main/backup/placing.ts'
import { diskFiles } from '../../../src/main/vault/durableFiles.ts'
import { VaultError } from '../../../src/main/vault/errors.ts'

/* What a restore leaves behind, where the system does not let it go. */

const HELD = 'restoring-00000000-0000-4000-8000-000000000000'
const FREE = 'restoring-00000000-0000-4000-8000-000000000001'

// Held by a virus scanner: root, as whom tests run, is refused nothing else.
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof FileSystem>()
  const rm: typeof real.rm = async (target, options) => {
    if (String(target).endsWith('-8000-000000000000')) throw Object.assign(new Error(), { code: 'EBUSY' })
    await real.rm(target, options)
  }
  return { ...real, rm }
})

let profile: string
beforeEach(() => {
  profile = mkdtempSync(path.join(tmpdir(), 'bracket-placing-'))
})
afterEach(() => rmSync(profile, { recursive: true, force: true }))

test('a scratch folder that will not go shuts nothing: the others go, and so does the sweeping', async () => {
  for (const name of [HELD, FREE]) mkdirSync(path.join(profile, name))
  await sweepScratch({ files: diskFiles, profile })
  expect(existsSync(path.join(profile, HELD))).toBe(true)
  expect(existsSync(path.join(profile, FREE))).toBe(false)
})

test('a marker that cannot be read is not called a folder that may not be written', async () => {
  for (const text of ['half a mar', '{"version":2}', '']) {
    writeFileSync(path.join(profile, 'vault.restoring'), text)
    const error = await settle({ files: diskFiles, profile }).catch((thrown: unknown) => thrown)
    expect(unsettledBy(error)).toBe('UNKNOWN')
  }
  expect(unsettledBy(new VaultError('DISK_FULL'))).toBe('DISK_FULL')
  expect(unsettledBy(new VaultError('PROFILE_READONLY'))).toBe('PROFILE_READ_ONLY')
})
