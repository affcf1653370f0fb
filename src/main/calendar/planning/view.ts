import type { TakingPlan } from '../../../shared/contract/calendar.ts'
import { instantOf } from '../../../shared/domain/calendar/zones.ts'
import type { Held } from './held.ts'
import type { Taking } from './planning.ts'

/** Of each list this much is shown; the counts say the whole. */
const SHOWN = 200

/** A plan as the page sees it: titles and times, but no description, place or attendee. */
export function viewOf(held: Held, plan: Taking): TakingPlan {
  const { reading, remembered, said } = held
  // Never by the place in this plan: a title may have dropped out, and an answer would go to the next one's client.
  const keys = new Map(held.titles.map((one, key) => [one.key, { key, next: one.next }]))
  const eventOf = (change: 'added' | 'changed') => (one: Taking['add'][number]) => ({
    title: one.event.title,
    change,
    startsAt: startOf(one.event.arrangement),
    repeats: one.event.arrangement.rule !== '' || one.event.arrangement.dates.length > 0,
  })
  return {
    token: held.token,
    name: held.name,
    calendarId: held.into.id,
    related: held.into.related,
    damaged: reading.damaged,
    titles: plan.titles.flatMap(({ key: titled, title, events, match, suggestions }) => {
      const first = keys.get(titled)
      if (first === undefined) return []
      return {
        key: first.key,
        title,
        events,
        match,
        remembered: remembered.has(titled) && !said.has(titled) && match.to !== 'open',
        next: within(first.next),
        suggestions: suggestions.map(({ id, name }) => ({ clientId: id, name })),
      }
    }),
    counts: {
      added: plan.add.length,
      changed: plan.change.length,
      unchanged: plan.same.length,
      gone: plan.gone.length,
      unmatched: plan.unmatched,
      nobody: plan.nobody,
      leftOut: plan.leftOut.length + (reading.unlisted ?? 0),
    },
    events: [
      ...plan.change.slice(0, SHOWN).map(eventOf('changed')),
      ...plan.gone.slice(0, SHOWN).map(({ event }) => ({
        title: event.title,
        change: 'gone' as const,
        startsAt: null,
        repeats: false,
      })),
      ...plan.add.slice(0, SHOWN).map(eventOf('added')),
    ].slice(0, SHOWN),
    leftOut: plan.leftOut
      .slice(0, SHOWN)
      .map(({ title, startsAt, reason }) => ({ title, startsAt: within(startsAt), reason })),
    keep: held.keep,
  }
}

/** Years that a session cannot have stay unsaid. */
const within = (at: number | null): number | null =>
  at !== null && Number.isSafeInteger(at) && at > -2_208_988_800_000 && at < 7_258_118_400_000 ? at : null

function startOf({ starts, zone }: { starts: string; zone: string }): number | null {
  try {
    return within(instantOf(starts, zone))
  } catch {
    return null
  }
}
