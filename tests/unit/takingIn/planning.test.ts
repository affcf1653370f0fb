import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCalendar } from '../../../src/main/calendar/reading.ts'
import {
  type Known,
  type KnownSeries,
  planTaking,
  type Taking,
} from '../../../src/main/calendar/planning/planning.ts'
import { NameFinder, titleKey } from '../../../src/main/calendar/planning/titles.ts'
import type { TitleMatch } from '../../../src/shared/contract/calendar.ts'
import type { CalendarReading } from '../../../src/shared/domain/calendar/taken.ts'
import { calendar, event } from '../../support/calendars/products.ts'

const NOW = Date.UTC(2026, 0, 10)
const options = { now: NOW }
const read = (text: string): CalendarReading => {
  const found = readCalendar(new TextEncoder().encode(text), { homeZone: 'Europe/Berlin' })
  if ('unreadable' in found) throw new Error(found.unreadable)
  return found
}
const clients = [
  { id: 'c1', name: 'Anna Berger' },
  { id: 'c2', name: 'José Álvarez' },
  { id: 'c3', name: 'Anne-Marie Bell' },
]
const client = (id: string): TitleMatch => ({ to: 'client', id, kind: 'individual' })
const knowing = (series: readonly KnownSeries[] = [], matches: Record<string, TitleMatch> = {}): Known => ({
  series,
  matches: new Map(Object.entries(matches)),
  clients,
})
/** What is known of the calendar once the plan was carried out. */
const after = ({ add, change, same }: Taking): KnownSeries[] => [
  ...same,
  ...[...add, ...change].map(({ event: taken, whose }) => ({ uid: taken.uid, event: taken, whose })),
]
const inOrder = (series: readonly KnownSeries[]): KnownSeries[] =>
  series
    .filter((one) => !one.event.cancelled)
    .map((one) => ({ ...one, event: { ...one.event, sequence: 0, stamp: 0 } }))
    .toSorted((a, b) => (a.uid < b.uid ? -1 : 1))
const session = (uid: string, title: string, ...more: string[]): string[] =>
  event(
    `UID:${uid}`,
    `SUMMARY:${title}`,
    'DTSTART:20260112T150000Z',
    ...(more.length > 0 ? more : ['DURATION:PT50M']),
  )

describe('titles', () => {
  test('only a client’s full name, alone, decides by itself', () => {
    const reading = read(
      calendar(
        ...session('1', 'anna  BERGER'),
        ...session('2', 'Session with Anna Berger'),
        ...session('3', 'Jose Alvarez'),
        ...session('4', 'AB'),
        ...session('5', 'Lunch'),
        ...session('6', 'Anna Berger - 50 min'),
        ...session('7', 'lunch'),
      ),
    )
    const plan = planTaking(reading, knowing(), options)
    expect(plan.add.map((one) => [one.event.uid, one.whose.id])).toEqual([['1', 'c1']])
    expect(plan.unmatched).toBe(6)
    const standing = plan.titles.map(({ title, events, next, suggestions }) => [
      title,
      events,
      next,
      suggestions[0]?.name,
    ])
    const next = Date.UTC(2026, 0, 12, 15)
    expect(standing).toEqual([
      ['anna BERGER', 1, null, undefined],
      ['Session with Anna Berger', 1, next, 'Anna Berger'],
      ['Jose Alvarez', 1, next, 'José Álvarez'],
      ['AB', 1, next, 'Anna Berger'],
      ['Lunch', 2, next, undefined],
      ['Anna Berger - 50 min', 1, next, 'Anna Berger'],
    ])
  })

  test('two clients of one name are not told apart by themselves', () => {
    const twins = { ...knowing(), clients: [...clients, { id: 'c4', name: 'Anna Berger' }] }
    const plan = planTaking(read(calendar(...session('1', 'Anna Berger'))), twins, options)
    expect(plan.add).toEqual([])
    expect(plan.titles[0]?.suggestions.map((one) => one.id).toSorted()).toEqual(['c1', 'c4'])
  })

  test.each([
    ['Berger, Anna', 'Anna Berger'],
    ['Anna B.', 'Anna Berger'],
    ['A. Berger', 'Anna Berger'],
    ['Zoom: Anna Bergr (confirmed)', 'Anna Berger'],
    ['Bell', 'Anne-Marie Bell'],
    ['A.M.B.', 'Anne-Marie Bell'],
    ['Jsoé', 'José Álvarez'],
    ['JOSÉ 45min', 'José Álvarez'],
  ])('%s suggests %s first', (title, name) => {
    expect(new NameFinder(clients).suggest(title)[0]?.name).toBe(name)
  })

  test('what was said is remembered whatever the capitals and spaces', () => {
    const reading = read(calendar(...session('1', 'JOSÉ  a'), ...session('2', 'Supervision')))
    const plan = planTaking(
      reading,
      knowing([], { 'José A': client('c2'), supervision: { to: 'nobody' } }),
      options,
    )
    expect(titleKey('JOSE\u0301  a')).toBe(titleKey('José A'))
    expect(plan.add.map((one) => one.whose.id)).toEqual(['c2'])
    expect([plan.nobody, plan.unmatched]).toEqual([1, 0])
  })

  test.each([
    ['José Ruiz', 'Jose Ruiz'],
    ['मीना', 'मोना'],
    ['Андрей', 'Андреи'],
    ['がん', 'かん'],
  ])('%s is not %s, neither by name nor by what was said', (one, other) => {
    const reading = read(calendar(...session('1', one), ...session('2', other)))
    const both = [
      { id: 'c1', name: one },
      { id: 'c2', name: other },
    ]
    const named = planTaking(reading, { ...knowing(), clients: both }, options)
    expect(named.add.map(({ event: taken, whose }) => [taken.title, whose.id])).toEqual([
      [one, 'c1'],
      [other, 'c2'],
    ])
    const said = planTaking(reading, { ...knowing([], { [one]: client('c1') }), clients: [] }, options)
    expect(said.add.map(({ event: taken }) => taken.title)).toEqual([one])
    expect(said.unmatched).toBe(1)
  })

  const ANA = { id: 'ana', name: 'Ana' }
  const BEN = { id: 'ben', name: 'Ben' }
  const weekly = (title: string): string[] =>
    session('1', title, 'DURATION:PT50M', 'RRULE:FREQ=WEEKLY;COUNT=5')
  const onceOf = (title: string, day: string, range = ''): string[] =>
    event(
      'UID:1',
      `SUMMARY:${title}`,
      `RECURRENCE-ID${range}:202601${day}T150000Z`,
      `DTSTART:202601${day}T150000Z`,
    )
  test('one time of a series that bears another name is another’s, and asked for', () => {
    const reading = read(calendar(...weekly('Ana'), ...onceOf('Ben', '19')))
    const plan = planTaking(reading, { ...knowing(), clients: [ANA, BEN] }, options)
    expect(plan.add.map(({ event: one, whose }) => [one.uid, whose.id, one.arrangement.minutes])).toEqual([
      ['1', 'ana', 50],
      ['1#20260119T150000Z', 'ben', 50],
    ])
    expect(plan.add[0]?.event).toMatchObject({
      arrangement: { except: ['2026-01-19T15:00:00'] },
      overrides: [],
    })
    const asked = planTaking(reading, { ...knowing(), clients: [ANA] }, options)
    expect(asked.unmatched).toBe(1)
    expect(asked.titles.map(({ title, match }) => [title, match.to])).toEqual([
      ['Ana', 'client'],
      ['Ben', 'open'],
    ])
    const same = planTaking(read(calendar(...weekly('Ana'), ...onceOf('ANA', '19'))), knowing(), options)
    expect(same.titles).toMatchObject([{ title: 'Ana', events: 1 }])
  })

  test('and a time that bears the first name after the series went to another is the first one’s', () => {
    const text = calendar(
      ...weekly('Ana'),
      ...onceOf('Ben', '19', ';RANGE=THISANDFUTURE'),
      ...onceOf('Ana', '26'),
    )
    const { add } = planTaking(read(text), { ...knowing(), clients: [ANA, BEN] }, options)
    expect(add.map(({ event: one, whose }) => [one.arrangement.starts.slice(0, 10), whose.id])).toEqual([
      ['2026-01-12', 'ana'],
      ['2026-01-19', 'ben'],
      ['2026-01-26', 'ana'],
    ])
    expect(add[1]?.event.arrangement.except).toEqual(['2026-01-26T15:00:00'])
  })

  test('a name that is two clients’, or has gone to another, is asked for again', () => {
    const reading = read(calendar(...session('1', 'Ana'), ...session('2', 'Ana')))
    const later = { id: 'later', name: 'Ana' }
    const was: KnownSeries[] = after(
      planTaking(read(calendar(...session('1', 'Ana'))), { ...knowing(), clients: [ANA] }, options),
    )
    for (const matches of [{}, { ana: client('ana') }]) {
      for (const clients of [
        [ANA, later],
        [{ ...ANA, name: 'Ana Lopez' }, later],
      ]) {
        const plan = planTaking(reading, { ...knowing(was, matches), clients }, options)
        expect(plan.titles).toMatchObject([{ match: { to: 'open' } }])
        expect([plan.add.length, plan.change.length, plan.unmatched]).toEqual([0, 0, 1])
        expect(plan.same.map(({ whose }) => whose.id)).toEqual(['ana'])
      }
    }
    const answered = {
      ...knowing(was, { ana: client('later') }),
      clients: [ANA, later],
      now: new Set(['ana']),
    }
    expect(planTaking(reading, answered, options).add.map(({ whose }) => whose.id)).toEqual(['later'])
  })
})

describe('taking again', () => {
  const matches = { a: client('c1'), b: client('c2') }
  test('changed, gone, and same; a changed title keeps its client', () => {
    const first = planTaking(
      read(calendar(...session('1', 'a'), ...session('2', 'b'), ...session('3', 'a'))),
      knowing([], matches),
      options,
    )
    const second = planTaking(
      read(calendar(...session('1', 'a'), ...session('2', 'b, in the new room', 'DURATION:PT1H'))),
      knowing(after(first), matches),
      options,
    )
    expect(second.same.map((one) => one.uid)).toEqual(['1'])
    expect(second.change.map((one) => [one.known.uid, one.whose.id, one.event.arrangement.minutes])).toEqual([
      ['2', 'c2', 60],
    ])
    expect(second.gone.map((one) => one.uid)).toEqual(['3'])
    expect(second.add).toEqual([])
  })

  test('what cannot be read this time is not gone, nor is anything of a damaged file', () => {
    const known = knowing(
      after(
        planTaking(read(calendar(...session('1', 'a'), ...session('2', 'a'))), knowing([], matches), options),
      ),
      matches,
    )
    const unreadable = calendar(...session('1', 'a'), ...session('2', 'a', 'RRULE:?'))
    expect(planTaking(read(unreadable), known, options).gone).toEqual([])
    const whole = calendar(...session('1', 'a'), ...session('2', 'a'))
    const cut = whole.slice(0, whole.indexOf('UID:2'))
    expect(planTaking(read(cut), known, options).gone).toEqual([])
    const allDay = calendar(...session('1', 'a'), ...event('UID:2', 'DTSTART;VALUE=DATE:20260112'))
    expect(planTaking(read(allDay), known, options).gone.map((one) => one.uid)).toEqual(['2'])
    // Behind more than are listed one by one.
    const days = Array.from({ length: 5_000 }, (_, at) => event(`UID:d${at}`, 'DTSTART;VALUE=DATE:20260112'))
    const behind = calendar(...days.flat(), ...session('1', 'a'), ...session('2', 'a', 'RRULE:?'))
    const school = read(behind)
    expect([school.leftOut.length, school.unlisted, school.damaged]).toEqual([5_000, 1, false])
    expect(planTaking(school, known, options).gone).toEqual([])
    const nonsense = Array.from({ length: 5_001 }, (_, at) => event(`UID:n${at}`, 'DTSTART:never'))
    expect(read(calendar(...nonsense.flat())).damaged).toBe(true)
  })

  test('what says nothing of its end gets a length; what was never taken is not called off', () => {
    const plan = planTaking(
      read(calendar(...session('1', 'a', 'CLASS:PUBLIC'), ...session('2', 'a', 'STATUS:CANCELLED'))),
      knowing([], matches),
      { ...options, minutesUnsaid: 50 },
    )
    expect(plan.add.map((one) => one.event.arrangement.minutes)).toEqual([50])
    expect(plan.calledOff).toBe(1)
  })

  const line = <T extends string>(...lines: T[]) => fc.constantFrom(...lines)
  const one = fc
    .record({
      uid: line('1', '2', '3', '4', '5'),
      title: line('a', 'b', 'Anna Berger', 'nobody'),
      start: line(
        'DTSTART:20260112T150000Z',
        'DTSTART;TZID=Europe/Berlin:20260113T090000',
        'DTSTART;VALUE=DATE:20260114',
        'DTSTART:never',
      ),
      length: line('DURATION:PT50M', 'DURATION:PT1H', 'CLASS:PUBLIC'),
      rule: line('CLASS:PRIVATE', 'RRULE:FREQ=WEEKLY', 'RRULE:FREQ=WEEKLY;COUNT=3', 'RDATE:20260120T150000Z'),
      more: line(
        'X-A:1',
        'EXDATE:20260119T150000Z',
        'STATUS:CANCELLED',
        'RECURRENCE-ID:20260119T150000Z',
        'RECURRENCE-ID;RANGE=THISANDFUTURE:20260119T150000Z',
      ),
      sequence: line('SEQUENCE:0', 'SEQUENCE:1', 'SEQUENCE:2'),
    })
    .map(({ uid, title, start, length, rule, more, sequence }) =>
      event(
        `UID:${uid}`,
        `SUMMARY:${title}`,
        start,
        length,
        more.startsWith('RECURRENCE') ? 'CLASS:PRIVATE' : rule,
        more,
        sequence,
      ),
    )
  const file = fc.array(one, { maxLength: 12 }).map((events) => read(calendar(...events.flat())))
  const said = {
    a: client('c1'),
    b: client('c2'),
    nobody: { to: 'nobody' } as const,
    '': { to: 'nobody' } as const,
  }
  const take = (reading: CalendarReading, series: readonly KnownSeries[]): Taking =>
    planTaking(reading, knowing(series, said), options)

  test('the same file twice changes nothing', () => {
    fc.assert(
      fc.property(file, (reading) => {
        const again = take(reading, after(take(reading, [])))
        expect([again.add, again.change, again.gone]).toEqual([[], [], []])
      }),
    )
  })

  test('A and then B leaves what B alone leaves, where B can be read', () => {
    fc.assert(
      fc.property(file, file, (a, b) => {
        const unread = new Set(b.leftOut.filter((it) => it.reason === 'NO_START').map((it) => it.uid))
        const readable = (series: KnownSeries[]): KnownSeries[] =>
          inOrder(series).filter((it) => !unread.has(it.uid.replace(/#.*/, '')))
        const both = after(take(b, after(take(a, []))))
        expect(readable(both)).toEqual(readable(after(take(b, []))))
      }),
    )
  })
})
