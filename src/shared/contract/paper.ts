import { appChannel } from './channel.ts'
import { z } from './schema.ts'
import { logKind } from './auditLog.ts'
import { date, id, instant } from './values.ts'

/** What goes on paper: one signed note, or a client's signed notes by the day of the session, both days included. */
export const paperSubject = z.union([
  z.strictObject({ kind: z.enum(['note']), noteId: id }),
  z.strictObject({ kind: z.enum(['client']), clientId: id, from: date, to: date }),
])
export type PaperSubject = z.infer<typeof paperSubject>

export const paperSize = z.enum(['a4', 'letter'])
export type PaperSize = z.infer<typeof paperSize>

/** Said before anything leaves: what is in it, and what stays. Counts and days, no text. */
export const paperManifest = z.strictObject({
  notes: z.int(),
  addenda: z.int(),
  late: z.int(),
  /** Notes and addenda that no longer match their seals; they are printed, and say so. */
  changed: z.int(),
  /** Notes that were signed while no name of the author's was set; the page says so. */
  unnamed: z.int(),
  /** Written and not signed in these days: they stay. */
  drafts: z.int(),
  /** Lines set down or reviewed with these notes, goals included. */
  setDown: z.int(),
  /** Days of the first and the last session, in the session's own zone. */
  first: date.nullable(),
  last: date.nullable(),
  /** What paper is usual where this computer is. */
  size: paperSize,
})
export type PaperManifest = z.infer<typeof paperManifest>

const order = {
  subject: paperSubject,
  size: paperSize,
  /** With what was set down in the session: homework, plans, notes to self, goals. */
  setDown: z.boolean(),
}

/** Entries of the log: of one kind or all, of one day or all. */
const activity = {
  kind: logKind.nullable(),
  day: z.strictObject({ from: instant, to: instant }).nullable(),
}

/** What a print of the log would hold. Above `most` entries the newest are printed, and the paper says so. */
export const activityExtent = z.strictObject({
  entries: z.int(),
  most: z.int(),
  first: instant.nullable(),
  last: instant.nullable(),
  size: paperSize,
})
export type ActivityExtent = z.infer<typeof activityExtent>

export const paper = {
  /** Refused ONLY_SIGNED for a draft. */
  manifest: appChannel(z.strictObject({ subject: paperSubject }), paperManifest),
  /** Asks for the place in the system's own dialog; false when that was cancelled. Main never tells a path. */
  save: appChannel(
    z.strictObject({ ...order, nameInFile: z.boolean() }),
    z.strictObject({ saved: z.boolean() }),
  ),
  /** Opens the system's print dialog; false when that was cancelled. */
  print: appChannel(z.strictObject(order), z.strictObject({ printed: z.boolean() })),
  activityExtent: appChannel(z.strictObject(activity), activityExtent),
  /** The log on paper, checked on the way; without `names` whom an entry concerns is a code. */
  printActivity: appChannel(
    z.strictObject({ ...activity, size: paperSize, names: z.boolean() }),
    z.strictObject({ printed: z.boolean() }),
  ),
}
