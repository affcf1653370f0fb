import { timingSafeEqual } from 'node:crypto'
import { z } from '../../shared/contract/schema.ts'
import type { DurableFiles } from './durableFiles.ts'
import { VaultError } from './errors.ts'
import type { KdfPolicy } from './keys.ts'
import { authenticate, backupKdf, checkKdf } from './keys.ts'

export const vaultFileVersion = 1
const sizeLimit = 64 * 1024

/** Lower case only: one spelling for each value, so that a changed byte is always a changed value. */
const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${String(bytes * 2)}}$`))

const kdf = z.strictObject({
  name: z.literal('scrypt'),
  N: z
    .int()
    .min(2)
    .max(2 ** 30),
  r: z.int().min(1).max(1024),
  p: z.int().min(1).max(1024),
  salt: hex(16),
})

const sealed = { salt: hex(32), nonce: hex(12), box: hex(48) }

const passphraseSlot = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('keychain+passphrase'), kdf, keychainCheck: hex(16), ...sealed }),
  z.strictObject({ name: z.literal('passphrase'), kdf, ...sealed }),
])

const recoverySlot = z.strictObject({ name: z.literal('recovery'), ...sealed })
/** In backup files only: see backupSlots.ts. */
const backupSlot = z.strictObject({ name: z.literal('backup'), kdf, ...sealed })
/** By choice, in a practice: see withoutPassphrase.ts. */
const keychainSlot = z.strictObject({ name: z.literal('keychain'), ...sealed })
const slots = z.strictObject({
  passphrase: passphraseSlot,
  recovery: recoverySlot,
  backup: backupSlot.optional(),
})
/** The private room has no such slot, by its shape. */
const recordSlots = slots.extend({ keychain: keychainSlot.optional() })

const attempts = z.strictObject({
  failures: z.int().min(0).max(1_000_000),
  /** Milliseconds since 1970. */
  lastFailureAt: z.int().min(0).max(8.64e15).nullable(),
})

export const backupSlotSchema = backupSlot

export const settingSchema = z.enum(['practice', 'school'])

const vaultFile = z.strictObject({
  version: z.literal(vaultFileVersion),
  vaultId: z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  /** Counts sealed writes, so that an earlier file put back can be noticed. */
  generation: z.int().min(1).max(Number.MAX_SAFE_INTEGER),
  setting: settingSchema,
  createdAt: z.iso.datetime(),
  recoveryConfirmed: z.boolean(),
  privateLane: z.boolean(),
  /** By choice: ten wrong passphrases in a row, and only a recovery sheet opens it. */
  afterTen: z.literal('recovery').optional(),
  slots: z.strictObject({ record: recordSlots, private: slots }),
  /** Over everything above, under a key that only the record's DEK yields. */
  seal: hex(32),
  /** Not sealed: it must be written while the vault is locked. The keychain holds a second copy; the higher wins. */
  attempts,
})

export type VaultFile = z.infer<typeof vaultFile>
export type PassphraseSlot = z.infer<typeof passphraseSlot>
export type RecoverySlot = z.infer<typeof recoverySlot>
export type BackupSlot = z.infer<typeof backupSlot>
export type KeychainSlot = z.infer<typeof keychainSlot>
export type Attempts = z.infer<typeof attempts>
export type Setting = z.infer<typeof settingSchema>
export type UnsealedVaultFile = Omit<VaultFile, 'seal'>

/** Sorted keys: the same value has one text, whatever order a file wrote it in. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`
}

function sealOf(file: UnsealedVaultFile, key: Buffer): Buffer {
  const facts: Record<string, unknown> = { ...file }
  delete facts['seal']
  delete facts['attempts']
  return authenticate(key, canonical(facts))
}

export function sealVaultFile(file: UnsealedVaultFile, key: Buffer): VaultFile {
  return { ...file, seal: sealOf(file, key).toString('hex') }
}

export function sealHolds(file: VaultFile, key: Buffer): boolean {
  return timingSafeEqual(sealOf(file, key), Buffer.from(file.seal, 'hex'))
}

function parse(bytes: Buffer, policy: KdfPolicy): VaultFile {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new VaultError('VAULT_FILE_DAMAGED')
  }
  const version: unknown =
    typeof value === 'object' && value !== null && 'version' in value ? value.version : null
  if (Number.isSafeInteger(version) && Number(version) > vaultFileVersion)
    throw new VaultError('VAULT_FILE_NEWER')
  const parsed = vaultFile.safeParse(value)
  if (!parsed.success) throw new VaultError('VAULT_FILE_DAMAGED')
  try {
    // A weaker cost is a downgrade, a dearer one would hang the machine: neither was written by us.
    checkKdf(parsed.data.slots.record.passphrase.kdf, policy)
    checkKdf(parsed.data.slots.private.passphrase.kdf, policy)
    for (const { backup } of Object.values(parsed.data.slots)) {
      if (backup !== undefined) checkKdf(backup.kdf, backupKdf(policy))
    }
  } catch {
    throw new VaultError('VAULT_FILE_DAMAGED')
  }
  return parsed.data
}

/** @throws VaultError VAULT_FILE_MISSING, _UNREADABLE, _DAMAGED or _NEWER. The seal is not checked here: no key yet. */
export async function readVaultFile(
  files: DurableFiles,
  path: string,
  policy: KdfPolicy,
): Promise<VaultFile> {
  const outcome = await files.read(path, sizeLimit)
  switch (outcome.kind) {
    case 'missing':
      throw new VaultError('VAULT_FILE_MISSING')
    case 'unreadable':
      throw new VaultError('VAULT_FILE_UNREADABLE')
    case 'oversized':
      throw new VaultError('VAULT_FILE_DAMAGED')
    case 'bytes':
      return parse(outcome.bytes, policy)
  }
}

/** @throws VaultError WRITE_FAILED: what could not be read again must not replace what can. */
export function vaultFileText(file: VaultFile): string {
  if (!vaultFile.safeParse(file).success) throw new VaultError('WRITE_FAILED')
  return `${JSON.stringify(file, null, 2)}\n`
}

/** @throws VaultError PROFILE_READONLY, DISK_FULL or WRITE_FAILED; the old file is then still whole. */
export async function writeVaultFile(files: DurableFiles, path: string, file: VaultFile): Promise<void> {
  await files.write(path, vaultFileText(file))
}
