import { FakeKeychain } from './fakeKeychain.ts'
import { cheapKdf, judgeByLength, passphrase, refusal } from './vaultProfile.ts'
import { Vault } from '../../src/main/vault/Vault.ts'

// Run as a program of its own, by another user or on another disk, with the profile's directory as its argument:
// says on one line what it finds there, and what becomes of a creation.
const vault = new Vault({
  directory: process.argv[2] ?? '',
  keychain: new FakeKeychain(),
  now: Date.now,
  strength: judgeByLength,
  kdf: cheapKdf,
})
const state = await vault.inspect()
const { code } = await refusal(
  vault.prepare({ setting: 'school', passphrase, mode: 'passphrase' }).then(() => vault.commit()),
)
process.stdout.write(`${JSON.stringify({ state, code })}\n`)
