import { occurrences, refusalOf } from '../../shared/domain/calendar/occurrences.ts'
import type { LeftOutReason, TakenEvent, TakenOverride } from '../../shared/domain/calendar/taken.ts'
import { wallText } from '../../shared/domain/calendar/walls.ts'
import type { ReadEvent, Unread } from './event.ts'
import { split } from './following.ts'
import { hang } from './hanging.ts'
import { readRuleText, writtenOut } from './rule.ts'
import { basicUtc, toMinutes, type Wall } from './text/times.ts'
import { instantOf, type ZoneClock } from './zones/clock.ts'

const MINUTE = 60_000

/** All that a file says of one UID. */
export interface Gathered {
  readonly masters: readonly ReadEvent[]
  readonly overrides: readonly ReadEvent[]
  /** Times of it that could not be taken. */
  readonly unread: readonly Unread[]
}

export interface Built {
  readonly events: TakenEvent[]
  readonly leftOut: Unread[]
}

/** Of two versions the higher SEQUENCE holds, then the later stamp, then the one further down. */
const newer = (a: ReadEvent, b: ReadEvent): number =>
  b.sequence - a.sequence || b.stamp - a.stamp || b.order - a.order

const leave = (event: ReadEvent, reason: LeftOutReason): Unread => ({
  uid: event.uid,
  title: event.title,
  startsAt: event.start.instant,
  reason,
  recurrence: event.recurrence,
})

/** `most`: how many starts may be written out one by one where no rule says them. */
export function buildSeries({ masters, overrides, unread }: Gathered, home: ZoneClock, most: number): Built {
  const leftOut: Unread[] = []
  const [master, ...older] = masters.toSorted(newer)
  for (const one of older) leftOut.push(leave(one, 'OLDER_VERSION'))

  const newest = new Map<number, ReadEvent>()
  for (const one of overrides.toSorted(newer)) {
    const at = one.recurrence?.instant ?? one.start.instant
    if (newest.has(at)) leftOut.push(leave(one, 'OLDER_VERSION'))
    else newest.set(at, one)
  }
  const times = [...newest.values()].toSorted((a, b) => idOf(a) - idOf(b))

  if (master === undefined) return orphans(times, leftOut, home, most)
  const built = fromMaster(master, times, unread, home, most)
  if (typeof built !== 'string') return { events: built.events, leftOut: [...leftOut, ...built.leftOut] }
  leftOut.push(leave(master, built))
  // Its moved times are whole events by themselves, and may well be good.
  return orphans(times, leftOut, home, most)
}

const idOf = (event: ReadEvent): number => event.recurrence?.instant ?? event.start.instant

/** Invited to one time of somebody's series: the file holds that time alone. It is an event, and Google takes it. */
function orphans(times: readonly ReadEvent[], leftOut: Unread[], home: ZoneClock, most: number): Built {
  const events: TakenEvent[] = []
  for (const one of times) {
    if (one.cancelled) {
      leftOut.push(leave(one, 'OVERRIDE_WITHOUT_SERIES'))
      continue
    }
    const built = fromMaster(
      { ...one, uid: `${one.uid}#${basicUtc(idOf(one))}`, recurrence: null },
      [],
      [],
      home,
      most,
    )
    if (typeof built === 'string') leftOut.push(leave(one, built))
    else events.push(...built.events)
  }
  return { events, leftOut }
}

function fromMaster(
  master: ReadEvent,
  times: readonly ReadEvent[],
  unread: readonly Unread[],
  home: ZoneClock,
  most: number,
): { events: TakenEvent[]; leftOut: Unread[] } | LeftOutReason {
  const hanging = hang(master, home, most)
  if (typeof hanging === 'string') return hanging
  const { wallFor } = hanging
  const except = new Set<Wall>(master.except.map(wallFor))
  for (const text of master.exceptRules) {
    const read = readRuleText(text, master.start.wall, master.start.clock)
    if (typeof read === 'string') return read
    for (const wall of [
      ...read.dates,
      ...(read.rule === '' ? [] : writtenOut(read.rule, master.start.wall, master.start.clock, most)),
    ]) {
      except.add(wallFor({ ...master.start, wall, instant: instantOf(wall, master.start.clock) }))
    }
  }
  const minutes = toMinutes(master.length ?? 0)
  const overrides = new Map<Wall, TakenOverride>()
  const leftOut: Unread[] = []
  const override = (
    wall: Wall,
    startsAt: number,
    length: number,
    title: string,
    cancelled: boolean,
  ): void => {
    overrides.set(wall, {
      occurrence: wallText(wall),
      startsAt,
      endsAt: startsAt + toMinutes(length) * MINUTE,
      title,
      cancelled,
    })
  }
  for (const { start, length } of master.dates) {
    if (length === null || toMinutes(length) === minutes || except.has(wallFor(start))) continue
    override(wallFor(start), start.instant, length, master.title, false)
  }
  // Made a whole day, or days: that time is no session any more.
  for (const one of unread) {
    if (one.recurrence === null) continue
    if (one.reason === 'ALL_DAY' || one.reason === 'TOO_LONG') except.add(wallFor(one.recurrence))
  }
  const following: ReadEvent[] = []
  for (const one of times) {
    if (one.recurrence === null) continue
    if (one.andFollowing && (hanging.rule !== '' || hanging.dates.size > 0)) {
      following.push(one)
      continue
    }
    const wall = wallFor(one.recurrence)
    // EXDATE takes a time out of the set, and what it was moved to with it.
    if (except.has(wall)) continue
    override(wall, one.start.instant, one.length ?? master.length ?? 0, one.title, one.cancelled)
  }

  let event: TakenEvent = {
    uid: master.uid,
    sequence: Math.max(master.sequence, ...times.map((one) => one.sequence)),
    stamp: Math.max(master.stamp, ...times.map((one) => one.stamp)),
    title: master.title,
    arrangement: {
      starts: wallText(hanging.starts),
      zone: hanging.zone,
      minutes,
      rule: hanging.rule,
      dates: sorted(hanging.dates),
      except: sorted(except),
    },
    cancelled: master.cancelled,
    overrides: [...overrides].toSorted(([a], [b]) => a - b).map(([, one]) => one),
    place: master.place,
    description: master.description,
    attendees: master.attendees,
  }
  const events: TakenEvent[] = []
  let ended = false
  for (const one of following) {
    const [before, after] = split(event, one, wallFor(one.recurrence ?? one.start), hanging.clock)
    if (before === null && after === null) continue
    if (before !== null) events.push(before)
    ended = after === null
    if (after === null) break
    event = after
  }
  if (!ended) events.push(event)
  const trouble = events.length === 1 ? refusalOf(event.arrangement) : null
  if (trouble !== null && (trouble !== 'NEVER_OCCURS' || event.overrides.every((one) => one.cancelled))) {
    return trouble
  }
  const whole = events.map((one) => withEveryOverride(one, hanging.clock))
  return { events: whole.filter((one) => refusalOf(one.arrangement) === null), leftOut }
}

const sorted = (walls: Iterable<Wall>): string[] => [...walls].toSorted((a, b) => a - b).map(wallText)

/** Whether the arrangement gives this start, and at this time. */
function gives(event: TakenEvent, occurrence: string, clock: ZoneClock): boolean {
  const at = instantOf(Date.parse(`${occurrence}Z`), clock)
  return occurrences(event.arrangement, at, at + 1, 1).found.length > 0
}

/** What was moved from a time that the rule does not give is a time of its own: a further date, moved. */
function withEveryOverride(event: TakenEvent, clock: ZoneClock): TakenEvent {
  const further = event.overrides.filter((one) => !one.cancelled && !gives(event, one.occurrence, clock))
  if (further.length === 0) return event
  const dates = new Set([...event.arrangement.dates, ...further.map((one) => one.occurrence)])
  return { ...event, arrangement: { ...event.arrangement, dates: [...dates].toSorted() } }
}
