import type { CancelledBy, ScheduledSession } from '../../../shared/contract/sessions.ts'
import { spanText } from '../../api/clock.ts'

type Away = Pick<ScheduledSession, 'status' | 'cancelledBy' | 'toldAt' | 'startsAt'>

const DAY_MS = 86_400_000

const by = (who: CancelledBy, person: string): string =>
  ({
    client: `by the ${person}`,
    clinician: 'by me',
    other: person === 'student' ? 'by school or family' : 'by somebody else',
  })[who]

/** "3 h before", "2 days before", "10 min after it was to begin": what a policy on late cancellations goes by. */
export function lateness(startsAt: number, toldAt: number): string {
  const before = startsAt - toldAt
  if (before < 0) return `${spanText(-before)} after it was to begin`
  return `${before >= 2 * DAY_MS ? `${Math.round(before / DAY_MS)} days` : spanText(before)} before`
}

/** "Cancelled by the client, 3 h before"; null for what takes place. `person` is "client" or "student". */
export function awayWords({ status, cancelledBy, toldAt, startsAt }: Away, person: string): string | null {
  if (status === 'scheduled') return null
  if (status === 'no-show') return 'No-show'
  const who = cancelledBy === null ? '' : ` ${by(cancelledBy, person)}`
  return `Cancelled${who}${toldAt === null ? '' : `, ${lateness(startsAt, toldAt)}`}`
}
