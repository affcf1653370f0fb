/** A vault's larger acts in a process of its own, to be killed at any of its writes. */
import { randomUUID } from 'node:crypto'
import { writeSync } from 'node:fs'
import { stageNewKeys } from '../../src/main/entrance/newKeys.ts'
import type { Vault } from '../../src/main/vault/Vault.ts'
import { House, NEW_PASSPHRASE, type Workers } from '../support/backupHouse.ts'
import { passphrase } from '../support/vaultProfile.ts'
import { FileKeychain } from './fileKeychain.ts'
import { scoped } from './withoutVitest.ts'

export interface VaultJob {
  readonly task: 'change-passphrase' | 'new-sheets' | 'new-keys' | 'backup' | 'restore'
  readonly root: string
  readonly workers: Workers
  /** Of `restore`: the sheets of the vault in the file. */
  readonly sheets: { readonly record: string; readonly private: string }
  /** Of `restore`. */
  readonly file: string | null
}

async function confirmNewSheets(vault: Vault, withKeys: boolean): Promise<void> {
  const words = await vault.renewRecovery(passphrase, withKeys)
  const asked = vault.recoveryChallenge
  if (asked === null) throw new Error('nothing is asked')
  const typed = (sheet: 'record' | 'private') => asked[sheet].map((place) => words[sheet][place - 1] ?? '')
  await vault.confirmRecovery({ record: typed('record'), private: typed('private') })
}

async function act(house: House, { task, sheets, file }: VaultJob): Promise<void> {
  const { vault } = house
  switch (task) {
    case 'change-passphrase':
      await vault.unlock(passphrase)
      await vault.changePassphrase(passphrase, NEW_PASSPHRASE)
      break
    case 'new-sheets':
      await vault.unlock(passphrase)
      await confirmNewSheets(vault, false)
      break
    case 'new-keys': {
      await vault.settleKeySwitch()
      await vault.unlock(passphrase)
      await confirmNewSheets(vault, true)
      const taken = await vault.takeNewKeys()
      if (taken === null) throw new Error('no keys')
      await vault.lock()
      const { profile, rooms } = house
      const staging = `rekeying-${randomUUID()}`
      await stageNewKeys({ profile, staging, vault, rooms, ...taken }, () => undefined)
      await vault.switchKeys(staging, taken.keys.fresh.record)
      break
    }
    case 'backup':
      await house.unlock()
      await house.backUp()
      await house.lock()
      break
    case 'restore': {
      house.file = file
      const door = house.door()
      await door.settled()
      await door.choose()
      const { record: recordCode, private: privateCode } = sheets
      const keys = { by: 'sheets' as const, recordCode, privateCode, passphrase: NEW_PASSPHRASE }
      await door.check(keys)
      await door.apply(keys)
      break
    }
  }
}

const job = JSON.parse(process.argv[2] ?? '{}') as VaultJob
await scoped(async () => {
  await act(House.at(job.root, new FileKeychain(job.root), job.workers), job)
  writeSync(1, 'done\n')
})
