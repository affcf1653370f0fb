import type { KeychainFailure, KeychainPort } from '../../src/main/vault/keychain.ts'
import { KeychainError } from '../../src/main/vault/keychain.ts'

/** A keychain in memory, for unit tests only; `failure` makes every call fail that way. */
export class FakeKeychain implements KeychainPort {
  readonly items = new Map<string, string>()
  failure: KeychainFailure | null = null
  /** Accepts and forgets, as some roaming profiles do. */
  forgetful = false

  get(account: string): Promise<string | null> {
    return this.#answer(() => this.items.get(account) ?? null)
  }

  set(account: string, secret: string): Promise<void> {
    return this.#answer(() => {
      if (!this.forgetful) this.items.set(account, secret)
    })
  }

  delete(account: string): Promise<boolean> {
    return this.#answer(() => this.items.delete(account))
  }

  async #answer<T>(act: () => T): Promise<T> {
    await Promise.resolve()
    if (this.failure !== null) throw new KeychainError(this.failure)
    return act()
  }
}
