import { appChannel } from './channel.ts'
import { z } from './schema.ts'
import { id, instant, LINE_MAX, nothing, optionalLine, zone } from './values.ts'

export const sessionKind = z.enum(['individual', 'home-visit', 'contact'])
export type SessionKind = z.infer<typeof sessionKind>
export const sessionStatus = z.enum(['scheduled', 'cancelled', 'no-show'])
export const noteState = z.enum(['draft', 'sealing', 'sealed'])

export const sessionNote = z.strictObject({
  id,
  state: noteState,
  updatedAt: instant,
  sealedAt: instant.nullable(),
  /** Nothing written in it yet. */
  blank: z.boolean(),
  addenda: z.int(),
})

export const sessionView = z.strictObject({
  id,
  clientId: id,
  clientName: z.string(),
  kind: sessionKind,
  startsAt: instant,
  endsAt: instant,
  /** The IANA zone the session was arranged in. */
  zone,
  status: sessionStatus,
  /** The one-line note on a cancellation or a no-show. */
  line: z.string(),
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  note: sessionNote.nullable(),
})
export type SessionView = z.infer<typeof sessionView>

export const cancelledBy = z.enum(['client', 'clinician', 'other'])
export type CancelledBy = z.infer<typeof cancelledBy>

/** Minutes on the road, shown as part of the block's margin. */
export const travelMinutes = z.int().min(0).max(480)

/**
 * A session as the schedule needs it. A group's session is one of these for each member, with a note of its own in
 * the member's own chart; those that share `group.event` are one block on the schedule.
 */
export const scheduledSession = z.strictObject({
  ...sessionView.shape,
  group: z.strictObject({ id, name: z.string(), event: id }).nullable(),
  /** The arrangement it was made from; null for one that stands alone. */
  seriesId: id.nullable(),
  /** Its start by the rule, on the wall ("2026-01-13T15:00:00"); null for one that stands alone. */
  occurrence: z.string().nullable(),
  /** Moved, called off or changed by itself: what is done to the whole series leaves it as it is. */
  changed: z.boolean(),
  /** The arrangement comes from somebody's calendar: its rule is changed there (series.* refuses FROM_CALENDAR). */
  fromCalendar: z.boolean(),
  travelBefore: z.int(),
  travelAfter: z.int(),
  cancelledBy: cancelledBy.nullable(),
  /** When the cancellation was told, in epoch milliseconds; how late that was is `startsAt - toldAt`. */
  toldAt: instant.nullable(),
})
export type ScheduledSession = z.infer<typeof scheduledSession>

/** Plain text out of somebody's calendar. */
export const sessionDetails = z.strictObject({
  place: z.string(),
  description: z.string(),
  attendees: z.array(z.string()),
})
export type SessionDetails = z.infer<typeof sessionDetails>

/** Minutes kept free around each session; 0 is off. Back-to-back neighbours share one gap. */
export const margins = z.strictObject({
  reviewMinutes: z.int().min(0).max(120),
  writingMinutes: z.int().min(0).max(120),
})
export type Margins = z.infer<typeof margins>

/** One line per note, for lists and review. */
export const noteLine = z.strictObject({
  noteId: id,
  sessionId: id,
  at: instant,
  kind: sessionKind,
  state: noteState,
  late: z.boolean(),
  addenda: z.int(),
  /** The summary line of a signed note; empty for a draft. */
  summary: z.string(),
  /** Sorting key, newest first; hand it back to fetch older ones. */
  order: z.int(),
})
export type NoteLine = z.infer<typeof noteLine>

const span = { startsAt: instant, endsAt: instant, zone }

export const sessions = {
  /** Everything Today shows: the day's sessions, and what is over and still unwritten from before. */
  day: appChannel(
    z.strictObject({ from: instant, to: instant }),
    z.strictObject({ sessions: z.array(scheduledSession), unwritten: z.array(sessionView) }),
  ),
  get: appChannel(z.strictObject({ id }), sessionView),
  /** Refused END_BEFORE_START, or TOO_LONG_SESSION beyond 24 hours. */
  create: appChannel(z.strictObject({ clientId: id, kind: sessionKind, ...span }), z.strictObject({ id })),
  /**
   * What the schedule shows: everything that touches [from, to), in time order, called-off ones too. Recurring
   * sessions are made ahead as far as this is asked for, up to `madeUntil` (three years from now): beyond it the
   * schedule is not empty but not known yet. Refused BAD_INPUT for more than 400 days at once.
   */
  between: appChannel(
    z.strictObject({ from: instant, to: instant }),
    z.strictObject({ sessions: z.array(scheduledSession), madeUntil: instant, margins }),
  ),
  scheduled: appChannel(z.strictObject({ id }), scheduledSession),
  /** What was chosen to be kept of the calendar's event it comes from; all of it empty where nothing was. */
  details: appChannel(z.strictObject({ id }), sessionDetails),
  /** By whose clock the client's latest session was arranged; null where there is none. */
  zoneOf: appChannel(z.strictObject({ clientId: id }), z.strictObject({ zone: z.string().nullable() })),
  /** A call, a crisis, a word in the corridor: a session that is already over and wants its note. */
  contactNow: appChannel(z.strictObject({ clientId: id, zone }), z.strictObject({ id })),
  /** A group's session moves for all its members. One of a series is moved alone and stands by itself from then on. */
  move: appChannel(z.strictObject({ id, ...span }), nothing),
  setStatus: appChannel(z.strictObject({ id, status: sessionStatus, line: optionalLine(LINE_MAX) }), nothing),
  /**
   * Called off: by whom, a line, and when it was told (null: not known). `whole` is the group's session for all its
   * members. `setStatus` to 'scheduled' takes it back. Refused SEALED once a note is signed.
   */
  cancel: appChannel(
    z.strictObject({
      id,
      by: cancelledBy,
      line: optionalLine(LINE_MAX),
      toldAt: instant.nullable(),
      whole: z.boolean(),
    }),
    nothing,
  ),
  /** The person did not come; of a group, this member alone. */
  noShow: appChannel(z.strictObject({ id, line: optionalLine(LINE_MAX) }), nothing),
  setTravel: appChannel(z.strictObject({ id, before: travelMinutes, after: travelMinutes }), nothing),
  /** Review and writing time around each session. Practice begins with ten minutes each, School with none. */
  margins: appChannel(nothing, margins),
  setMargins: appChannel(margins, nothing),
  /** Start and End are there for those who like them; `null` takes one back. */
  mark: appChannel(
    z.strictObject({ id, startedAt: instant.nullable(), endedAt: instant.nullable() }),
    nothing,
  ),
  /** Refused HAS_NOTE once something is written. Writing in its note brings a removed session back. */
  remove: appChannel(z.strictObject({ id }), nothing),
  /** Undoes `remove`: the same session, with everything that hangs on it. */
  bringBack: appChannel(z.strictObject({ id }), nothing),
}
