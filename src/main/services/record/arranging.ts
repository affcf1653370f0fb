import { Refusal } from '../../../shared/contract/result.ts'
import type { Arrangement, Occurrence } from '../../../shared/domain/calendar/arrangement.ts'
import { occurrences, refusalOf } from '../../../shared/domain/calendar/occurrences.ts'
import { begunAt, isCounted } from '../../../shared/domain/calendar/shifting.ts'
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

/** The arrangement from `key` on, one of its starts or what would be one: what came before is counted off. */
export function fromThere(a: Arrangement, key: string): Arrangement {
  const cut = instantOf(key, a.zone)
  const byRule = { ...a, dates: [], except: [] }
  const first = a.rule === '' ? undefined : occurrences(byRule, cut, Infinity, 1).found[0]
  if (first === undefined) {
    const dates = [a.starts, ...a.dates].filter((wall) => wall >= key).sort()
    return { ...a, starts: dates[0] ?? key, rule: '', dates: dates.slice(1) }
  }
  const before = isCounted(a.rule) ? occurrences(byRule, -Infinity, cut, MOST).found.length : 0
  const begun = begunAt(a, first.wall, before)
  return { ...begun, dates: a.dates.filter((wall) => wall >= key) }
}
