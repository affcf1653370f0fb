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

async function opened() {
  await profile.create()
  const vault = profile.open()
  await vault.unlock(passphrase)
  let close = (): void => undefined
  let open = false
  const rooms = { record: () => null, place: () => ({ sampleKey: null }) }
  const windows = {
    question: () => (open ? 'sheets' : null),
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
  const parts = { vault, rooms, windows, onNewKeys: () => undefined } as unknown as Parts
  return { keys: createKeyWindow(parts), vault }
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
