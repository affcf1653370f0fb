import { Refusal } from '../../../shared/contract/result.ts'
import { LATEST } from '../../../shared/contract/values.ts'
import type { Arrangement, Occurrence } from '../../../shared/domain/calendar/arrangement.ts'
import type { TakenEvent } from '../../../shared/domain/calendar/taken.ts'
import { instantOf } from '../../../shared/domain/calendar/zones.ts'
import { expand } from './arranging.ts'
import { madeUntil } from './horizon.ts'
import type { Wanted } from './meetings.ts'
import { timesOf } from './takenTimes.ts'

/** Longer than this, and a click waits to be felt: rules that reach far back take their time. */
const SLICE_MS = 8

/** What an event comes to, whoever's it is and whatever stands already. */
export interface AheadOf {
  /** The event as it is kept. */
  readonly text: string
  readonly times: readonly Wanted[]
  readonly madeUntil: number
}

/** In slices of the thread's time; between them others have their turn. */
export class Slices {
  #began = performance.now()

  async pause(): Promise<void> {
    if (performance.now() - this.#began <= SLICE_MS) return
    await new Promise((resolve) => setImmediate(resolve))
    this.#began = performance.now()
  }
}

/** Most events take place once: there is no rule to follow. Null: there is. */
function onceAt({ starts, zone, minutes, rule, dates, except }: Arrangement): Occurrence | null {
  if (rule !== '' || dates.length > 0 || except.length > 0) return null
  const startsAt = instantOf(starts, zone)
  return { wall: starts, startsAt, endsAt: startsAt + minutes * 60_000 }
}

const within = (one: Occurrence, from: number, until: number): Occurrence[] =>
  one.startsAt >= from && one.startsAt < until ? [one] : []

/**
 * Follows the rules of all events before the one transaction begins, so that nothing but rows is waited for while
 * everybody else's saves wait for it. `from` inclusive, `until` exclusive. Refused CANCELLED.
 */
export async function workedOut(
  events: readonly TakenEvent[],
  how: {
    readonly from: number
    readonly until: number
    readonly stopped: () => boolean
    readonly onProgress: (fraction: number) => void
  },
): Promise<Map<TakenEvent, AheadOf>> {
  const { from, until } = how
  const ahead = new Map<TakenEvent, AheadOf>()
  const slices = new Slices()
  for (const [place, event] of events.entries()) {
    await slices.pause()
    if (how.stopped()) throw new Refusal('CANCELLED')
    const { arrangement } = event
    const once = onceAt(arrangement)
    const given = once === null ? expand(arrangement, from, until) : within(once, from, until)
    ahead.set(event, {
      text: JSON.stringify(event),
      times: timesOf(given, event, from, until),
      madeUntil: once === null ? madeUntil(arrangement, until) : once.startsAt < until ? LATEST : until,
    })
    if ((place & 255) === 255) how.onProgress(place / events.length)
  }
  return ahead
}
