import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { keychainService } from '../../../src/main/vault/keytarKeychain.ts'

export interface KeychainItem {
  readonly account: string
  readonly password: string
}

interface Keytar {
  findCredentials(service: string): Promise<KeychainItem[]>
  setPassword(service: string, account: string, password: string): Promise<void>
}
const keytar = createRequire(import.meta.url)('keytar') as Keytar

/** What this session's keychain holds of the vault in a profile: its secret, and what it remembers of the log. */
export async function keychainItems(profile: string): Promise<KeychainItem[]> {
  const file = readFileSync(path.join(profile, 'vault.json'), 'utf8')
  const { vaultId } = JSON.parse(file) as { vaultId: string }
  const all = await keytar.findCredentials(keychainService)
  return all.filter((one) => one.account.startsWith(vaultId))
}

export async function putKeychainItems(items: readonly KeychainItem[]): Promise<void> {
  for (const { account, password } of items) await keytar.setPassword(keychainService, account, password)
}
