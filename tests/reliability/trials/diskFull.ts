import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { SqlError, type Store } from '../../../src/main/store/Store.ts'
import { openStore, randomKey, temporaryDatabase, temporaryDirectory } from '../../support/storeFiles.ts'
import { startStoreProcess } from '../../support/storeProcess.ts'
import { diskMissing, throughDisk } from '../disk/disk.ts'
import { mustKeep } from '../kept.ts'
import { must, type Stand, type Trial } from '../trial.ts'

/** In pages of 4096 bytes; the schema alone takes about 15. */
const SIZES = [18, 20, 23, 27, 32, 40, 50, 64, 80, 100]
const SMALLEST = 17

/** Writes as tests/support/storeChild.ts does, a few pages or one at a time, until there is no room. */
async function writeUntilFull(store: Store): Promise<number> {
  for (let id = 1; ; id += 1) {
    try {
      await store.write(async (handle) => {
        const body = `note ${id} `.repeat(60 + (id % 7) * 150)
        await handle.run('INSERT INTO notes (id, body, counter) VALUES (:id, :body, :id)', { id, body })
        await handle.run('INSERT INTO words (rowid, body) VALUES (:id, :body)', { id, body })
      })
    } catch (thrown) {
      must(thrown instanceof SqlError && thrown.code === 'FULL', 'another error than FULL')
      return id - 1
    }
  }
}

/** What was acknowledged is there and no more; the file opens, is whole, and takes a note again. */
async function mustReopen(path: string, key: Uint8Array, acknowledged: number): Promise<void> {
  const store = await openStore({ path, key, mode: 'open' })
  try {
    must((await store.integrity()) === 'ok', 'damaged')
    const last = await mustKeep(store, acknowledged)
    await store.write((h) => h.run("INSERT INTO notes (body) VALUES ('room again')"))
    // A save whose process ended before it could say so may be there; never more than that one.
    must(last <= acknowledged + 1, 'more than was written')
  } finally {
    await store.close()
  }
}

export const diskFull: Trial = {
  name: 'disk-full',
  says: 'Full at so many pages (max_page_count): every size from the schema’s own on',
  ci: 10,
  release: 200,
  lacks: ({ saved = 0 }, rounds) => (saved > rounds ? null : 'hardly anything was saved'),
  async stand() {
    const key = randomKey()
    return {
      async round(seed) {
        const path = temporaryDatabase()
        const maxPageCount = SIZES[seed - 1] ?? SMALLEST + seed - SIZES.length - 1
        const store = await openStore({ path, key, mode: 'create', maxPageCount })
        const saved = await writeUntilFull(store)
        // The same connection still reads, and still refuses.
        must((await mustKeep(store, saved)) === saved, 'a refused save is there')
        const body = 'x'.repeat(500_000)
        const refused = await store
          .write((h) => h.run('INSERT INTO notes (body) VALUES (:body)', { body }))
          .then(
            () => false,
            (thrown: unknown) => thrown instanceof SqlError && thrown.code === 'FULL',
          )
        must(refused, 'not refused')
        await store.close()
        await mustReopen(path, key, saved)
        return { saved }
      },
    }
  },
}

/** A child writes into `directory` until it ends for want of room. */
async function childUntilFull(
  directory: string,
  key: Uint8Array,
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const path = join(directory, 'test.db')
  const writer = await startStoreProcess({ task: 'write', path, mode: 'open' }, key, env)
  await writer.ended()
  return Number(writer.lines().at(-1) ?? 0) || 0
}

async function templateOf(key: Uint8Array): Promise<string> {
  const path = temporaryDatabase()
  await (await openStore({ path, key, mode: 'create' })).close()
  return path
}

/** About sixty notes' worth of writes, in the log and back from it. */
const WRITES = 600

export const diskFullAtEachWrite: Trial = {
  name: 'disk-full-each-write',
  says: `ENOSPC at the n-th write of the process and at all later ones, n from 1 to ${WRITES}`,
  ci: 10,
  release: WRITES,
  unavailable: diskMissing,
  lacks: ({ saved = 0 }, rounds) => (saved > rounds ? null : 'hardly anything was saved'),
  async stand() {
    const key = randomKey()
    const template = await templateOf(key)
    return {
      async round(seed) {
        const root = realpathSync(temporaryDirectory())
        const path = join(root, 'test.db')
        copyFileSync(template, path)
        // Prime to the number of writes: a few rounds are spread over them, all rounds meet every one.
        const fullAt = 1 + ((seed * 37) % WRITES)
        const saved = await childUntilFull(root, key, throughDisk({ root, fullAt }))
        await mustReopen(path, key, saved)
        rmSync(root, { recursive: true, force: true })
        return { saved }
      },
    }
  },
}

function mounted(directory: string, kib: number): boolean {
  const options = ['-t', 'tmpfs', '-o', `size=${kib}k`, 'bracket', directory]
  return spawnSync('mount', options, { stdio: 'ignore' }).status === 0
}

function unmounted(directory: string): void {
  spawnSync('umount', ['-l', directory], { stdio: 'ignore' })
}

export const diskFullSmallDisk: Trial = {
  name: 'disk-full-small-disk',
  says: 'A small tmpfs written full, then grown: 20 to 219 pages of room',
  ci: 0,
  release: 200,
  unavailable() {
    const directory = temporaryDirectory()
    if (!mounted(directory, 64)) return 'no tmpfs can be mounted here'
    unmounted(directory)
    return null
  },
  lacks: ({ saved = 0 }, rounds) => (saved > rounds ? null : 'hardly anything was saved'),
  async stand(): Promise<Stand> {
    const key = randomKey()
    const template = await templateOf(key)
    return {
      async round(seed) {
        const directory = join(temporaryDirectory(), 'small')
        mkdirSync(directory)
        const kib = 4 * (36 + ((seed * 37) % 200))
        must(mounted(directory, kib), 'not mounted')
        try {
          copyFileSync(template, join(directory, 'test.db'))
          const saved = await childUntilFull(directory, key, {})
          // Room again, as when somebody has deleted something else.
          const grown = spawnSync('mount', ['-o', `remount,size=${kib * 4}k`, directory], { stdio: 'ignore' })
          must(grown.status === 0, 'not grown')
          await mustReopen(join(directory, 'test.db'), key, saved)
          return { saved }
        } finally {
          unmounted(directory)
        }
      },
    }
  },
}
