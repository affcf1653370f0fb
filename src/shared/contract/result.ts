/**
 * What crosses the door: a value, or a code from this closed list. Never a message, a path, SQL or a key.
 * The renderer turns a code into the sentence that a tired person needs (src/renderer/api/sentences.ts).
 */
export const codes = [
  'FORBIDDEN', // the sender is not our window, frame or origin
  'UNKNOWN_CHANNEL',
  'LOCKED',
  'PRIVATE_LOCKED',
  'BAD_INPUT',
  'TOO_LARGE',
  'NOT_FOUND',
  'CONFLICT', // the note was changed elsewhere since this revision was read
  'SEALED',
  'NOT_SEALED',
  'END_BEFORE_START',
  'TOO_LONG_SESSION',
  'HAS_NOTE',
  'EMPTY_NOTE',
  'RECOVERY_UNCONFIRMED',
  'UNDO_TOO_LATE',
  'DISK_FULL',
  'READ_ONLY',
  'DAMAGED',
  'CHANGED_FILE',
  'IN_USE',
  'NEWER',
  'WRONG_PASSPHRASE',
  'WAIT',
  'WEAK_PASSPHRASE',
  'SAME_PASSPHRASE', // the backup passphrase is the one that unlocks
  'CODE_COUNT',
  'CODE_WORD',
  'CODE_CHECKSUM',
  'CODE_WRONG_SHEET',
  'CODE_REFUSED',
  'KEYCHAIN_UNAVAILABLE',
  'KEYCHAIN_ITEM_MISSING',
  'WORDS_DIFFER',
  'PRIVATE_CODE_NEEDED',
  'NOT_NOW',
  'BACKUP_FOLDER_GONE',
  'BACKUP_FOLDER_READ_ONLY',
  'BACKUP_NO_ROOM',
  'BACKUP_NOT_ONE', // no backup of ours at all
  'BACKUP_DAMAGED', // one of ours, but half of it, or changed
  'BACKUP_OTHER_KEYS', // whole as far as can be told here, under keys that are not the present ones
  'BACKUP_NEWER',
  'BACKUP_NONE', // the folder holds none of these notes
  'CANCELLED',
  'ONLY_SIGNED', // a draft does not go on paper
  'NOTHING_SIGNED', // no signed note in these days
  'PLACE_REFUSED', // the place that was chosen for a file cannot be written
  'PLACE_FULL',
  'NOT_PRINTED', // the system's printing did not take it
  'RULE_UNREADABLE', // a recurrence rule that means nothing
  'RULE_TOO_OFTEN',
  'RULE_FIXED', // the rule names its days in a way that a drag cannot change
  'NEVER_OCCURS',
  'FROM_CALENDAR', // the arrangement is somebody's calendar's to change
  'NO_MEMBERS',
  'PAST', // what is over is not moved by its series
  'LANE_OFF', // private notes are switched off in the settings
  'STORE_LOST', // the database's thread is gone; what was acknowledged is committed
  'SHORT_TAKEN', // another snippet has that short form
  'INTERNAL',
] as const

export type Code = (typeof codes)[number]

export interface Failure {
  readonly ok: false
  readonly code: Code
  /** Which field of the input is meant, as a dotted path; never its value. */
  readonly field?: string
}

export type Result<T> = { readonly ok: true; readonly value: T } | Failure

/** Thrown by services; the guard turns it into a Failure. Carries nothing but a code and a field's name. */
export class Refusal extends Error {
  readonly code: Code
  readonly field: string | undefined
  constructor(code: Code, field?: string) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.field = field
  }
}
