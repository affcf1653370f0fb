import { createRequire } from 'node:module'
import type { KeychainFailure, KeychainPort } from './keychain.ts'
import { KeychainError } from './keychain.ts'

export const keychainService = 'Bracket'
let probes = 0

/** The part of keytar in use. */
interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>
  setPassword(service: string, account: string, secret: string): Promise<void>
  deletePassword(service: string, account: string): Promise<boolean>
}

export interface KeytarOptions {
  /** How long the system may take, its own question to the person included. */
  readonly timeoutMs?: number
  /** Throws when the native module or its libraries are missing. */
  readonly load?: () => Keytar
  readonly platform?: NodeJS.Platform
}

function loadKeytar(): Keytar {
  return createRequire(import.meta.url)('keytar') as Keytar
}

/** The systems' own messages are read here and go no further: they may name accounts and paths. */
function failureOf(error: unknown): KeychainFailure {
  const text = error instanceof Error ? error.message : ''
  return /cancel|denied|dismiss|not allowed|locked|refused|not correct/i.test(text)
    ? 'REFUSED'
    : 'UNAVAILABLE'
}

/**
 * keytar, loaded at first use, so that a machine without libsecret gets UNAVAILABLE and not a crash at start-up.
 * A call that comes late may still be carried out by the system afterwards; callers write idempotently. Until it has
 * come, every other is late at once.
 */
export function keytarKeychain({
  timeoutMs = 20_000,
  load = loadKeytar,
  platform = process.platform,
}: KeytarOptions = {}): KeychainPort {
  let keytar: Keytar | undefined
  /** Came late and has not come yet. Each holds one of the few threads that every file is read with as well. */
  let outstanding = 0

  async function ask<T>(question: (keytar: Keytar) => Promise<T>): Promise<T> {
    // Four such calls, behind a prompt that nobody answers, and the application could not even be closed.
    if (outstanding > 0) throw new KeychainError('LATE')
    let answer: Promise<T> | undefined
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        outstanding += 1
        const over = (): void => void (outstanding -= 1)
        answer?.then(over, over)
        reject(new KeychainError('LATE'))
      }, timeoutMs)
    })
    try {
      keytar ??= load()
      answer = question(keytar)
      return await Promise.race([answer, late])
    } catch (error) {
      throw error instanceof KeychainError ? error : new KeychainError(failureOf(error))
    } finally {
      clearTimeout(timer)
    }
  }

  /**
   * A locked collection says that it has no such item, just as one that has none. It will not take one either, and
   * says why: told apart so, since "gone" sends a person to the recovery sheets and "locked" does not.
   */
  async function isReallyMissing(system: Keytar): Promise<void> {
    if (platform !== 'linux') return
    // Its own each time: of two that ask at once, one would take away what the other is about to, and be refused.
    probes += 1
    const account = `probe-${process.pid}-${probes}`
    await system.setPassword(keychainService, account, 'probe')
    // It took one, which is the answer; an empty item that will not go again says nothing against it.
    await system.deletePassword(keychainService, account).catch(() => undefined)
  }

  return {
    get: (account) =>
      ask(async (system) => {
        const secret = await system.getPassword(keychainService, account)
        if (secret === null) await isReallyMissing(system)
        return secret
      }),
    set: (account, secret) => ask((system) => system.setPassword(keychainService, account, secret)),
    delete: (account) => ask((system) => system.deletePassword(keychainService, account)),
  }
}
