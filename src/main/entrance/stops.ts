import type { StopReason, StrengthVerdict } from '../../shared/contract/vault.ts'
import { OpenError } from '../store/openError.ts'
import { SqlError } from '../store/Store.ts'
import type { Strength } from '../vault/strength.ts'

export const REASONS: Record<Strength['reason'], StrengthVerdict['reason']> = {
  NONE: 'none',
  TOO_SHORT: 'too-short',
  TOO_LONG: 'too-long',
  NOT_TEXT: 'pattern',
  NAME: 'name',
  COMPUTER: 'name',
  DATE: 'date',
  COMMON: 'common',
  REPEATED: 'pattern',
  PATTERN: 'pattern',
  GUESSABLE: 'weak',
}

/** What an unopenable database means to the person in front of it. */
const STOPS: Partial<Record<OpenError['code'], StopReason>> = {
  MISSING: 'RECORD_MISSING',
  WRONG_KEY_OR_DAMAGED: 'RECORD_DAMAGED',
  DAMAGED: 'RECORD_DAMAGED',
  PLAINTEXT: 'RECORD_CHANGED',
  CHANGED: 'RECORD_CHANGED',
  NEWER: 'RECORD_NEWER',
  IN_USE: 'IN_USE',
  READONLY: 'PROFILE_READ_ONLY',
  FULL: 'DISK_FULL',
}

/** The first thing an open record is asked for is to write that it is open. */
const WRITE_STOPS: Partial<Record<SqlError['code'], StopReason>> = {
  FULL: 'DISK_FULL',
  READONLY: 'PROFILE_READ_ONLY',
  BUSY: 'IN_USE',
  CORRUPT: 'RECORD_DAMAGED',
  NOT_A_DATABASE: 'RECORD_DAMAGED',
}

/** Why the door stays shut, for what opening a file threw. */
export function stopOf(error: unknown): StopReason {
  if (error instanceof OpenError) return STOPS[error.code] ?? 'UNKNOWN'
  if (error instanceof SqlError) return WRITE_STOPS[error.code] ?? 'UNKNOWN'
  return 'UNKNOWN'
}
