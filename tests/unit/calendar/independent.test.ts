/**
 * Our expansion beside ical.js's own, which shares nothing with it: no rule, no zone, no date arithmetic. Where the
 * two differ for a reason, the reason has a name here and a paragraph in docs/adr/0018-recurrence.md, and decides no
 * more than what it names. How many cases were under each name is checked as well: a comparison that always found
 * an excuse would prove nothing.
 */
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import type { Arrangement } from '../../../src/shared/domain/calendar/arrangement.ts'
import { occurrences } from '../../../src/shared/domain/calendar/occurrences.ts'
import { soundRule, type Rule } from '../../../src/shared/domain/calendar/rules.ts'
import { wallNumber } from '../../../src/shared/domain/calendar/walls.ts'
import { anyRule, arrangementWith, clinicRule, FIRST_WINDOW_END, RUNS } from './arbitraries.ts'
import { expandedByIcal, type Expanded } from './icalExpansion.ts'

/** How many starts of each are compared: an end is nearly always among them, a change of the clock often. */
const MOST = RUNS > 0 ? 250 : 25
const EVER = Number.NEGATIVE_INFINITY

/** What ical.js does not read as RFC 5545 says it; none of it is in a form of Google, Outlook or Apple. */
const NOT_IN_ICAL: readonly (readonly [string, (rule: Rule) => boolean])[] = [
  ['BYSETPOS, but for months', (rule) => rule.bySetPos.length > 0 && rule.freq !== 'MONTHLY'],
  ['BYWEEKNO', (rule) => rule.byWeekNo.length > 0],
  [
    'BYYEARDAY from both ends: a day that is named twice is given twice',
    (rule) => rule.byYearDay.some((day) => day < 0) && rule.byYearDay.some((day) => day > 0),
  ],
  [
    'BYMONTHDAY from the end of the month, by day: it looks for ever',
    (rule) => rule.freq === 'DAILY' && rule.byMonthDay.some((date) => date < 0),
  ],
  [
    'BYMONTHDAY beside BYDAY, by month: it refuses some of them',
    (rule) => rule.freq === 'MONTHLY' && rule.byDay.length > 0 && rule.byMonthDay.length > 0,
  ],
  [
    'BYMONTH, by month: it goes back to the first month it had',
    (rule) => rule.freq === 'MONTHLY' && rule.byMonth.length > 0,
  ],
  [
    'BYMONTHDAY, by year, but for dates that every month has, in named months',
    (rule) =>
      rule.freq === 'YEARLY' &&
      rule.byMonthDay.length > 0 &&
      (rule.byMonth.length === 0 ||
        rule.byDay.length > 0 ||
        rule.byMonthDay.some((date) => date < 1 || date > 28)),
  ],
]

const REASONS = {
  same: 0,
  notInIcal: 0,
  /** The rule does not give the first start: we show it as Google and Apple do, and COUNT is counted without it. */
  firstNotOfRule: 0,
  /** The same with BYSETPOS or BYMONTH: ical.js then begins with a day that has neither that position nor month. */
  firstOfNothing: 0,
  /** ical.js would never come back: no day comes after the last. */
  noFurtherDay: 0,
}
type Reason = keyof typeof REASONS

/** Whether the wall shows this time once: not in a missing or a doubled hour. */
function isPlainTime(wall: string, zone: string): boolean {
  const time = Temporal.PlainDateTime.from(wall)
  const [earlier, later] = (['earlier', 'later'] as const).map(
    (disambiguation) => time.toZonedDateTime(zone, { disambiguation }).epochMilliseconds,
  )
  return earlier === later
}

/** Temporal decides on missing and doubled hours (ical.js takes the clock of after: an hour off). */
const judged = (found: readonly Expanded[], zone: string): string[] =>
  found.map(({ wall, startsAt }) => {
    const instant = isPlainTime(wall, zone)
      ? startsAt
      : Temporal.PlainDateTime.from(wall).toZonedDateTime(zone, { disambiguation: 'compatible' })
          .epochMilliseconds
    return `${wall} ${new Date(instant).toISOString()}`
  })

function compare(arrangement: Arrangement): Reason {
  const rule = soundRule(arrangement.rule)
  if (NOT_IN_ICAL.some(([, holds]) => holds(rule))) return 'notInIcal'
  const endless = arrangement.rule.replace(/;(COUNT|UNTIL)=[^;]*/, '')
  const bare = { ...arrangement, dates: [], except: [] }
  const later = occurrences(
    { ...bare, rule: endless },
    FIRST_WINDOW_END,
    FIRST_WINDOW_END + 50 * 365 * 86_400_000,
    1,
  )
  if (later.found.length === 0) return 'noFurtherDay'

  const given = expandedByIcal({ ...bare, rule: endless }, FIRST_WINDOW_END, 1)[0]
  const ofRule = given?.wall === arrangement.starts && fitsFirst(arrangement, endless)
  const asked = ofRule ? arrangement : { ...arrangement, rule: arrangement.rule.replace(/;COUNT=[^;]*/, '') }
  if (!ofRule && rule.bySetPos.length + rule.byMonth.length > 0) return 'firstOfNothing'
  // ical.js stops looking at EXDATEs at the first that nothing is given for.
  const everything = new Set(
    expandedByIcal({ ...asked, except: [] }, FIRST_WINDOW_END, MOST + 10).map((one) => one.wall),
  )
  const except = [...new Set(asked.except)].filter((wall) => everything.has(wall)).toSorted()
  const theirs = expandedByIcal({ ...asked, except }, FIRST_WINDOW_END, MOST + 2)
  const ours = occurrences(asked, EVER, FIRST_WINDOW_END, MOST + 2).found

  // A start in a missing hour is before UNTIL by one clock and after it by the other.
  const last = rule.until?.kind === 'instant' ? rule.until.at : Number.POSITIVE_INFINITY
  const onTheEdge = (one: Expanded): boolean =>
    Math.abs(one.startsAt - last) <= 86_400_000 && !isPlainTime(one.wall, asked.zone)
  const first = ofRule ? '' : arrangement.starts
  const without = (found: readonly Expanded[]): Expanded[] =>
    once(found.filter((one) => one.wall !== first && !onTheEdge(one)))
  const [mine, other] = [without(ours), without(theirs)].map((found) =>
    judged(found, asked.zone).slice(0, MOST - 2),
  )
  expect(mine).toEqual(other)
  return ofRule ? 'same' : 'firstNotOfRule'
}

/** Whether the rule gives its own first start: ical.js tells when it is asked from there without a first. */
function fitsFirst(arrangement: Arrangement, endless: string): boolean {
  const counted = { ...arrangement, dates: [], except: [], rule: `${endless};COUNT=2` }
  return occurrences(counted, EVER, Number.POSITIVE_INFINITY, 5).found.length === 2
}

const once = (found: readonly Expanded[]): Expanded[] =>
  found.filter(
    (one, at) => at === 0 || found[at - 1]?.startsAt !== one.startsAt || found[at - 1]?.wall !== one.wall,
  )

test.each([
  ['clinic-like rules', clinicRule, RUNS || 60, 0.4],
  ['any rule', anyRule, RUNS || 70, 0.08],
] as const)(
  '%s, zones and twenty years: as ical.js has them',
  (_, rule, numRuns, sameAtLeast) => {
    const reasons = { ...REASONS }
    let cases = 0
    fc.assert(
      fc.property(arrangementWith(rule), (arrangement) => {
        cases += 1
        reasons[compare(arrangement)] += 1
      }),
      { numRuns },
    )
    if (process.env['BRACKET_RULES_REPORT']) process.stderr.write(`${JSON.stringify(reasons)}\n`)
    expect(reasons.same).toBeGreaterThan(cases * sameAtLeast)
  },
  3_600_000,
)

test('no session is lost, doubled or an hour off', () => {
  fc.assert(
    fc.property(arrangementWith(fc.oneof(clinicRule, anyRule)), (arrangement) => {
      const { found } = occurrences(arrangement, EVER, FIRST_WINDOW_END, RUNS > 0 ? 400 : 120)
      const times = new Set([arrangement.starts, ...arrangement.dates].map((wall) => wall.slice(11)))
      found.forEach(({ wall, startsAt, endsAt }, at) => {
        expect(times).toContain(wall.slice(11))
        const shown = Temporal.Instant.fromEpochMilliseconds(startsAt).toZonedDateTimeISO(arrangement.zone)
        const wanted = Temporal.PlainDateTime.from(wall).toZonedDateTime(arrangement.zone)
        expect(startsAt).toBe(wanted.epochMilliseconds)
        if (isPlainTime(wall, arrangement.zone)) {
          expect(wallNumber(shown.toPlainDateTime().toString({ smallestUnit: 'second' }))).toBe(
            wallNumber(wall),
          )
        }
        expect(endsAt - startsAt).toBe(arrangement.minutes * 60_000)
        expect(startsAt).toBeGreaterThan(found[at - 1]?.startsAt ?? EVER)
      })
    }),
    { numRuns: RUNS || 60 },
  )
}, 600_000)

test('a window gives what the whole gives in it', () => {
  fc.assert(
    fc.property(
      arrangementWith(fc.oneof(clinicRule, anyRule)),
      fc.integer({ min: 0, max: 8000 }),
      fc.integer({ min: 1, max: 800 }),
      (arrangement, day, days) => {
        const from = Date.UTC(2007, 0) + day * 86_400_000
        const to = from + days * 86_400_000
        const whole = occurrences(arrangement, EVER, FIRST_WINDOW_END + 2000 * 86_400_000, 20_000)
        const inside = whole.found.filter((one) => one.startsAt >= from && one.startsAt < to)
        expect(occurrences(arrangement, from, to, 20_000)).toEqual({ found: inside, cut: false })
        const limited = occurrences(arrangement, from, to, 3)
        expect(limited).toEqual({ found: inside.slice(0, 3), cut: inside.length > 3 })
      },
    ),
    { numRuns: RUNS || 150 },
  )
}, 600_000)
