/** The days of a rule beside rrule-temporal's: the third opinion, for what ical.js does not read (ADR 0018). */
import fc from 'fast-check'
import { RRuleTemporal } from 'rrule-temporal'
import { expect, test } from 'vitest'
import { followRule } from '../../../src/shared/domain/calendar/occurrences.ts'
import { neverFits } from '../../../src/shared/domain/calendar/days.ts'
import { soundRule, type Rule } from '../../../src/shared/domain/calendar/rules.ts'
import { DAY, wallNumber, wallText } from '../../../src/shared/domain/calendar/walls.ts'
import { anyRule, clinicRule, FIRST_WINDOW_END, plainRule, RUNS, starts } from './arbitraries.ts'

/** Where rrule-temporal 2.2.8 is mistaken: it adds together what limits. */
const MISTAKEN: readonly (readonly [string, (rule: Rule, start: string) => boolean])[] = [
  ['BYYEARDAY beside BYDAY', (rule) => rule.byYearDay.length > 0 && rule.byDay.length > 0],
  [
    'BYMONTHDAY beside the nth weekday of a year',
    (rule) => rule.freq === 'YEARLY' && rule.byMonthDay.length > 0 && rule.byDay.some((one) => one.nth !== 0),
  ],
  [
    '"every Tuesday and the last Wednesday" of a year',
    (rule) =>
      rule.freq === 'YEARLY' &&
      rule.byDay.some((one) => one.nth === 0) &&
      rule.byDay.some((one) => one.nth !== 0),
  ],
  // No mistake: RFC 5545 leaves open to which year a week belongs that has days in two. By the day's, for us.
  [
    'BYWEEKNO, not every year or from the turn of a year on',
    (rule, start) => rule.byWeekNo.length > 0 && (rule.interval > 1 || /-01-0[1-3]|-12-(29|3.)/.test(start)),
  ],
]

function byLibrary(text: string, start: string, most: number): string[] {
  const found: string[] = []
  const library = new RRuleTemporal({
    rruleString: `DTSTART:${start.replaceAll(/[-:]/g, '')}Z\nRRULE:${text}`,
    maxIterations: 30_000,
    cache: false,
  })
  try {
    library.all((one) => {
      if (one.epochMilliseconds >= FIRST_WINDOW_END) return false
      found.push(wallText(one.epochMilliseconds))
      return found.length < most
    })
  } catch (error) {
    // No day comes after the last, and it has looked through thirty thousand periods.
    if (!String(error).includes('Maximum iterations')) throw error
  }
  return found
}

function byUs(text: string, start: string, most: number): string[] {
  const found: string[] = []
  const window = { from: Number.NEGATIVE_INFINITY, to: FIRST_WINDOW_END }
  followRule(
    soundRule(text),
    wallNumber(start),
    (wall) => wall,
    window,
    (wall) => {
      if (wall < FIRST_WINDOW_END) found.push(wallText(wall))
      return found.length < most && wall < FIRST_WINDOW_END
    },
  )
  return found
}

test.each([
  ['by day and week', plainRule, RUNS || 120],
  ['clinic-like', clinicRule, RUNS || 100],
  ['any', anyRule, RUNS || 120],
] as const)(
  'rules %s: the days that rrule-temporal gives',
  (_, rule, numRuns) => {
    fc.assert(
      fc.property(rule, starts, (text, start) => {
        const read = soundRule(text)
        fc.pre(!MISTAKEN.some(([, holds]) => holds(read, start)))
        // It would look for ever.
        fc.pre(!neverFits(read, Math.floor(wallNumber(start) / DAY)))
        expect(byUs(text, start, 60)).toEqual(byLibrary(`${text}${bounded(text)}`, start, 60))
      }),
      { numRuns },
    )
  },
  3_600_000,
)

/** An end, so that it need not look for the next after the last. */
const bounded = (text: string): string =>
  /UNTIL|COUNT/.test(text) ? '' : `;UNTIL=${wallText(FIRST_WINDOW_END - 1000).replaceAll(/[-:]/g, '')}Z`

test('the last day of a year, where it is a Friday', () => {
  const [first] = byUs('FREQ=YEARLY;BYYEARDAY=-1;BYDAY=FR', '2008-01-01T10:00:00', 1)
  expect(first).toBe('2010-12-31T10:00:00')
  expect(byLibrary('FREQ=YEARLY;BYYEARDAY=-1;BYDAY=FR', '2008-01-01T10:00:00', 1)).not.toEqual([first])
})

test('every Tuesday, and the last Wednesday of the year', () => {
  const [first] = byUs('FREQ=YEARLY;BYDAY=TU,-1WE', '2008-01-07T10:00:00', 1)
  expect(first).toBe('2008-01-08T10:00:00')
  expect(byLibrary('FREQ=YEARLY;BYDAY=TU,-1WE', '2008-01-07T10:00:00', 1)).not.toEqual([first])
})
