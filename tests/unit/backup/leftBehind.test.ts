import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sweepScratch } from '../../../src/main/backup/placing.ts'
import { diskFiles } from '../../../src/main/vault/durableFiles.ts'

/* What a kill leaves in the profile goes at the next start; what a restore still needs stays. */

const STAGING = `restoring-${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}`

let profile: string

beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'bracket-left-'))
  mkdirSync(join(profile, STAGING))
  for (const name of ['vault.json', 'record.db', 'vault.restoring.new'])
    writeFileSync(join(profile, name), 'x')
})
afterEach(() => rmSync(profile, { recursive: true, force: true }))

test('a journal that did not get its name is swept with the copies it was to speak of', async () => {
  await sweepScratch({ files: diskFiles, profile })
  expect(readdirSync(profile).toSorted()).toEqual(['record.db', 'vault.json'])
})

test('nothing is swept while a restore waits to be finished', async () => {
  const journal = { version: 1, step: 'in', staging: STAGING, replaced: 'replaced-2026-01-01T00-00-00' }
  writeFileSync(join(profile, 'vault.restoring'), JSON.stringify(journal))
  const before = readdirSync(profile).toSorted()
  await sweepScratch({ files: diskFiles, profile })
  expect(readdirSync(profile).toSorted()).toEqual(before)
})
