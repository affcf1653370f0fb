/**
 * When something takes place, as people arrange it: in wall-clock time, so that three o'clock stays three o'clock
 * when the clocks change.
 */
export interface Arrangement {
  /** The first start by the clock on the wall: "2026-01-13T15:00:00". */
  readonly starts: string
  /** IANA zone whose clock that is. */
  readonly zone: string
  /** Length in minutes. */
  readonly minutes: number
  /** RFC 5545 recurrence rule without "RRULE:"; empty for what takes place once. UNTIL is UTC, or a date. */
  readonly rule: string
  /** Further starts (RDATE), by the same clock. */
  readonly dates: readonly string[]
  /** Starts that are left out (EXDATE), by the same clock. */
  readonly except: readonly string[]
}

/** One time that an arrangement gives. */
export interface Occurrence {
  /** Its start by the rule, on the wall: what it is known by when it is moved (RECURRENCE-ID). */
  readonly wall: string
  /** Epoch milliseconds. */
  readonly startsAt: number
  readonly endsAt: number
}
