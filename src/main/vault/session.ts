import { readCompanion, requireCompanion, writeCompanion } from './attempts.ts'
import { VaultError } from './errors.ts'
import type { Database } from './keys.ts'
import { isTooLong, wipe } from './keys.ts'
import type { OpeningPorts } from './opening.ts'
import { companionOf, tryPassphrase } from './opening.ts'
import type { PassphraseSecrets } from './slots.ts'
import { isInStep, usesKeychain, withoutBackupSlots } from './slots.ts'
import type { Strength } from './strength.ts'
import { isAcceptable } from './strength.ts'
import { noAttempts } from './throttle.ts'
import type { Setting, UnsealedVaultFile, VaultFile } from './vaultFile.ts'
import { readVaultFile, sealHolds, sealVaultFile, writeVaultFile } from './vaultFile.ts'
import { withAllowedSlots } from './withoutPassphrase.ts'

/** What vault.json says, after its seal was found to hold. */
export interface VaultFacts {
  readonly vaultId: string
  readonly setting: Setting
  /** ISO instant. */
  readonly createdAt: string
  readonly recoveryConfirmed: boolean
  readonly privateLane: boolean
  /** There is a keychain item, and so a place for the log's witness. */
  readonly keychain: boolean
  /** False: the private room opens with the former passphrase or code B. */
  readonly privateInStep: boolean
  /** Ten wrong passphrases in a row lock it to its recovery sheets. */
  readonly locksAfterTen: boolean
  /** By choice, the keychain alone opens the record: see withoutPassphrase.ts. */
  readonly withoutPassphrase: boolean
}

interface OpenVault {
  readonly seal: Buffer
  readonly facts: VaultFacts
}

function factsOf(file: UnsealedVaultFile): VaultFacts {
  const { vaultId, setting, createdAt, recoveryConfirmed, privateLane } = file
  return {
    vaultId,
    setting,
    createdAt,
    recoveryConfirmed,
    privateLane,
    keychain: usesKeychain(file),
    privateInStep: isInStep(file),
    locksAfterTen: file.afterTen === 'recovery',
    withoutPassphrase: file.slots.record.keychain !== undefined,
  }
}

/**
 * vault.json while the application runs. Between calls it keeps the seal's key of an open vault (it wraps nothing)
 * and no passphrase, P, KEK or DEK. Its methods are called in turn, see Vault.
 */
export class VaultSession {
  readonly ports: OpeningPorts
  readonly #strength: (passphrase: string) => Promise<Strength>
  #open: OpenVault | null = null

  constructor(ports: OpeningPorts, strength: (passphrase: string) => Promise<Strength>) {
    this.ports = ports
    this.#strength = strength
  }

  get facts(): VaultFacts | null {
    return this.#open?.facts ?? null
  }

  /** @throws VaultError LOCKED */
  get seal(): Buffer {
    if (this.#open === null) throw new VaultError('LOCKED')
    return this.#open.seal
  }

  read(): Promise<VaultFile> {
    return readVaultFile(this.ports.files, this.ports.paths.vaultFile, this.ports.kdf)
  }

  /** @throws VaultError LOCKED, VAULT_FILE_CHANGED */
  async readVerified(): Promise<VaultFile> {
    const { seal } = this
    const file = await this.read()
    if (!sealHolds(file, seal)) throw new VaultError('VAULT_FILE_CHANGED')
    return file
  }

  try<T>(
    file: VaultFile,
    passphrase: string,
    database: Database,
    open: (secrets: PassphraseSecrets) => Promise<T | null>,
    older: 'refuse' | 'accept' = 'refuse',
  ): Promise<T> {
    return tryPassphrase(this.ports, file, passphrase, database, open, older)
  }

  /** @throws VaultError PASSPHRASE_REFUSED, or STRENGTH_UNAVAILABLE: what could not be judged is not taken either. */
  async requireStrong(passphrase: string, accepts = isAcceptable): Promise<void> {
    if (isTooLong(passphrase)) throw new VaultError('PASSPHRASE_REFUSED')
    const strength = await this.#strength(passphrase).catch(() => null)
    if (strength === null) throw new VaultError('STRENGTH_UNAVAILABLE')
    if (!accepts(strength)) throw new VaultError('PASSPHRASE_REFUSED')
  }

  /** As `requireStrong`, but nothing short of very good will do. */
  requireVeryStrong(passphrase: string): Promise<void> {
    return this.requireStrong(passphrase, ({ verdict }) => verdict === 'good')
  }

  /** The vault is open from here on; the seal's key is owned here now. */
  hold(file: UnsealedVaultFile, seal: Buffer): VaultFacts {
    if (this.#open !== null && this.#open.seal !== seal) wipe(this.#open.seal)
    this.#open = { seal, facts: factsOf(file) }
    return this.#open.facts
  }

  /**
   * A sealed write: next generation, count at zero; file first, then the keychain's memory of it. `later` when the
   * file is not yet in its place: the vault that is there must go on being the newest that the keychain knows.
   * `unproven` where nobody typed a passphrase or sheet for it: then the wrong ones stay counted.
   */
  async store(
    file: UnsealedVaultFile,
    seal: Buffer,
    anchor: 'now' | 'later' = 'now',
    by: 'proven' | 'unproven' = 'proven',
  ): Promise<VaultFacts> {
    const { files, keychain, paths, memory, now } = this.ports
    // Written below what it remembers, it would be called an older copy for ever once it is in its place.
    const ask = anchor === 'later' ? requireCompanion : readCompanion
    try {
      const remembered = usesKeychain(file) ? await ask(keychain, file.vaultId) : null
      const generation = Math.max(file.generation, remembered?.generation ?? 0) + 1
      const attempts =
        by === 'proven'
          ? noAttempts
          : memory.weigh(file.attempts, remembered?.attempts ?? file.attempts, now()).attempts
      const allowed = withAllowedSlots(withoutBackupSlots({ ...file, generation, attempts }))
      const next = sealVaultFile(allowed, seal)
      await writeVaultFile(files, paths.vaultFile, next)
      if (anchor === 'now') await this.anchor(next)
      memory.set(attempts)
      return this.hold(next, seal)
    } catch (error) {
      if (this.#open?.seal !== seal) wipe(seal)
      throw error
    }
  }

  /** Makes the keychain remember this generation, so that an earlier file is noticed. */
  async anchor(file: UnsealedVaultFile): Promise<void> {
    if (!usesKeychain(file)) return
    await writeCompanion(this.ports.keychain, file.vaultId, companionOf(file))
  }

  forget(): void {
    wipe(this.#open?.seal)
    this.#open = null
  }
}
