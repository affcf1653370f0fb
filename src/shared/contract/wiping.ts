import { counts } from './backup.ts'
import { appChannel, unlockChannel } from './channel.ts'
import { z } from './schema.ts'
import { instant, nothing } from './values.ts'
import { PASSPHRASE_MAX } from './vault.ts'

/** Wrong passphrases in a row after which a vault that was asked to locks to its recovery sheets. */
export const WIPE_AFTER = 10

/** What would go, in numbers, and what stays. */
export const destructionPlan = z.strictObject({
  counts,
  /** Folders with former states of these notes (a restore moved them aside): they go as well. */
  formerCopies: z.int().min(0),
  /** Backups survive. The folder's own name, never the way to it; null where none was ever chosen. */
  backup: z.strictObject({ folder: z.string(), last: instant.nullable() }).nullable(),
})
export type DestructionPlan = z.infer<typeof destructionPlan>

export const removedItem = z.strictObject({
  kind: z.enum(['keychain', 'locks', 'record', 'private', 'copy']),
  /** A file's own name, or which item of the keychain. */
  name: z.string().max(80),
  /** Looked for afterwards: not there. `unasked`: the keychain did not answer. */
  found: z.enum(['gone', 'there', 'unasked']),
})
export type RemovedItem = z.infer<typeof removedItem>

export const destructionProof = z.strictObject({
  at: instant,
  items: z.array(removedItem),
  /** Folders with other notes, which were left alone. */
  others: z.int().min(0),
  /** It was begun earlier and had been interrupted. */
  resumed: z.boolean(),
})
export type DestructionProof = z.infer<typeof destructionProof>

/** The application's side: it opens the small window, and never sees what is typed there. */
export const wiping = {
  ask: appChannel(nothing, nothing),
  /** `possible`: with a keychain, without which a copied file could be tried elsewhere without end. */
  afterTen: appChannel(nothing, z.strictObject({ on: z.boolean(), possible: z.boolean() })),
  /** @throws RECOVERY_UNCONFIRMED: without sheets that are known to be kept it would be a trap. */
  setAfterTen: appChannel(z.strictObject({ on: z.boolean() }), nothing),
}

/** The small window's side. */
export const destruction = {
  plan: unlockChannel(nothing, destructionPlan),
  /** Typed words and passphrase. From the answer on there is no way back. */
  go: unlockChannel(
    z.strictObject({ words: z.string().max(200), passphrase: z.string().min(1).max(PASSPHRASE_MAX) }),
    nothing,
  ),
  /** Null when nothing was destroyed in this run. */
  proof: unlockChannel(nothing, z.strictObject({ proof: destructionProof.nullable() })),
  /** The proof was read: the door goes on to what it shows on a new computer. */
  done: unlockChannel(nothing, nothing),
}
