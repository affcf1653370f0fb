import type { LeftOutReason } from '../../shared/domain/calendar/taken.ts'

/** What a calendar file may cost. Real ones stay far below; a hostile one ends in a sentence, never in a hang. */
export const MAX_BYTES = 64 * 1024 * 1024
/** Events looked at; a practice's whole history has some thousands. */
export const MAX_EVENTS = 100_000
/** Further or excepted dates of one event. */
export const MAX_DATES = 5_000
/** Of one property; what is longer is cut (a text) or makes its event unreadable (dates). */
export const MAX_LINE = 1024 * 1024
export const MAX_TITLE = 300
export const MAX_PLACE = 300
export const MAX_DESCRIPTION = 10_000
export const MAX_ATTENDEES = 100
export const MAX_UID = 1_000
/** Left-out entries handed on one by one; the others are counted. */
export const MAX_LISTED = 5_000
/** Reasons that say the event is none of ours (any more), not that we failed to read it. */
export const NO_SESSION: ReadonlySet<LeftOutReason> = new Set([
  'ALL_DAY',
  'TOO_LONG',
  'NEVER_OCCURS',
  'OLDER_VERSION',
])
/** Starts of rules looked at, in a whole file, to see which moved times they give. */
export const MAX_FOLLOWED = 20_000_000
/** Components inside one another; what is deeper is passed over. */
export const MAX_DEPTH = 32
/** The longest session, as everywhere in Bracket. */
export const LONGEST_MS = 24 * 3_600_000
/** Occurrences written out one by one where a rule cannot say them. */
export const MAX_WRITTEN_OUT = 1_500
/** All further and excepted dates of a file together; what has many is left out from there on. */
export const MAX_ALL_DATES = 500_000
