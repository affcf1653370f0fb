import { Refusal } from '../../../shared/contract/result.ts'
import type { Arrangement, Occurrence } from '../../../shared/domain/calendar/arrangement.ts'
import { split } from '../../../shared/domain/calendar/ending.ts'
import { occurrences, refusalOf } from '../../../shared/domain/calendar/occurrences.ts'
import { instantOf } from '../../../shared/domain/calendar/zones.ts'
import { LONGEST_SESSION_MS } from '../../../shared/domain/sessionLife.ts'

const DAY = 86_400_000
const WEEK = 7 * DAY
/** How far ahead of the latest week looked at sessions are there. */
export const AHEAD_MS = 26 * WEEK
/** Nobody plans further; a week looked at beyond it says so instead of making rows without end. */
export const FURTHEST_MS = 3 * 365 * DAY
/** An arrangement of nine sessions a day until then would be this many. */
const MOST = 10_000

/** Refuses what cannot be arranged, in the words of the contract. */
export function checkArrangement(a: Arrangement): void {
  const trouble = refusalOf(a)
  if (trouble === 'NO_START') throw new Refusal('BAD_INPUT', 'arrangement.starts')
  if (trouble === 'UNKNOWN_ZONE') throw new Refusal('BAD_INPUT', 'arrangement.zone')
  if (trouble !== null) throw new Refusal(trouble, 'arrangement.rule')
  if (a.minutes * 60_000 > LONGEST_SESSION_MS) throw new Refusal('TOO_LONG_SESSION', 'arrangement.minutes')
  // Two sessions of one series never overlap: whoever arranges that has mistyped the length or the rule.
  const some = occurrences(a, -Infinity, Infinity, 200).found
  const overlapping = some.some((one, n) => one.startsAt < (some[n - 1]?.endsAt ?? -Infinity))
  if (overlapping) throw new Refusal('RULE_TOO_OFTEN', 'arrangement.rule')
}

/** What it gives from `from` (inclusive) to `to` (exclusive). */
export const expand = (a: Arrangement, from: number, to: number): readonly Occurrence[] =>
  from >= to ? [] : occurrences(a, from, to, MOST).found

/** The arrangement from `key` on (a wall): what came before is counted off. */
export const fromThere = (a: Arrangement, key: string): Arrangement =>
  split(a, instantOf(key, a.zone)).after ?? a
