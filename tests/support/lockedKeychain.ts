import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { KeychainError } from '../../src/main/vault/keychain.ts'
import { keytarKeychain } from '../../src/main/vault/keytarKeychain.ts'
import { VaultError } from '../../src/main/vault/errors.ts'
import { cheapKdf, judgeByLength, passphrase } from './vaultProfile.ts'
import { Vault } from '../../src/main/vault/Vault.ts'

// Run as a program of its own, on a session bus and a keyring of its own, with a profile's directory as its
// argument: makes a vault, locks the real keyring, and says on one line what is found and refused after that.
const directory = process.argv[2] ?? ''
const keychain = keytarKeychain({ timeoutMs: 8000 })
const open = (): Vault =>
  new Vault({ directory, keychain, now: Date.now, strength: judgeByLength, kdf: cheapKdf })

const codeOf = (error: unknown): string =>
  error instanceof VaultError || error instanceof KeychainError ? error.code : 'THROWN'
const outcome = (work: Promise<unknown>): Promise<string> => work.then(() => 'DONE', codeOf)

function lockKeyring(): boolean {
  const service = ['--session', '--print-reply', '--dest=org.freedesktop.secrets', '/org/freedesktop/secrets']
  const lock = [
    'org.freedesktop.Secret.Service.Lock',
    'array:objpath:/org/freedesktop/secrets/aliases/default',
  ]
  return spawnSync('dbus-send', [...service, ...lock]).status === 0
}

const vault = open()
const made = await vault.prepare({ setting: 'practice', passphrase, mode: 'keychain+passphrase' })
for (const name of ['record.db', 'private.db']) writeFileSync(join(directory, name), 'ciphertext')
await vault.commit()
await vault.lock()
const before = await outcome(open().unlock(passphrase))
const locked = lockKeyring()
const state = await open().inspect()
const said = {
  before,
  locked,
  state,
  get: await outcome(keychain.get('anything')),
  set: await outcome(keychain.set('anything', 'else')),
  unlock: await outcome(open().unlock(passphrase)),
  recover: await outcome(
    open().recover({ recordCode: made.codes.record.join(' '), newPassphrase: 'a lantern under the stair' }),
  ),
  withoutKeychain: await outcome(
    open().recover({
      recordCode: made.codes.record.join(' '),
      newPassphrase: 'a lantern under the stair',
      mode: 'passphrase',
    }),
  ),
}
process.stdout.write(`${JSON.stringify(said)}\n`)
process.exit(0)
