import type { Locking } from '../locking.ts'
import type { Rooms } from '../rooms/rooms.ts'
import type { Vault } from '../vault/Vault.ts'
import type { Windows } from '../window/windows.ts'
import { createActNotes } from './actNotes.ts'

export interface PrivateDoorOptions {
  vault: Vault
  rooms: Rooms
  windows: Windows
  locking: Locking
}

/** The wall's own door: the private room opens after the record, and asks again. */
export function createPrivateDoor({ vault, rooms, windows, locking }: PrivateDoorOptions) {
  const { noteFailures } = createActNotes(rooms)

  return {
    async unlockPrivate(passphrase: string): Promise<void> {
      const { failures } = vault
      const { privateKey } = await vault.unlockPrivate(passphrase)
      await noteFailures(failures)
      await rooms.openPrivate(privateKey)
      windows.dismissQuestion()
    },

    async recoverPrivate(privateCode: string, passphrase: string): Promise<void> {
      const { failures } = vault
      const { privateKey } = await vault.recoverPrivate({ privateCode, passphrase })
      await noteFailures(failures)
      await rooms.openPrivate(privateKey)
      windows.dismissQuestion()
    },

    /** Opens the private room, asking for the passphrase where one guards it. */
    async openPrivateRoom(): Promise<boolean> {
      if (rooms.private() === null) {
        const sampleKey = rooms.place()?.sampleKey
        if (sampleKey !== null && sampleKey !== undefined) await rooms.openPrivate(new Uint8Array(sampleKey))
        else await windows.ask('private')
      }
      const opened = rooms.private() !== null
      if (opened) {
        locking.privateOpened()
        windows.send('privateRoom', { room: 'open' })
      }
      return opened
    },
  }
}
