import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { createEntrance } from '../../../src/main/entrance/entrance.ts'
import { createHeldBack } from '../../../src/main/heldBack.ts'
import type { Locking } from '../../../src/main/locking.ts'
import type { Windows } from '../../../src/main/window/windows.ts'
import { House, NEW_PASSPHRASE } from '../../support/backupHouse.ts'
import { judgeByLength, passphrase } from '../../support/vaultProfile.ts'

vi.setConfig({ testTimeout: 60_000 })

/** The door over the house's own vault and rooms. */
function doorOf({ vault, rooms, profile }: House) {
  const sent: string[] = []
  const entrance = createEntrance({
    vault,
    rooms,
    windows: {
      question: () => null,
      send: (name: string) => void sent.push(name),
      enterApp: () => void sent.push('entered'),
    } as unknown as Windows,
    locking: {
      settled: async () => undefined,
      timesAway: () => 0,
      isClosing: () => false,
      runningSince: () => null,
      held: () => undefined,
    } as unknown as Locking,
    clock: { now: () => Date.now() },
    heldBack: createHeldBack(),
    strength: judgeByLength,
    profile,
    settleRestore: async () => null,
    destroyed: () => false,
    onOpened: () => undefined,
  })
  return { entrance, sent }
}

const actions = async (house: House): Promise<string[]> => {
  const listed = await house.rooms.record()?.log.list(null, null, null)
  return (listed?.entries ?? []).map(({ action }) => action)
}

test('a sheet that opens a changed vault.json: told before anything is shown, and logged when gone on', async () => {
  const house = await House.build()
  await house.create()
  const file = path.join(house.profile, 'vault.json')
  const changed = { ...(JSON.parse(readFileSync(file, 'utf8')) as object), setting: 'school' }
  writeFileSync(file, JSON.stringify(changed))
  const { entrance, sent } = doorOf(house)
  await entrance.recover(house.sheets.record, house.sheets.private, NEW_PASSPHRASE, false)
  expect(sent).not.toContain('entered')
  expect(house.rooms.record()).toBeNull()
  expect(await entrance.state()).toMatchObject({ page: 'noticed', notice: 'LOCKS_CHANGED' })
  await entrance.goOn()
  expect(sent).toContain('entered')
  expect((await actions(house)).slice(0, 3)).toEqual(['went-on', 'recovered', 'locks-change-noticed'])
})

test('where something else is to be told first, the log still has both', async () => {
  const house = await House.build()
  await house.create()
  const first = await house.vault.unlock(passphrase)
  const known = { how: 'unlocked' as const, failures: 0, witness: house.vault.witness }
  await house.rooms.openRecord(first.recordKey, 'practice', () => true, known)
  await house.rooms.record()?.anchor()
  await house.lock()
  const { recordKey } = await house.vault.recover({
    recordCode: house.sheets.record,
    newPassphrase: NEW_PASSPHRASE,
  })
  for (const account of [...house.keychain.items.keys()])
    if (account.endsWith('/witness')) house.keychain.items.delete(account)
  const { witness } = house.vault
  const by = { how: 'recovered' as const, failures: 0, witness, locksChanged: true }
  const notice = await house.rooms.openRecord(recordKey, 'practice', () => true, by)
  expect(notice).toBe('WITNESS_MISSING')
  await house.rooms.goOn()
  expect(await actions(house)).toEqual(expect.arrayContaining(['recovered', 'locks-change-noticed']))
})

test('a sheet that opens an unchanged one goes straight in', async () => {
  const house = await House.build()
  await house.create()
  const { entrance, sent } = doorOf(house)
  await entrance.recover(house.sheets.record, house.sheets.private, NEW_PASSPHRASE, false)
  expect(sent).toContain('entered')
  expect(await actions(house)).not.toContain('locks-change-noticed')
})
