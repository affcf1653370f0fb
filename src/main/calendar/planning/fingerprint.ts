import { createHash } from 'node:crypto'
import type { TakenEvent } from '../../../shared/domain/calendar/taken.ts'

/**
 * The same for two readings of an event that says the same. SEQUENCE and stamps are left out: Google stamps every
 * event anew each time its calendar is fetched.
 */
export function fingerprint(event: TakenEvent): string {
  const { uid, title, arrangement, cancelled, overrides, place, description, attendees } = event
  const { starts, zone, minutes, rule, dates, except } = arrangement
  const moved = overrides.map((one) => [one.occurrence, one.startsAt, one.endsAt, one.title, one.cancelled])
  const said = [
    uid,
    title,
    starts,
    zone,
    minutes,
    rule,
    dates,
    except,
    cancelled,
    moved,
    place,
    description,
    attendees,
  ]
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url').slice(0, 22)
}
