import { copyFileSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { diskFiles, type DurableFiles } from '../../../src/main/vault/durableFiles.ts'
import { House, NEW_PASSPHRASE, PRIVATE_CANARY, rowsOf } from '../../support/backupHouse.ts'
import { FakeKeychain } from '../../support/fakeKeychain.ts'
import { expectKept } from '../../reliability/inTest.ts'
import { backupRestore } from '../../reliability/trials/backupRestore.ts'
import { WitnessItem } from '../../../src/main/vault/witness.ts'
import { addClient } from '../../support/recordFile.ts'
import { passphrase } from '../../support/vaultProfile.ts'

// Most of the time goes into starting threads and processes, which a busy machine makes slow.
vi.setConfig({ testTimeout: 120_000 })

type Sheets = House['sheets']

const bySheets = (sheets: Sheets, withPrivate = true) => ({
  by: 'sheets' as const,
  recordCode: sheets.record,
  privateCode: withPrivate ? sheets.private : null,
  passphrase: NEW_PASSPHRASE,
})

async function keysOf(house: House, typed: string): Promise<{ record: Buffer; private: Buffer }> {
  const vault = house.vaultAt(house.profile)
  const { recordKey } = await vault.unlock(typed)
  const { privateKey } = await vault.unlockPrivate(typed)
  return { record: recordKey, private: privateKey }
}

/** A lived-in vault and a backup of it; locked. */
async function backedUp(): Promise<{ house: House; file: string }> {
  const house = await House.build()
  await house.create()
  await house.live(await house.unlock())
  const file = await house.backUp()
  await house.lock()
  return { house, file }
}

async function restoreOn(
  house: House,
  file: string,
  keys: Parameters<ReturnType<House['door']>['check']>[0],
) {
  house.carry(file)
  const door = house.door()
  expect(await door.settled()).toBeNull()
  const offer = await door.choose()
  const finding = await door.check(keys)
  await door.apply(keys)
  return { offer, finding }
}

test('backup, a new computer, sheets A and B: every row is as it was', () =>
  expectKept(backupRestore, backupRestore.ci))

test('over the same vault: it moves aside whole, the older vault.json is anchored anew, and the old one still opens', async () => {
  const { house, file } = await backedUp()
  // The keychain remembers a later generation than the backup's.
  await house.vault.unlock(passphrase)
  await house.vault.amend({ setting: 'school' })
  await house.vault.amend({ setting: 'practice' })
  await house.vault.lock()
  const record = await house.unlock()
  const later = await addClient(record, 'Later')
  await house.lock()
  const keys = await keysOf(house, passphrase)

  const { offer } = await restoreOn(house, file, { by: 'passphrase', passphrase })
  expect(offer).toMatchObject({ present: 'same', passphraseOpens: true })
  const vault = house.vaultAt(house.profile)
  await vault.anchorRestored()
  expect(await vault.inspect()).toMatchObject({ kind: 'locked', waitMs: 0 })
  const restored = await house.unlock(passphrase, vault)
  expect((await restored.clients.list()).map((c) => c.id)).not.toContain(later)
  await house.lock()

  const [aside] = readdirSync(house.profile).filter((name) => name.startsWith('replaced-'))
  const old = path.join(house.profile, aside ?? '')
  expect(readdirSync(old).toSorted()).toEqual(['private.db', 'record.db', 'vault.json'])
  expect(await rowsOf(path.join(old, 'record.db'), keys.record, later)).toMatchObject({
    clients: expect.stringContaining(later),
  })
})

test('with sheet A alone the private notes come along closed, and sheet B opens them later', async () => {
  const { house, file } = await backedUp()
  const computer = await House.build(new FakeKeychain())
  const { finding } = await restoreOn(computer, file, bySheets(house.sheets, false))
  expect(finding.privatePart).toBe('hash')
  await computer.unlock(NEW_PASSPHRASE)
  await expect(computer.unlockPrivate(NEW_PASSPHRASE)).rejects.toMatchObject({ code: 'PRIVATE_CODE_NEEDED' })
  const { privateKey } = await computer.vault.recoverPrivate({
    privateCode: house.sheets.private,
    passphrase: NEW_PASSPHRASE,
  })
  await computer.rooms.openPrivate(privateKey)
  expect((await computer.rooms.private()?.search(PRIVATE_CANARY))?.length).toBe(1)
})

test('the wrong sheet, the other sheet, a wrong or weak passphrase: named, and nothing is changed', async () => {
  const { house, file } = await backedUp()
  const other = await House.build()
  await other.create()
  const before = readFileSync(path.join(other.profile, 'vault.json'))
  other.carry(file)
  const door = other.door()
  expect(await door.choose()).toMatchObject({ present: 'other', passphraseOpens: false })
  const { record, private: second } = house.sheets
  const check = (change: object) => door.check({ ...bySheets(house.sheets), ...change })
  await expect(check({ recordCode: other.sheets.record })).rejects.toMatchObject({ code: 'WRONG_CODE' })
  await expect(check({ recordCode: second })).rejects.toMatchObject({
    code: 'WRONG_SHEET',
    detail: { sheet: 'record' },
  })
  await expect(check({ privateCode: record })).rejects.toMatchObject({
    code: 'WRONG_SHEET',
    detail: { sheet: 'private' },
  })
  await expect(check({ recordCode: `${record} more` })).rejects.toMatchObject({ code: 'COUNT' })
  await expect(check({ passphrase: 'short' })).rejects.toMatchObject({ code: 'PASSPHRASE_REFUSED' })
  await expect(door.check({ by: 'passphrase', passphrase })).rejects.toMatchObject({
    code: 'KEYCHAIN_ITEM_MISSING',
  })
  // Never without the rehearsal.
  await expect(door.apply(bySheets(house.sheets))).rejects.toMatchObject({ code: 'NOT_NOW' })
  await door.forget()
  expect(other.leftovers()).toEqual([])
  expect(readFileSync(path.join(other.profile, 'vault.json')).equals(before)).toBe(true)
  expect(readdirSync(other.profile).filter((name) => name.startsWith('replaced-'))).toEqual([])
})

test('wrong passphrases at a backup are counted like any others', async () => {
  const { house, file } = await backedUp()
  house.carry(file)
  const door = house.door()
  await door.choose()
  const wrong = () => door.check({ by: 'passphrase', passphrase: 'not this one at all' })
  for (let turn = 0; turn < 5; turn += 1)
    await expect(wrong()).rejects.toMatchObject({ code: 'WRONG_PASSPHRASE' })
  await expect(wrong()).rejects.toMatchObject({ code: 'WRONG_PASSPHRASE' })
  await expect(wrong()).rejects.toMatchObject({ code: 'WAIT' })
  // The vault in place waits, too: it is the same secret.
  await expect(house.vaultAt(house.profile).unlock(passphrase)).rejects.toMatchObject({ code: 'WAIT' })
})

test('half a file, something else, a newer one, a file that is gone: each has its word, and leaves nothing', async () => {
  const { house, file } = await backedUp()
  const whole = readFileSync(file)
  const door = house.door()
  const said = async (content: Buffer | string): Promise<string> => {
    house.file = path.join(house.folder, 'given')
    writeFileSync(house.file, content)
    return door.choose().then(
      () => 'taken',
      (error: { code: string }) => error.code,
    )
  }
  expect(await said(whole)).toBe('taken')
  expect(await said(whole.subarray(0, whole.length / 2))).toBe('BACKUP_DAMAGED')
  expect(await said('')).toBe('BACKUP_NOT_ONE')
  expect(await said('PK\u0003\u0004 another archive altogether, of some length')).toBe('BACKUP_NOT_ONE')
  const newer = Buffer.from(whole)
  newer.write('"format": 2', newer.indexOf('"format": 1'), 'latin1')
  expect(await said(newer)).toBe('BACKUP_NEWER')
  house.file = path.join(house.folder, 'nothing here')
  await expect(door.choose()).rejects.toMatchObject({ code: 'BACKUP_FOLDER_GONE' })
  house.file = null
  expect(await door.choose()).toBeNull()
  await door.forget()
  expect(house.leftovers()).toEqual([])
})

test('a newer schema is refused by what the manifest says', async () => {
  const { house, file } = await backedUp()
  house.carry(file)
  const schema = { ...house.rooms.schema, record: house.rooms.schema.record - 1 }
  Object.assign(house.rooms, { schema })
  await expect(house.door().choose()).rejects.toMatchObject({ code: 'BACKUP_NEWER' })
})

/** The world stops at the n-th act on the disk: that one and every later one does not happen. */
function stoppingAt(n: number): { files: DurableFiles; stopped: () => boolean } {
  let acts = 0
  let dead = false
  const act =
    <A extends unknown[], T>(work: (...given: A) => Promise<T>) =>
    async (...given: A): Promise<T> => {
      acts += 1
      if (acts >= n) dead = true
      if (dead) throw new Error('STOPPED')
      return work(...given)
    }
  const { write, move, remove, makeDirectory } = diskFiles
  return {
    stopped: () => dead,
    files: {
      ...diskFiles,
      write: act(write),
      move: act(move),
      remove: act(remove),
      makeDirectory: act(makeDirectory),
    },
  }
}

test('stopped at any step, the old or the restored vault opens at the next start, never neither', async () => {
  const { house, file } = await backedUp()
  const template = path.join(house.folder, 'template')
  cpSync(house.profile, template, { recursive: true })
  const outcomes: string[] = []
  let steps = 0
  for (let n = 1; ; n += 1) {
    rmSync(house.profile, { recursive: true, force: true })
    cpSync(template, house.profile, { recursive: true })
    house.carry(file)
    // The person of the old vault knows the old passphrase; the restored one has a new one.
    const world = stoppingAt(n)
    const door = house.door(world.files)
    const keys = bySheets(house.sheets)
    const ended = await (async () => {
      await door.choose()
      await door.check(keys)
      await door.apply(keys)
    })().then(
      () => true,
      () => false,
    )
    steps = n

    // The application starts again, and asks twice, as a page may.
    const next = house.door()
    expect(await Promise.all([next.settled(), next.settled()])).toEqual([null, null])
    expect(await next.settled()).toBeNull()
    expect(house.leftovers()).toEqual([])
    const vault = house.vaultAt(house.profile)
    expect(await vault.inspect()).toMatchObject({ kind: 'locked' })
    const typed = await house.unlock(passphrase, vault).then(
      () => 'old',
      () => 'restored',
    )
    if (typed === 'restored') await house.unlock(NEW_PASSPHRASE, house.vaultAt(house.profile))
    expect((await house.rooms.record()?.clients.list())?.length).toBe(1)
    outcomes.push(typed)
    await house.lock()
    if (typed === 'restored') {
      const aside = readdirSync(house.profile).filter((name) => name.startsWith('replaced-'))
      expect(aside).toHaveLength(1)
      expect(existsSync(path.join(house.profile, aside[0] ?? '', 'record.db'))).toBe(true)
    }
    if (ended && !world.stopped()) break
  }
  // Marker, three files away, marker, three files in, marker gone, and what is before them.
  expect(steps).toBeGreaterThan(9)
  expect(outcomes[0]).toBe('old')
  expect(outcomes.at(-1)).toBe('restored')
  // Once forward, always forward.
  expect(outcomes.join(' ')).toMatch(/^(?:old )+restored(?: restored)*$/)
}, 60_000)

test('a marker whose staging is gone puts the old vault back; a planted one moves nothing', async () => {
  const { house } = await backedUp()
  const marker = path.join(house.profile, 'vault.restoring')
  const staging = `restoring-${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}`
  writeFileSync(marker, JSON.stringify({ version: 1, step: 'away', staging, replaced: 'replaced-2025' }))
  expect(await house.door().settled()).toBeNull()
  expect(existsSync(marker)).toBe(false)
  await house.unlock()
  await house.lock()
  writeFileSync(
    marker,
    JSON.stringify({ version: 1, step: 'in', staging: '../elsewhere', replaced: 'replaced-2025' }),
  )
  expect(await house.door().settled()).toBe('UNKNOWN')
  // Whatever else is there, it is not taken for a new vault.
  rmSync(path.join(house.profile, 'vault.json'))
  rmSync(path.join(house.profile, 'record.db'))
  rmSync(path.join(house.profile, 'private.db'))
  expect((await house.vaultAt(house.profile).inspect()).kind).toBe('stopped')
})

test('stopped between a restore and its first opening: no false alarm, and from then on it is watched again', async () => {
  const house = await House.build()
  await house.create()
  const slots = readFileSync(path.join(house.profile, 'vault.json'), 'utf8')
  const witness = new WitnessItem(house.keychain, (JSON.parse(slots) as { vaultId: string }).vaultId)
  const enter = async (vault = house.vaultAt(house.profile)) => {
    const { recordKey } = await vault.unlock(passphrase)
    const entering = { how: 'unlocked' as const, failures: 0, witness }
    return house.rooms.openRecord(recordKey, 'practice', () => true, entering)
  }
  expect(await enter(house.vault)).toBeNull()
  const record = house.rooms.record()
  if (record === null) throw new Error('closed')
  await house.live(record)
  const file = await house.backUp()
  // The log goes on after the backup: to the keychain the file in it is an old page.
  await house.lock()
  expect(await enter()).toBeNull()
  await house.rooms.closeAll()
  const older = path.join(house.folder, 'older')
  cpSync(house.profile, older, { recursive: true })
  await restoreOn(house, file, { by: 'passphrase', passphrase })
  // The application is killed here; the next start knows of no restore, and opens in the ordinary way.
  expect(await enter()).toBeNull()
  await house.rooms.closeAll()
  expect(await enter()).toBeNull()
  await house.rooms.closeAll()
  // The file of before the restore has another history by now.
  copyFileSync(path.join(older, 'record.db'), path.join(house.profile, 'record.db'))
  expect(await enter()).not.toBeNull()
  await house.rooms.closeAll()
})
