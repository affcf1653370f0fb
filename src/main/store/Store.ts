import { AsyncLocalStorage } from 'node:async_hooks'
import { readdir, realpath, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { Connection } from './connection.ts'
import type { DriverName } from './driver/SqlDriver.ts'
import { whileSaving } from './givingWay.ts'
import { type ReadHandle, Unit, type WriteHandle } from './handles.ts'
import { copyPath, migrate, type Migration } from './migrate.ts'
import { type OpenFacts, toOpenError } from './open.ts'
import { OpenError } from './openError.ts'
import { StoreError } from './storeError.ts'
import type { StoreThread } from './storeThread.ts'

export { type Row, SqlError, type SqlParams, type SqlValue } from './driver/SqlDriver.ts'
export type { ReadHandle, WriteHandle } from './handles.ts'
export { OpenError } from './openError.ts'
export { StoreError } from './storeError.ts'
export { StoreThread } from './storeThread.ts'

export interface StoreOptions {
  readonly path: string
  /** 32 bytes. Taken over: transferred to the thread or zeroed here; empty or zero once `open` was called. */
  readonly key: Uint8Array
  readonly mode: 'create' | 'open'
  readonly driver: DriverName
  readonly migrations: readonly Migration[]
  /** The built worker.ts. */
  readonly workerPath: string | URL
  /** A thread made ahead, for this opening; without one, or when it is used up, a new one is started. */
  readonly thread?: StoreThread
  /** Default: MEMORY_SECURITY of pragmas.ts. Per process: once on, it stays on. */
  readonly memorySecurity?: boolean
  /** Development only: the thread prints SQLite's own messages, which may hold values, to stderr. */
  readonly explainErrors?: boolean
  /** Seam for the disk-full tests, in pages of 4096 bytes. */
  readonly maxPageCount?: number
  /** The thread died; every pending unit was rejected with CLOSED. Called at most once. */
  readonly onLost?: () => void
  /** SQLite reported damage while reading or writing. Called at most once. */
  readonly onDamage?: () => void
}

/** A file that stands still for a copy, while units go on. */
export interface Hold {
  /** For whoever reads: takes HeldAsk, answers HeldAnswer in order; closed by the other end when the hold is over. */
  readonly port: MessagePort
  /** Bytes. */
  readonly size: number
  /** Must be called, however the reading went. Never rejects; a second call does nothing. */
  release(): Promise<void>
}

interface Frame {
  readonly store: Store
  readonly unit: Unit
  readonly outer: Frame | undefined
}

const frames = new AsyncLocalStorage<Frame>()

/**
 * Files that are open in this process. A second connection to one would not be stopped by SQLite's lock, and
 * closing it would silently give up the lock of the first.
 */
const openFiles = new Set<string>()

/**
 * One database, seen from the main process. Units of work run one at a time in the order they were asked for;
 * a write unit is one transaction and its promise resolves only after COMMIT has returned.
 */
export class Store {
  readonly facts: OpenFacts
  /** The schema version found when opening (0 for a new file) and the one it has now. */
  readonly version: { readonly from: number; readonly to: number }
  readonly #path: string
  readonly #connection: Connection
  readonly #release: () => void
  #last: Promise<void> = Promise.resolve()
  #closed: Promise<void> | undefined
  #released: Promise<void> | undefined

  private constructor(
    path: string,
    connection: Connection,
    facts: OpenFacts,
    version: Store['version'],
    release: () => void,
  ) {
    this.#path = path
    this.#connection = connection
    this.#release = release
    this.facts = facts
    this.version = version
  }

  /** Opens or creates, migrates and checks the schema. Rejects with OpenError. */
  static async open(options: StoreOptions): Promise<Store> {
    const key = ownKey(options.key)
    const identity = await identityOf(options.path)
    if (openFiles.has(identity)) {
      key.fill(0)
      throw new OpenError('IN_USE', 'SAME_PROCESS')
    }
    openFiles.add(identity)
    const release = (): void => void openFiles.delete(identity)
    try {
      const { connection, facts, version } = await connected(options, key, release)
      return new Store(options.path, connection, facts, version, release)
    } catch (thrown) {
      release()
      throw toOpenError(thrown, options.path)
    }
  }

  /** Runs `unit` when its turn has come, with nothing else in between. */
  read<T>(unit: (handle: ReadHandle) => Promise<T>): Promise<T> {
    return this.#unit(false, unit)
  }

  /** Likewise, in one transaction: committed if `unit` resolves, undone if it rejects. */
  write<T>(unit: (handle: WriteHandle) => Promise<T>): Promise<T> {
    return whileSaving(() => this.#unit(true, unit))
  }

  /** Writes the WAL back into the file and empties it; while the file is held, as soon as it no longer is. */
  checkpoint(): Promise<void> {
    return this.#inTurn(() => this.#connection.request('checkpoint', null))
  }

  /** Removes the encrypted copies that were made before migrations: they hold what has been destroyed since. */
  forgetCopies(): Promise<void> {
    return removeOlderCopies(this.#path, null)
  }

  /** Checks every page and index; takes about a second for 250 MB. A number counts the complaints. */
  integrity(): Promise<'ok' | number> {
    return this.#whenNotHeld(() => this.#connection.request('integrity', null))
  }

  /**
   * Writes every page anew under another key (32 bytes, taken over). Only for a copy that nobody relies on yet: the
   * file is neither the old nor the new one while this runs. Close it, and open it with the new key to be sure.
   */
  rekey(key: Uint8Array): Promise<void> {
    const own = ownKey(key)
    return this.#whenNotHeld(() => this.#connection.request('rekey', { key: own }, [own.buffer]))
  }

  /**
   * A whole, still encrypted copy, on the disk when this resolves; replaces `target`. The only way to copy a
   * database in use: opening its file elsewhere in this process would give up its lock. Rejects with OpenError.
   */
  copyTo(target: string): Promise<void> {
    return this.#whenNotHeld(() => this.#connection.request('copy', { target }))
  }

  /**
   * The same without standing in anybody's way: what was committed before stays readable over a port while units
   * go on, until `release`. Closing ends it at once. One at a time: a second waits for the first.
   */
  hold(): Promise<Hold> {
    return this.#whenNotHeld(async () => {
      const { port1, port2 } = new MessageChannel()
      const { size } = await this.#connection.request('hold', { port: port1 }, [port1])
      let released = (): void => undefined
      this.#released = new Promise((resolve) => {
        released = resolve
      })
      let releasing: Promise<void> | undefined
      const release = async (): Promise<void> => {
        // A closed store has let go by itself.
        await this.#inTurn(() => this.#connection.request('release', null)).catch(() => undefined)
        this.#released = undefined
        released()
      }
      return { port: port2, size, release: () => (releasing ??= release()) }
    })
  }

  /** Waits for the units already asked for, then closes. Later calls to anything reject with CLOSED. */
  close(): Promise<void> {
    if (this.#closed === undefined) {
      if (this.#insideOwnUnit()) return Promise.reject(new StoreError('NESTED'))
      this.#closed = this.#last.then(() => this.#connection.close()).finally(this.#release)
    }
    return this.#closed
  }

  async #unit<T>(writes: boolean, work: (handle: WriteHandle) => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      const unit = new Unit(this.#connection, writes)
      const frame: Frame = { store: this, unit, outer: frames.getStore() }
      let result: T
      try {
        result = await frames.run(frame, async () => work(unit.handle))
      } catch (thrown) {
        await unit.abort()
        throw thrown
      }
      await unit.complete()
      return result
    })
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed !== undefined || this.#connection.gone) throw new StoreError('CLOSED')
    // It would wait for the unit it is called from, which waits for it.
    if (this.#insideOwnUnit()) throw new StoreError('NESTED')
    const before = this.#last
    let done = (): void => undefined
    this.#last = new Promise((resolve) => {
      done = resolve
    })
    try {
      await before
      return await work()
    } finally {
      done()
    }
  }

  /** What would write into the file, or needs it whole, waits outside of the queue: units go on meanwhile. */
  async #whenNotHeld<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      const turn = await this.#inTurn(async () =>
        this.#released === undefined ? { answer: await work() } : undefined,
      )
      if (turn !== undefined) return turn.answer
      await this.#released
    }
  }

  #insideOwnUnit(): boolean {
    for (let frame = frames.getStore(); frame !== undefined; frame = frame.outer) {
      // A settled unit's context lives on in timers and listeners it started; those may ask again.
      if (frame.store === this && frame.unit.live) return true
    }
    return false
  }
}

type Connected = Pick<Store, 'facts' | 'version'> & { readonly connection: Connection }

async function connected(
  options: StoreOptions,
  key: Uint8Array<ArrayBuffer>,
  release: () => void,
): Promise<Connected> {
  const { path, mode, driver, migrations, onDamage } = options
  let damaged = false
  const connection = options.thread?.take() ?? new Connection(options.workerPath)
  connection.listen({
    onLost: () => {
      release()
      options.onLost?.()
    },
    onDamage: () => {
      if (!damaged) onDamage?.()
      damaged = true
    },
  })
  let opened = false
  try {
    const { memorySecurity, maxPageCount, explainErrors = false } = options
    const ask = {
      path,
      key,
      mode,
      driver,
      explainErrors,
      ...(memorySecurity === undefined ? {} : { memorySecurity }),
      ...(maxPageCount === undefined ? {} : { maxPageCount }),
    }
    const facts = await connection.request('open', ask, [key.buffer])
    opened = true
    const version = await migrate({ connection, path, mode, migrations })
    if (mode === 'open' && version.from < version.to) await removeOlderCopies(path, version.to)
    return { connection, facts, version }
  } catch (thrown) {
    // What was created here and did not get its schema holds nothing; leaving it would only block the next try.
    await connection.close(opened && mode === 'create').catch(() => undefined)
    throw thrown
  }
}

/** A buffer of exactly the key, so that transferring it takes nothing else along; the given one is emptied. */
function ownKey(given: Uint8Array): Uint8Array<ArrayBuffer> {
  const key = new Uint8Array(given)
  given.fill(0)
  return key
}

async function identityOf(path: string): Promise<string> {
  const directory = await realpath(dirname(path)).catch(() => dirname(path))
  return join(directory, basename(path))
}

/** Of the copies made before migrations that for `version` stays; with null none does. */
async function removeOlderCopies(path: string, version: number | null): Promise<void> {
  const newest = version === null ? '' : basename(copyPath(path, version))
  const prefix = basename(copyPath(path, 0)).slice(0, -1)
  for (const name of await readdir(dirname(path))) {
    if (name.startsWith(prefix) && name !== newest) await rm(join(dirname(path), name), { force: true })
  }
}
