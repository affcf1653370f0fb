import { Refusal } from '../../../shared/contract/result.ts'
import { seriesWithComing } from '../../store/record/queries/series.ts'
import { standingToCome, type StandingRow } from '../../store/record/queries/standing.ts'
import type { WriteHandle } from '../../store/Store.ts'
import { meetingsOf } from './meetings.ts'
import { SessionChanges } from './sessionChanges.ts'
import { endMeetings, type Outcome } from './settling.ts'
import { Slices } from './takingAhead.ts'

/** Series whose sessions are looked at in one message to the store's thread. */
const BATCH = 50

export interface Watched {
  readonly onProgress?: (fraction: number) => void
  /** Asked again and again; true ends it with CANCELLED and nothing is kept. */
  readonly stopped?: () => boolean
}

/**
 * Of one calendar, or of some of its series: what is to come and nobody wrote in goes. The series themselves stay as
 * they are. In the caller's transaction.
 */
export async function endSessions(
  h: WriteHandle,
  calendarId: string,
  how: { readonly now: number; readonly only?: ReadonlySet<string> } & Watched,
): Promise<Outcome> {
  const { now, only } = how
  const coming = await seriesWithComing(h, calendarId, now)
  const ids = only === undefined ? [...coming] : [...coming].filter((id) => only.has(id))
  const changes = new SessionChanges()
  const sum: Outcome = { touched: 0, kept: 0 }
  const slices = new Slices()
  for (let at = 0; at < ids.length; at += BATCH) {
    if (how.stopped?.() === true) throw new Refusal('CANCELLED')
    const some = ids.slice(at, at + BATCH)
    for (const rows of bySeries(await standingToCome(h, some, now))) {
      await slices.pause()
      const { touched, kept } = endMeetings(meetingsOf(rows, now, new Set()), changes)
      sum.touched += touched
      sum.kept += kept
    }
    how.onProgress?.(at / ids.length)
  }
  if (how.stopped?.() === true) throw new Refusal('CANCELLED')
  await changes.write(h, now)
  return sum
}

function bySeries(rows: readonly StandingRow[]): Iterable<readonly StandingRow[]> {
  const all = new Map<string | null, StandingRow[]>()
  for (const row of rows) {
    const those = all.get(row.seriesId)
    if (those === undefined) all.set(row.seriesId, [row])
    else those.push(row)
  }
  return all.values()
}
