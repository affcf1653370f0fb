import { followRule, occurrences } from '../../shared/domain/calendar/occurrences.ts'
import { readRule } from '../../shared/domain/calendar/rules.ts'
import type { TakenEvent } from '../../shared/domain/calendar/taken.ts'
import { wallText } from '../../shared/domain/calendar/walls.ts'
import { put } from './planning/titles.ts'
import type { Wall } from './text/times.ts'
import { instantOf, type ZoneClock } from './zones/clock.ts'

/** How many starts of rules may still be looked at in this file. */
export interface Budget {
  starts: number
}

/** Which of these starts the arrangement gives; null: too much work. One walk along the rule for all: with COUNT it is always a long one. */
function given(
  { arrangement }: TakenEvent,
  walls: readonly Wall[],
  clock: ZoneClock,
  budget: Budget,
): Set<Wall> | null {
  const { starts, rule, dates, except } = arrangement
  const found = new Set<Wall>()
  const asked = new Map<number, Wall[]>()
  for (const wall of walls) put(asked, instantOf(wall, clock), wall)
  const out = new Set(except)
  const give = (at: number, text: () => string): void => {
    const same = asked.get(at)
    if (same !== undefined && !out.has(text())) for (const wall of same) found.add(wall)
  }
  for (const text of dates) give(instantOf(wallOfText(text), clock), () => text)
  const first = wallOfText(starts)
  const began = instantOf(first, clock)
  if (asked.has(began) && occurrences(arrangement, began, began + 1, 1).found.length > 0)
    give(began, () => starts)
  const read = rule === '' ? null : readRule(rule)
  if (read === null || typeof read === 'string') return found
  const toInstant = (wall: Wall): number => instantOf(wall, clock)
  const [from, to] = [smallest(asked.keys()), -smallest([...asked.keys()].map((at) => -at))]
  followRule(read, first, toInstant, { from, to: to + 1 }, (wall, at) => {
    give(at, () => wallText(wall))
    budget.starts -= 1
    return budget.starts >= 0
  })
  return budget.starts < 0 ? null : found
}

const wallOfText = (text: string): Wall => Date.parse(`${text}Z`)
const smallest = (numbers: Iterable<number>): number => {
  let least = Infinity
  for (const one of numbers) if (one < least) least = one
  return least
}

/**
 * What was moved from a time that the rule does not give is a time of its own: a further date, moved. Null where the
 * file has used up what may be spent on it.
 */
export function withEveryOverride(event: TakenEvent, clock: ZoneClock, budget: Budget): TakenEvent | null {
  const moved = event.overrides.filter((one) => !one.cancelled)
  if (moved.length === 0) return event
  const known = given(
    event,
    moved.map((one) => wallOfText(one.occurrence)),
    clock,
    budget,
  )
  if (known === null) return null
  const further = moved.filter((one) => !known.has(wallOfText(one.occurrence)))
  if (further.length === 0) return event
  const dates = new Set([...event.arrangement.dates, ...further.map((one) => one.occurrence)])
  return { ...event, arrangement: { ...event.arrangement, dates: [...dates].toSorted() } }
}
