import { instantOf } from '../../../shared/domain/calendar/zones.ts'
import { standingWithoutCalendar } from '../../store/record/queries/standing.ts'
import type { ReadHandle } from '../../store/Store.ts'
import type { Wanted } from './meetings.ts'

/** As far as a session that was moved by hand may stand before the time that it is. */
const MOVED_MS = 14 * 86_400_000

/**
 * Of whoever comes to a calendar's event, what stands already and is led by no calendar: arranged here, or left over
 * from a calendar that was let go because something was written or changed. By start, or, moved by hand, by the
 * time it was moved from. `zone`: of the event's walls.
 */
export async function standingAlready(
  h: ReadHandle,
  whose: { members: readonly string[]; groupId: string | null },
  since: number,
): Promise<(zone: string) => (clientId: string, at: Wanted) => boolean> {
  const starts = new Map<string, Set<number>>()
  const moved = new Map<string, Set<number>>()
  for (const clientId of whose.members) {
    const { groupId } = whose
    const rows = await standingWithoutCalendar(h, { clientId, groupId, since: since - MOVED_MS })
    starts.set(clientId, new Set(rows.map((row) => row.startsAt)))
    moved.set(
      clientId,
      new Set(
        rows.flatMap(({ occurrence, zone }) => (occurrence === null ? [] : [instantOf(occurrence, zone)])),
      ),
    )
  }
  return (zone) => (clientId, at) =>
    starts.get(clientId)?.has(at.startsAt) === true ||
    ((moved.get(clientId)?.size ?? 0) > 0 && moved.get(clientId)?.has(instantOf(at.wall, zone)) === true)
}
