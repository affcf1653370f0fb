import type { LogAction } from '../../shared/contract/auditLog.ts'
import type { Rooms } from '../rooms/rooms.ts'

/** Lines of the log about what was done with the vault itself. */
export function createActNotes(rooms: Rooms) {
  /** What was done with the vault itself is done already: a line that cannot be written does not undo it. */
  async function note(action: LogAction, about: { count?: number } = {}): Promise<void> {
    await rooms
      .record()
      ?.log.note(action, about)
      .catch(() => undefined)
  }

  return {
    note,
    noteFailures: async (count: number): Promise<void> =>
      count > 0 ? note('unlock-failed', { count }) : undefined,
  }
}
