import { Temporal } from 'temporal-polyfill'
import type { Scope, SeriesView } from '../../../shared/contract/series.ts'
import type { ScheduledSession } from '../../../shared/contract/sessions.ts'
import type { RuleParts } from '../../../shared/domain/calendar/ruleParts.ts'
import { api, Refused } from '../../api/client.ts'
import { now } from '../../api/clock.ts'
import { arrangementFrom } from './arrangementFrom.ts'
import type { Travel } from './TravelFields.tsx'

export interface Rhythm {
  readonly parts: RuleParts
  /** Days that are left out, "2026-12-24". */
  readonly except: readonly string[]
}

export interface Span {
  readonly startsAt: number
  readonly endsAt: number
  readonly zone: string
}

export interface Wanted {
  readonly scope: Scope
  readonly span: Span
  /** Where the span begins, on the wall of its zone. */
  readonly starts: string
  readonly travel: Travel
  /** Null: as it is. */
  readonly rhythm: Rhythm | null
  readonly series: SeriesView | undefined
}

interface Moved {
  readonly touched: number
  /** Null where there is no way back: a changed rhythm makes other sessions. */
  readonly undo: (() => Promise<unknown>) | null
}

/** Moves a session, or what follows it with it. Throws Refused. */
export async function moveSession(session: ScheduledSession, wanted: Wanted): Promise<Moved> {
  const { scope, span, travel, rhythm, series } = wanted
  const { id, startsAt, endsAt, zone, travelBefore, travelAfter } = session
  const back = { startsAt, endsAt, zone }
  const otherTravel = travel.before !== travelBefore || travel.after !== travelAfter
  if (scope === 'this') {
    await api.sessions.move({ id, ...span })
    if (otherTravel) await api.sessions.setTravel({ id, ...travel })
    const undo = async () => {
      if (otherTravel) await api.sessions.setTravel({ id, before: travelBefore, after: travelAfter })
      await api.sessions.move({ id, ...back })
    }
    return { touched: 1, undo }
  }
  if (series === undefined || (rhythm === null && !otherTravel)) return moveAlong(session, scope, span)
  const { touched } = await api.series.change({
    sessionId: id,
    scope,
    kind: series.kind,
    travelBefore: travel.before,
    travelAfter: travel.after,
    arrangement: await changed(session, wanted, series),
  })
  return { touched, undo: null }
}

/** Others of the series by as much as this one; the way back is the same way. */
export async function moveAlong(
  { id, startsAt, endsAt, zone }: ScheduledSession,
  scope: 'following' | 'all',
  span: Span,
): Promise<Moved> {
  const { touched } = await api.series.move({ sessionId: id, scope, ...span })
  return {
    touched,
    undo: () => api.series.move({ sessionId: id, scope, startsAt, endsAt, zone }),
  }
}

async function changed(
  session: ScheduledSession,
  { scope, span, starts, rhythm }: Wanted,
  series: SeriesView,
) {
  const minutes = Math.round((span.endsAt - span.startsAt) / 60_000)
  const begins = scope === 'all' ? await firstOfAll(session, starts, series) : starts
  const { zone } = span
  const made =
    rhythm === null
      ? {
          ...series.arrangement,
          starts: begins,
          zone,
          minutes,
          except: comingExcept(series.arrangement.except, begins),
        }
      : arrangementFrom(rhythm.parts, begins, { zone, minutes, except: rhythm.except })
  if (made === null) throw new Refused('RULE_UNREADABLE')
  return { ...made, dates: made.dates.filter((date) => date >= begins) }
}

/** For all that are to come the first of them is what begins, as many days from where it was as this one. */
async function firstOfAll(session: ScheduledSession, starts: string, series: SeriesView): Promise<string> {
  const { next } = await api.series.preview({
    arrangement: { ...series.arrangement, dates: [], except: [] },
    from: now(),
    count: 1,
  })
  const first = next[0]?.wall.slice(0, 10)
  const was = session.occurrence?.slice(0, 10)
  if (first === undefined || was === undefined) return starts
  const days = Temporal.PlainDate.from(was).until(starts.slice(0, 10)).days
  return `${Temporal.PlainDate.from(first).add({ days }).toString()}${starts.slice(10)}`
}

const MOST = 24

/** What is left out from then on, as whole days: it stays left out whatever the time becomes. */
export const comingExcept = (except: readonly string[], starts: string): string[] =>
  [...new Set(except.map((wall) => wall.slice(0, 10)))]
    .filter((date) => date >= starts.slice(0, 10))
    .sort()
    .slice(0, MOST)
