import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { type Database, quickKdf } from '../../src/main/vault/keys.ts'
import { keytarKeychain } from '../../src/main/vault/keytarKeychain.ts'
import { Vault } from '../../src/main/vault/Vault.ts'
import { openDatabase, type OpenDatabase } from '../../src/main/store/open.ts'
import { PASSPHRASE } from './application.ts'

export { decrypted } from './decryptedPages.ts'

/* A finished vault seen from outside the application: with its keys, as an owner with a debugger would. */

export type Keys = Readonly<Record<Database, Buffer>>

const known = new Map<string, Promise<Keys>>()

/** Both database keys of a vault whose passphrase is known: two derivations, once for all copies of a vault. */
export function keysOf(profile: string, passphrase = PASSPHRASE): Promise<Keys> {
  const { vaultId } = JSON.parse(readFileSync(path.join(profile, 'vault.json'), 'utf8')) as {
    vaultId: string
  }
  const keys = known.get(vaultId) ?? openedKeys(profile, passphrase)
  known.set(vaultId, keys)
  return keys
}

async function openedKeys(profile: string, passphrase: string): Promise<Keys> {
  const vault = new Vault({
    directory: profile,
    keychain: keytarKeychain(),
    now: () => Date.now(),
    strength: () => Promise.reject(new Error('nothing is judged here')),
    kdf: quickKdf,
  })
  const { recordKey } = await vault.unlock(passphrase)
  const { privateKey } = await vault.unlockPrivate(passphrase)
  await vault.lock()
  return { record: recordKey, private: privateKey }
}

/** One of the two files, opened from this process with its key. Close it. */
export function openFile(profile: string, database: Database, keys: Keys): Promise<OpenDatabase> {
  return openDatabase({
    path: path.join(profile, `${database}.db`),
    key: keys[database],
    mode: 'open',
    driver: process.platform === 'win32' ? 'signal' : 'journeyapps',
    memorySecurity: false,
  })
}

/**
 * Chromium's own files, a window's place and the log of codes are not the vault's; a probe is an empty file that
 * asks whether the profile can be written, and goes at once.
 */
const BESIDE = /^(?:chromium(?:\/|$)|window\.json$|bracket\.log$|probe-[0-9a-f]{12}$)/u

/** Every file of the vault with the hash of its content, by its path in the profile. */
export function fingerprint(profile: string): Record<string, string> {
  const found: Record<string, string> = {}
  if (!existsSync(profile)) return found
  for (const name of readdirSync(profile, { recursive: true, encoding: 'utf8' }).toSorted()) {
    const file = path.join(profile, name)
    if (BESIDE.test(name) || !statSync(file).isFile()) continue
    const content = readFileSync(file)
    found[name] = createHash('sha256')
      .update(name === 'vault.json' ? inOneOrder(content.toString('utf8')) : content)
      .digest('hex')
  }
  return found
}

/** vault.json is rewritten at each try of a passphrase; what it says is what counts, not the order of its keys. */
function inOneOrder(text: string): string {
  try {
    const sorted = (_key: string, value: unknown): unknown =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : value
    return JSON.stringify(JSON.parse(text), sorted)
  } catch {
    return text
  }
}
