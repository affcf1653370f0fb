import { afterEach, beforeEach, expect, test } from 'vitest'
import { createKeyWindow } from '../../../src/main/entrance/keyWindow.ts'
import { passphrase, VaultProfile } from '../../support/vaultProfile.ts'

/* New sheets, from being shown to holding: a second asking does not take them from under the pen. */

type Parts = Parameters<typeof createKeyWindow>[0]

let profile: VaultProfile
beforeEach(() => {
  profile = new VaultProfile()
})
afterEach(() => profile.remove())

async function opened(kind = 'sheets') {
  await profile.create()
  const vault = profile.open()
  await vault.unlock(passphrase)
  let close = (): void => undefined
  let open = false
  const kept = new Map<string, string>()
  const remembered = {
    read: async (key: string) => kept.get(key),
    write: async (key: string, value: string) => void kept.set(key, value),
    drop: async (key: string) => void kept.delete(key),
  }
  const rooms = { record: () => null, place: () => ({ sampleKey: null }), remembered }
  const told: string[] = []
  const windows = {
    question: () => (open ? kind : null),
    ask: () => {
      if (open) return Promise.resolve()
      open = true
      return new Promise<void>((resolve) => {
        close = () => {
          open = false
          resolve()
        }
      })
    },
    dismissQuestion: () => close(),
  }
  const parts = {
    vault,
    rooms,
    windows,
    onNewKeys: () => void told.push('new keys'),
    onKeysChanged: () => void told.push('changed'),
  } as unknown as Parts
  return { keys: createKeyWindow(parts), vault, told }
}

test('sheets that are being written down stay the ones that are asked for', async () => {
  const { keys } = await opened()
  const asked = keys.askForSheets()
  const again = keys.renewSheets(passphrase, false)
  await expect(keys.renewSheets(passphrase, false)).rejects.toMatchObject({ code: 'NOT_NOW' })
  const shown = await again
  await expect(keys.renewSheets(passphrase, false)).rejects.toMatchObject({ code: 'NOT_NOW' })
  // The button in the application, once more: the window comes to the front.
  expect(await keys.askForSheets()).toBe(false)
  const words = (sheet: 'record' | 'private') => shown.ask[sheet].map((n) => shown[sheet][n - 1] ?? '')
  await keys.confirmSheets({ record: words('record'), private: words('private') })
  expect(await asked).toBe(true)
})

test('a wrong passphrase, or a window that was closed, keeps nobody from asking again', async () => {
  const { keys, vault } = await opened()
  const asked = keys.askForSheets()
  await expect(keys.renewSheets('not the passphrase', false)).rejects.toMatchObject({
    code: 'WRONG_PASSPHRASE',
  })
  await keys.renewSheets(passphrase, false)
  keys.dismiss()
  expect(await asked).toBe(false)
  expect(vault.recoveryChallenge).toBeNull()
  void keys.askForSheets()
  expect((await keys.renewSheets(passphrase, false)).record).toHaveLength(12)
})

test('whatever opens the notes is made anew, the backups hear of it; with new keys, once these are made', async () => {
  const sheets = await opened()
  for (const newKeys of [false, true]) {
    const asked = sheets.keys.askForSheets()
    const shown = await sheets.keys.renewSheets(passphrase, newKeys)
    const words = (sheet: 'record' | 'private') => shown.ask[sheet].map((n) => shown[sheet][n - 1] ?? '')
    await sheets.keys.confirmSheets({ record: words('record'), private: words('private') })
    sheets.keys.dismiss()
    expect(await asked).toBe(true)
  }
  expect(sheets.told).toEqual(['changed', 'new keys'])
  await sheets.vault.lock()
})

test('a passphrase that is changed, and a backup passphrase that is set, are heard of; a wrong one is not', async () => {
  const { keys, told } = await opened('passphrase')
  void keys.askForPassphrase()
  await expect(keys.changePassphrase('not it at all', 'the next passphrase')).rejects.toMatchObject({
    code: 'WRONG_PASSPHRASE',
  })
  expect(told).toEqual([])
  await keys.changePassphrase(passphrase, 'the next passphrase')
  expect(told).toEqual(['changed'])
})

test('a backup passphrase that is removed: the same window goes on to new keys, and not before', async () => {
  const { keys, vault, told } = await opened('backup-passphrase')
  const asked = keys.askForBackupPassphrase()
  await keys.setBackupPassphrase(passphrase, 'for the backups alone')
  await expect(keys.renewSheets(passphrase, true)).rejects.toMatchObject({ code: 'NOT_NOW' })
  await keys.removeBackupPassphrase(passphrase)
  expect(told).toEqual(['changed', 'changed'])
  const shown = await keys.renewSheets(passphrase, true)
  const words = (sheet: 'record' | 'private') => shown.ask[sheet].map((n) => shown[sheet][n - 1] ?? '')
  await keys.confirmSheets({ record: words('record'), private: words('private') })
  expect(told).toEqual(['changed', 'changed', 'new keys'])
  keys.dismiss()
  expect(await asked).toBe(true)
  // They are kept for the making of the new keys, which the closing of the window must not undo.
  expect(await vault.takeNewKeys()).not.toBeNull()

  // Closed instead, nothing of sheets that were shown is kept.
  const again = keys.askForBackupPassphrase()
  await expect(keys.renewSheets(passphrase, true)).rejects.toMatchObject({ code: 'NOT_NOW' })
  await keys.removeBackupPassphrase(passphrase)
  await keys.renewSheets(passphrase, true)
  keys.dismiss()
  expect(await again).toBe(true)
  expect(vault.recoveryChallenge).toBeNull()
})
