import type { Setting } from '../../shared/contract/app.ts'
import { Refusal } from '../../shared/contract/result.ts'
import type { Rooms } from '../rooms/rooms.ts'
import type { Vault } from '../vault/Vault.ts'

export interface CreationOptions {
  vault: Vault
  rooms: Rooms
  /** Runs when nothing else opens or closes the vault. */
  once(work: (since: number) => Promise<void>): Promise<void>
  /** What is being opened just now, if anything. */
  entering(): Promise<void> | null
  /** Both files stand. The key is taken over. */
  enter(recordKey: Uint8Array, since: number): Promise<void>
}

/** Making a vault: keys and sheets first, then, once the sheets are in somebody's hands, the files. */
export function createCreation({ vault, rooms, once, entering, enter }: CreationOptions) {
  let keys: { recordKey: Buffer; privateKey: Buffer; setting: Setting } | null = null

  function forgetKeys(): void {
    keys?.recordKey.fill(0)
    keys?.privateKey.fill(0)
    keys = null
  }

  return {
    underWay: (): boolean => keys !== null,

    async prepare(setting: Setting, passphrase: string, withoutKeychain: boolean) {
      if (keys !== null) {
        forgetKeys()
        await vault.abandon()
      }
      const mode = withoutKeychain ? 'passphrase' : 'keychain+passphrase'
      const prepared = await vault.prepare({ setting, passphrase, mode })
      keys = { recordKey: prepared.recordKey, privateKey: prepared.privateKey, setting }
      const ask = vault.recoveryChallenge
      if (ask === null) throw new Refusal('NOT_NOW')
      return {
        record: [...prepared.codes.record],
        private: [...prepared.codes.private],
        ask: { record: [...ask.record], private: [...ask.private] },
      }
    },

    finish: (): Promise<void> =>
      once(async (since) => {
        if (keys === null) throw new Refusal('NOT_NOW')
        const recordKey = Buffer.from(keys.recordKey)
        try {
          await rooms.create(keys)
          await vault.commit()
          await vault.postponeRecovery()
        } catch (error) {
          recordKey.fill(0)
          await vault.abandon().catch(() => undefined)
          throw error
        } finally {
          forgetKeys()
        }
        await enter(recordKey, since)
      }),

    async abandon(): Promise<void> {
      // Zeroing the keys between the making of two files would make the second under no key at all.
      await entering()?.catch(() => undefined)
      if (keys === null) return
      forgetKeys()
      await vault.abandon()
    },
  }
}
