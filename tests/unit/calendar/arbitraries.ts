import fc from 'fast-check'
import type { Arrangement } from '../../../src/shared/domain/calendar/arrangement.ts'
import { firstByRule } from '../../../src/shared/domain/calendar/ending.ts'
import { DAY, wallNumber, wallText } from '../../../src/shared/domain/calendar/walls.ts'

/** How many random cases; `BRACKET_RULES=100000 npm run test:unit` for a long run. */
export const RUNS = Number(process.env['BRACKET_RULES'] ?? 0)

/** Both hemispheres, half hours, a clock changed by half an hour, Ramadan, a day left out, none at all. */
export const ZONES = [
  'America/New_York',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'America/St_Johns',
  'America/Santiago',
  'Europe/London',
  'Europe/Berlin',
  'Europe/Dublin',
  'Africa/Casablanca',
  'Africa/Cairo',
  'Asia/Kolkata',
  'Asia/Tehran',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Australia/Sydney',
  'Pacific/Apia',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'UTC',
]

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
const FROM = Date.UTC(2008, 0)
const YEARS = 20
export const FIRST_WINDOW_END = FROM + YEARS * 365.25 * DAY

const zone = fc.constantFrom(...ZONES)
const day = fc.integer({ min: 0, max: YEARS * 365 })
/** Most sessions are by day; the clocks are changed at night, so that half of the random ones are there. */
const minuteOfDay = fc.oneof(
  fc.integer({ min: 0, max: 16 }).map((quarter) => quarter * 15),
  fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15),
)

export const starts = fc
  .tuple(day, minuteOfDay)
  .map(([days, minutes]) => wallText(FROM + days * DAY + minutes * 60_000))

const some = <T>(values: readonly T[], most: number): fc.Arbitrary<T[]> =>
  fc.subarray([...values], { minLength: 1, maxLength: most })

const compact = (text: string): string => text.replaceAll(/[-:]/g, '')

/** Nothing, a number, or a last moment: UTC, as every calendar writes it. */
const ending = fc.oneof(
  { weight: 2, arbitrary: fc.constant('') },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 60 }).map((count) => `;COUNT=${count}`) },
  { weight: 2, arbitrary: starts.map((wall) => `;UNTIL=${compact(wall)}Z`) },
)
const interval = (most: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constant(''),
    fc.integer({ min: 1, max: most }).map((every) => `;INTERVAL=${every}`),
  )
const weekStart = fc.constantFrom('', ';WKST=SU', ';WKST=MO', ';WKST=WE')
const nth = fc.constantFrom('1', '2', '3', '4', '-1', '5', '-2')
const join = (parts: readonly string[]): string => parts.join('')

/** FREQ=DAILY or WEEKLY with BYDAY: what days.ts counts by itself. */
export const plainRule = fc
  .tuple(
    fc.constantFrom('FREQ=DAILY', 'FREQ=WEEKLY'),
    interval(9),
    fc.oneof(
      fc.constant(''),
      some(WEEKDAYS, 7).map((days) => `;BYDAY=${days.join(',')}`),
    ),
    weekStart,
    ending,
  )
  .map(join)

/** What people with a practice arrange. */
export const clinicRule = fc.oneof(
  { weight: 4, arbitrary: plainRule },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constant('FREQ=MONTHLY'), interval(3), nth, fc.constantFrom(...WEEKDAYS), ending)
      .map(([freq, every, which, weekday, end]) => `${freq}${every};BYDAY=${which}${weekday}${end}`),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(interval(3), fc.oneof(fc.integer({ min: 1, max: 31 }), fc.integer({ min: -3, max: -1 })), ending)
      .map(([every, date, end]) => `FREQ=MONTHLY${every};BYMONTHDAY=${date}${end}`),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(interval(2), fc.constantFrom(1, 2, -1), ending)
      .map(([every, which, end]) => `FREQ=MONTHLY${every};BYDAY=MO,TU,WE,TH,FR;BYSETPOS=${which}${end}`),
  },
  { weight: 1, arbitrary: fc.tuple(interval(2), ending).map(([every, end]) => `FREQ=MONTHLY${every}${end}`) },
  { weight: 1, arbitrary: fc.tuple(interval(2), ending).map(([every, end]) => `FREQ=YEARLY${every}${end}`) },
)

const part = <T>(name: string, values: fc.Arbitrary<T[]>, often: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 10 - often, arbitrary: fc.constant('') },
    { weight: often, arbitrary: values.map((list) => `;${name}=${list.join(',')}`) },
  )
const months = part('BYMONTH', some([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 5), 3)
const dates = some([1, 2, 13, 15, 28, 29, 30, 31, -1, -2, -31], 4)
const positions = some([1, 2, 3, -1, -2], 2)
const anyDays = some(WEEKDAYS, 4)
const nthDays = fc.uniqueArray(
  fc.tuple(fc.constantFrom('', '1', '2', '-1', '5'), fc.constantFrom(...WEEKDAYS)).map(join),
  { minLength: 1, maxLength: 3 },
)

/** Everything that RFC 5545 allows from FREQ=DAILY on. */
export const anyRule = fc.oneof(
  fc
    .tuple(
      fc.constant('FREQ=DAILY'),
      interval(40),
      months,
      part('BYMONTHDAY', dates, 4),
      part('BYDAY', anyDays, 4),
      ending,
    )
    .map(join),
  fc
    .tuple(fc.constant('FREQ=WEEKLY'), interval(9), months, part('BYDAY', anyDays, 7), weekStart, ending)
    .map(join),
  fc
    .tuple(fc.constant('FREQ=WEEKLY'), interval(5), anyDays, positions, weekStart, ending)
    .map(
      ([freq, every, days, which, week, end]) =>
        `${freq}${every};BYDAY=${days.join(',')};BYSETPOS=${which.join(',')}${week}${end}`,
    ),
  fc
    .tuple(
      fc.constant('FREQ=MONTHLY'),
      interval(14),
      months,
      part('BYMONTHDAY', dates, 4),
      part('BYDAY', nthDays, 5),
      ending,
    )
    .map(join),
  fc
    .tuple(fc.constant('FREQ=MONTHLY'), interval(5), anyDays, positions, ending)
    .map(
      ([freq, every, days, which, end]) =>
        `${freq}${every};BYDAY=${days.join(',')};BYSETPOS=${which.join(',')}${end}`,
    ),
  fc
    .tuple(
      fc.constant('FREQ=YEARLY'),
      interval(5),
      months,
      part('BYMONTHDAY', dates, 4),
      part('BYDAY', nthDays, 4),
      ending,
    )
    .map(join),
  fc
    .tuple(
      fc.constant('FREQ=YEARLY'),
      interval(3),
      part('BYYEARDAY', some([1, 60, 100, 200, 365, 366, -1, -366], 3), 9),
      part('BYDAY', anyDays, 2),
      ending,
    )
    .map(join),
  fc
    .tuple(
      fc.constant('FREQ=YEARLY'),
      interval(3),
      part('BYWEEKNO', some([1, 2, 20, 52, 53, -1], 2), 9),
      part('BYDAY', anyDays, 7),
      weekStart,
      ending,
    )
    .map(join),
  fc
    .tuple(fc.constant('FREQ=YEARLY'), interval(3), months, anyDays, positions, ending)
    .map(
      ([freq, every, inMonths, days, which, end]) =>
        `${freq}${every}${inMonths};BYDAY=${days.join(',')};BYSETPOS=${which.join(',')}${end}`,
    ),
)

/** With a few dates added and left out: some that the rule gives, some that it does not. */
export const arrangementWith = (rule: fc.Arbitrary<string>): fc.Arbitrary<Arrangement> =>
  fc
    .record({
      starts,
      zone,
      minutes: fc.constantFrom(45, 50, 60, 90),
      rule,
      dates: fc.array(starts, { maxLength: 2 }),
      // People begin a series on a day of the series; files do not always.
      aligned: fc.boolean(),
      weeksLeftOut: fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 4 }),
    })
    .map(({ weeksLeftOut, aligned, ...rest }) => {
      const begun = aligned ? firstByRule({ ...rest, except: [] }) : null
      const starts = begun !== null && begun < '2028' ? begun : rest.starts
      const except = weeksLeftOut.map((weeks) => wallText(wallNumber(starts) + weeks * 7 * DAY))
      return { ...rest, starts, except }
    })
