import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { diskFiles, type DurableFiles } from '../../../src/main/vault/durableFiles.ts'
import { settleKeySwitch, switchKeys } from '../../../src/main/vault/keySwitch.ts'
import { profilePaths } from '../../../src/main/vault/profile.ts'

/* The switch to new files: stopped at any write, before it or after, all three are the old ones or all the new. */

const NAMES = ['private.db', 'record.db', 'vault.json'] as const
const STAGING = 'rekeying-00000000-0000-4000-8000-000000000000'
let directory: string

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'bracket-switch-'))
  mkdirSync(path.join(directory, STAGING))
  for (const name of NAMES) {
    writeFileSync(path.join(directory, name), `old ${name}`)
    writeFileSync(path.join(directory, STAGING, name), `new ${name}`)
  }
  writeFileSync(path.join(directory, 'record.db-wal'), '')
  writeFileSync(path.join(directory, 'private.db-wal'), 'frames of the old file')
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const at = (files: DurableFiles) => ({ files, paths: profilePaths(directory) })

/** A disk that ends at its n-th change and does nothing after it. */
function dying(last: number, half: 'before' | 'after'): { files: DurableFiles; changes: () => number } {
  let count = 0
  const strike = async (work: () => Promise<void>): Promise<void> => {
    count += 1
    if (count < last) return work()
    if (count === last && half === 'after') await work()
    throw new Error('killed')
  }
  return {
    files: {
      ...diskFiles,
      write: (file, content) => strike(() => diskFiles.write(file, content)),
      remove: (file) => strike(() => diskFiles.remove(file)),
      move: (from, to) => strike(() => diskFiles.move(from, to)),
    },
    changes: () => count,
  }
}

const ages = (): string[] =>
  NAMES.map((name) => readFileSync(path.join(directory, name), 'utf8').split(' ')[0] ?? '')

const deaths = [1, 2, 3, 4, 5, 6, 7].flatMap((last) => [
  { last, half: 'before' as const },
  { last, half: 'after' as const },
])

test.each(deaths)('stopped at change $last, $half it', async ({ last, half }) => {
  await switchKeys(at(dying(last, half).files), STAGING).catch(() => undefined)
  await settleKeySwitch(at(diskFiles))
  const isNew = !(last === 1 && half === 'before')
  expect(ages()).toEqual(NAMES.map(() => (isNew ? 'new' : 'old')))
  // An old log beside a new file would be damage; beside the old file it is the last hour's notes.
  expect(existsSync(path.join(directory, 'private.db-wal'))).toBe(!isNew)
  expect(readdirSync(directory).filter((name) => name.includes('rekeying'))).toEqual([])
})

test('those stops are all there are; stopped again and again, it still gets there', async () => {
  const whole = dying(Infinity, 'before')
  await switchKeys(at(whole.files), STAGING)
  expect(whole.changes()).toBe(7)
})

test('stopped at each change of the finishing, too', async () => {
  await switchKeys(at(dying(2, 'before').files), STAGING).catch(() => undefined)
  for (let turn = 0; turn < 8; turn += 1) {
    await settleKeySwitch(at(dying(2, 'before').files)).catch(() => undefined)
  }
  await settleKeySwitch(at(diskFiles))
  expect(ages()).toEqual(['new', 'new', 'new'])
})

test('what is not whole is never switched to, and without a marker it is scrap', async () => {
  rmSync(path.join(directory, STAGING, 'private.db'))
  await expect(switchKeys(at(diskFiles), STAGING)).rejects.toThrow('INCOMPLETE')
  await settleKeySwitch(at(diskFiles))
  expect(ages()).toEqual(['old', 'old', 'old'])
  expect(existsSync(path.join(directory, STAGING))).toBe(false)
})

test('half a marker, as a crash while it was written leaves it, is swept with what it never named', async () => {
  writeFileSync(path.join(directory, 'vault.rekeying.new'), '{"version":1,"sta')
  await settleKeySwitch(at(diskFiles))
  expect(ages()).toEqual(['old', 'old', 'old'])
  expect(readdirSync(directory).filter((name) => name.includes('rekeying'))).toEqual([])
})

test('a marker that leads elsewhere, or cannot be read, moves nothing', async () => {
  for (const text of [
    JSON.stringify({ version: 1, staging: '../elsewhere' }),
    JSON.stringify({ version: 1, staging: `${STAGING}/..` }),
    JSON.stringify({ version: 2, staging: STAGING }),
    'half a mar',
  ]) {
    writeFileSync(profilePaths(directory).rekeyMarker, text)
    await expect(settleKeySwitch(at(diskFiles))).rejects.toBeInstanceOf(Error)
    expect(ages()).toEqual(['old', 'old', 'old'])
    expect(existsSync(path.join(directory, 'private.db-wal'))).toBe(true)
  }
})

test('a marker with nothing left to put in place takes no log away: it is the present files’ own', async () => {
  for (const name of NAMES) rmSync(path.join(directory, STAGING, name))
  writeFileSync(path.join(directory, 'record.db-wal'), 'the newest saves')
  writeFileSync(profilePaths(directory).rekeyMarker, JSON.stringify({ version: 1, staging: STAGING }))
  await settleKeySwitch(at(diskFiles))
  expect(readFileSync(path.join(directory, 'record.db-wal'), 'utf8')).toBe('the newest saves')
  expect(existsSync(path.join(directory, 'private.db-wal'))).toBe(true)
  expect(ages()).toEqual(['old', 'old', 'old'])
  expect(existsSync(profilePaths(directory).rekeyMarker)).toBe(false)
})
