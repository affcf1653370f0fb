import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { backupName } from '../../../src/main/backup/manifest.ts'
import { stageNewKeys } from '../../../src/main/entrance/newKeys.ts'
import { createRooms } from '../../../src/main/rooms/rooms.ts'
import { House, NEW_PASSPHRASE } from '../../support/backupHouse.ts'
import { DAY } from '../../support/recordFile.ts'
import { driver } from '../../support/storeFiles.ts'
import { storeWorkerPath } from '../../support/storeWorker.ts'
import { passphrase } from '../../support/vaultProfile.ts'

/* What a backup is worth after the keys, the sheets, the folder or the clock were changed. */

// Most of the time goes into starting threads and processes, which a busy machine makes slow.
vi.setConfig({ testTimeout: 120_000 })

const HOUR = 3_600_000

async function backedUp(): Promise<{ house: House; file: string }> {
  const house = await House.build()
  await house.create()
  await house.live(await house.unlock())
  const file = await house.backUp()
  // Within a minute the next one would bear a number.
  house.now += 5 * 60_000
  return { house, file }
}

async function newSheets({ vault }: House, withKeys = false): Promise<void> {
  const words = await vault.renewRecovery(passphrase, withKeys)
  const asked = vault.recoveryChallenge
  if (asked === null) throw new Error('nothing is asked for')
  const typed = (sheet: 'record' | 'private') => asked[sheet].map((place) => words[sheet][place - 1] ?? '')
  expect(await vault.confirmRecovery({ record: typed('record'), private: typed('private') })).toMatchObject({
    confirmed: true,
  })
}

/** As behind the door: closed, rewritten, switched and opened again; nothing yet looks at the backups. */
async function newKeys(house: House): Promise<void> {
  await newSheets(house, true)
  const taken = await house.vault.takeNewKeys()
  if (taken === null) throw new Error('no new keys')
  await house.lock()
  const { profile, vault, rooms } = house
  const staging = `rekeying-${randomUUID()}`
  await stageNewKeys({ profile, staging, vault, rooms, ...taken }, () => undefined)
  await vault.switchKeys(staging, taken.keys.fresh.record)
  await rooms.openRecord(new Uint8Array(taken.keys.fresh.record), 'practice', () => true)
}

const away = (house: House): string => `${house.folder}-away`
const unplug = (house: House): void => renameSync(house.folder, away(house))
const plugIn = (house: House): void => renameSync(away(house), house.folder)

test('new sheets: the backup opens with the old ones only, which is said until another is made, at once', async () => {
  const { house } = await backedUp()
  unplug(house)
  await newSheets(house)
  await house.backups.keysChanged()
  expect(house.backups.view()).toMatchObject({
    behind: 'sheets',
    trouble: { code: 'BACKUP_FOLDER_GONE' },
    last: { createdAt: house.now - 5 * 60_000 },
  })
  // And after the next unlocking.
  await house.lock()
  expect(house.backups.view().behind).toBeNull()
  await house.unlock()
  await house.backups.opened()
  expect(house.backups.view().behind).toBe('sheets')
  plugIn(house)
  house.now += HOUR
  await house.backups.tick()
  expect(house.backups.view()).toMatchObject({ behind: null, trouble: null, last: { createdAt: house.now } })
  // Of one day the newest stays, and that is the one the new sheets open.
  expect(house.backupFiles()).toHaveLength(1)
  await newSheets(house)
  house.now += 60_000
  await house.backups.keysChanged()
  expect(house.backups.view()).toMatchObject({ behind: null, last: { createdAt: house.now } })
})

test('so with a changed passphrase, and a backup passphrase set or removed; not with a wrong try', async () => {
  const { house } = await backedUp()
  const { vault, rooms, backups } = house
  const made = () => backups.view().last?.createdAt
  await expect(vault.provePassphrase('not this one')).rejects.toMatchObject({ code: 'WRONG_PASSPHRASE' })
  await vault.amend({ setting: 'school' })
  await backups.keysChanged()
  expect(made()).toBe(house.now - 5 * 60_000)

  const seen: unknown[] = []
  const changes = [
    async () => void (await vault.changePassphrase(passphrase, NEW_PASSPHRASE)),
    async () => {
      const { text } = await vault.makeBackupSlots(NEW_PASSPHRASE, 'correct horse battery staple again')
      await rooms.remembered.write('backup-slots', text)
    },
    () => rooms.remembered.drop('backup-slots'),
  ]
  for (const change of changes) {
    unplug(house)
    await change()
    await backups.keysChanged()
    seen.push(backups.view().behind)
    plugIn(house)
    house.now += HOUR
    await backups.tick()
    expect(made()).toBe(house.now)
    expect(backups.view().behind).toBeNull()
  }
  expect(seen).toEqual(['passphrase', 'backup-passphrase', 'backup-passphrase'])
})

test('new keys: a backup from before is not called damaged, and another is made at once', async () => {
  const { house, file } = await backedUp()
  await newKeys(house)
  unplug(house)
  await house.backups.opened()
  expect(house.backups.view()).toMatchObject({ behind: 'sheets', trouble: { code: 'BACKUP_FOLDER_GONE' } })
  plugIn(house)
  await house.unlockPrivate()
  await house.backups.privateOpened()
  expect(house.backups.view().trouble).toMatchObject({ code: 'BACKUP_FOLDER_GONE' })
  await house.backups.drill()
  const { drill, last, trouble } = house.backups.view()
  expect(drill).toMatchObject({ name: path.basename(file), code: 'BACKUP_OTHER_KEYS' })
  expect(last?.name).toBe(path.basename(file))
  expect(trouble?.code).not.toBe('BACKUP_DAMAGED')
  house.now += HOUR
  await vi.waitFor(
    async () => {
      await house.backups.tick()
      expect(house.backups.view().behind).toBeNull()
    },
    { timeout: 60_000 },
  )
  expect(house.backups.view()).toMatchObject({ trouble: null, last: { createdAt: house.now } })
  house.now += HOUR
  // It may still be tidying up.
  await vi.waitFor(() => house.backups.drill(), { timeout: 60_000 })
  expect(house.backups.view().drill).toMatchObject({ code: null, privatePart: 'opened' })
  expect(house.leftovers()).toEqual([])
})

test('one that opens, but whose vault.json is not what this record sealed, was changed by somebody', async () => {
  const { house } = await backedUp()
  for (const keys of ['other', 'unfit'] as const) {
    const backups = house.backupsBut({ keysOf: async () => keys })
    await backups.chooseFolder()
    await backups.drill()
    expect(backups.view().drill).toMatchObject({ code: 'BACKUP_DAMAGED' })
    await backups.closing()
  }
})

test('damage found in the newest: it counts no longer, and another is made at once', async () => {
  const { house, file } = await backedUp()
  const bytes = readFileSync(file)
  bytes[Math.floor(bytes.length / 2)]! ^= 1
  writeFileSync(file, bytes)
  const states: unknown[] = []
  const backups = house.backupsBut({ changed: () => states.push(backups.view()) })
  await backups.opened()
  expect(backups.view().last?.name).toBe(path.basename(file))
  await backups.drill()
  expect(states).toContainEqual(
    expect.objectContaining({ last: null, trouble: { at: house.now, code: 'BACKUP_DAMAGED' } }),
  )
  await vi.waitFor(() => expect(backups.view().last).not.toBeNull(), { timeout: 60_000 })
  expect(backups.view()).toMatchObject({ trouble: null, last: { createdAt: house.now } })

  // Half of it, so that it says nothing of itself any more; an older one that is whole does not hide that.
  const newest = path.join(house.folder, backups.view().last?.name ?? '')
  await vi.waitFor(() => expect(backups.view().work).toBeNull(), { timeout: 60_000 })
  house.now += DAY
  truncateSync(newest, 40_000)
  await vi.waitFor(() => backups.drill(), { timeout: 60_000 })
  expect(backups.view().drill).toMatchObject({ code: 'BACKUP_DAMAGED', name: path.basename(newest) })
  await backups.closing()
})

test('the opened private room finds damage in the newest: it counts no longer either', async () => {
  const { house, file } = await backedUp()
  const bytes = readFileSync(file)
  bytes[Math.floor(bytes.length / 2)]! ^= 1
  writeFileSync(file, bytes)
  await house.unlockPrivate()
  await house.backups.privateOpened()
  expect(house.backups.view()).toMatchObject({ last: null, trouble: { code: 'BACKUP_DAMAGED' } })
})

test('a lock does not wait for a folder that no longer answers, and after it backups are made as ever', async () => {
  const { house } = await backedUp()
  let answer: () => void = () => undefined
  const silence = new Promise<void>((resolve) => {
    answer = resolve
  })
  let hangs = true
  const backups = house.backupsBut({
    holdParts: async (directory) => {
      if (hangs) await silence
      return house.rooms.holdParts(directory)
    },
  })
  await backups.opened()
  const stuck = backups.backUpNow().catch((error: unknown) => error)
  await vi.waitFor(() => expect(backups.view().work).not.toBeNull(), { timeout: 60_000 })
  await backups.closing()
  expect(await stuck).toMatchObject({ code: 'CANCELLED' })
  expect(backups.view()).toMatchObject({ folder: null, last: null, work: null })
  hangs = false
  await backups.opened()
  house.now += 60_000
  await backups.backUpNow()
  const { last } = backups.view()
  expect(last?.createdAt).toBe(house.now)
  // It answers at last: what was left to itself changes nothing any more.
  answer()
  await vi.waitFor(() => expect(house.leftovers()).toEqual([]), { timeout: 60_000 })
  expect(backups.view()).toMatchObject({ last, trouble: null, work: null })
  await backups.closing()
})

test('the files close although somebody who works on copies never ends', async () => {
  const house = await House.build()
  await house.create()
  const { recordKey } = await house.vault.unlock(passphrase)
  const rooms = createRooms({
    profile: house.profile,
    clock: { now: () => house.now },
    driver,
    workerPath: await storeWorkerPath(),
    changed: () => undefined,
    onTrouble: () => undefined,
    onClosing: () => new Promise(() => undefined),
  })
  await rooms.openRecord(new Uint8Array(recordKey), 'practice', () => true)
  await rooms.closeAll()
  expect(rooms.record()).toBeNull()
  await house.rooms.openRecord(recordKey, 'practice', () => true)
  expect(house.rooms.record()).not.toBeNull()
})

test('two computers and one folder: neither writes over the other’s backup', async () => {
  const { house, file } = await backedUp()
  const other = await House.build()
  await other.create()
  await other.live(await other.unlock())
  other.now = house.now
  const theirs = other.backupsBut({ askForFolder: async () => house.folder })
  await Promise.all([house.backups.backUpNow(), theirs.backUpNow()])
  const [mine, second] = [house.backups.view().last?.name ?? '', theirs.view().last?.name ?? '']
  expect(mine).not.toBe(second)
  expect(readdirSync(house.folder)).toEqual(expect.arrayContaining([mine, second]))
  expect(existsSync(file)).toBe(false)

  // The same vault on another computer, in the same minute: its file comes in while this one is being written.
  house.now += DAY
  const { vaultId } = house.vault.facts ?? { vaultId: '' }
  const taken = path.join(house.folder, backupName(house.now, vaultId, 1))
  const late = house.backupsBut({
    checkCopy: (room, copy) => {
      writeFileSync(taken, 'of the other computer')
      return house.rooms.checkCopy(room, copy)
    },
  })
  await late.backUpNow()
  expect(late.view().last?.name).toBe(backupName(house.now, vaultId, 2))
  expect(readFileSync(taken, 'utf8')).toBe('of the other computer')
})

test('a clock that fell back: the backup just verified stays, and is what the drill takes', async () => {
  const { house } = await backedUp()
  for (let turn = 0; turn < 2; turn += 1) {
    house.now += 400 * DAY
    await house.backUp()
  }
  house.now -= 700 * DAY
  const made = await house.backUp()
  expect(existsSync(made)).toBe(true)
  await house.backups.drill()
  expect(house.backups.view().drill).toMatchObject({ name: path.basename(made), code: null })
  // More of one day: of these only the newest, and the one just made, whichever that is.
  house.now -= HOUR
  const before = await house.backUp()
  expect(existsSync(before)).toBe(true)
})
