import { VaultError } from './errors.ts'
import type { KeychainPort } from './keychain.ts'
import { requireKeychainSecret } from './keychain.ts'
import type { Database, KdfParameters, KdfPolicy, SealedKey, SlotContext } from './keys.ts'
import { deriveP, keychainCheck, openKey, sealKey, wipe } from './keys.ts'
import type {
  BackupSlot,
  KeychainSlot,
  PassphraseSlot,
  RecoverySlot,
  UnsealedVaultFile,
  VaultFile,
} from './vaultFile.ts'
import { vaultFileVersion } from './vaultFile.ts'

function contextOf(
  vaultId: string,
  database: Database,
  slot: PassphraseSlot | RecoverySlot | BackupSlot | KeychainSlot,
): SlotContext {
  const kdf = 'kdf' in slot ? slot.kdf : null
  return { vaultId, database, slot: slot.name, version: vaultFileVersion, kdf }
}

/** Wraps, and unwraps again before anybody relies on it: a slot that does not open must never reach the disk. */
function sealChecked(material: Buffer, context: SlotContext, dek: Buffer): SealedKey {
  const sealed = sealKey(material, context, dek)
  const opened = openKey(material, context, sealed)
  const same = opened?.equals(dek) ?? false
  wipe(opened)
  if (!same) throw new VaultError('WRITE_FAILED')
  return sealed
}

export function sealRecoverySlot(
  vaultId: string,
  database: Database,
  entropy: Buffer,
  dek: Buffer,
): RecoverySlot {
  const context: SlotContext = { vaultId, database, slot: 'recovery', version: vaultFileVersion, kdf: null }
  return { name: 'recovery', ...sealChecked(entropy, context, dek) }
}

export function openRecoverySlot(file: VaultFile, database: Database, entropy: Buffer): Buffer | null {
  const slot = file.slots[database].recovery
  return openKey(entropy, contextOf(file.vaultId, database, slot), slot)
}

/** `keychainSecret` null makes a slot that the passphrase alone opens: only where the person was told and chose it. */
export function sealPassphraseSlot(
  at: { vaultId: string; database: Database; kdf: KdfParameters },
  p: Buffer,
  keychainSecret: Buffer | null,
  dek: Buffer,
): PassphraseSlot {
  const { vaultId, database, kdf } = at
  const slot = keychainSecret === null ? 'passphrase' : 'keychain+passphrase'
  const material = keychainSecret === null ? Buffer.from(p) : Buffer.concat([keychainSecret, p])
  try {
    const sealed = sealChecked(material, { vaultId, database, slot, version: vaultFileVersion, kdf }, dek)
    if (keychainSecret === null) return { name: 'passphrase', kdf, ...sealed }
    const check = keychainCheck(keychainSecret, vaultId)
    return { name: 'keychain+passphrase', kdf, keychainCheck: check, ...sealed }
  } finally {
    wipe(material)
  }
}

/** `p` is the backup passphrase's own, under `kdf`. */
export function sealBackupSlot(
  at: { vaultId: string; database: Database; kdf: KdfParameters },
  p: Buffer,
  dek: Buffer,
): BackupSlot {
  const { vaultId, database, kdf } = at
  const context: SlotContext = { vaultId, database, slot: 'backup', version: vaultFileVersion, kdf }
  return { name: 'backup', kdf, ...sealChecked(p, context, dek) }
}

export function openBackupSlot(
  vaultId: string,
  database: Database,
  slot: BackupSlot,
  p: Buffer,
): Buffer | null {
  return openKey(p, contextOf(vaultId, database, slot), slot)
}

/** For the record alone: the private room is never opened by what the computer account holds. */
export function sealKeychainSlot(vaultId: string, keychainSecret: Buffer, recordKey: Buffer): KeychainSlot {
  const context: SlotContext = {
    vaultId,
    database: 'record',
    slot: 'keychain',
    version: vaultFileVersion,
    kdf: null,
  }
  return { name: 'keychain', ...sealChecked(keychainSecret, context, recordKey) }
}

export function openKeychainSlot(vaultId: string, slot: KeychainSlot, keychainSecret: Buffer): Buffer | null {
  return openKey(keychainSecret, contextOf(vaultId, 'record', slot), slot)
}

/** The file without the slot that needs no passphrase. */
export function withoutKeychainSlot<T extends UnsealedVaultFile>(file: T): T {
  const slots = structuredClone(file.slots)
  delete slots.record.keychain
  return { ...file, slots }
}

/** vault.json as it may lie on this disk: the slots of a backup passphrase are in backup files only. */
export function withoutBackupSlots(file: UnsealedVaultFile): UnsealedVaultFile {
  const slots = structuredClone(file.slots)
  delete slots.record.backup
  delete slots.private.backup
  return { ...file, slots }
}

export function usesKeychain(file: UnsealedVaultFile): boolean {
  return file.slots.record.passphrase.name === 'keychain+passphrase'
}

/** Both rooms answer to the same passphrase and keychain item; after a recovery with code A alone they do not. */
export function isInStep(file: UnsealedVaultFile): boolean {
  const a = file.slots.record.passphrase
  const b = file.slots.private.passphrase
  const checkOf = (slot: PassphraseSlot) => (slot.name === 'keychain+passphrase' ? slot.keychainCheck : '')
  return a.name === b.name && a.kdf.salt === b.kdf.salt && a.kdf.N === b.kdf.N && checkOf(a) === checkOf(b)
}

/**
 * A typed passphrase while it is being tried: P is derived once for each stored salt (one, unless the rooms are out
 * of step) and everything is zeroed by `wipe`.
 */
export class PassphraseSecrets {
  readonly #file: VaultFile
  readonly #passphrase: string
  readonly #policy: KdfPolicy
  readonly #derived = new Map<string, Promise<Buffer>>()
  #keychainSecret: Buffer | null = null

  constructor(file: VaultFile, passphrase: string, policy: KdfPolicy) {
    this.#file = file
    this.#passphrase = passphrase
    this.#policy = policy
  }

  /** Fetches KS where the slot wants it, before anything is counted as a try. @throws VaultError KEYCHAIN_* */
  async prepare(keychain: KeychainPort, database: Database): Promise<void> {
    const slot = this.#file.slots[database].passphrase
    if (slot.name !== 'keychain+passphrase') return
    const secret = await requireKeychainSecret(keychain, this.#file.vaultId, slot.keychainCheck)
    wipe(this.#keychainSecret)
    this.#keychainSecret = secret
  }

  /** The DEK, or null if the passphrase (or the slot) is not the right one. */
  async open(database: Database): Promise<Buffer | null> {
    const slot = this.#file.slots[database].passphrase
    const p = await this.p(slot.kdf)
    const secret = slot.name === 'keychain+passphrase' ? this.#keychainSecret : null
    if (slot.name === 'keychain+passphrase' && secret === null) return null
    const material = secret === null ? Buffer.from(p) : Buffer.concat([secret, p])
    try {
      return openKey(material, contextOf(this.#file.vaultId, database, slot), slot)
    } finally {
      wipe(material)
    }
  }

  /** KS as fetched by `prepare`; null where the slot has none. Owned here. */
  get keychainSecret(): Buffer | null {
    return this.#keychainSecret
  }

  /** P for these parameters. Owned here. */
  p(kdf: KdfParameters): Promise<Buffer> {
    const name = `${String(kdf.N)}/${kdf.salt}`
    const derived = this.#derived.get(name) ?? deriveP(this.#passphrase, kdf, this.#policy)
    this.#derived.set(name, derived)
    return derived
  }

  async wipe(): Promise<void> {
    wipe(this.#keychainSecret)
    const outcomes = await Promise.allSettled(this.#derived.values())
    for (const outcome of outcomes) if (outcome.status === 'fulfilled') wipe(outcome.value)
    this.#derived.clear()
  }
}
