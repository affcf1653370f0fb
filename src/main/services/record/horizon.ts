import { LATEST } from '../../../shared/contract/values.ts'
import type { Arrangement } from '../../../shared/domain/calendar/arrangement.ts'
import { occurrences } from '../../../shared/domain/calendar/occurrences.ts'
import { isEndless } from '../../../shared/domain/calendar/shifting.ts'
import { instantOf, wallOf } from '../../../shared/domain/calendar/zones.ts'
import { findCurrentGroup, membersOf } from '../../store/record/queries/groups.ts'
import { putSeries, seriesToMake, type Series } from '../../store/record/queries/series.ts'
import { standingFrom, standingMovedOn } from '../../store/record/queries/standing.ts'
import { getSetting, putSetting } from '../../store/record/queries/settings.ts'
import type { ReadHandle, WriteHandle } from '../../store/Store.ts'
import { AHEAD_MS, expand, FURTHEST_MS } from './arranging.ts'
import { weekOf } from './pairing.ts'
import type { RecordStore } from './RecordStore.ts'
import { meetingsOf } from './meetings.ts'
import { settle, type Outcome } from './settling.ts'
import { standingAlready } from './standingAlready.ts'
import { asTaken, wasTaken } from './takenTimes.ts'

const KEY = 'schedule-horizon'
/** Series in one transaction: a keystroke's save may come between two of them. */
const BATCH = 8

export async function readHorizon(h: ReadHandle): Promise<number> {
  const stored = Number(await getSetting(h, KEY))
  return Number.isSafeInteger(stored) ? stored : 0
}

/** Up to where sessions are made when something is arranged now. */
export const horizonAt = async (h: ReadHandle, now: number): Promise<number> =>
  Math.min(now + FURTHEST_MS, Math.max(await readHorizon(h), now + AHEAD_MS))

/** Who has a session of their own whenever the series takes place; of a group that has ended, nobody. */
export async function membersAt(
  h: ReadHandle,
  series: Pick<Series, 'clientId' | 'groupId'>,
): Promise<string[]> {
  if (series.clientId !== null) return [series.clientId]
  if (series.groupId === null || (await findCurrentGroup(h, series.groupId)) === undefined) return []
  return (await membersOf(h, series.groupId)).map(({ clientId }) => clientId)
}

/** `until`, or the end of time where everything the series gives is there. */
export function madeUntil(arrangement: Arrangement, until: number): number {
  if (isEndless(arrangement.rule)) return until
  // Whether there is one, not which: the next centuries of a daily one would hold everything else up.
  return occurrences(arrangement, until, Infinity, 1).found.length === 0 ? LATEST : until
}

/**
 * Brings the sessions of one series to what it gives from the week of `from` (a wall) to `until`; nothing that
 * starts before `since`. Keeps the series as given.
 */
export async function bring(
  h: WriteHandle,
  series: Series,
  how: {
    from: string
    until: number
    since: number
    now: number
    /** As its calendar had it before. */
    before?: Series
  },
): Promise<Outcome> {
  // What has been going on for decades is not followed from its first day: only so much is looked at in one go.
  const earliest = wallOf(how.since, series.arrangement.zone)
  const week = `${weekOf(how.from > earliest ? how.from : earliest)}T00:00:00`
  const begins = instantOf(week, series.arrangement.zone)
  const given = expand(series.arrangement, begins, how.until)
  const wanted = asTaken(given, { text: series.taken, arrangement: series.arrangement }, begins, how.until)
  const [standing, moved, members] = await Promise.all([
    standingFrom(h, series.id, week),
    // What a calendar had moved here from weeks before is led by that calendar too.
    series.taken === ''
      ? []
      : standingMovedOn(h, series.id, {
          before: week,
          begins,
          walls: wanted.map(({ wall }) => wall).filter((wall) => wall < week),
        }),
    membersAt(h, series),
  ])
  const { groupId, calendarId, arrangement } = series
  const already = calendarId === null ? null : await standingAlready(h, { members, groupId }, how.since)
  const outcome = await settle(h, {
    series,
    members,
    wanted,
    standing: meetingsOf([...standing, ...moved], how.now, new Set()),
    since: how.since,
    now: how.now,
    stands: already?.(arrangement.zone),
    was: how.before && wasTaken({ text: how.before.taken, arrangement: how.before.arrangement }),
  })
  await putSeries(h, { ...series, madeUntil: madeUntil(series.arrangement, how.until) })
  return outcome
}

export function horizon({ store, clock, changed }: RecordStore) {
  /** Makes what is missing up to `until`. True when something was made. */
  async function rollTo(until: number): Promise<boolean> {
    let any = false
    for (;;) {
      const now = clock.now()
      const more = await store.write(async (h) => {
        const list = await seriesToMake(h, until, BATCH)
        // Side by side: none of them touches another's sessions, and the thread has no pause between them.
        const outcomes = await Promise.all(
          list.map((series) => {
            const from = wallOf(Math.max(series.madeUntil, 0), series.arrangement.zone)
            return bring(h, series, { from, until, since: series.madeUntil, now })
          }),
        )
        any ||= outcomes.some(({ touched }) => touched > 0)
        if (list.length < BATCH) await putSetting(h, KEY, String(until))
        return list.length === BATCH
      })
      if (!more) return any
    }
  }

  return {
    /** At opening: the next half year is there. */
    async roll(): Promise<void> {
      if (await rollTo(await store.read((h) => horizonAt(h, clock.now())))) changed('sessions')
    },

    /** Somebody looks at a week that ends at `to`. @returns up to where the schedule is known */
    async reach(to: number): Promise<number> {
      const furthest = clock.now() + FURTHEST_MS
      const known = await store.read(readHorizon)
      // Not at every week that is turned to: half of what is ahead may be used up first.
      if (known >= Math.min(to + AHEAD_MS / 2, furthest - AHEAD_MS)) return known
      const until = Math.max(known, Math.min(to + AHEAD_MS, furthest))
      const rolling = rollTo(until)
      // What is asked for is there: nobody waits for what may be asked for next.
      if (known >= to) {
        rolling.catch(() => undefined)
        return known
      }
      await rolling
      return until
    },
  }
}

export type Horizon = ReturnType<typeof horizon>
