import { expect, test } from 'vitest'
import type { KeychainFailure } from '../../../src/main/vault/keychain.ts'
import { KeychainError, readKeychainSecret } from '../../../src/main/vault/keychain.ts'
import { keytarKeychain } from '../../../src/main/vault/keytarKeychain.ts'
import { refusal } from '../../support/vaultProfile.ts'

async function failure(work: Promise<unknown>): Promise<KeychainFailure> {
  const error: unknown = await work.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(KeychainError)
  expect((error as KeychainError).message).toBe((error as KeychainError).code)
  return (error as KeychainError).code
}

function system(answer: () => Promise<never>) {
  return { getPassword: answer, setPassword: answer, deletePassword: answer }
}

test('a missing native module is an unavailable keychain, not a crash', async () => {
  const keychain = keytarKeychain({
    load: () => {
      throw Object.assign(new Error("Cannot find module '/home/somebody/keytar.node'"), {
        code: 'MODULE_NOT_FOUND',
      })
    },
  })
  expect(await failure(keychain.get('a'))).toBe('UNAVAILABLE')
  expect(await failure(keychain.set('a', 'b'))).toBe('UNAVAILABLE')
  expect(await failure(keychain.delete('a'))).toBe('UNAVAILABLE')
  expect((await refusal(readKeychainSecret(keychain, 'a'))).code).toBe('KEYCHAIN_UNAVAILABLE')
})

test.each([
  ['User canceled the operation.', 'REFUSED'],
  ['User interaction is not allowed.', 'REFUSED'],
  ['Cannot create an item in a locked collection', 'REFUSED'],
  ['Access is denied.', 'REFUSED'],
  ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'UNAVAILABLE'],
  ['The name org.freedesktop.secrets was not provided by any .service files', 'UNAVAILABLE'],
] as const)('the system’s words become a code (%#)', async (message, code) => {
  const keychain = keytarKeychain({ load: () => system(() => Promise.reject(new Error(message))) })
  expect(await failure(keychain.get('a'))).toBe(code)
})

test('a locked collection that says "no such item" is not believed; an open one is, and keeps no trace', async () => {
  const items = new Map<string, string>()
  const linux = (locked: boolean) =>
    keytarKeychain({
      platform: 'linux',
      load: () => ({
        getPassword: () => Promise.resolve(null),
        setPassword: (_service, account, secret) => {
          if (locked) return Promise.reject(new Error('Cannot create an item in a locked collection'))
          items.set(account, secret)
          return Promise.resolve()
        },
        deletePassword: (_service, account) => Promise.resolve(items.delete(account)),
      }),
    })
  expect(await failure(linux(true).get('a'))).toBe('REFUSED')
  expect(await linux(false).get('a')).toBeNull()
  expect(items.size).toBe(0)
})

test('an answer that does not come is LATE', async () => {
  const keychain = keytarKeychain({ timeoutMs: 20, load: () => system(() => new Promise(() => undefined)) })
  expect(await failure(keychain.get('a'))).toBe('LATE')
  expect((await refusal(readKeychainSecret(keychain, 'a'))).code).toBe('KEYCHAIN_LATE')
})

test('behind an answer that does not come nothing else is asked, until it has come', async () => {
  let asked = 0
  let answer = (_secret: string | null): void => undefined
  const keychain = keytarKeychain({
    timeoutMs: 20,
    platform: 'darwin',
    load: () => ({
      getPassword: () => {
        asked += 1
        return new Promise((resolve) => (answer = resolve))
      },
      setPassword: () => Promise.resolve(void (asked += 1)),
      deletePassword: () => Promise.resolve((asked += 1) > 0),
    }),
  })
  expect(await failure(keychain.get('a'))).toBe('LATE')
  expect(await failure(keychain.get('a'))).toBe('LATE')
  expect(await failure(keychain.set('a', 'b'))).toBe('LATE')
  expect(await failure(keychain.delete('a'))).toBe('LATE')
  expect(asked).toBe(1)
  answer('secret')
  await new Promise((resolve) => setImmediate(resolve))
  await keychain.set('a', 'b')
  expect(asked).toBe(2)
})
