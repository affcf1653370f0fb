import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { randomUUID } from 'node:crypto'
import { stageNewKeys } from '../../src/main/entrance/newKeys.ts'
import { createRooms } from '../../src/main/rooms/rooms.ts'
import type { DriverName } from '../../src/main/store/driver/SqlDriver.ts'
import type { KeychainPort } from '../../src/main/vault/keychain.ts'
import { Vault } from '../../src/main/vault/Vault.ts'
import { cheapKdf, judgeByLength, passphrase } from './vaultProfile.ts'

// Run as a program of its own, to be killed: new sheets and new keys for the vault in a directory. Says the words of
// the new sheets on one line once they hold, and 'done' when the new files are in place.
const [, , directory = '', keychainDirectory = '', driver = '', workerPath = ''] = process.argv

/** A keychain that outlives this process, each item replaced at once. */
const fileOf = (account: string): string => path.join(keychainDirectory, account.replaceAll('/', '_'))
const keychain: KeychainPort = {
  async get(account) {
    try {
      return readFileSync(fileOf(account), 'utf8')
    } catch {
      return null
    }
  },
  async set(account, secret) {
    mkdirSync(keychainDirectory, { recursive: true })
    writeFileSync(`${fileOf(account)}.new`, secret)
    renameSync(`${fileOf(account)}.new`, fileOf(account))
  },
  async delete(account) {
    rmSync(fileOf(account), { force: true })
    return true
  },
}

const vault = new Vault({ directory, keychain, now: Date.now, strength: judgeByLength, kdf: cheapKdf })
const rooms = createRooms({
  profile: directory,
  clock: { now: Date.now },
  driver: driver as DriverName,
  workerPath,
  changed: () => undefined,
  onTrouble: () => undefined,
})

await vault.settleKeySwitch()
await vault.unlock(passphrase)
const words = await vault.renewRecovery(passphrase, true)
const asked = vault.recoveryChallenge
if (asked === null) throw new Error('nothing is asked')
const answers = (sheet: 'record' | 'private') => asked[sheet].map((place) => words[sheet][place - 1] ?? '')
await vault.confirmRecovery({ record: answers('record'), private: answers('private') })
const taken = await vault.takeNewKeys()
if (taken === null) throw new Error('no keys')
await vault.lock()
process.stdout.write(`${JSON.stringify(words)}\n`)

const staging = `rekeying-${randomUUID()}`
await stageNewKeys({ profile: directory, staging, vault, rooms, ...taken }, () => undefined)
await vault.switchKeys(staging, taken.keys.fresh.record)
process.stdout.write('done\n')
process.exit(0)
