import type { ScheduledSession } from '../../../shared/contract/sessions.ts'
import type { OutgoingSession } from './schedule.ts'

/** What of the schedule goes out: whatever still takes place, and a group once. */
export function goingOut(sessions: readonly ScheduledSession[]): OutgoingSession[] {
  const seen = new Set<string>()
  return sessions
    .filter((s) => s.status === 'scheduled')
    .filter(({ group }) => group === null || (!seen.has(group.event) && seen.add(group.event)))
    .map(({ id, startsAt, endsAt, zone, clientName, group }) => ({
      id: group?.event ?? id,
      startsAt,
      endsAt,
      zone,
      name: group?.name ?? clientName,
    }))
}
