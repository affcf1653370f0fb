import { existsSync } from 'node:fs'
import { openPrivate, type OpenPrivate } from '../../src/main/services/private/openPrivate.ts'
import { privateMigrations } from '../../src/main/store/private/migrations/index.ts'
import type { Row, Store } from '../../src/main/store/Store.ts'
import type { Section } from '../../src/shared/document/document.ts'
import { openStore, randomKey, temporaryDatabase } from './storeFiles.ts'

/** A real private.db under a moved clock. */
export class PrivateFile {
  readonly path = temporaryDatabase()
  readonly key = randomKey()
  now = Date.UTC(2025, 5, 2, 14)
  changes = 0
  #store: Store | undefined

  async open(): Promise<OpenPrivate> {
    this.#store = await openStore({
      path: this.path,
      key: this.key,
      mode: existsSync(this.path) ? 'open' : 'create',
      migrations: privateMigrations,
    })
    return openPrivate({
      store: this.#store,
      clock: { now: () => this.now },
      changed: () => void (this.changes += 1),
    })
  }

  get store(): Store {
    if (this.#store === undefined) throw new Error('not opened')
    return this.#store
  }

  /** Every row of every table, the index's shadow tables too. */
  async everything(): Promise<Record<string, Row[]>> {
    return this.store.read(async (h) => {
      const tables = await h.all<{ name: string }>(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'private_index'`,
      )
      const found: Record<string, Row[]> = {}
      for (const { name } of tables) found[name] = await h.all(`SELECT * FROM "${name}"`)
      return found
    })
  }
}

export const apart = (text: string): Section[] => [
  { key: 'private', text, lexical: text === '' ? null : JSON.stringify({ root: text }) },
]
