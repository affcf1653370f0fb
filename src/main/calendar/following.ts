import { followRule } from '../../shared/domain/calendar/occurrences.ts'
import { readRule } from '../../shared/domain/calendar/rules.ts'
import type { TakenEvent } from '../../shared/domain/calendar/taken.ts'
import { wallText } from '../../shared/domain/calendar/walls.ts'
import type { ReadEvent } from './event.ts'
import { MAX_WRITTEN_OUT } from './limits.ts'
import { writtenOut } from './rule.ts'
import { basicUtc, toMinutes, type Wall } from './text/times.ts'
import { instantOf, wallOf, type ZoneClock } from './zones/clock.ts'

const DAY = 86_400_000

/**
 * RANGE=THISANDFUTURE: the series ends before this time, and another goes on from it, moved by as much and as long
 * as this time says. The other is known by the UID and the time at which it begins.
 */
export function split(
  event: TakenEvent,
  one: ReadEvent,
  at: Wall,
  clock: ZoneClock,
): [TakenEvent | null, TakenEvent | null] {
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
  const walls = writtenOut(rule, start, clock, MAX_WRITTEN_OUT)
  return { rule: '', dates: walls.filter((wall) => wall > at).map((wall) => wall + by) }
}
