import { Refusal, type Code, type Failure } from '../../shared/contract/result.ts'
import { OpenError, type OpenErrorCode } from '../store/openError.ts'
import { SqlError } from '../store/Store.ts'
import { StoreError } from '../store/storeError.ts'
import { VaultError, type VaultErrorCode } from '../vault/errors.ts'

const sql: Partial<Record<SqlError['code'], Code>> = {
  FULL: 'DISK_FULL',
  READONLY: 'READ_ONLY',
  CORRUPT: 'DAMAGED',
  NOT_A_DATABASE: 'DAMAGED',
  IO: 'DAMAGED',
  BUSY: 'IN_USE',
  SEALED: 'SEALED',
}

const open: Partial<Record<OpenErrorCode, Code>> = {
  FULL: 'DISK_FULL',
  READONLY: 'READ_ONLY',
  DAMAGED: 'DAMAGED',
  WRONG_KEY_OR_DAMAGED: 'DAMAGED',
  MISSING: 'DAMAGED',
  PLAINTEXT: 'CHANGED_FILE',
  CHANGED: 'CHANGED_FILE',
  NEWER: 'NEWER',
  IN_USE: 'IN_USE',
}

const vault: Partial<Record<VaultErrorCode, Code>> = {
  WRONG_PASSPHRASE: 'WRONG_PASSPHRASE',
  WAIT: 'WAIT',
  PASSPHRASE_REFUSED: 'WEAK_PASSPHRASE',
  PASSPHRASE_SAME: 'SAME_PASSPHRASE',
  COUNT: 'CODE_COUNT',
  NOT_A_WORD: 'CODE_WORD',
  CHECKSUM: 'CODE_CHECKSUM',
  WRONG_SHEET: 'CODE_WRONG_SHEET',
  WRONG_CODE: 'CODE_REFUSED',
  PROFILE_READONLY: 'READ_ONLY',
  DISK_FULL: 'DISK_FULL',
  VAULT_FILE_NEWER: 'NEWER',
  VAULT_FILE_CHANGED: 'CHANGED_FILE',
  VAULT_FILE_OLDER: 'CHANGED_FILE',
  VAULT_FILE_DAMAGED: 'DAMAGED',
  VAULT_FILE_MISSING: 'DAMAGED',
  VAULT_FILE_UNREADABLE: 'DAMAGED',
  KDF_REFUSED: 'DAMAGED',
  KEYCHAIN_ITEM_MISSING: 'KEYCHAIN_ITEM_MISSING',
  KEYCHAIN_UNAVAILABLE: 'KEYCHAIN_UNAVAILABLE',
  KEYCHAIN_REFUSED: 'KEYCHAIN_UNAVAILABLE',
  KEYCHAIN_LATE: 'KEYCHAIN_UNAVAILABLE',
  NOT_NEW: 'NOT_NOW',
  NOT_PREPARED: 'NOT_NOW',
  NO_SHEETS: 'NOT_NOW',
  NOT_CHOSEN: 'NOT_NOW',
  DESTRUCTION_WAITING: 'NOT_NOW',
  PRIVATE_CODE_NEEDED: 'PRIVATE_CODE_NEEDED',
  LOCKED: 'LOCKED',
}

const failure = (code: Code, field?: string): Failure =>
  field === undefined ? { ok: false, code } : { ok: false, code, field }

/**
 * What the page is told of an error: a code from the closed list and, at most, a field's name. Whatever is
 * not known becomes INTERNAL; no message of any error ever crosses.
 */
export function toFailure(error: unknown): Failure {
  if (error instanceof Refusal) return failure(error.code, error.field)
  if (error instanceof VaultError) {
    const { sheet, word } = error.detail
    const field = [sheet, word].filter((part) => part !== undefined).join('.')
    return failure(vault[error.code] ?? 'INTERNAL', field === '' ? undefined : field)
  }
  if (error instanceof SqlError) return failure(sql[error.code] ?? 'INTERNAL')
  if (error instanceof OpenError) return failure(open[error.code] ?? 'INTERNAL')
  if (error instanceof StoreError) return failure(error.code === 'CLOSED' ? 'LOCKED' : 'INTERNAL')
  return failure('INTERNAL')
}
