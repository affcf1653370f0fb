import { appChannel } from './channel.ts'
import { z } from './schema.ts'
import { id, instant, LINE_MAX, nothing, optionalLine, zone } from './values.ts'

export const sessionKind = z.enum(['individual', 'home-visit', 'contact'])
export type SessionKind = z.infer<typeof sessionKind>
export const sessionStatus = z.enum(['scheduled', 'cancelled', 'no-show'])
export const noteState = z.enum(['draft', 'sealing', 'sealed'])
export type NoteState = z.infer<typeof noteState>

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
    z.strictObject({ sessions: z.array(sessionView), unwritten: z.array(sessionView) }),
  ),
  get: appChannel(z.strictObject({ id }), sessionView),
  /** Refused END_BEFORE_START, or TOO_LONG_SESSION beyond 24 hours. */
  create: appChannel(z.strictObject({ clientId: id, kind: sessionKind, ...span }), z.strictObject({ id })),
  /** A call, a crisis, a word in the corridor: a session that is already over and wants its note. */
  contactNow: appChannel(z.strictObject({ clientId: id, zone }), z.strictObject({ id })),
  move: appChannel(z.strictObject({ id, ...span }), nothing),
  setStatus: appChannel(z.strictObject({ id, status: sessionStatus, line: optionalLine(LINE_MAX) }), nothing),
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
