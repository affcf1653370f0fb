/**
 * The closed list of everything the vault can say when it refuses. An error carries its code and, at most, a wait,
 * a sheet's name and a word's place: no message of another library, path, passphrase, word or key ever gets in here.
 */
export const vaultErrorCodes = [
  'VAULT_FILE_MISSING',
  'VAULT_FILE_DAMAGED',
  'VAULT_FILE_NEWER',
  'VAULT_FILE_UNREADABLE',
  /** The passphrase was right, but vault.json was changed by something other than Bracket. */
  'VAULT_FILE_CHANGED',
  /** vault.json is an earlier one than the keychain remembers (put back from a copy). */
  'VAULT_FILE_OLDER',
  'KEYCHAIN_ITEM_MISSING',
  'KEYCHAIN_UNAVAILABLE',
  'KEYCHAIN_REFUSED',
  'KEYCHAIN_LATE',
  'PROFILE_READONLY',
  'DISK_FULL',
  'WRITE_FAILED',
  'NOT_NEW',
  'CREATION_UNFINISHED',
  'NOT_PREPARED',
  'DATABASES_MISSING',
  'WRONG_PASSPHRASE',
  'WAIT',
  'PASSPHRASE_REFUSED',
  /** The backup passphrase is the one that unlocks. */
  'PASSPHRASE_SAME',
  'STRENGTH_UNAVAILABLE',
  'COUNT',
  'NOT_A_WORD',
  'CHECKSUM',
  'WRONG_SHEET',
  'WRONG_CODE',
  'PRIVATE_CODE_NEEDED',
  'NO_SHEETS',
  'LOCKED',
  /** Opening without a passphrase was not chosen, or may not be: it is to be asked for. */
  'NOT_CHOSEN',
  'KDF_REFUSED',
  'KDF_FAILED',
  /** It is marked to be destroyed: it neither opens nor is anything put in its place. See destructionMark.ts. */
  'DESTRUCTION_WAITING',
  /** Something that none of these foresaw; its own words stay inside. */
  'INTERNAL',
] as const

export type VaultErrorCode = (typeof vaultErrorCodes)[number]

export interface VaultErrorDetail {
  /** Milliseconds until another passphrase may be tried. */
  readonly waitMs?: number
  readonly sheet?: 'record' | 'private'
  /** 1-based place of the word on its sheet. */
  readonly word?: number
}

export class VaultError extends Error {
  readonly code: VaultErrorCode
  readonly detail: VaultErrorDetail

  constructor(code: VaultErrorCode, detail: VaultErrorDetail = {}) {
    super(code)
    this.name = 'VaultError'
    this.code = code
    this.detail = detail
  }
}
