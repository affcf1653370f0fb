import type { KeptDetails, TitleMatch } from '../../../shared/contract/calendar.ts'
import type { CalendarReading } from '../../../shared/domain/calendar/taken.ts'
import type { OpenRecord } from '../../services/record/openRecord.ts'
import { planInSlices, type KnownSeries, type Taking } from './planning.ts'
import type { Named } from './titles.ts'

/** What is being looked at before it is taken: kept in memory, never on disk; gone with the lock. */
export interface Held {
  readonly token: string
  readonly reading: CalendarReading
  readonly name: string
  into: Into
  readonly people: readonly Named[]
  /** What was said at earlier times, and now. */
  readonly remembered: ReadonlyMap<string, TitleMatch>
  readonly said: Map<string, TitleMatch>
  /** In the order in which the page knows them, which no answer changes. `next` as it was at the first look. */
  titles: readonly { readonly key: string; readonly next: number | null }[]
  keep: KeptDetails
  /** Where it came from, if from the watched folder. */
  readonly watched: { name: string; changedAt: number } | null
}

/** The calendar that a reading is taken into; `id` null: a new one. */
export interface Into {
  readonly id: string | null
  readonly known: readonly KnownSeries[]
  /** Some of its events were in that calendar before; false where they have no more than a name in common. */
  readonly related: boolean
}

export const ANEW: Into = { id: null, known: [], related: true }

/** The calendar that shares most events with this one, else the one of that name, else a new one. */
export async function calendarFor(
  { takingIn }: OpenRecord,
  reading: CalendarReading,
  name: string,
): Promise<Into> {
  const uids = new Set(reading.events.map(({ uid }) => uid))
  let best: Into = ANEW
  let most = 0
  for (const calendar of await takingIn.list()) {
    const known = await takingIn.known(calendar.id)
    const shared = known.filter(({ uid }) => uids.has(uid)).length
    if (shared > most || (best.id === null && calendar.name === name)) {
      best = { id: calendar.id, known, related: shared > 0 || known.length === 0 }
      most = shared
    }
  }
  return best
}

/** In slices: of ten thousand events it takes a tenth of a second, and main has other things to do. */
export function planOf(held: Held, now: number, signal?: AbortSignal): Promise<Taking> {
  const matches = new Map([...held.remembered, ...held.said])
  return planInSlices(
    held.reading,
    { series: held.into.known, matches, clients: held.people },
    { now, keep: held.keep, ...(signal === undefined ? {} : { signal }) },
  )
}
