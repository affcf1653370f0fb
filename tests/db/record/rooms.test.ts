import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createRooms, type Rooms } from '../../../src/main/rooms/rooms.ts'
import { driver, randomKey, temporaryDirectory } from '../../support/storeFiles.ts'
import { storeWorkerPath } from '../../support/storeWorker.ts'
import { apart } from '../../support/privateFile.ts'
import { addClient, MORNING } from '../../support/recordFile.ts'

const clock = { now: () => MORNING }
const yes = () => true

interface House {
  rooms: Rooms
  profile: string
  recordKey: Uint8Array
  privateKey: Uint8Array
  open(): Promise<void>
}

/** A profile with both files of a new vault. Keys are handed over as copies: opening empties them. */
async function house(): Promise<House> {
  const profile = path.join(temporaryDirectory(), 'profile')
  const rooms = createRooms({
    profile,
    clock,
    driver,
    workerPath: await storeWorkerPath(),
    changed: () => undefined,
    onTrouble: () => undefined,
  })
  onTestFinished(() => rooms.closeAll().catch(() => undefined))
  const [recordKey, privateKey] = [randomKey(), randomKey()]
  await rooms.create({ recordKey: recordKey.slice(), privateKey: privateKey.slice() })
  const open = async (): Promise<void> => {
    await rooms.openRecord(recordKey.slice(), 'practice', yes)
  }
  return { rooms, profile, recordKey, privateKey, open }
}

test('a new vault has two files that only their own key opens, and no room is open yet', async () => {
  const { rooms, profile, recordKey, privateKey } = await house()
  expect([rooms.record(), rooms.private(), rooms.place()]).toEqual([null, null, null])
  for (const name of ['record.db', 'private.db'])
    expect(statSync(path.join(profile, name)).mode & 0o077).toBe(0)
  await expect(rooms.openRecord(privateKey.slice(), 'practice', yes)).rejects.toMatchObject({
    code: 'WRONG_KEY_OR_DAMAGED',
  })
  expect(rooms.record()).toBeNull()
  await rooms.openRecord(recordKey.slice(), 'practice', yes)
  await expect(rooms.openPrivate(recordKey.slice())).rejects.toMatchObject({ code: 'WRONG_KEY_OR_DAMAGED' })
  expect(rooms.private()).toBeNull()
  await rooms.openPrivate(privateKey.slice())
  expect(rooms.private()).not.toBeNull()
})

test('from the first line of closing nothing is readable, and both files can be opened again after it', async () => {
  const { rooms, privateKey, open } = await house()
  await open()
  await rooms.openPrivate(privateKey.slice())
  const [record, room] = [rooms.record(), rooms.private()]
  const closing = rooms.closeAll()
  expect([rooms.record(), rooms.private(), rooms.place()]).toEqual([null, null, null])
  await closing
  await expect(record?.clients.list()).rejects.toMatchObject({ code: 'CLOSED' })
  await expect(room?.get('x')).rejects.toMatchObject({ code: 'CLOSED' })
  await open()
  expect(rooms.private()).toBeNull()
})

test('a private room that was still being opened when everything was locked does not stay open', async () => {
  const { rooms, privateKey, open } = await house()
  await open()
  const key = privateKey.slice()
  const opening = rooms.openPrivate(key).then(
    () => 'opened',
    () => 'refused',
  )
  await rooms.closeAll()
  await opening
  expect(rooms.private()).toBeNull()
  expect(key.every((byte) => byte === 0)).toBe(true)
  await open()
  expect(rooms.private()).toBeNull()
  await rooms.openPrivate(privateKey.slice())
  expect(rooms.private()).not.toBeNull()
})

test('the private room does not open without the record, and its key is not left lying about', async () => {
  const { rooms, privateKey } = await house()
  const key = privateKey.slice()
  await rooms.openPrivate(key)
  expect(rooms.private()).toBeNull()
  expect(key.every((byte) => byte === 0)).toBe(true)
})

test('a file that is gone, in the way or somebody else’s is refused, and none is made in its place', async () => {
  const { rooms, profile, recordKey, open } = await house()
  await expect(rooms.create({ recordKey: randomKey(), privateKey: randomKey() })).rejects.toMatchObject({
    code: 'EXISTS',
  })
  await open()
  await expect(rooms.openRecord(recordKey.slice(), 'practice', yes)).rejects.toMatchObject({ code: 'IN_USE' })
  expect(rooms.record()).not.toBeNull()
  await rooms.closeAll()
  const elsewhere = createRooms({
    profile: path.join(profile, 'empty'),
    clock,
    driver,
    workerPath: await storeWorkerPath(),
    changed: () => undefined,
    onTrouble: () => undefined,
  })
  mkdirSync(path.join(profile, 'empty'))
  await expect(elsewhere.openRecord(recordKey.slice(), 'practice', yes)).rejects.toMatchObject({
    code: 'MISSING',
  })
  expect(readdirSync(path.join(profile, 'empty'))).toEqual([])
})

test('"Look around" is a place of its own that is gone after closing, with its key', async () => {
  const { rooms, profile, recordKey } = await house()
  await rooms.openSample({ recordKey: randomKey(), privateKey: randomKey() }, clock)
  const place = rooms.place()
  expect(place?.directory.startsWith(path.join(profile, 'sample-'))).toBe(true)
  expect(place?.sampleKey?.some((byte) => byte !== 0)).toBe(true)
  await rooms.openPrivate(new Uint8Array(place?.sampleKey ?? []))
  await rooms.private()?.save('s', 'c', 0, apart('in the sample'))
  const record = rooms.record()
  if (record === null) throw new Error('closed')
  await addClient(record, 'Sample')
  await rooms.closeAll()
  expect(existsSync(place?.directory ?? profile)).toBe(false)
  expect(place?.sampleKey?.every((byte) => byte === 0)).toBe(true)
  // The person's own vault never saw it.
  await rooms.openRecord(recordKey.slice(), 'practice', yes)
  expect(await rooms.record()?.clients.list()).toEqual([])
})

test('what a crash left of "Look around" is swept away at the next start, and nothing else', async () => {
  const { rooms, profile } = await house()
  mkdirSync(path.join(profile, 'sample-left'))
  writeFileSync(path.join(profile, 'sample-left', 'record.db'), 'x')
  rooms.sweepSamples()
  expect(readdirSync(profile).sort()).toEqual(['private.db', 'record.db'])
})
