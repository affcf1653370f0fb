import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createNewKeys, type NewKeysOptions } from '../../../src/main/entrance/newKeys.ts'
import { diskFiles } from '../../../src/main/vault/durableFiles.ts'
import { VaultError } from '../../../src/main/vault/errors.ts'
import { settleKeySwitch, switchKeys } from '../../../src/main/vault/keySwitch.ts'
import { profilePaths } from '../../../src/main/vault/profile.ts'

/* What is said of new keys that did not come about, and to whom they open. */

let profile: string
beforeEach(() => {
  profile = mkdtempSync(path.join(tmpdir(), 'bracket-new-keys-'))
  for (const name of ['record.db', 'private.db', 'vault.json'])
    writeFileSync(path.join(profile, name), `old ${name}`)
})
afterEach(() => rmSync(profile, { recursive: true, force: true }))

const pair = () => ({ record: Buffer.alloc(32, 1), private: Buffer.alloc(32, 2) })

/** The real switch, on a disk that refuses the n-th of its changes. */
function around(refused: number, away = () => 0, open: () => Promise<void> = async () => undefined) {
  let changes = 0
  const may = async (work: () => Promise<void>): Promise<void> => {
    changes += 1
    if (changes === refused) throw new VaultError('DISK_FULL')
    await work()
  }
  const files = {
    ...diskFiles,
    write: (file: string, content: string) => may(() => diskFiles.write(file, content)),
    move: (from: string, to: string) => may(() => diskFiles.move(from, to)),
  }
  const entered: number[] = []
  const noted: string[] = []
  const parts = {
    profile,
    vault: {
      takeNewKeys: async () => ({ keys: { old: pair(), fresh: pair(), slots: {} }, file: {} }),
      stageVaultFile: async (to: string) => writeFileSync(path.join(to, 'vault.json'), 'new vault.json'),
      switchKeys: (staging: string) => switchKeys({ files, paths: profilePaths(profile) }, staging),
    },
    rooms: {
      rekeyCopy: async () => undefined,
      remembered: { drop: async () => undefined },
      record: () => ({ log: { note: async (action: string) => void noted.push(action) } }),
    },
    windows: { send: () => undefined },
    locking: { lock: async () => undefined, settled: async () => undefined, timesAway: away },
    heldBack: { holding: () => false },
    enter: async (_: Uint8Array, since: number) => {
      entered.push(since)
      await open()
    },
  }
  const newKeys = createNewKeys(parts as unknown as NewKeysOptions)
  return {
    newKeys,
    entered,
    noted,
    async made(): Promise<void> {
      newKeys.beginNewKeys()
      await vi.waitUntil(() => !newKeys.makingKeys())
    },
  }
}

test('a marker that could not be written: said with its reason, and nothing is left of the new files', async () => {
  const { newKeys, made, entered } = around(1)
  await made()
  expect(newKeys.keyWork()).toEqual({ work: null, trouble: 'DISK_FULL' })
  await vi.waitUntil(() => !readdirSync(profile).some((name) => name.startsWith('rekeying-')))
  expect(entered).toEqual([])
})

test.each([2, 3, 4])(
  'stopped at change %i, after the marker: it goes on, and nobody is told that nothing was changed',
  async (refused) => {
    const { newKeys, made } = around(refused)
    await made()
    expect(newKeys.keyWork()).toEqual({ work: null, trouble: null })
    expect(existsSync(profilePaths(profile).rekeyMarker)).toBe(true)
    await settleKeySwitch({ files: diskFiles, paths: profilePaths(profile) })
    expect(readdirSync(profile).toSorted()).toEqual(['private.db', 'record.db', 'vault.json'])
  },
)

test('new keys that are in place and could not be opened: it is not said that there are none', async () => {
  const { newKeys, made } = around(Infinity, undefined, async () => {
    throw new VaultError('DISK_FULL')
  })
  await made()
  expect(newKeys.keyWork()).toEqual({ work: null, trouble: null })
})

test('they are entered as of when they were asked for, and the log says so at the next opening', async () => {
  let away = 3
  const { newKeys, made, entered, noted } = around(Infinity, () => away)
  const asked = made()
  away = 4
  await asked
  expect(entered).toEqual([3])
  expect(noted).toEqual([])
  await newKeys.entered()
  await newKeys.entered()
  expect(noted).toEqual(['keys-renewed'])
})
