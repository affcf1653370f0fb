import { expect, test } from 'vitest'
import { toFailure } from '../../../src/main/ipc/failures.ts'
import { SqlError, type SqlErrorCode } from '../../../src/main/store/driver/SqlDriver.ts'
import { OpenError, type OpenErrorCode } from '../../../src/main/store/openError.ts'
import { StoreError } from '../../../src/main/store/storeError.ts'
import { VaultError, vaultErrorCodes } from '../../../src/main/vault/errors.ts'
import { codes, Refusal } from '../../../src/shared/contract/result.ts'

const SECRET = 'Geheimniswort'

test('every refusal of our own crosses as itself', () => {
  for (const code of codes) {
    expect(toFailure(new Refusal(code))).toEqual({ ok: false, code })
    expect(toFailure(new Refusal(code, 'clientId'))).toEqual({ ok: false, code, field: 'clientId' })
  }
})

test('every code of the vault has its word for the page; which ones are only INTERNAL is known', () => {
  const internal = vaultErrorCodes.filter((code) => toFailure(new VaultError(code)).code === 'INTERNAL')
  expect(internal).toEqual([
    'WRITE_FAILED',
    'CREATION_UNFINISHED',
    'DATABASES_MISSING',
    'STRENGTH_UNAVAILABLE',
    'KDF_FAILED',
    'INTERNAL',
  ])
  for (const code of vaultErrorCodes) expect(codes).toContain(toFailure(new VaultError(code)).code)
})

test('a wrong word is told by sheet and place', () => {
  const field = (detail: VaultError['detail']) => toFailure(new VaultError('NOT_A_WORD', detail)).field
  expect(field({ sheet: 'record', word: 7 })).toBe('record.7')
  expect(field({ sheet: 'private' })).toBe('private')
  expect(field({ word: 12 })).toBe('12')
  expect(field({ waitMs: 4000 })).toBeUndefined()
})

test('what the disk, the file and another copy have to do with it is told; SQL’s own troubles are not', () => {
  const sql: Record<SqlErrorCode, string> = {
    CONSTRAINT: 'INTERNAL',
    SEALED: 'SEALED',
    FULL: 'DISK_FULL',
    READONLY: 'READ_ONLY',
    BUSY: 'IN_USE',
    CORRUPT: 'DAMAGED',
    NOT_A_DATABASE: 'DAMAGED',
    IO: 'DAMAGED',
    OTHER: 'INTERNAL',
  }
  for (const [code, told] of Object.entries(sql)) {
    expect(toFailure(new SqlError(code as SqlErrorCode, SECRET))).toEqual({ ok: false, code: told })
  }
  const open: Record<OpenErrorCode, string> = {
    MISSING: 'DAMAGED',
    EXISTS: 'INTERNAL',
    WRONG_KEY_OR_DAMAGED: 'DAMAGED',
    DAMAGED: 'DAMAGED',
    NEWER: 'NEWER',
    CHANGED: 'CHANGED_FILE',
    IN_USE: 'IN_USE',
    READONLY: 'READ_ONLY',
    FULL: 'DISK_FULL',
    PLAINTEXT: 'CHANGED_FILE',
    IO: 'INTERNAL',
    MIGRATION: 'INTERNAL',
    DRIVER: 'INTERNAL',
  }
  for (const [code, told] of Object.entries(open)) {
    expect(toFailure(new OpenError(code as OpenErrorCode, SECRET))).toEqual({ ok: false, code: told })
  }
})

test('a store that was closed means locked; any other of its errors is a mistake of ours', () => {
  expect(toFailure(new StoreError('CLOSED'))).toEqual({ ok: false, code: 'LOCKED' })
  for (const code of ['NESTED', 'SETTLED', 'UNFINISHED', 'FORBIDDEN'] as const) {
    expect(toFailure(new StoreError(code))).toEqual({ ok: false, code: 'INTERNAL' })
  }
})

test('whatever else is thrown is INTERNAL and nothing more, even if it dresses up as one of ours', () => {
  const others: unknown[] = [
    new Error(SECRET),
    { name: 'Refusal', code: 'NOT_FOUND', field: SECRET },
    Object.assign(new Error(SECRET), { code: 'DISK_FULL', field: SECRET, name: 'VaultError' }),
    SECRET,
    null,
    undefined,
  ]
  for (const thrown of others) expect(toFailure(thrown)).toEqual({ ok: false, code: 'INTERNAL' })
})
