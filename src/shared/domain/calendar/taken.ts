import type { Arrangement } from './arrangement.ts'

/** One event of somebody else's calendar, as far as Bracket cares. */
export interface TakenEvent {
  readonly uid: string
  /** The newest SEQUENCE seen for this UID; of two versions of one event the higher one holds, then the later stamp. */
  readonly sequence: number
  /** LAST-MODIFIED or DTSTAMP in epoch milliseconds; 0 where neither stands. */
  readonly stamp: number
  readonly title: string
  readonly arrangement: Arrangement
  /** The whole event was called off. */
  readonly cancelled: boolean
  readonly overrides: readonly TakenOverride[]
  /** Kept only when chosen. */
  readonly place: string
  readonly description: string
  readonly attendees: readonly string[]
}

/** One time of a series that was moved, renamed or called off. */
export interface TakenOverride {
  /** The start that the rule would have given, on the wall of the series' zone. */
  readonly occurrence: string
  readonly startsAt: number
  readonly endsAt: number
  readonly title: string
  readonly cancelled: boolean
}

export const LEFT_OUT = [
  'ALL_DAY',
  'NO_START',
  'END_BEFORE_START',
  'TOO_LONG',
  'UNKNOWN_ZONE',
  'RULE_UNREADABLE',
  'RULE_TOO_OFTEN',
  'NEVER_OCCURS',
  'OVERRIDE_WITHOUT_SERIES',
  'OLDER_VERSION',
  'EVENT_UNREADABLE',
] as const
/** Why an event (or one time of it) was not taken. */
export type LeftOutReason = (typeof LEFT_OUT)[number]

export interface LeftOut {
  /** The title where one could be read, else empty: shown in the preview, never logged. */
  readonly title: string
  readonly startsAt: number | null
  readonly reason: LeftOutReason
  /** By which the plan knows what it cannot read from what is gone. Never shown, never logged. */
  readonly uid?: string
}

export const UNREADABLE = ['NOT_A_CALENDAR', 'TOO_BIG', 'EMPTY', 'ENCODING', 'UNREACHABLE'] as const
/** Why nothing of a file was taken. */
export type UnreadableReason = (typeof UNREADABLE)[number]

/** What a calendar file holds. */
export interface CalendarReading {
  /** The calendar's own name (X-WR-CALNAME), or empty. */
  readonly name: string
  readonly events: readonly TakenEvent[]
  readonly leftOut: readonly LeftOut[]
  /** The file ended early or had parts that no parser could read; the rest was taken. */
  readonly damaged: boolean
  /** Events beyond those that `leftOut` lists one by one; a file that says nonsense says much of it. */
  readonly unlisted?: number
}
