import type { OpenRecord } from './services/record/openRecord.ts'
import type { StopReason } from '../shared/contract/vault.ts'
import type { Locking } from './locking.ts'
import type { Rooms } from './rooms/rooms.ts'
import type { Windows } from './window/windows.ts'

/** Long enough to read a sentence; what was typed is committed first, where that is still possible. */
const TOLD_MS = 4000
/** The full check holds up every save, so it waits until nobody has touched anything for a while. */
const QUIET_MS = 30_000

export interface TroubleOptions {
  rooms: Rooms
  windows: Windows
  locking: Locking
  /** The full check, where it is not to be made on the file itself. */
  check?(record: OpenRecord): Promise<{ faults: number }>
  /** Names it at the door, once everything is closed. */
  stop(reason: StopReason): void
  log(event: string, code?: string): void
  /** Milliseconds since a key was pressed or the mouse moved. */
  quietMs(): number
}

const EVENTS = {
  RECORD_UNREADABLE: 'record',
  PRIVATE_UNREADABLE: 'private',
  STORE_LOST: 'lost',
} as const

/** Damage while the vault is open: it is said, everything is closed, and the door names it. Nothing is repaired. */
export function createTrouble({ rooms, windows, locking, stop, log, quietMs, ...more }: TroubleOptions) {
  let ending = false
  let checking = false

  function end(reason: keyof typeof EVENTS): void {
    if (ending) return
    ending = true
    windows.send('trouble', { what: EVENTS[reason] })
    void rooms
      .record()
      ?.log.note('damage-noticed')
      .catch(() => undefined)
    setTimeout(() => {
      // Before the files are closed, so that nobody types a passphrase in between.
      stop(reason)
      void locking.lock().finally(() => {
        ending = false
      })
    }, TOLD_MS)
  }

  function noticed(what: 'LOST' | 'DAMAGE', room: 'record' | 'private'): void {
    log('store', `${what}.${room}`)
    // While a file is being opened its own failure says more, and the entrance says it.
    if (rooms.record() === null) return
    if (what === 'LOST') end('STORE_LOST')
    else end(room === 'record' ? 'RECORD_UNREADABLE' : 'PRIVATE_UNREADABLE')
  }

  async function check(): Promise<void> {
    const record = rooms.record()
    if (record === null || !(await record.checkup.due())) return
    const { faults } = await (more.check?.(record) ?? record.checkup.run())
    if (faults > 0) noticed('DAMAGE', 'record')
  }

  return {
    noticed,

    /** Every few seconds: the full check, if it is due and nobody would wait for it. */
    tick(): void {
      if (checking || ending || quietMs() < QUIET_MS) return
      checking = true
      void check()
        .catch(() => undefined)
        .finally(() => {
          checking = false
        })
    },
  }
}
