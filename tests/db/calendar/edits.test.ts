import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { OpenRecord } from '../../../src/main/services/record/openRecord.ts'
import { standingFrom, type StandingRow } from '../../../src/main/store/record/queries/standing.ts'
import { Refusal } from '../../../src/shared/contract/result.ts'
import { occurrences } from '../../../src/shared/domain/calendar/occurrences.ts'
import type { ScheduledSession } from '../../../src/shared/contract/sessions.ts'
import { instantOf } from '../../../src/shared/domain/calendar/zones.ts'
import { addClient, DAY, HOUR, MINUTE, MORNING, RecordFile, soap, ZONE } from '../../support/recordFile.ts'

/** Whatever a person does to a series, in whatever order. `which` picks one of the sessions there are. */
type Act =
  | { do: 'move'; which: number; scope: 'this' | 'following' | 'all'; days: number; minutes: number }
  | { do: 'remove'; which: number; scope: 'this' | 'following' | 'all' }
  | { do: 'cancel' | 'write' | 'start' | 'plain-move'; which: number }
  | { do: 'change'; which: number; scope: 'following' | 'all'; rule: number; hour: number }
  | { do: 'wait'; days: number }
  | { do: 'look'; weeks: number }

const RULES = [
  'FREQ=WEEKLY',
  'FREQ=WEEKLY;INTERVAL=2',
  'FREQ=WEEKLY;BYDAY=MO,WE',
  'FREQ=WEEKLY;COUNT=30',
  'FREQ=MONTHLY',
  'FREQ=MONTHLY;BYDAY=2TU',
  'FREQ=DAILY;INTERVAL=3',
]
const which = fc.nat(60)
const scope = fc.constantFrom('this', 'following', 'all')
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    do: fc.constant('move'),
    which,
    scope,
    days: fc.integer({ min: -3, max: 3 }),
    minutes: fc.constantFrom(-120, -15, 0, 45, 180),
  }),
  fc.record({ do: fc.constant('remove'), which, scope }),
  fc.record({ do: fc.constantFrom('cancel', 'write', 'start', 'plain-move'), which }),
  fc.record({
    do: fc.constant('change'),
    which,
    scope: fc.constantFrom('following', 'all'),
    rule: fc.nat(RULES.length - 1),
    hour: fc.integer({ min: 7, max: 19 }),
  }),
  fc.record({ do: fc.constant('wait'), days: fc.integer({ min: 0, max: 40 }) }),
  fc.record({ do: fc.constant('look'), weeks: fc.integer({ min: 0, max: 80 }) }),
) as fc.Arbitrary<Act>

async function live(record: OpenRecord): Promise<ScheduledSession[]> {
  const first = MORNING - 30 * DAY
  const years = [0, 1, 2].map((n) =>
    record.sessions.around(first + n * 390 * DAY, first + (n + 1) * 390 * DAY),
  )
  return (await Promise.all(years)).flat()
}

/** What may not change any more: over, begun, or something is written. */
async function settled(file: RecordFile): Promise<Map<string, { at: number; words: number }>> {
  const rows = await file.store.read((h) =>
    h.all<{ id: string; at: number; removed: number | null; begun: number | null; words: number }>(
      `SELECT s.id, s.starts_at AS at, s.removed_at AS removed, s.started_at AS begun,
         EXISTS (SELECT 1 FROM notes n WHERE n.session_id = s.id AND n.blank = 0) AS words FROM sessions s
       WHERE s.removed_at IS NULL`,
    ),
  )
  return new Map(
    rows
      .filter((row) => row.words === 1 || row.at <= file.now || row.begun !== null)
      .map((row) => [row.id, { at: row.at, removed: row.removed, words: row.words }]),
  )
}

/** @returns the session that was acted on by itself: by hand one may be moved although it was started */
async function perform(
  file: RecordFile,
  record: OpenRecord,
  one: Act,
  all: ScheduledSession[],
): Promise<string | null> {
  if (one.do === 'wait') {
    file.now += one.days * DAY
    return null
  }
  if (one.do === 'look') {
    await record.sessions.between(file.now + one.weeks * 7 * DAY, file.now + (one.weeks + 1) * 7 * DAY)
    return null
  }
  const coming = all.filter((s) => s.startsAt > file.now)
  const session = coming[one.which % Math.max(1, coming.length)]
  if (session === undefined) return null
  const by = (ms: number) => ({ startsAt: session.startsAt + ms, endsAt: session.endsAt + ms, zone: ZONE })
  switch (one.do) {
    case 'move':
      await record.series.move(session.id, one.scope, by(one.days * DAY + one.minutes * MINUTE))
      break
    case 'remove':
      await record.series.remove(session.id, one.scope)
      break
    case 'cancel':
      await record.sessions.cancel(session.id, { by: 'client', line: '', toldAt: null, whole: true })
      break
    case 'start':
      await record.sessions.mark(session.id, file.now, null)
      break
    case 'plain-move':
      await record.sessions.move(session.id, by(26 * HOUR))
      break
    case 'write': {
      const draft = await record.notes.open(session.id)
      if (draft.state === 'draft') await record.notes.save(draft.id, draft.revision, soap('Words'))
      break
    }
    case 'change': {
      const starts = `${(session.occurrence ?? '').slice(0, 10)}T${String(one.hour).padStart(2, '0')}:00:00`
      await record.series.change(session.id, one.scope, {
        kind: 'individual',
        arrangement: { starts, zone: ZONE, minutes: 45, rule: RULES[one.rule] ?? '', dates: [], except: [] },
        travelBefore: 0,
        travelAfter: 0,
      })
    }
  }
  return 'scope' in one && one.scope !== 'this' ? null : session.id
}

/** Every series: what its rule gives from now on is there, once, and where the rule has it. */
async function asArranged(file: RecordFile): Promise<void> {
  const every = await file.store.read(async (h) => {
    const list = await h.all<{ id: string; starts: string; zone: string; minutes: number; rule: string }>(
      `SELECT id, starts, zone, minutes, rule, dates, except_dates AS "except", made_until AS until FROM series
       WHERE ended_at IS NULL`,
    )
    const rows = new Map<string, StandingRow[]>()
    for (const { id } of list) rows.set(id, await standingFrom(h, id, ''))
    return { list, rows }
  })
  for (const row of every.list) {
    const raw = row as unknown as { dates: string; except: string; until: number }
    const arrangement = { ...row, dates: JSON.parse(raw.dates), except: JSON.parse(raw.except) }
    const until = Math.min(raw.until, file.now + 900 * DAY)
    const given = occurrences(arrangement, file.now + 1, until, 5000).found
    const rows = every.rows.get(row.id) ?? []
    const byKey = new Map<string, StandingRow[]>()
    for (const one of rows) byKey.set(one.occurrence ?? '', [...(byKey.get(one.occurrence ?? '') ?? []), one])
    for (const occurrence of given) {
      const there = byKey.get(occurrence.wall) ?? []
      expect(there, `one at ${occurrence.wall}`).toHaveLength(1)
      const [own] = there
      if (own === undefined || own.changed || own.written || own.startedAt !== null) continue
      if (own.startsAt <= file.now) continue
      expect({ at: own.startsAt, end: own.endsAt, gone: own.removedAt }).toEqual({
        at: occurrence.startsAt,
        end: occurrence.endsAt,
        gone: null,
      })
    }
    const walls = new Set(given.map(({ wall }) => wall))
    const strays = rows.filter(
      (own) =>
        own.removedAt === null &&
        !own.changed &&
        !own.written &&
        own.startedAt === null &&
        own.startsAt > file.now &&
        own.startsAt < until &&
        // Led to a time that is over already, it stays where it was rather than be gone.
        instantOf(own.occurrence ?? '', row.zone) > file.now &&
        !walls.has(own.occurrence ?? ''),
    )
    expect(strays).toEqual([])
  }
}

async function tryOut(rule: string, members: number, acts: readonly Act[]): Promise<void> {
  const file = new RecordFile()
  const record = await file.open()
  const ids = await Promise.all(Array.from({ length: members }, (_, n) => addClient(record, `Client ${n}`)))
  await record.series.create(
    { kind: 'client', id: ids[0] ?? '' },
    {
      kind: 'individual',
      arrangement: { starts: '2025-06-02T10:00:00', zone: ZONE, minutes: 50, rule, dates: [], except: [] },
      travelBefore: 0,
      travelAfter: 0,
    },
  )
  for (const one of acts) {
    const before = await settled(file)
    let alone: string | null = null
    try {
      alone = await perform(file, record, one, await live(record))
    } catch (error) {
      // A refusal is an answer; anything else is not.
      if (!(error instanceof Refusal)) throw error
    }
    const after = await settled(file)
    for (const [id, was] of before) {
      // Through its series a written one is not even moved by itself.
      if (id === alone && (was.words === 0 || one.do === 'plain-move')) continue
      expect(after.get(id), `${one.do} leaves what is settled`).toEqual(was)
    }
    await asArranged(file)
  }
  // Made ahead once more, and once more: the second time there is nothing to make.
  await record.sessions.between(file.now + 40 * 7 * DAY, file.now + 41 * 7 * DAY)
  await asArranged(file)
  const whole = await live(record)
  await record.horizon.roll()
  expect(await live(record)).toEqual(whole)
  await record.close()
}

test('whatever is done to a series, nothing is lost, doubled or an hour off, and what is settled stays', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...RULES),
      fc.array(act, { minLength: 1, maxLength: 8 }),
      async (rule, acts) => tryOut(rule, 1, acts),
    ),
    { numRuns: 40 },
  )
}, 120_000)
