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
  /** Half of its events, or of that calendar's, are in both; false where they have little more than a name in common. */
  readonly related: boolean
}

export const ANEW: Into = { id: null, known: [], related: true }

/**
 * The calendar that shares most events with this one, else the one of that name, else a new one. A few in common are
 * invitations that stand in both, no reason to take the one for the other: what is missing would be gone from it.
 */
export async function calendarFor(
  { takingIn }: OpenRecord,
  reading: CalendarReading,
  name: string,
): Promise<Into> {
  const uids = new Set(reading.events.map(({ uid }) => uid))
  let best: Into = ANEW
  let named: Into | null = null
  let most = 0
  for (const calendar of await takingIn.list()) {
    const known = await takingIn.known(calendar.id)
    const shared = known.filter(({ uid }) => uids.has(uid)).length
    const sameName = calendar.name === name
    const half = shared * 2 >= Math.min(uids.size, known.length)
    if (sameName) named ??= { id: calendar.id, known, related: known.length === 0 }
    // Half of one or two is chance, and all the rest would go for it.
    if (shared === 0 || !half || (!sameName && shared === 1 && known.length > 1)) continue
    if (shared > most || (shared === most && sameName)) {
      best = { id: calendar.id, known, related: true }
      most = shared
    }
  }
  return best.id === null ? (named ?? ANEW) : best
}

/** In slices: of ten thousand events it takes a tenth of a second, and main has other things to do. */
export function planOf(held: Held, now: number, signal?: AbortSignal): Promise<Taking> {
  const matches = new Map([...held.remembered, ...held.said])
  return planInSlices(
    held.reading,
    { series: held.into.known, matches, clients: held.people, now: held.said },
    { now, keep: held.keep, ...(signal === undefined ? {} : { signal }) },
  )
}
