import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CreationInput, PreparedVault } from '../../src/main/vault/creation.ts'
import type { DurableFiles } from '../../src/main/vault/durableFiles.ts'
import type { VaultErrorCode, VaultErrorDetail } from '../../src/main/vault/errors.ts'
import { VaultError } from '../../src/main/vault/errors.ts'
import type { KeychainPort } from '../../src/main/vault/keychain.ts'
import type { KdfPolicy } from '../../src/main/vault/keys.ts'
import type { Strength } from '../../src/main/vault/strength.ts'
import { Vault } from '../../src/main/vault/Vault.ts'
import { FakeKeychain } from './fakeKeychain.ts'

/** Three milliseconds a derivation; a production vault refuses to read such a file. */
export const cheapKdf: KdfPolicy = { minimumN: 2 ** 10, maximumN: 2 ** 10 }
export const passphrase = 'seven gray herons at the weir'
export const otherPassphrase = 'a lantern under the crooked stair'

/** Judged by length alone: the real judge has tests of its own and takes half a second. */
export function judgeByLength(text: string): Promise<Strength> {
  const good = [...text].length >= 12
  return Promise.resolve(
    good
      ? { score: 4, verdict: 'good', reason: 'NONE' }
      : { score: 0, verdict: 'refused', reason: 'TOO_SHORT' },
  )
}

export interface ProfileParts {
  readonly keychain?: KeychainPort
  readonly files?: DurableFiles
  readonly kdf?: KdfPolicy
  readonly strength?: (text: string) => Promise<Strength>
}

/** A profile's directory, its keychain and its clock; `open()` is the application starting again on them. */
export class VaultProfile {
  readonly directory = mkdtempSync(join(tmpdir(), 'bracket-vault-'))
  readonly keychain = new FakeKeychain()
  now = Date.UTC(2025, 0, 6, 9)

  open(parts: ProfileParts = {}): Vault {
    return new Vault({
      directory: this.directory,
      keychain: this.keychain,
      now: () => this.now,
      strength: judgeByLength,
      kdf: cheapKdf,
      ...parts,
    })
  }

  path(name: string): string {
    return join(this.directory, name)
  }

  /** Stands in for the caller's SQLCipher files: the vault looks at presence only. */
  makeDatabases(): void {
    writeFileSync(this.path('record.db'), 'ciphertext of the record')
    writeFileSync(this.path('private.db'), 'ciphertext of the private room')
  }

  /** A finished vault, locked. */
  async create(input: Partial<CreationInput> = {}): Promise<PreparedVault & { vault: Vault }> {
    const vault = this.open()
    const prepared = await vault.prepare({
      setting: 'school',
      passphrase,
      mode: 'keychain+passphrase',
      ...input,
    })
    this.makeDatabases()
    await vault.commit()
    await vault.lock()
    return { ...prepared, vault }
  }

  vaultJson(): string {
    return readFileSync(this.path('vault.json'), 'utf8')
  }

  /** An attacker's edit. */
  edit(change: (file: Record<string, unknown>) => void): void {
    const file = JSON.parse(this.vaultJson()) as Record<string, unknown>
    change(file)
    writeFileSync(this.path('vault.json'), JSON.stringify(file))
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true })
  }
}

/** The code (and detail) of the refusal; fails the test if there was none or it was not a VaultError. */
export async function refusal(
  work: Promise<unknown>,
): Promise<{ code: VaultErrorCode; detail: VaultErrorDetail }> {
  try {
    await work
  } catch (error) {
    if (error instanceof VaultError) return { code: error.code, detail: error.detail }
    throw error
  }
  throw new Error('expected a refusal')
}
