import type { HeldNote, Place } from '../shared/contract/app.ts'
import type { Clock } from '../shared/domain/clock.ts'
import { phaseOf } from '../shared/domain/sessionLife.ts'
import type { HeldBack } from './heldBack.ts'
import type { Rooms } from './rooms/rooms.ts'
import { IdleTimer } from './vault/idle.ts'
import type { Vault } from './vault/Vault.ts'
import type { Windows } from './window/windows.ts'

/** A page that does not answer must not keep the vault open; what it had acknowledged is committed anyway. */
const FLUSH_MS = 1500
const HELD_MINUTES = 5

export interface LockingOptions {
  windows: Windows
  rooms: Rooms
  vault: Vault
  clock: Clock
  heldBack: HeldBack
  /** The throwaway vault is gone: nothing of it may reach into the next. */
  onSampleClosed(): void
  /** Words could not be committed and would end with the process: does the person want to quit all the same? */
  askToQuit(): Promise<boolean>
  log(event: string, code?: string): void
}

/** Locking: when, in which order, and what is kept in memory across it (ids and offsets, never text). */
export function createLocking(options: LockingOptions) {
  const { windows, rooms, vault, clock, heldBack, log } = options
  let place: Place | null = null
  let runningSince: number | null = null
  let flushed: ((unsaved: readonly HeldNote[]) => void) | null = null
  let flushing: Promise<readonly HeldNote[]> | null = null
  let locking: Promise<void> | null = null
  let away = 0

  const timers = {
    now: () => Date.now(),
    setTimer: (run: () => void, ms: number) => setTimeout(run, ms),
    clearTimer: (timer: unknown) => clearTimeout(timer as NodeJS.Timeout),
  }
  const idle = new IdleTimer({ minutes: 10, ...timers, onIdle: () => void lock() })
  const privateIdle = new IdleTimer({
    minutes: 2,
    ...timers,
    onIdle: () => {
      // While Write is in use the private room stays open with the rest.
      if (place?.path.startsWith('/write/') === true) privateIdle.start()
      else void closePrivate()
    },
  })

  /**
   * Asks the page to commit what is typed; answers when it has, with what it could not commit, or with nothing
   * when it took too long.
   */
  function flush(): Promise<readonly HeldNote[]> {
    if (!windows.isPageAlive()) return Promise.resolve([])
    // The private room's idle timer and a lock may ask in the same moment: the page answers once.
    flushing ??= new Promise((resolve) => {
      const timer = setTimeout(() => done([]), FLUSH_MS)
      function done(unsaved: readonly HeldNote[]): void {
        clearTimeout(timer)
        flushed = null
        flushing = null
        resolve(unsaved)
      }
      flushed = done
      windows.send('flush', {})
    })
    return flushing
  }

  async function closePrivate(): Promise<void> {
    privateIdle.stop()
    if (rooms.private() === null) return
    await flush()
    await rooms.closePrivate()
    windows.send('privateRoom', { room: 'locked' })
  }

  async function rememberRunning(): Promise<void> {
    const now = clock.now()
    const around = await rooms.record()?.sessions.around(now - 12 * 3_600_000, now + 1)
    const running = around?.find((s) => phaseOf(s, now) === 'in-session')
    runningSince = running === undefined ? null : (running.startedAt ?? running.startsAt)
  }

  /** Twice at once is once: a quit during a lock waits until what was signed is sealed and the files are closed. */
  function closeEverything(): Promise<void> {
    locking ??= closeInOrder().finally(() => {
      locking = null
    })
    return locking
  }

  async function closeInOrder(): Promise<void> {
    // The bench takes the time between this and the last line.
    performance.mark('lock:began')
    idle.stop()
    privateIdle.stop()
    heldBack.keep(await flush())
    const sample = (rooms.place()?.sampleKey ?? null) !== null
    // Asked before the file closes, answered while it does.
    const running = rememberRunning().catch(() => undefined)
    // From here on nothing can be read; only then may the page go, because another is made in its place.
    const closing = rooms.closeAll()
    windows.closeApp()
    heldBack.close()
    try {
      await closing
    } catch (error) {
      log('close', error instanceof Error ? error.name : 'THROWN')
    }
    await running
    if (sample) forgetSample()
    await vault.lock()
    performance.mark('lock:over')
    windows.send('vaultState', {})
  }

  function forgetSample(): void {
    place = null
    runningSince = null
    heldBack.forget()
    options.onSampleClosed()
  }

  /** Flush, close both files, take the page away, show the door. */
  function lock(): Promise<void> {
    if (locking !== null) return locking
    // Also while the person is being told about the file: it is open, though nothing of it is shown.
    const held = rooms.record() === null
    if (held && rooms.notice() === null) return Promise.resolve()
    const closed = closeEverything().finally(() => (held ? windows.send('vaultState', {}) : undefined))
    // Made while the rooms are being closed, so that nobody looks at an empty screen.
    windows.showDoor()
    return closed
  }

  /** What the person has chosen, where it concerns windows and timers. */
  function follow(): void {
    const preferences = rooms.record()?.preferences.current()
    if (preferences === undefined) return
    idle.setMinutes(preferences.idleMinutes)
    privateIdle.setMinutes(preferences.privateIdleMinutes)
    windows.setContentProtection(preferences.contentProtection)
    // The sample's are nobody's choice.
    windows.setLook(preferences, rooms.place()?.sampleKey === null)
  }

  return {
    lock,
    closePrivate,
    /** Resolves when a lock under way is over; at once when there is none. */
    settled: (): Promise<void> => locking ?? Promise.resolve(),
    /** Files are being closed: nothing else may touch them yet, though nothing can be read any more. */
    isClosing: (): boolean => locking !== null,
    /** How often its owner has left (sleep, screen lock): what was begun before that is not finished unattended. */
    timesAway: (): number => away,
    pageFlushed: (unsaved: readonly HeldNote[]): void => flushed?.(unsaved),

    /** Closes everything for quitting. False: words could not be saved, and the person wants to stay. */
    async closeForGood(): Promise<boolean> {
      if ((await flush()).length > 0 && !(await options.askToQuit())) return false
      await closeEverything()
      return true
    },

    /** The vault is gone for good: nothing of it is kept. */
    forgetAll: forgetSample,

    /** The vault was opened. */
    opened(): void {
      follow()
      idle.start()
    },

    /** The file waits, open, for an answer at the door: not for long, and not through a sleep. */
    held(): void {
      idle.setMinutes(HELD_MINUTES)
      idle.start()
    },

    privateOpened: (): void => privateIdle.start(),

    preferencesChanged: follow,

    activity(): void {
      idle.activity()
      privateIdle.activity()
    },
    // Counted also while nothing is open: something may be about to be.
    suspend(): void {
      away += 1
      idle.suspend()
    },
    screenLocked(): void {
      away += 1
      idle.screenLocked()
    },
    resume(): void {
      // Not every system has announced the sleep that ends here.
      away += 1
      idle.resume()
    },

    rememberPlace(next: Place): void {
      place = next
    },
    place: (): Place | null => place,
    /** When the session began that was running at the last lock, in epoch milliseconds. */
    runningSince: (): number | null => runningSince,
  }
}

export type Locking = ReturnType<typeof createLocking>
