import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Setting } from '../shared/contract/app.ts'
import type { Topic } from '../shared/contract/events.ts'
import { Refusal } from '../shared/contract/result.ts'
import type { Clock } from '../shared/domain/clock.ts'
import { openPrivate, type OpenPrivate } from './services/private/openPrivate.ts'
import { openRecord, type OpenRecord } from './services/record/openRecord.ts'
import type { DriverName } from './store/driver/SqlDriver.ts'
import { privateMigrations } from './store/private/migrations/index.ts'
import { recordMigrations } from './store/record/migrations/index.ts'
import { Store } from './store/Store.ts'
import { StoreThread } from './store/storeThread.ts'

export interface RoomsOptions {
  profile: string
  clock: Clock
  driver: DriverName
  workerPath: string | URL
  changed(topics: Topic[]): void
  /** A database's thread died, or its file says it is damaged: nothing more can be trusted to be saved. */
  onTrouble(what: 'LOST' | 'DAMAGE'): void
}

interface Place {
  directory: string
  setting: Setting
  recoveryConfirmed: () => boolean
  /** Of the throwaway vault alone: its private key, which nobody's passphrase guards. */
  sampleKey: Uint8Array | null
  clock: Clock
}

const SAMPLE = 'sample-'

/** The two rooms: which are open, and the only code that opens and closes their files. */
export function createRooms(options: RoomsOptions) {
  const { profile, clock, driver, workerPath } = options
  let record: OpenRecord | null = null
  let privateRoom: OpenPrivate | null = null
  let place: Place | null = null
  let waiting: StoreThread | null = null

  const store = (name: 'record' | 'private', directory: string, key: Uint8Array, mode: 'create' | 'open') =>
    Store.open({
      path: path.join(directory, `${name}.db`),
      key,
      mode,
      driver,
      migrations: name === 'record' ? recordMigrations : privateMigrations,
      workerPath,
      ...(mode === 'open' && name === 'record' ? waitingThread() : {}),
      onLost: () => options.onTrouble('LOST'),
      onDamage: () => options.onTrouble('DAMAGE'),
    })

  /** A thread with its driver loaded, if one was made while the passphrase was being typed. */
  function waitingThread(): { thread?: StoreThread } {
    const thread = waiting
    waiting = null
    return thread === null ? {} : { thread }
  }

  const changed = (...topics: Topic[]): void => options.changed(topics)

  async function open(recordStore: Store, where: Place): Promise<OpenRecord> {
    try {
      const opened = await openRecord(
        { store: recordStore, clock: where.clock, changed },
        {
          setting: where.setting,
          zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
          recoveryConfirmed: where.recoveryConfirmed,
        },
      )
      place = where
      record = opened
      return opened
    } catch (error) {
      await recordStore.close().catch(() => undefined)
      throw error
    }
  }

  async function closePrivate(): Promise<void> {
    const leaving = privateRoom
    privateRoom = null
    await leaving?.close()
  }

  return {
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

    async openRecord(
      key: Uint8Array,
      setting: Setting,
      recoveryConfirmed: () => boolean,
    ): Promise<OpenRecord> {
      const opened = await store('record', profile, key, 'open')
      return open(opened, { directory: profile, setting, recoveryConfirmed, sampleKey: null, clock })
    },

    async openPrivate(key: Uint8Array): Promise<void> {
      const where = place
      if (where === null || privateRoom !== null) {
        key.fill(0)
        return
      }
      const opened = await store('private', where.directory, key, 'open')
      // Locked while the file was being opened: a room left open here would be open at the next unlocking.
      if (place !== where) {
        await opened.close()
        throw new Refusal('LOCKED')
      }
      privateRoom = openPrivate({ store: opened, clock: where.clock, changed })
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

    closePrivate,

    /** From the first line on nothing is readable; then the files are closed. */
    async closeAll(): Promise<void> {
      const [leaving, left] = [record, place]
      record = null
      place = null
      try {
        await closePrivate()
      } finally {
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
