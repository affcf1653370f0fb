import { Refusal } from '../../../shared/contract/result.ts'
import type { TakenEvent } from '../../../shared/domain/calendar/taken.ts'
import { expand } from './arranging.ts'
import { madeUntil } from './horizon.ts'
import type { Wanted } from './meetings.ts'
import { asTaken } from './takenTimes.ts'

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
    const text = JSON.stringify(event)
    const given = expand(arrangement, from, until)
    ahead.set(event, {
      text,
      times: asTaken(given, { text, arrangement }, from, until),
      madeUntil: madeUntil(arrangement, until),
    })
    if ((place & 255) === 255) how.onProgress(place / events.length)
  }
  return ahead
}
