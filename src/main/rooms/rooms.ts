import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Setting } from '../../shared/contract/app.ts'
import type { Topic } from '../../shared/contract/events.ts'
import { Refusal } from '../../shared/contract/result.ts'
import type { Notice } from '../../shared/contract/vault.ts'
import type { Clock } from '../../shared/domain/clock.ts'
import { openPrivate, type OpenPrivate } from '../services/private/openPrivate.ts'
import { openRecord, type OpenRecord } from '../services/record/openRecord.ts'
import { notedAsClosed } from '../services/record/witnessing.ts'
import type { DriverName } from '../store/driver/SqlDriver.ts'
import { privateMigrations } from '../store/private/migrations/index.ts'
import { recordMigrations } from '../store/record/migrations/index.ts'
import { Store } from '../store/Store.ts'
import type { CheckProcess } from '../store/pageCheck.ts'
import { StoreThread } from '../store/storeThread.ts'
import { createCopies } from './copies.ts'
import { type Entering, openAndCompare, type Opened, type Place, PLAINLY } from './opening.ts'
import { atMost, CLOSING_MS } from './soon.ts'

export interface RoomsOptions {
  profile: string
  clock: Clock
  driver: DriverName
  workerPath: string | URL
  /** Starts the built checkProcess.ts. */
  startCheck?: () => CheckProcess | null
  changed(topics: Topic[]): void
  /** A database's thread died, or its file says it is damaged: nothing more can be trusted to be saved. */
  onTrouble(what: 'LOST' | 'DAMAGE', room: 'record' | 'private'): void
  /** Everything is being closed: whatever works on copies stops now. Not waited for for long. */
  onClosing?(): Promise<void>
}

const SAMPLE = 'sample-'

const migrations = { record: recordMigrations, private: privateMigrations }

/** The two rooms: which are open, and the only code that opens and closes their files. */
export function createRooms(options: RoomsOptions) {
  const { profile, clock, driver, workerPath } = options
  let record: OpenRecord | null = null
  let privateRoom: OpenPrivate | null = null
  let place: Place | null = null
  let held: Opened | null = null
  let waiting: StoreThread | null = null
  // Kept while its room is open, for checking copies of it; zeroed with the room.
  const keys: Record<'record' | 'private', Buffer | null> = { record: null, private: null }
  const stores: Record<'record' | 'private', Store | null> = { record: null, private: null }
  let privateTurn: Promise<unknown> = Promise.resolve()

  function hold(name: 'record' | 'private', opened: Store, key: Buffer): void {
    stores[name] = opened
    keys[name] = key
  }

  function letGo(name: 'record' | 'private'): void {
    stores[name] = null
    keys[name]?.fill(0)
    keys[name] = null
    copies.stopChecks(name)
  }

  /** private.db is opened, closed, or copied as a file, never two of these at once: a copy's descriptor, closed, would take SQLite's lock along. */
  function inPrivateTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = privateTurn.then(work, work)
    privateTurn = result.catch(() => undefined)
    return result
  }

  const copies = createCopies({
    driver,
    workerPath,
    startCheck: options.startCheck,
    migrations,
    stores,
    keys,
    place: () => place,
    inPrivateTurn,
  })

  const store = (name: 'record' | 'private', directory: string, key: Uint8Array, mode: 'create' | 'open') =>
    Store.open({
      path: path.join(directory, `${name}.db`),
      key,
      mode,
      driver,
      migrations: migrations[name],
      workerPath,
      ...(mode === 'open' && name === 'record' ? waitingThread() : {}),
      onLost: () => options.onTrouble('LOST', name),
      onDamage: () => options.onTrouble('DAMAGE', name),
    })

  /** A thread with its driver loaded, if one was made while the passphrase was being typed. */
  function waitingThread(): { thread?: StoreThread } {
    const thread = waiting
    waiting = null
    return thread === null ? {} : { thread }
  }

  const changed = (...topics: Topic[]): void => options.changed(topics)

  async function open(
    recordStore: Store,
    where: Place,
    { how, failures, witness, locksChanged = false }: Entering = PLAINLY,
    accepted: Notice | null = null,
  ): Promise<void> {
    try {
      const opened = await openRecord(
        { store: recordStore, clock: where.clock, changed },
        {
          setting: where.setting,
          zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
          recoveryConfirmed: where.recoveryConfirmed,
          witness,
          opening: { how, failures, accepted, locksChanged },
        },
      )
      place = where
      record = opened
    } catch (error) {
      await recordStore.close().catch(() => undefined)
      throw error
    }
  }

  /** `log` is handed in where the record itself is on its way out. */
  async function closePrivate(log = record?.log): Promise<void> {
    const leaving = privateRoom
    privateRoom = null
    letGo('private')
    try {
      await inPrivateTurn(async () => leaving?.close())
    } finally {
      // A full disk must not keep the room from being closed.
      if (leaving !== null) await log?.note('private-closed').catch(() => undefined)
    }
  }

  async function goOn({ store: opened, key, where, entering, notice }: Opened): Promise<void> {
    try {
      await open(opened, where, entering, notice)
      hold('record', opened, key)
    } catch (error) {
      key.fill(0)
      throw error
    }
  }

  return {
    ...copies,

    /** Starts the record's thread ahead of time: loading the driver is most of what opening takes. */
    warmUp(): void {
      waiting ??= new StoreThread(workerPath, driver)
    },
    coolDown(): void {
      void waiting?.discard()
      waiting = null
    },

    record: (): OpenRecord | null => record,
    private: (): OpenPrivate | null => privateRoom,
    place: (): Place | null => place,

    /** Both files of a new vault; they are closed again, and opened in the ordinary way. */
    async create(keys: { recordKey: Uint8Array; privateKey: Uint8Array }): Promise<void> {
      mkdirSync(profile, { recursive: true, mode: 0o700 })
      const made = await store('private', profile, keys.privateKey, 'create')
      await made.close()
      const other = await store('record', profile, keys.recordKey, 'create')
      await other.close()
    },

    /** Null: it is open. Otherwise it waits for `goOn` (or `closeAll`), and nothing can be read meanwhile. */
    async openRecord(
      key: Uint8Array,
      setting: Setting,
      recoveryConfirmed: () => boolean,
      entering: Entering = PLAINLY,
    ): Promise<Notice | null> {
      const where = { directory: profile, setting, recoveryConfirmed, sampleKey: null, clock }
      // Only looked at by its name: opening it would give up SQLite's lock.
      const walThere = existsSync(path.join(profile, 'record.db-wal'))
      try {
        const opened = await openAndCompare(
          () => store('record', where.directory, key, 'open'),
          key,
          where,
          entering,
          walThere,
        )
        if (opened.notice === null) await goOn(opened)
        else held = opened
        return opened.notice
      } catch (error) {
        if (walThere && entering.witness !== null) await notedAsClosed(entering.witness)
        throw error
      }
    },

    /** What the person has to be told before the record opens. */
    notice: (): Notice | null => held?.notice ?? null,

    /** "Go on with this file": it is opened, logged, and what is compared with from now on. */
    async goOn(): Promise<void> {
      const going = held
      held = null
      if (going === null) throw new Refusal('NOT_NOW')
      await goOn(going)
    },

    async openPrivate(key: Uint8Array): Promise<void> {
      const where = place
      if (where === null || privateRoom !== null) {
        key.fill(0)
        return
      }
      const kept = Buffer.from(key)
      try {
        await inPrivateTurn(async () => {
          const opened = await store('private', where.directory, key, 'open')
          // Locked while the file was being opened: a room left open here would be open at the next unlocking.
          if (place !== where) {
            await opened.close()
            throw new Refusal('LOCKED')
          }
          privateRoom = openPrivate({ store: opened, clock: where.clock, changed })
          hold('private', opened, kept)
        })
        // On a full disk the notes must still open.
        await record?.log.note('private-opened').catch(() => undefined)
      } catch (error) {
        key.fill(0)
        kept.fill(0)
        throw error
      }
    },

    /** "Look around": both files under keys that live in this process alone. `clockOfSample` tells the past. */
    async openSample(
      keys: { recordKey: Uint8Array; privateKey: Uint8Array },
      clockOfSample: Clock,
    ): Promise<void> {
      const directory = path.join(profile, `${SAMPLE}${randomUUID()}`)
      mkdirSync(directory, { recursive: true, mode: 0o700 })
      const sampleKey = new Uint8Array(keys.privateKey)
      await (await store('private', directory, keys.privateKey, 'create')).close()
      const made = await store('record', directory, keys.recordKey, 'create')
      const where = {
        directory,
        setting: 'practice' as const,
        recoveryConfirmed: () => true,
        sampleKey,
        clock: clockOfSample,
      }
      await open(made, where)
    },

    closePrivate: (): Promise<void> => closePrivate(),

    /** From the first line on nothing is readable; then the files are closed. */
    async closeAll(): Promise<void> {
      const [leaving, left, waits] = [record, place, held]
      record = null
      place = null
      held = null
      waits?.key.fill(0)
      letGo('record')
      try {
        await Promise.all([
          closePrivate(leaving?.log),
          atMost(CLOSING_MS, options.onClosing?.() ?? Promise.resolve()),
        ])
      } finally {
        await waits?.store.close().catch(() => undefined)
        await leaving?.close()
        left?.sampleKey?.fill(0)
        if (left !== null && left.sampleKey !== null) rmSync(left.directory, { recursive: true, force: true })
      }
    },

    /** Throwaway vaults that a crash left behind: their keys are gone already. */
    sweepSamples(): void {
      try {
        for (const name of readdirSync(profile)) {
          if (name.startsWith(SAMPLE)) rmSync(path.join(profile, name), { recursive: true, force: true })
        }
      } catch {
        // No profile yet, or not ours to write: nothing to sweep.
      }
    },
  }
}

export type Rooms = ReturnType<typeof createRooms>
