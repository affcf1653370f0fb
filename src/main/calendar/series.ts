import { followRule, occurrences, refusalOf } from '../../shared/domain/calendar/occurrences.ts'
import { readRule } from '../../shared/domain/calendar/rules.ts'
import type { LeftOutReason, TakenEvent, TakenOverride } from '../../shared/domain/calendar/taken.ts'
import { wallText } from '../../shared/domain/calendar/walls.ts'
import type { Moment, ReadEvent, Unread } from './event.ts'
import { readRuleText, writtenOut } from './rule.ts'
import { MAX_DATES } from './limits.ts'
import { basicUtc, type Wall } from './text/times.ts'
import { instantOf, UTC, wallOf, type ZoneClock } from './zones/clock.ts'

const MINUTE = 60_000
const DAY = 86_400_000

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

export function buildSeries({ masters, overrides, unread }: Gathered, home: ZoneClock): Built {
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

  if (master === undefined) return orphans(times, leftOut, home)
  const built = fromMaster(master, times, unread, home)
  if (typeof built !== 'string') return { events: built.events, leftOut: [...leftOut, ...built.leftOut] }
  leftOut.push(leave(master, built))
  // Its moved times are whole events by themselves, and may well be good.
  return orphans(times, leftOut, home)
}

const idOf = (event: ReadEvent): number => event.recurrence?.instant ?? event.start.instant

/** Invited to one time of somebody's series: the file holds that time alone. It is an event, and Google takes it. */
function orphans(times: readonly ReadEvent[], leftOut: Unread[], home: ZoneClock): Built {
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
    )
    if (typeof built === 'string') leftOut.push(leave(one, built))
    else events.push(...built.events)
  }
  return { events, leftOut }
}

/** Where an event's times hang once taken: on its own clock, or written out on another. */
interface Hanging {
  readonly clock: ZoneClock
  readonly zone: string
  readonly starts: Wall
  readonly rule: string
  readonly dates: Set<Wall>
  /** The wall by which an occurrence at this moment is known. */
  readonly wallFor: (moment: Moment) => Wall
}

function fromMaster(
  master: ReadEvent,
  times: readonly ReadEvent[],
  unread: readonly Unread[],
  home: ZoneClock,
): { events: TakenEvent[]; leftOut: Unread[] } | LeftOutReason {
  const hanging = hang(master, home)
  if (typeof hanging === 'string') return hanging
  const { wallFor } = hanging
  const except = new Set<Wall>(master.except.map(wallFor))
  for (const text of master.exceptRules) {
    const read = readRuleText(text, master.start.wall, master.start.clock)
    if (typeof read === 'string') return read
    for (const wall of [
      ...read.dates,
      ...(read.rule === '' ? [] : writtenOut(read.rule, master.start.wall, master.start.clock)),
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
    const [before, after] = split(event, one, wallFor(one.recurrence ?? one.start), hanging)
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

/** Seconds do not matter to a session, but nothing becomes nothing by rounding. */
const toMinutes = (length: number): number => (length === 0 ? 0 : Math.max(1, Math.round(length / MINUTE)))

const sorted = (walls: Iterable<Wall>): string[] => [...walls].toSorted((a, b) => a - b).map(wallText)

function hang(master: ReadEvent, home: ZoneClock): Hanging | LeftOutReason {
  const { clock, wall: start } = master.start
  const read = master.rules.map((text) => readRuleText(text, start, clock))
  const walls = new Set<Wall>()
  let rule = ''
  for (const one of read) {
    if (typeof one === 'string') return one
    if (one.never) {
      if (read.length === 1 && master.dates.length === 0) return 'NEVER_OCCURS'
      continue
    }
    for (const wall of one.dates) walls.add(wall)
    if (one.rule === '') continue
    if (rule === '') rule = one.rule
    else for (const wall of writtenOut(one.rule, start, clock)) walls.add(wall)
  }
  const timeOfDay = ((start % DAY) + DAY) % DAY
  const ownWall = (moment: Moment): Wall => {
    if (moment.day) return Math.floor(moment.wall / DAY) * DAY + timeOfDay
    if (
      moment.floating ||
      moment.clock === clock ||
      (clock.name !== null && moment.clock.name === clock.name)
    )
      return moment.wall
    const wall = wallOf(moment.instant, clock)
    // In the hour that the clocks skip, the rule's own wall is what an occurrence is known by.
    const byRule = Math.floor(wall / DAY) * DAY + timeOfDay
    return instantOf(byRule, clock) === moment.instant ? byRule : wall
  }
  for (const { start: date } of master.dates) walls.add(ownWall(date))
  if (walls.size > MAX_DATES) return 'RULE_TOO_OFTEN'
  if (clock.name !== null) {
    walls.delete(start)
    return { clock, zone: clock.name, starts: start, rule, dates: walls, wallFor: ownWall }
  }
  // A clock that only the file knows: every start is converted by it, one by one.
  if (rule !== '') for (const wall of writtenOut(rule, start, clock)) walls.add(wall)
  const instants = [start, ...walls].map((wall) => instantOf(wall, clock))
  const faithful = instants.every((instant) => instantOf(wallOf(instant, home), home) === instant)
  const other = faithful && home.name !== null ? home : UTC
  const moved = new Set([...walls].map((wall) => wallOf(instantOf(wall, clock), other)))
  const starts = wallOf(instantOf(start, clock), other)
  moved.delete(starts)
  return {
    clock: other,
    zone: other.name ?? 'UTC',
    starts,
    rule: '',
    dates: moved,
    wallFor: (moment) => wallOf(instantOf(ownWall(moment), clock), other),
  }
}

/**
 * RANGE=THISANDFUTURE: the series ends before this time, and another goes on from it, moved by as much and as long
 * as this time says. The other is known by the UID and the time at which it begins.
 */
function split(
  event: TakenEvent,
  one: ReadEvent,
  at: Wall,
  hanging: Hanging,
): [TakenEvent | null, TakenEvent | null] {
  const { clock } = hanging
  const { arrangement } = event
  const wallAtNew = wallOf(one.start.instant, clock)
  const by = wallAtNew - at
  const wallOfText = (text: string): Wall => Date.parse(`${text}Z`)
  const start = wallOfText(arrangement.starts)
  const before = (text: string): boolean => wallOfText(text) < at
  const shift = (text: string): string => wallText(wallOfText(text) + by)
  const rest = (texts: readonly string[]): string[] => texts.filter((text) => !before(text))

  const first: TakenEvent | null =
    start >= at
      ? null
      : {
          ...event,
          arrangement: {
            ...arrangement,
            rule: endedBefore(arrangement.rule, at, clock),
            dates: arrangement.dates.filter(before),
            except: arrangement.except.filter(before),
          },
          overrides: event.overrides.filter((it) => before(it.occurrence)),
        }
  if (one.cancelled) return [first, null]

  const goesOn = restOfRule(arrangement.rule, start, at, by, clock)
  // Known by its own start, so that what is left out of it and the rule's first time agree.
  const second: TakenEvent = {
    ...event,
    uid: first === null ? event.uid : `${one.uid}#${basicUtc(one.recurrence?.instant ?? one.start.instant)}`,
    title: one.title === '' ? event.title : one.title,
    arrangement: {
      starts: wallText(wallAtNew),
      zone: arrangement.zone,
      minutes: one.length === null ? arrangement.minutes : toMinutes(one.length),
      rule: goesOn.rule,
      dates: [...new Set([...goesOn.dates.map(wallText), ...rest(arrangement.dates).map(shift)])]
        .filter((text) => text !== wallText(wallAtNew))
        .toSorted(),
      except: rest(arrangement.except).map(shift),
    },
    overrides: event.overrides
      .filter((it) => !before(it.occurrence) && wallOfText(it.occurrence) !== at)
      .map((it) => ({ ...it, occurrence: shift(it.occurrence) })),
    place: one.place,
    description: one.description,
    attendees: one.attendees,
  }
  return [first, second]
}

function endedBefore(rule: string, at: Wall, clock: ZoneClock): string {
  if (rule === '') return ''
  const open = rule.replace(/;(?:UNTIL|COUNT)=[^;]*/g, '')
  const until = /UNTIL=([^;]*)/.exec(rule)?.[1]
  const last = basicUtc(instantOf(at, clock) - 1000)
  // COUNT may end it earlier than the split does.
  if (/COUNT=/.test(rule))
    return rule.includes('COUNT=1;') || rule.endsWith('COUNT=1') ? rule : `${open};UNTIL=${last}`
  return `${open};UNTIL=${until !== undefined && until < last ? until : last}`
}

function restOfRule(
  rule: string,
  start: Wall,
  at: Wall,
  by: number,
  clock: ZoneClock,
): { rule: string; dates: readonly Wall[] } {
  if (rule === '') return { rule: '', dates: [] }
  const read = readRule(rule)
  if (typeof read === 'string') return { rule: '', dates: [] }
  const days = Math.floor((at + by) / DAY) - Math.floor(at / DAY)
  const timed = read.byHour.length + read.byMinute.length + read.bySecond.length > 0
  const plain = read.freq === 'DAILY' || read.freq === 'WEEKLY'
  const unbound = read.byMonth.length === 0 && read.bySetPos.length === 0
  if (
    !timed &&
    (days === 0 || (plain && unbound && days % 7 === 0) || (plain && unbound && read.byDay.length === 0))
  ) {
    let next = rule
    if (read.count !== null) {
      let before = 0
      followRule(
        read,
        start,
        (wall) => wall,
        { from: -Infinity, to: at },
        (wall) => {
          if (wall < at) before += 1
          return wall < at
        },
      )
      if (read.count - before < 1) return { rule: '', dates: [] }
      next = next.replace(/COUNT=\d+/, `COUNT=${read.count - before}`)
    } else if (read.until !== null) {
      // The end moves along, or the last time would be lost.
      const end = read.until.at + clock.offsetAt(read.until.at) + by
      next = next.replace(/UNTIL=[^;]*/, `UNTIL=${basicUtc(instantOf(end, clock))}`)
    }
    return { rule: next, dates: [] }
  }
  const walls = writtenOut(rule, start, clock)
  return { rule: '', dates: walls.filter((wall) => wall > at).map((wall) => wall + by) }
}

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
