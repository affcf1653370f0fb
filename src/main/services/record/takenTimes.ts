import type { Arrangement } from '../../../shared/domain/calendar/arrangement.ts'
import type { TakenEvent } from '../../../shared/domain/calendar/taken.ts'
import { instantOf } from '../../../shared/domain/calendar/zones.ts'
import type { Wanted, Was } from './meetings.ts'

/** The event as it was taken. Written by us alone, under encryption: parsed, not checked field by field again. */
export const takenOf = (text: string): TakenEvent => JSON.parse(text) as TakenEvent

/** What `text` says of single times, whether or not the rule gives them. */
export function wasTaken({ text, arrangement }: { text: string; arrangement: Arrangement }): Was {
  const event = text === '' ? null : takenOf(text)
  const own = new Map(event?.overrides.map((one) => [one.occurrence, one]))
  return {
    once: arrangement.rule === '' && arrangement.dates.length === 0,
    at: (wall) => {
      const override = own.get(wall)
      const startsAt = override?.startsAt ?? instantOf(wall, arrangement.zone)
      const endsAt = override?.endsAt ?? startsAt + arrangement.minutes * 60_000
      return { startsAt, endsAt, cancelled: override?.cancelled === true || event?.cancelled === true }
    },
  }
}

/**
 * The rule's times from `from` to `until` with what the calendar says of single ones: moved, called off. One that was
 * moved stands where it was moved to, whether or not the rule's own time is among those that were looked at.
 */
export function asTaken(
  given: readonly Wanted[],
  { text, arrangement }: { text: string; arrangement: Arrangement },
  from: number,
  until: number,
): readonly Wanted[] {
  return text === '' ? given : timesOf(given, { ...takenOf(text), arrangement }, from, until)
}

/** The same of an event that is at hand. */
export function timesOf(
  given: readonly Wanted[],
  event: TakenEvent,
  from: number,
  until: number,
): readonly Wanted[] {
  const { arrangement } = event
  if (event.overrides.length === 0 && !event.cancelled) return given
  const own = new Map(event.overrides.map((one) => [one.occurrence, one]))
  const wanted = given.map((one): Wanted => {
    const override = own.get(one.wall)
    own.delete(one.wall)
    if (override === undefined) return event.cancelled ? { ...one, cancelled: true } : one
    const { startsAt, endsAt } = override
    return { wall: one.wall, startsAt, endsAt, cancelled: override.cancelled || event.cancelled }
  })
  for (const { occurrence, startsAt, endsAt, cancelled } of own.values()) {
    const ruled = instantOf(occurrence, arrangement.zone)
    // One whose own time was looked at and is not given has been left out since.
    if (ruled >= from && ruled < until) continue
    if (startsAt >= from && startsAt < until) wanted.push({ wall: occurrence, startsAt, endsAt, cancelled })
  }
  return wanted
}
