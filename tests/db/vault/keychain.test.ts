import { randomUUID } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { keytarKeychain } from '../../../src/main/vault/keytarKeychain.ts'

// The real keychain, in the Node that ships.
const keychain = keytarKeychain()
const account = randomUUID()

afterEach(async () => {
  await keychain.delete(account)
})

test('what is set is got, replaced and deleted', async () => {
  expect(await keychain.get(account)).toBeNull()
  expect(await keychain.delete(account)).toBe(false)
  await keychain.set(account, 'ab'.repeat(32))
  expect(await keychain.get(account)).toBe('ab'.repeat(32))
  await keychain.set(account, 'cd'.repeat(32))
  expect(await keychain.get(account)).toBe('cd'.repeat(32))
  expect(await keychain.get(`${account}/attempts`)).toBeNull()
  expect(await keychain.delete(account)).toBe(true)
  expect(await keychain.get(account)).toBeNull()
})

test('two vaults on one machine do not see each other’s items', async () => {
  const other = randomUUID()
  await keychain.set(account, 'one')
  await keychain.set(other, 'two')
  expect(await keychain.get(account)).toBe('one')
  expect(await keychain.delete(other)).toBe(true)
  expect(await keychain.get(account)).toBe('one')
})

test('many that ask at once for what is not there are told so, each of them', async () => {
  const asked = Array.from({ length: 40 }, () => keychain.get(randomUUID()))
  expect(await Promise.all(asked)).toEqual(asked.map(() => null))
})
