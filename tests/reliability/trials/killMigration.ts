import { copyFileSync, mkdirSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { copyPath, type Migration } from '../../../src/main/store/migrate.ts'
import { recordMigrations } from '../../../src/main/store/record/migrations/index.ts'
import type { Store } from '../../../src/main/store/Store.ts'
import {
  NOTES,
  openStore,
  randomKey,
  temporaryDatabase,
  temporaryDirectory,
} from '../../support/storeFiles.ts'
import { startStoreProcess } from '../../support/storeProcess.ts'
import { chance } from '../chance.ts'
import { diskMissing, throughDisk } from '../disk/disk.ts'
import { actsOnFiles } from '../disk/journal.ts'
import { inStore, mustKeep } from '../kept.ts'
import { must, type Trial } from '../trial.ts'

/** A migration that rewrites every row and the index, and one that drops a table again. */
export const WIDER: readonly Migration[] = [
  ...NOTES,
  {
    version: 2,
    name: 'wider',
    up: `CREATE TABLE copies (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
         INSERT INTO copies SELECT id, body FROM notes;
         INSERT INTO words (words) VALUES ('rebuild');`,
  },
  { version: 3, name: 'narrower', up: 'DROP TABLE copies; ALTER TABLE notes ADD COLUMN title TEXT;' },
]
const NOTES_BEFORE = 300

/** A file of an older version, what brings it up, and how to tell that nothing of it is missing. */
interface History {
  readonly template: string
  readonly key: Uint8Array
  readonly migrations: readonly Migration[]
  readonly acts: number
  readonly check: (store: Store) => Promise<void>
}

async function notesHistory(): Promise<Omit<History, 'acts'>> {
  const [template, key] = [temporaryDatabase(), randomKey()]
  const store = await openStore({ path: template, key, mode: 'create' })
  const list = Array.from({ length: NOTES_BEFORE }, (_, n) => ({
    id: n + 1,
    body: `note ${n + 1} `.repeat(40),
  }))
  await store.write(async (handle) => {
    await handle.runMany('INSERT INTO notes (id, body, counter) VALUES (:id, :body, :id)', list)
    await handle.runMany('INSERT INTO words (rowid, body) VALUES (:id, :body)', list)
  })
  await store.close()
  const check = async (opened: Store): Promise<void> => {
    must((await mustKeep(opened, NOTES_BEFORE)) === NOTES_BEFORE, 'more notes than there were')
  }
  return { template, key, migrations: WIDER, check }
}

/** The record as its first version made it, with clients in it. */
async function recordHistory(): Promise<Omit<History, 'acts'>> {
  const [template, key] = [temporaryDatabase(), randomKey()]
  const migrations = [...recordMigrations]
  const store = await openStore({ path: template, key, mode: 'create', migrations: migrations.slice(0, 1) })
  await store.write((h) =>
    h.runMany(
      'INSERT INTO settings (key, value) VALUES (:key, :value)',
      Array.from({ length: 100 }, (_, n) => ({ key: `before-${n}`, value: String(n) })),
    ),
  )
  await store.close()
  const check = async (opened: Store): Promise<void> => {
    const row = await opened.read((h) =>
      h.get<{ n: number }>("SELECT count(*) AS n FROM settings WHERE key LIKE 'before-%'"),
    )
    must(row?.n === 100, 'rows are missing')
  }
  return { template, key, migrations, check }
}

async function migrateIn(
  { template, key, migrations }: Omit<History, 'acts'>,
  orders: { killAt?: number; tear?: boolean; journal?: string },
): Promise<string> {
  const root = join(realpathSync(temporaryDirectory()), 'disk')
  mkdirSync(root)
  const path = join(root, 'test.db')
  copyFileSync(template, path)
  const env = throughDisk({ root, withData: false, ...orders })
  const child = await startStoreProcess({ task: 'open', path, mode: 'open', migrations }, key, env)
  await child.ended()
  if (orders.killAt === undefined) must(child.lines().at(-1) === 'OK', 'the migration did not run')
  return path
}

async function measured(history: Omit<History, 'acts'>): Promise<History> {
  const journal = join(temporaryDirectory(), 'journal')
  await migrateIn(history, { journal })
  return { ...history, acts: actsOnFiles(journal) }
}

export const killMigration: Trial = {
  name: 'kill-migration',
  says: 'Killed at any write, sync or rename of a migration: one version or the other, whole, with the copy',
  ci: 20,
  release: 1000,
  unavailable: diskMissing,
  lacks: ({ before = 0, half = 0 }, rounds) =>
    rounds < 10 || (before > 0 && half > 0) ? null : 'never killed between two versions',
  async stand() {
    const histories = [await measured(await notesHistory()), await measured(await recordHistory())]
    return {
      async round(seed) {
        const pick = chance(seed)
        const history = histories[seed % 3 === 0 ? 1 : 0]
        must(history !== undefined, 'no history')
        const killAt = 1 + pick(history.acts)
        const path = await migrateIn(history, { killAt, tear: seed % 2 === 0 })
        const { key, migrations, check } = history
        const to = migrations.length
        const store = await openStore({ path, key, mode: 'open', migrations })
        const { from } = store.version
        try {
          await check(store)
          must((await store.integrity()) === 'ok', 'damaged')
        } finally {
          await store.close()
        }
        if (from < to) {
          const older = {
            path: copyPath(path, to),
            key,
            mode: 'open',
            migrations: migrations.slice(0, from),
          } as const
          await inStore(openStore(older), check)
        }
        rmSync(path, { force: true })
        return { before: from === 1 ? 1 : 0, half: from > 1 && from < to ? 1 : 0, after: from === to ? 1 : 0 }
      },
    }
  },
}
