import { appChannel, unlockChannel } from './channel.ts'
import { z } from './schema.ts'
import { instant, nothing } from './values.ts'
import { PASSPHRASE_MAX } from './vault.ts'

const amount = z.strictObject({
  readable: z.int().min(0),
  /** Known to be there (by an index, or by what points at it), and not readable. */
  lost: z.int().min(0),
})
export type Amount = z.infer<typeof amount>

export const salvageFinding = z.strictObject({
  clients: amount,
  sessions: amount,
  notes: amount,
  /** Where the file is damaged in such a way that there may be more than could be counted. */
  uncounted: z.boolean(),
  /** Numbered by their place here; null for notes whose client could not be read. */
  list: z.array(
    z.strictObject({ place: z.int().min(0), name: z.string().nullable(), notes: z.int().min(0) }),
  ),
})
export type SalvageFinding = z.infer<typeof salvageFinding>

export const salvagedNote = z.strictObject({
  /** When the session began; null when nothing says so any more. */
  at: instant.nullable(),
  state: z.enum(['draft', 'sealing', 'sealed', 'unknown']),
  /** Are these the words that were signed? `unchecked`: what would say so could not be read. */
  seal: z.enum(['holds', 'differs', 'unchecked', 'none']),
  summary: z.string(),
  author: z.string(),
  text: z.string(),
  addenda: z.array(z.strictObject({ at: instant, author: z.string(), text: z.string() })),
})
export type SalvagedNote = z.infer<typeof salvagedNote>

/** At the door, when a file is damaged. Nothing here changes anything: what is read is a copy. */
export const damage = {
  /** The newest backup of these notes in the folder that was remembered beside the record; null: none in reach. */
  newestBackup: unlockChannel(
    nothing,
    z.strictObject({ backup: z.strictObject({ name: z.string(), createdAt: instant }).nullable() }),
  ),
  salvage: unlockChannel(
    z.strictObject({ passphrase: z.string().min(1).max(PASSPHRASE_MAX) }),
    salvageFinding,
  ),
  /** How far reading has come, from 0 to 1; null while none is under way. */
  progress: unlockChannel(nothing, z.strictObject({ fraction: z.number().min(0).max(1).nullable() })),
  notes: unlockChannel(
    z.strictObject({ place: z.int().min(0), from: z.int().min(0) }),
    z.strictObject({ notes: z.array(salvagedNote), more: z.boolean() }),
  ),
  /** Stops reading, and lets go of everything that was read. */
  leave: unlockChannel(nothing, nothing),
}

export const checkView = z.strictObject({
  /** The last full check; null when none was made yet. */
  last: z.strictObject({ at: instant, faults: z.int() }).nullable(),
  /** From 0 to 1 within the stage; null while none runs. */
  work: z
    .strictObject({ stage: z.enum(['copying', 'pages', 'log', 'notes']), fraction: z.number().min(0).max(1) })
    .nullable(),
  /** The first entry of the log that is not as it was written, where one was found; the banner says it. */
  brokenAt: z.int().nullable(),
})
export type CheckView = z.infer<typeof checkView>

/** The full check of the record: every page, every entry of the log, every signed note. */
export const checking = {
  state: appChannel(nothing, checkView),
  /** "Check now". Answers when it is over; CANCELLED when it was stopped. */
  run: appChannel(nothing, z.strictObject({ faults: z.int() })),
  cancel: appChannel(nothing, nothing),
}
