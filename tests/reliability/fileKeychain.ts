import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FakeKeychain } from '../support/fakeKeychain.ts'

/** A keychain that outlives a killed process, in a file of its own; each item is there or not, never half. */
export class FileKeychain extends FakeKeychain {
  readonly #path: string

  constructor(directory: string) {
    super()
    this.#path = join(directory, 'keychain.json')
    if (!existsSync(this.#path)) return
    const items = JSON.parse(readFileSync(this.#path, 'utf8')) as [string, string][]
    for (const [account, secret] of items) this.items.set(account, secret)
  }

  override async set(account: string, secret: string): Promise<void> {
    await super.set(account, secret)
    this.keep()
  }

  override async delete(account: string): Promise<boolean> {
    const there = await super.delete(account)
    this.keep()
    return there
  }

  keep(): void {
    writeFileSync(`${this.#path}.new`, JSON.stringify([...this.items]))
    renameSync(`${this.#path}.new`, this.#path)
  }
}
