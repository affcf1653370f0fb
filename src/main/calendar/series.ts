import { refusalOf } from '../../shared/domain/calendar/occurrences.ts'
import type { LeftOutReason, TakenEvent, TakenOverride } from '../../shared/domain/calendar/taken.ts'
import { wallText } from '../../shared/domain/calendar/walls.ts'
import type { ReadEvent, Unread } from './event.ts'
import { split } from './following.ts'
import { type Budget, withEveryOverride } from './furtherDates.ts'
import { hang } from './hanging.ts'
import { titleKey } from './planning/titles.ts'
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
export function buildSeries(
  { masters, overrides, unread }: Gathered,
  home: ZoneClock,
  most: number,
  budget: Budget,
): Built {
  const leftOut: Unread[] = []
  const [master, ...others] = masters.toSorted(newer)
  const older =
    master === undefined || overrides.length > 0 ? others : others.filter((one) => !apart(one, master))
  for (const one of older) leftOut.push(leave(one, 'OLDER_VERSION'))
  if (master !== undefined && older.length < others.length) {
    // Each by its start, the newest too: whichever stands alone next time, it is not taken for another's session.
    const all = [master, ...others.filter((one) => !older.includes(one))]
    const each = new Map(all.toReversed().map((one) => [one.start.instant, one]))
    for (const one of all) if (each.get(one.start.instant) !== one) leftOut.push(leave(one, 'OLDER_VERSION'))
    const events = [...each.values()]
      .toSorted((a, b) => a.order - b.order)
      .flatMap((one) => {
        const built = fromMaster({ ...one, uid: timeOf(one) }, [], [], home, most, budget)
        if (typeof built !== 'string') return built.events
        leftOut.push(leave(one, built))
        return []
      })
    return { events, leftOut }
  }

  const newest = new Map<number, ReadEvent>()
  for (const one of overrides.toSorted(newer)) {
    const at = one.recurrence?.instant ?? one.start.instant
    if (newest.has(at)) leftOut.push(leave(one, 'OLDER_VERSION'))
    else newest.set(at, one)
  }
  const times = [...newest.values()].toSorted((a, b) => idOf(a) - idOf(b))

  if (master === undefined) return orphans(times, leftOut, home, most, budget)
  const built = fromMaster(master, times, unread, home, most, budget)
  if (typeof built !== 'string') {
    const alone = orphans(built.renamed, [...leftOut, ...built.leftOut], home, most, budget)
    return { events: [...built.events, ...alone.events], leftOut: alone.leftOut }
  }
  leftOut.push(leave(master, built))
  // Its moved times are whole events by themselves, and may well be good.
  return orphans(times, leftOut, home, most, budget)
}

/** Another event under the same UID: some booking systems give one to everything. It may be another client's. */
const apart = (one: ReadEvent, master: ReadEvent): boolean =>
  one.sequence === master.sequence &&
  one.stamp === master.stamp &&
  one.start.instant !== master.start.instant &&
  [one, master].every(({ rules, dates }) => rules.length === 0 && dates.length === 0)

/** The name of one time of a UID. */
const timeOf = (event: ReadEvent): string => `${event.uid}#${basicUtc(idOf(event))}`

const idOf = (event: ReadEvent): number => event.recurrence?.instant ?? event.start.instant

/** Invited to one time of somebody's series: the file holds that time alone. It is an event, and Google takes it. */
function orphans(
  times: readonly ReadEvent[],
  leftOut: Unread[],
  home: ZoneClock,
  most: number,
  budget: Budget,
): Built {
  const events: TakenEvent[] = []
  for (const one of times) {
    if (one.cancelled) {
      leftOut.push(leave(one, 'OVERRIDE_WITHOUT_SERIES'))
      continue
    }
    const built = fromMaster({ ...one, uid: timeOf(one), recurrence: null }, [], [], home, most, budget)
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
  budget: Budget,
): { events: TakenEvent[]; leftOut: Unread[]; renamed: ReadEvent[] } | LeftOutReason {
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
  const renamed: ReadEvent[] = []
  let called = master.title
  for (const one of times) {
    if (one.recurrence === null) continue
    if (one.andFollowing && (hanging.rule !== '' || hanging.dates.size > 0)) {
      following.push(one)
      if (one.title !== '') called = one.title
      continue
    }
    const wall = wallFor(one.recurrence)
    // EXDATE takes a time out of the set, and what it was moved to with it.
    if (except.has(wall)) continue
    // Given to somebody else that week: under the series it would stand in the wrong client's chart.
    const other = one.title !== '' && titleKey(one.title) !== titleKey(called)
    if (other && !one.cancelled && !master.cancelled) {
      except.add(wall)
      overrides.delete(wall)
      const length = one.length ?? master.length
      renamed.push({ ...one, length, rules: [], exceptRules: [], dates: [], except: [] })
      continue
    }
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
  const whole: TakenEvent[] = []
  for (const one of events) {
    const all = withEveryOverride(one, hanging.clock, budget)
    if (all === null) return 'RULE_TOO_OFTEN'
    whole.push(all)
  }
  return { events: whole.filter((one) => refusalOf(one.arrangement) === null), leftOut, renamed }
}

const sorted = (walls: Iterable<Wall>): string[] => [...walls].toSorted((a, b) => a - b).map(wallText)
