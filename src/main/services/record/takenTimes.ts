import { z } from '../../../shared/contract/schema.ts'
import type { Arrangement } from '../../../shared/domain/calendar/arrangement.ts'
import type { TakenEvent } from '../../../shared/domain/calendar/taken.ts'
import { instantOf } from '../../../shared/domain/calendar/zones.ts'
import type { Wanted } from './settling.ts'

/** The event as it was taken, so that the next time it can be told whether it says something else. */
const taken = z.strictObject({
  uid: z.string(),
  sequence: z.number(),
  stamp: z.number(),
  title: z.string(),
  arrangement: z.strictObject({
    starts: z.string(),
    zone: z.string(),
    minutes: z.number(),
    rule: z.string(),
    dates: z.array(z.string()),
    except: z.array(z.string()),
  }),
  cancelled: z.boolean(),
  overrides: z.array(
    z.strictObject({
      occurrence: z.string(),
      startsAt: z.number(),
      endsAt: z.number(),
      title: z.string(),
      cancelled: z.boolean(),
    }),
  ),
  place: z.string(),
  description: z.string(),
  attendees: z.array(z.string()),
}) satisfies z.ZodType<TakenEvent>

/** Null for a series that was made here. */
export const readTaken = (text: string): TakenEvent | null =>
  text === '' ? null : taken.parse(JSON.parse(text))

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
  const event = readTaken(text)
  if (event === null || (event.overrides.length === 0 && !event.cancelled)) return given
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
