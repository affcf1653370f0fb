import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createHeldBack } from '../../../src/main/heldBack.ts'
import { createEntrance, type EntranceOptions } from '../../../src/main/entrance/entrance.ts'
import { judgeByLength, otherPassphrase, passphrase, VaultProfile } from '../../support/vaultProfile.ts'

/* The door on a real vault: who is let in, and what is done to the profile meanwhile. */

let profile: VaultProfile
beforeEach(() => {
  profile = new VaultProfile()
})
afterEach(() => profile.remove())

const MARKER = 'vault.rekeying'

/** The staged files of new keys, with the marker that says they belong in place. */
function interrupted(names: readonly string[]): void {
  const staging = `rekeying-${randomUUID()}`
  mkdirSync(profile.path(staging))
  for (const name of names) writeFileSync(profile.path(`${staging}/${name}`), 'new')
  writeFileSync(profile.path(MARKER), JSON.stringify({ version: 1, staging }))
}

function door() {
  const seen: string[] = []
  const keys: Uint8Array[] = []
  let [away, isOpen] = [0, false]
  let whileOpening = (): void => undefined
  const vault = profile.open()
  const parts = {
    vault,
    rooms: {
      record: () => (isOpen ? { log: { note: async () => undefined } } : null),
      place: () => (isOpen ? { sampleKey: null } : null),
      notice: () => null,
      openRecord: async (key: Uint8Array) => {
        keys.push(key)
        seen.push('opened')
        whileOpening()
        isOpen = true
        return null
      },
      openSample: async () => void seen.push('sample'),
      closeAll: async () => {
        if (isOpen) seen.push('closed')
        isOpen = false
      },
    },
    windows: { send: () => undefined, question: () => null, enterApp: () => void seen.push('let in') },
    locking: {
      settled: async () => undefined,
      isClosing: () => false,
      timesAway: () => away,
      runningSince: () => null,
      held: () => undefined,
    },
    clock: { now: () => profile.now },
    heldBack: createHeldBack(),
    strength: judgeByLength,
    profile: profile.directory,
    settleRestore: async () => null,
    destroyed: () => false,
    onOpened: () => undefined,
  }
  return {
    entrance: createEntrance(parts as unknown as EntranceOptions),
    vault,
    seen,
    leave: (): void => void (away += 1),
    onOpening: (work: () => void): void => void (whileOpening = work),
  }
}

test('the right passphrase lets in; nothing happened meanwhile', async () => {
  await profile.create()
  const { entrance, seen } = door()
  await entrance.unlock(passphrase)
  expect(seen).toEqual(['opened', 'let in'])
  expect(entrance.isAtDoor()).toBe(false)
})

test('its owner left while the passphrase was tried: locked, and no file is opened', async () => {
  await profile.create()
  const { entrance, vault, seen, leave } = door()
  const unlocking = entrance.unlock(passphrase)
  leave()
  await expect(unlocking).rejects.toMatchObject({ code: 'LOCKED' })
  expect(seen).toEqual([])
  expect(vault.facts).toBeNull()
  await entrance.unlock(passphrase)
  expect(seen).toEqual(['opened', 'let in'])
})

test('its owner left while the file was opened: closed again, and nobody is let in', async () => {
  await profile.create()
  const { entrance, vault, seen, leave, onOpening } = door()
  onOpening(leave)
  await expect(entrance.unlock(passphrase)).rejects.toMatchObject({ code: 'LOCKED' })
  expect(seen).toEqual(['opened', 'closed'])
  expect(vault.facts).toBeNull()
})

test('the same for a recovery and for what was just restored', async () => {
  const { codes } = await profile.create()
  const { entrance, seen, leave } = door()
  const recovering = entrance.recover(codes.record.join(' '), null, otherPassphrase, false)
  leave()
  await expect(recovering).rejects.toMatchObject({ code: 'LOCKED' })
  // Asked for before the restore, which takes a while; its owner left during that.
  await expect(entrance.enterRestored(otherPassphrase, 0)).rejects.toMatchObject({ code: 'LOCKED' })
  expect(seen).toEqual([])
  await entrance.enterRestored(otherPassphrase, 1)
  expect(seen).toEqual(['opened', 'let in'])
})

test('what is looked up ahead answers one question, and none after something was begun', async () => {
  const { entrance } = door()
  entrance.lookAhead()
  await new Promise((resolve) => setTimeout(resolve, 50))
  await profile.create()
  expect(await entrance.state()).toMatchObject({ page: 'welcome' })
  expect(await entrance.state()).toMatchObject({ page: 'unlock' })
  const other = door()
  other.entrance.lookAhead()
  await other.entrance.unlock('a wrong one').catch(() => undefined)
  rmSync(profile.path('record.db'))
  expect(await other.entrance.state()).toMatchObject({ page: 'stopped', stop: 'RECORD_MISSING' })
})

test('while the record is open no question about the state touches its files', async () => {
  await profile.create()
  const { entrance } = door()
  await entrance.unlock(passphrase)
  interrupted(['record.db', 'private.db', 'vault.json'])
  writeFileSync(profile.path('record.db-wal'), 'the newest saves')
  await entrance.state()
  expect(existsSync(profile.path(MARKER))).toBe(true)
  expect(existsSync(profile.path('record.db-wal'))).toBe(true)
})

test('unlock and recover finish what was interrupted before they open anything, and refuse where they cannot', async () => {
  const { codes } = await profile.create()
  const { entrance, seen } = door()
  interrupted([])
  await entrance.unlock(passphrase)
  expect(existsSync(profile.path(MARKER))).toBe(false)
  expect(seen).toEqual(['opened', 'let in'])

  const other = door()
  writeFileSync(profile.path(MARKER), 'half a mar')
  const tries = [
    () => other.entrance.unlock(passphrase),
    () => other.entrance.recover(codes.record.join(' '), null, otherPassphrase, false),
    () => other.entrance.requireSettledForRestore(),
  ]
  for (const attempt of tries) await expect(attempt()).rejects.toMatchObject({ code: 'NOT_NOW' })
  expect(other.seen).toEqual([])
  // Garbage is not a lack of rights: another sentence.
  expect(await other.entrance.state()).toMatchObject({ page: 'stopped', stop: 'UNKNOWN' })
})

test('nobody looks around beside an open record', async () => {
  await profile.create()
  const { entrance, seen } = door()
  await entrance.unlock(passphrase)
  await expect(entrance.lookAround()).rejects.toMatchObject({ code: 'NOT_NOW' })
  expect(seen).not.toContain('sample')
})

test('while it is being opened the door is not free for a restore or for reading damage', async () => {
  await profile.create()
  const { entrance, onOpening } = door()
  let free: boolean | null = null
  onOpening(() => void (free = entrance.isAtDoor()))
  expect(entrance.isAtDoor()).toBe(true)
  await entrance.unlock(passphrase)
  expect(free).toBe(false)
})

test('where a file was damaged while it was open, nothing is unlocked in this run, but a restore may begin', async () => {
  await profile.create()
  const { entrance } = door()
  entrance.stop('RECORD_DAMAGED')
  await expect(entrance.unlock(passphrase)).rejects.toMatchObject({ code: 'NOT_NOW' })
  await expect(entrance.requireSettledForRestore()).resolves.toBeUndefined()
})
