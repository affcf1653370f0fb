import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { look, readThrough } from '../../../src/main/backup/reading.ts'
import { saving } from '../../../src/main/store/givingWay.ts'
import { CANARY, House, PRIVATE_CANARY } from '../../support/backupHouse.ts'
import { addClient, DAY } from '../../support/recordFile.ts'

// Most of the time goes into starting threads and processes, which a busy machine makes slow.
vi.setConfig({ testTimeout: 120_000 })

const HOUR = 3_600_000

async function openedHouse(): Promise<House> {
  const house = await House.build()
  await house.create()
  const record = await house.unlock()
  await house.live(record)
  return house
}

test('a backup is written, read back and checked; what it says of itself names nobody', async () => {
  const house = await openedHouse()
  const file = await house.backUp()
  expect(path.basename(file)).toMatch(/^bracket-2025-06-02-\d{4}-[0-9a-f]{8}\.bracketbackup$/)
  expect(readdirSync(house.folder)).toEqual([path.basename(file)])
  expect(house.leftovers()).toEqual([])
  const { manifest, size } = await look(file)
  expect(manifest).toMatchObject({
    format: 1,
    vaultId: house.vault.facts?.vaultId,
    setting: 'practice',
    counts: { clients: 1, sessions: 2, notes: 2, addenda: 1 },
  })
  expect(manifest.parts.map((part) => part.name)).toEqual(['vault.json', 'private.db', 'record.db'])
  expect(house.backups.view()).toMatchObject({
    folder: 'stick',
    kept: 1,
    trouble: null,
    last: { size, recordCheckedAt: house.now, privateCheckedAt: null },
  })
  expect(house.noted).toEqual(['backup-made', 'backup-verified'])

  const bytes = readFileSync(file)
  for (const canary of [CANARY, PRIVATE_CANARY, 'and a plan']) {
    expect(bytes.includes(Buffer.from(canary, 'utf8'))).toBe(false)
    expect(bytes.includes(Buffer.from(canary, 'utf16le'))).toBe(false)
    expect(JSON.stringify(manifest)).not.toContain(canary)
  }
})

test('the private part is opened and checked when the private room next is, or at once if it is open', async () => {
  const house = await openedHouse()
  await house.backUp()
  house.now += 5 * 60_000
  await house.unlockPrivate()
  await house.backups.privateOpened()
  expect(house.backups.view().last).toMatchObject({
    privateCheckedAt: house.now,
    recordCheckedAt: house.now - 300_000,
  })
  house.now += 5 * 60_000
  await house.backUp()
  expect(house.backups.view().last).toMatchObject({ privateCheckedAt: house.now })
})

test('the private part of a closed room comes along with the log that a crash left', async () => {
  const house = await openedHouse()
  await house.unlockPrivate()
  await house.rooms.private()?.save('s2', 'c2', 0, [{ key: 'private', text: 'last words', lexical: null }])
  const [at, log] = ['private.db', 'private.db-wal'].map((name) => path.join(house.profile, name)) as [
    string,
    string,
  ]
  copyFileSync(log, `${log}.kept`)
  copyFileSync(at, `${at}.kept`)
  await house.rooms.closePrivate()
  renameSync(`${at}.kept`, at)
  renameSync(`${log}.kept`, log)
  const { manifest } = await look(await house.backUp())
  expect(manifest.parts.map((part) => part.name)).toContain('private.db-wal')
  await house.unlockPrivate()
  await house.backups.privateOpened()
  expect(house.backups.view().last?.privateCheckedAt).not.toBeNull()
})

test('what was kept about backups is there after the next unlocking, and a due one is made by itself', async () => {
  const house = await openedHouse()
  await house.backUp()
  const { last } = house.backups.view()
  await house.lock()
  expect(house.backups.view()).toMatchObject({ folder: null, last: null })
  house.now += 23 * HOUR
  await house.unlock()
  await house.backups.opened()
  expect(house.backups.view()).toMatchObject({ folder: 'stick', last })
  house.now += 2 * HOUR
  await house.backups.tick()
  expect(house.backups.view().last?.createdAt).toBe(house.now)
  expect(house.backupFiles()).toHaveLength(2)
  await house.backups.tick()
  expect(house.backupFiles()).toHaveLength(2)
})

test('a folder that vanished is said, with its time; the next try that succeeds takes it back', async () => {
  const house = await openedHouse()
  await house.backUp()
  const away = `${house.folder}-away`
  renameSync(house.folder, away)
  house.now += DAY
  await house.backups.tick()
  expect(house.backups.view().trouble).toEqual({ at: house.now, code: 'BACKUP_FOLDER_GONE' })
  expect(house.leftovers()).toEqual([])
  // Not again at once.
  house.now += HOUR / 2
  renameSync(away, house.folder)
  await house.backups.tick()
  expect(house.backupFiles()).toHaveLength(1)
  house.now += HOUR
  await house.backups.tick()
  expect(house.backups.view().trouble).toBeNull()
  expect(house.backupFiles()).toHaveLength(2)
})

test('locking in the middle of a backup stops it and leaves nothing; so does Cancel', async () => {
  const house = await openedHouse()
  await house.backups.chooseFolder()
  const stopped = house.backups.backUpNow()
  house.backups.cancel()
  await expect(stopped).rejects.toMatchObject({ code: 'CANCELLED' })
  const [made, refused] = await Promise.allSettled([house.backups.backUpNow(), house.backups.drill()])
  expect(made.status).toBe('fulfilled')
  expect(refused).toMatchObject({ reason: { code: 'NOT_NOW' } })
  await house.lock()
  await house.unlock()
  await house.backups.opened()
  const half = house.backups.backUpNow().catch((error: unknown) => error)
  await house.lock()
  await half
  expect(readdirSync(house.folder).filter((name) => name.startsWith('.'))).toEqual([])
  expect(house.leftovers()).toEqual([])
})

test('rotation touches this vault’s files alone, and not what it cannot read', async () => {
  const [house, other] = [await openedHouse(), await openedHouse()]
  const theirs = path.join(house.folder, 'bracket-2019-01-01-0000.bracketbackup')
  copyFileSync(await other.backUp(), theirs)
  const broken = path.join(house.folder, 'bracket-2019-01-02-0000.bracketbackup')
  writeFileSync(broken, 'not one')
  const partial = path.join(
    house.folder,
    `.${house.vault.facts?.vaultId.slice(0, 8)}-bracket-x.bracketbackup.part`,
  )
  writeFileSync(partial, 'a crash left this')
  for (let turn = 0; turn < 4; turn += 1) {
    await house.backUp()
    house.now += HOUR
  }
  expect(existsSync(theirs) && existsSync(broken)).toBe(true)
  expect(existsSync(partial)).toBe(false)
  // Of one day the newest stays.
  expect(house.backupFiles()).toHaveLength(3)
  expect(house.backups.view().kept).toBe(1)
})

test('the drill rehearses with the newest backup, and says what it found with the time', async () => {
  const house = await openedHouse()
  await house.backups.drill()
  expect(house.backups.view().drill).toMatchObject({ at: house.now, code: 'BACKUP_NONE' })
  const file = await house.backUp()
  house.now += HOUR
  await house.backups.drill()
  expect(house.backups.view().drill).toEqual({
    at: house.now,
    name: path.basename(file),
    code: null,
    counts: { clients: 1, sessions: 2, notes: 2, addenda: 1 },
    privatePart: 'hash',
  })
  const bytes = readFileSync(file)
  bytes[Math.floor(bytes.length / 2)]! ^= 1
  writeFileSync(file, bytes)
  await house.backups.drill()
  expect(house.backups.view().drill).toMatchObject({ code: 'BACKUP_DAMAGED' })
  // Another one is made by itself.
  await vi.waitFor(() => expect(house.backups.view().last).not.toBeNull(), { timeout: 60_000 })
  await vi.waitFor(() => expect(house.backups.view().work).toBeNull(), { timeout: 60_000 })
  expect(house.leftovers()).toEqual([])
})

test('100 random damages, one bit to the whole end: every one is noticed', async () => {
  const house = await openedHouse()
  const file = await house.backUp()
  const whole = readFileSync(file)
  const hurt = path.join(house.folder, 'hurt')
  const read = () =>
    readThrough({
      path: hurt,
      schema: house.rooms.schema,
      into: null,
      durable: false,
      saving,
      signal: new AbortController().signal,
      onRead: () => undefined,
    })
  copyFileSync(file, hurt)
  expect(await read()).toMatchObject({ size: whole.length })
  let seed = 20_251_122
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((seed / 2 ** 32) * below)
  }
  const unnoticed: string[] = []
  for (let turn = 0; turn < 100; turn += 1) {
    // Half of them in the last kilobyte, where the archive says what it holds.
    const at = turn % 2 === 0 ? random(whole.length) : whole.length - 1 - random(1024)
    const bytes = Buffer.from(whole)
    const kind = ['bit', 'page', 'cut', 'grown'][turn % 4]
    if (kind === 'bit') bytes[at]! ^= 1 << random(8)
    if (kind === 'page') bytes.fill(turn, at, Math.min(bytes.length, at + 4096))
    if (kind === 'page' && bytes.equals(whole)) continue
    const changed =
      kind === 'cut'
        ? bytes.subarray(0, at)
        : kind === 'grown'
          ? Buffer.concat([bytes, bytes.subarray(0, 1 + random(99))])
          : bytes
    writeFileSync(hurt, changed)
    const code = await read().then(
      () => 'unnoticed',
      (error: { code: string }) => error.code,
    )
    if (!code.startsWith('BACKUP_')) unnoticed.push(`${turn} ${kind} at ${at}: ${code}`)
  }
  expect(unnoticed).toEqual([])
})

test('a name is never given to what was not verified', async () => {
  const house = await openedHouse()
  // A copy that disagrees with what was counted is no backup.
  const lying = house.backupsBut({
    async holdParts(directory) {
      const parts = await house.rooms.holdParts(directory)
      return { ...parts, counts: { ...parts.counts, notes: parts.counts.notes + 1 } }
    },
  })
  await expect(lying.backUpNow()).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' })
  expect(readdirSync(house.folder)).toEqual([])
})

test('what is written while a backup is made is kept, and the backup is of one moment', async () => {
  const house = await openedHouse()
  const record = house.rooms.record()
  if (record === null) throw new Error('closed')
  await house.backups.chooseFolder()
  let busy = true
  const backing = house.backups.backUpNow().finally(() => {
    busy = false
  })
  const written: string[] = []
  while (busy) written.push(await addClient(record, 'meanwhile'))
  await backing
  const ids = (await record.clients.list()).map((one) => one.id)
  expect(written.length).toBeGreaterThan(0)
  expect(ids).toEqual(expect.arrayContaining(written))
  // It was opened, and its rows agree with those counted in the moment of copying.
  expect(house.backups.view().last?.counts.clients).toBeLessThan(1 + written.length)
  await house.lock()
  expect((await (await house.unlock()).clients.list()).length).toBe(ids.length)
})

test('the private room is closed in the middle of the copying: it is copied anew, and comes along whole', async () => {
  const house = await openedHouse()
  await house.unlockPrivate()
  let tries = 0
  const backups = house.backupsBut({
    async holdParts(directory) {
      const parts = await house.rooms.holdParts(directory)
      tries += 1
      if (tries === 1) await house.rooms.closePrivate()
      return parts
    },
  })
  await backups.backUpNow()
  expect(tries).toBe(2)
  await house.unlockPrivate()
  await backups.privateOpened()
  expect(backups.view()).toMatchObject({ trouble: null, last: { privateCheckedAt: house.now } })
  expect(house.leftovers()).toEqual([])
})

test('a folder that vanishes, before the copying or after it: named, nothing lost, and the next one is made', async () => {
  const house = await openedHouse()
  const away = `${house.folder}-away`
  const vanish = (): void => renameSync(house.folder, away)
  const gone = { code: 'BACKUP_FOLDER_GONE' }
  for (const change of [
    {
      holdParts: (directory: string) => {
        vanish()
        return house.rooms.holdParts(directory)
      },
    },
    {
      checkCopy: (room: 'record' | 'private', path: string) => {
        vanish()
        return house.rooms.checkCopy(room, path)
      },
    },
  ]) {
    const backups = house.backupsBut(change)
    await expect(backups.backUpNow()).rejects.toMatchObject(gone)
    expect(backups.view().trouble).toMatchObject(gone)
    expect(house.leftovers()).toEqual([])
    renameSync(away, house.folder)
    expect(house.backupFiles()).toEqual([])
  }
  await house.backUp()
  // What was half there has been swept with it.
  expect(readdirSync(house.folder)).toHaveLength(1)
})
