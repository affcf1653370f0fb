import type { Rooms } from './rooms/rooms.ts'

/** Logs of which sessions a private note was shown: ids alone, each once for as long as the room stays open. */
export function viewedNotes(rooms: Rooms): (sessionIds: readonly string[]) => Promise<void> {
  let opening: unknown = null
  const seen = new Set<string>()
  return async (sessionIds) => {
    const [room, record] = [rooms.private(), rooms.record()]
    if (room === null || record === null) return
    if (opening !== room) seen.clear()
    opening = room
    for (const subject of new Set(sessionIds)) {
      if (seen.has(subject)) continue
      seen.add(subject)
      // On a full disk the notes can still be read.
      await record.log.note('private-viewed', { subject }).catch(() => seen.delete(subject))
    }
  }
}
