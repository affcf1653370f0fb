import { appChannel } from './channel.ts'
import { z } from './schema.ts'
import { id, instant, nothing } from './values.ts'

/** Everything the log can say. Codes and ids only: there is no field that a word of anybody's could get into. */
export const logAction = z.enum([
  'unlocked',
  /** `count` wrong passphrases since the time before. */
  'unlock-failed',
  'locked',
  'recovered',
  /** By the keychain alone, as its owner had chosen. */
  'opened-without-passphrase',
  'private-opened',
  'private-closed',
  /** `subject` is the session whose private note was shown; once for each opening of the room. */
  'private-viewed',
  /** `subject` is the session whose private note was destroyed by its author. */
  'private-destroyed',
  'note-signed',
  'addendum-added',
  'sign-undone',
  'printed',
  'exported-pdf',
  /** The log itself, `count` entries of it, went on paper. */
  'activity-printed',
  /** `count` events of a calendar came in, changed or went. */
  'calendar-taken',
  /** `count` coming sessions went with it. */
  'calendar-dropped',
  /** `count` sessions went into a file, with initials. */
  'schedule-out',
  'backup-made',
  'backup-verified',
  'restored',
  'recovery-confirmed',
  'recovery-renewed',
  'passphrase-changed',
  /** New keys for both files, with new sheets. */
  'keys-renewed',
  'backup-passphrase-set',
  'backup-passphrase-removed',
  /** Ten wrong passphrases lock it to its sheets from here on, or do so no longer. */
  'after-ten-on',
  'after-ten-off',
  /** They did. */
  'locked-to-recovery',
  /** The keychain alone opens the record from here on, or does so no longer. */
  'without-passphrase-on',
  'without-passphrase-off',
  'preferences-changed',
  'clock-behind',
  'zone-changed',
  /** The verifier of signed notes found `count` of them changed. */
  'verification-changed',
  'check-passed',
  /** The full check found `count` faults. */
  'check-failed',
  'damage-noticed',
  'older-copy-noticed',
  /** `count` is the first entry that is not as it was written, where it was found after opening. */
  'log-change-noticed',
  'witness-missing',
  /** A recovery found vault.json changed from outside; what it said beside its slots was not believed. */
  'locks-change-noticed',
  /** The person was told, and went on with the file as it is. */
  'went-on',
])
export type LogAction = z.infer<typeof logAction>

export const logKind = z.enum([
  'opening',
  'private',
  'notes',
  'out',
  'calendars',
  'backups',
  'keys',
  'settings',
  'checks',
])
export type LogKind = z.infer<typeof logKind>

export const kindOfAction: Readonly<Record<LogAction, LogKind>> = {
  unlocked: 'opening',
  'unlock-failed': 'opening',
  locked: 'opening',
  recovered: 'opening',
  'opened-without-passphrase': 'opening',
  'private-opened': 'private',
  'private-closed': 'private',
  'private-viewed': 'private',
  'private-destroyed': 'private',
  'note-signed': 'notes',
  'addendum-added': 'notes',
  'sign-undone': 'notes',
  printed: 'out',
  'exported-pdf': 'out',
  'activity-printed': 'out',
  'schedule-out': 'out',
  'calendar-taken': 'calendars',
  'calendar-dropped': 'calendars',
  'backup-made': 'backups',
  'backup-verified': 'backups',
  restored: 'backups',
  'recovery-confirmed': 'keys',
  'recovery-renewed': 'keys',
  'passphrase-changed': 'keys',
  'keys-renewed': 'keys',
  'backup-passphrase-set': 'keys',
  'backup-passphrase-removed': 'keys',
  'after-ten-on': 'keys',
  'after-ten-off': 'keys',
  'locked-to-recovery': 'keys',
  'without-passphrase-on': 'keys',
  'without-passphrase-off': 'keys',
  'preferences-changed': 'settings',
  'clock-behind': 'settings',
  'zone-changed': 'settings',
  'verification-changed': 'checks',
  'check-passed': 'checks',
  'check-failed': 'checks',
  'damage-noticed': 'checks',
  'older-copy-noticed': 'checks',
  'log-change-noticed': 'checks',
  'witness-missing': 'checks',
  'locks-change-noticed': 'checks',
  'went-on': 'checks',
}

export const logLine = z.strictObject({
  sequence: z.int(),
  at: instant,
  action: logAction,
  count: z.int().nullable(),
  /** Whom it is about, where the record still knows. The page puts the name beside it. */
  clientId: id.nullable(),
  sessionId: id.nullable(),
})
export type LogLine = z.infer<typeof logLine>

export const logFindings = z.strictObject({
  checked: z.int(),
  /** The first entry that is not as it was written; null when every one is. */
  brokenAt: z.int().nullable(),
  /** What this computer's keychain remembers of the log; `none` for a vault without a keychain. */
  witness: z.enum(['agrees', 'differs', 'ahead', 'missing', 'none']),
})
export type LogFindings = z.infer<typeof logFindings>

const span = z.strictObject({ from: instant, to: instant })

/** The log of what was done with the vault. It is written by main alone, and only ever grows. */
export const auditLog = {
  /** Newest first, fifty at a time; `before` is a `sequence`, null for the newest. */
  list: appChannel(
    z.strictObject({ kind: logKind.nullable(), day: span.nullable(), before: z.int().min(1).nullable() }),
    z.strictObject({ entries: z.array(logLine), more: z.boolean() }),
  ),
  /** The last full check of the record's file; null when none was made yet. */
  lastCheck: appChannel(
    nothing,
    z.strictObject({ check: z.strictObject({ at: instant, faults: z.int() }).nullable() }),
  ),
  /** Checks every entry against the one before it, and the newest against the keychain. */
  verify: appChannel(nothing, logFindings),
}
