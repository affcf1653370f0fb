import { details } from '../document/details.ts'
import { noteFormat, sections } from '../document/document.ts'
import { appChannel } from './channel.ts'
import { goal, trend } from './goals.ts'
import { NOTE_LIMIT } from './limits.ts'
import { loop } from './loops.ts'
import { z } from './schema.ts'
import { noteState, sessionView } from './sessions.ts'
import { summaryFacts } from './summary.ts'
import { id, instant, line, LINE_MAX, nothing, prose } from './values.ts'

export const addendum = z.strictObject({ id, text: z.string(), createdAt: instant, author: z.string() })
export type Addendum = z.infer<typeof addendum>

export const seal = z.strictObject({
  sealedAt: instant,
  /** Place in the client's chain, from 1. */
  sequence: z.int(),
  /** SHA-256 of the canonical content and the one before, in hex. */
  hash: z.string(),
})

export const noteView = z.strictObject({
  id,
  session: sessionView,
  state: noteState,
  revision: z.int(),
  /** What the note is written in, as the note itself keeps it. */
  format: noteFormat,
  sections,
  details,
  createdAt: instant,
  updatedAt: instant,
  summary: z.string(),
  /** Who signed, as the settings said at that moment; empty for a draft or when no name was set. */
  author: z.string(),
  actualStart: instant.nullable(),
  actualEnd: instant.nullable(),
  /** Until when signing can be undone; null unless sealing. */
  sealingUntil: instant.nullable(),
  /** Signed later than the chosen threshold after its session ended. */
  late: z.boolean(),
  seal: seal.nullable(),
  addenda: z.array(addendum),
  /** Loops set down in this session. */
  setDown: z.array(loop),
  /** Loops that were open before this session: homework to review, last plan and so on. */
  openLoops: z.array(loop),
  goals: z.array(goal),
  goalLinks: z.array(z.strictObject({ goalId: id, trend })),
  /** When the next session starts, anybody's: how long there is to write, for the chip. */
  nextSessionAt: instant.nullable(),
})
export type NoteView = z.infer<typeof noteView>

export const notes = {
  /** The session's note; an empty draft, in the format chosen for its kind, is made when there is none. */
  open: appChannel(z.strictObject({ sessionId: id }), noteView),
  read: appChannel(z.strictObject({ noteId: id }), noteView),
  /** What can be carried forward: the last signed note of the same client before this note's session. */
  carry: appChannel(
    z.strictObject({ noteId: id }),
    z.strictObject({
      /** When that session was; null when there is no such note. */
      from: z.strictObject({ at: instant, format: noteFormat, sections }).nullable(),
    }),
  ),
  /** Answered only after COMMIT. CONFLICT when `revision` is not the one in the store. */
  save: appChannel(
    z.strictObject({ noteId: id, revision: z.int(), format: noteFormat, sections, details }),
    z.strictObject({
      revision: z.int(),
      savedAt: instant,
      /** The session had been removed from the schedule and is back, because something was written. */
      sessionRestored: z.boolean(),
    }),
    { limit: NOTE_LIMIT },
  ),
  /** The note was left or fell idle: bring its index row up to date. */
  settle: appChannel(z.strictObject({ noteId: id }), nothing),
  sign: appChannel(
    z.strictObject({
      noteId: id,
      revision: z.int(),
      actualStart: instant,
      actualEnd: instant,
      summary: line(LINE_MAX),
    }),
    z.strictObject({ sealingUntil: instant }),
  ),
  /** Within ten seconds of signing; UNDO_TOO_LATE after. */
  undoSign: appChannel(z.strictObject({ noteId: id }), z.strictObject({ revision: z.int() })),
  addAddendum: appChannel(z.strictObject({ noteId: id, text: prose(50_000) }), z.strictObject({ id }), {
    limit: 220_000,
  }),
  /** What the client's signed notes say, for a treatment summary. Refused NOT_FOUND. */
  summaryFacts: appChannel(z.strictObject({ clientId: id }), summaryFacts),
}
