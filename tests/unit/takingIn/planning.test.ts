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

  test('what was said is remembered whatever the accents and capitals', () => {
    const reading = read(calendar(...session('1', 'JOSE  á'), ...session('2', 'Supervision')))
    const plan = planTaking(
      reading,
      knowing([], { 'José A': client('c2'), supervision: { to: 'nobody' } }),
      options,
    )
    expect(titleKey('JOSE  á')).toBe(titleKey('José A'))
    expect(plan.add.map((one) => one.whose.id)).toEqual(['c2'])
    expect([plan.nobody, plan.unmatched]).toEqual([1, 0])
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
