import { expect, test } from '@playwright/test'
import { randomInt } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import path from 'node:path'
import { launch } from '../support/application.ts'
import { createVault } from '../support/oneSession.ts'
import { filesWith, holds } from '../support/scan.ts'
import { typeOneSession } from '../support/typedSession.ts'
import { decrypted, keysOf } from '../support/vaultFiles.ts'

/* A machine of its own (profile, home, temporary and XDG directories), on which every field gets a word. */

interface Machine {
  readonly root: string
  readonly profile: string
  readonly env: Record<string, string>
}

let machine: Machine

test.beforeEach(() => {
  const root = mkdtempSync(path.join(tmpdir(), 'bracket-machine-'))
  const env: Record<string, string> = {
    XAUTHORITY: process.env['XAUTHORITY'] ?? path.join(homedir(), '.Xauthority'),
  }
  for (const name of [
    'HOME',
    'TMPDIR',
    'XDG_CONFIG_HOME',
    'XDG_DATA_HOME',
    'XDG_STATE_HOME',
    'XDG_CACHE_HOME',
    'XDG_RUNTIME_DIR',
  ]) {
    const directory = path.join(root, name.toLowerCase())
    mkdirSync(directory, { mode: 0o700 })
    env[name] = directory
  }
  machine = { root, profile: path.join(root, 'profile'), env }
})

test.afterEach(() => rmSync(machine.root, { recursive: true, force: true, maxRetries: 5 }))

/** Letters that stand in no dictionary, source or cache: whatever holds them has them from the keyboard. */
const canary = (): string => Array.from({ length: 14 }, () => 'bcdfghjklmnpqrstvwz'[randomInt(19)]).join('')

for (const ending of ['closed as a person closes it', 'killed with kill -9']) {
  test(`${ending}: no word of any field is on the disk, nor the passphrase, nor the sheets`, async () => {
    test.setTimeout(120_000)
    const words = new Map<string, string>()
    const word = (field: string): string => {
      const known = words.get(field) ?? canary()
      words.set(field, known)
      return known
    }
    const passphrase = `orbit ${word('passphrase')} lantern mustard`
    // Both of its sessions lie on one day, at whatever hour the tests run.
    const running = await launch({
      profile: machine.profile,
      env: { ...machine.env, TZ: 'UTC' },
      now: '2026-11-24T16:00:00Z',
    })
    let printed = ''
    for (const stream of [running.app.process().stdout, running.app.process().stderr]) {
      stream?.on('data', (data: Buffer) => (printed += data.toString('utf8')))
    }
    let sheets: string[] = []
    try {
      const made = await createVault(await running.door(), { passphrase })
      sheets = [made.record.join(' '), made.private.join(' ')]
      await typeOneSession(running, passphrase, word)
    } finally {
      if (ending.startsWith('killed')) await running.kill()
      else await running.stop()
    }

    // Every field of the main job had its turn.
    expect(words.size).toBe(27)
    const everything = [...words.values(), ...sheets]
    const places = [machine.root, ...(existsSync('/dev/shm') ? ['/dev/shm'] : [])]
    expect(filesWith(everything, places)).toEqual([])
    expect(everything.filter((one) => printed.includes(one))).toEqual([])

    // The scan can find: in a file, in UTF-16, in a name.
    const [some = '', other = '', third = ''] = everything
    writeFileSync(path.join(machine.root, 'home', 'planted'), `before ${some} after`)
    writeFileSync(path.join(machine.root, 'tmpdir', 'planted'), Buffer.from(`x${other}`, 'utf16le').swap16())
    writeFileSync(path.join(machine.profile, `${third}.tmp`), '')
    expect(filesWith(everything, places)).toHaveLength(3)

    await provesTheWall(words, passphrase)
  })
}

/** With the keys in hand: what is in which file, every page of it, used or not, and what nobody keeps. */
async function provesTheWall(words: ReadonlyMap<string, string>, passphrase: string): Promise<void> {
  const keys = await keysOf(machine.profile, passphrase)
  const inside = (database: 'record' | 'private'): string[] => {
    const pages = readdirSync(machine.profile)
      .filter((name) => name === `${database}.db` || name === `${database}.db-wal`)
      .map((name) => decrypted(path.join(machine.profile, name), keys[database]))
    return [...words].filter(([, word]) => holds(Buffer.concat(pages), word)).map(([field]) => field)
  }
  const nowhere = ['passphrase', 'search']
  const record = [...words.keys()].filter((field) => !field.startsWith('private') && !nowhere.includes(field))
  expect(inside('record').toSorted()).toEqual(record.toSorted())
  expect(inside('private')).toEqual(['private', 'private heading'])
}
