import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { diskFiles, type DurableFiles } from '../../../src/main/vault/durableFiles.ts'
import { VaultError } from '../../../src/main/vault/errors.ts'
import { House, NEW_PASSPHRASE } from '../../support/backupHouse.ts'
import { passphrase } from '../../support/vaultProfile.ts'

/* A restore that does not come about: what stays, and how long it waits. */

vi.setConfig({ testTimeout: 120_000 })

const enter = async (house: House, typed = passphrase) => {
  const { recordKey } = await house.vault.unlock(typed)
  const { witness } = house.vault
  return house.rooms.openRecord(recordKey, 'practice', () => true, { how: 'unlocked', failures: 0, witness })
}

const sheetsOf = (house: House) => ({
  by: 'sheets' as const,
  recordCode: house.sheets.record,
  privateCode: house.sheets.private,
  passphrase: NEW_PASSPHRASE,
})

async function livedIn(house: House): Promise<void> {
  await enter(house)
  const record = house.rooms.record()
  if (record === null) throw new Error('closed')
  await house.live(record)
  await record.anchor()
}

async function backedUp(): Promise<House> {
  const house = await House.build()
  await house.create()
  await livedIn(house)
  house.carry(await house.backUp())
  await house.lock()
  return house
}

const fullAt = (name: string): DurableFiles => ({
  ...diskFiles,
  write: (file, content) =>
    file.endsWith(name) ? Promise.reject(new VaultError('DISK_FULL')) : diskFiles.write(file, content),
})

test('a restore that could not begin leaves the witness: an older copy of what stays is still noticed', async () => {
  const house = await backedUp()
  const old = mkdtempSync(path.join(tmpdir(), 'bracket-old-'))
  onTestFinished(() => rmSync(old, { recursive: true, force: true }))
  cpSync(house.profile, old, { recursive: true })
  await livedIn(house)
  await house.lock()
  const witness = (): string[] =>
    [...house.keychain.items].filter(([name]) => name.endsWith('/witness')).map(([, text]) => text)
  const before = witness()
  expect(before).toHaveLength(1)

  const full = fullAt('vault.restoring')
  const door = house.door(full)
  await door.choose()
  await door.check(sheetsOf(house))
  await expect(door.apply(sheetsOf(house))).rejects.toMatchObject({ code: 'DISK_FULL' })
  expect(witness()).toEqual(before)

  cpSync(path.join(old, 'record.db'), path.join(house.profile, 'record.db'))
  expect(await enter(house)).toBe('OLDER_COPY')
})

test('and may be tried again, once there is room', async () => {
  const house = await backedUp()
  let full = true
  const door = house.door({
    ...diskFiles,
    write: (file, content) => (full ? fullAt('vault.restoring') : diskFiles).write(file, content),
  })
  await door.choose()
  await door.check(sheetsOf(house))
  await expect(door.apply(sheetsOf(house))).rejects.toMatchObject({ code: 'DISK_FULL' })
  full = false
  await door.apply(sheetsOf(house))
  await house.vault.anchorRestored()
  expect(await enter(house, NEW_PASSPHRASE)).toBeNull()
})

test('a rehearsed restore does not wait for whoever comes by: it is let go of, and the page is told', async () => {
  const house = await backedUp()
  let left = (): void => undefined
  const gone = new Promise<void>((resolve) => (left = resolve))
  const door = house.door(diskFiles, { onLeft: () => left(), patienceMs: 5 })
  await door.choose()
  expect(house.leftovers()).toHaveLength(1)
  await door.check(sheetsOf(house))
  await gone
  expect(house.leftovers()).toEqual([])
  await expect(door.apply(sheetsOf(house))).rejects.toMatchObject({ code: 'NOT_NOW' })
})

test('nor through a sleep or a screen lock, also before the rehearsal; with nothing chosen nobody is told anything', async () => {
  const house = await backedUp()
  let told = 0
  const door = house.door(diskFiles, { onLeft: () => void (told += 1) })
  await door.leaveByItself()
  expect(told).toBe(0)
  await door.choose()
  await door.leaveByItself()
  expect(told).toBe(1)
  expect(house.leftovers()).toEqual([])
  await expect(door.check(sheetsOf(house))).rejects.toMatchObject({ code: 'NOT_NOW' })
})
