import type { Locking } from './locking.ts'

/** Of the system's power and session events those that matter here; `powerMonitor`, and in tests an emitter. */
export interface PowerEvents {
  on(event: string, listener: () => void): unknown
}

/**
 * Sleep, screen lock and another user taking the screen lock everything at once; waking up looks whether the time
 * was over meanwhile. 'user-did-resign-active' comes on macOS alone (fast user switching); Windows and Linux lock the
 * screen when the user is switched, and say so as 'lock-screen' (Linux: where the desktop tells).
 */
export function followPower(
  events: PowerEvents,
  locking: Pick<Locking, 'suspend' | 'screenLocked' | 'resume'>,
  alsoAway: () => void,
): void {
  const away = (lock: () => void) => (): void => {
    lock()
    alsoAway()
  }
  events.on('suspend', away(locking.suspend))
  events.on('lock-screen', away(locking.screenLocked))
  events.on('user-did-resign-active', away(locking.screenLocked))
  events.on('resume', () => locking.resume())
}
