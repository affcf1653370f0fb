import type { LeftOutReason } from '../../shared/domain/calendar/taken.ts'
import type { Moment, ReadEvent } from './event.ts'
import { MAX_DATES } from './limits.ts'
import { readRuleText, writtenOut } from './rule.ts'
import type { Wall } from './text/times.ts'
import { instantOf, UTC, wallOf, type ZoneClock } from './zones/clock.ts'

const DAY = 86_400_000

/** Where an event's times hang once taken: on its own clock, or written out on another. */
export interface Hanging {
  readonly clock: ZoneClock
  readonly zone: string
  readonly starts: Wall
  readonly rule: string
  readonly dates: Set<Wall>
  /** The wall by which an occurrence at this moment is known. */
  readonly wallFor: (moment: Moment) => Wall
}

/** `most`: how many starts may be written out one by one. */
export function hang(master: ReadEvent, home: ZoneClock, most: number): Hanging | LeftOutReason {
  const { clock, wall: start } = master.start
  const read = master.rules.map((text) => readRuleText(text, start, clock))
  // Left out rather than cut short in silence.
  if (most === 0 && read.length > (clock.name === null ? 0 : 1)) return 'RULE_TOO_OFTEN'
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
    else for (const wall of writtenOut(one.rule, start, clock, most)) walls.add(wall)
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
  if (rule !== '') for (const wall of writtenOut(rule, start, clock, most)) walls.add(wall)
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
