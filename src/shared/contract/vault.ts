import { keysView, setting } from './app.ts'
import { unlockChannel } from './channel.ts'
import { codes } from './result.ts'
import { z } from './schema.ts'
import { nothing } from './values.ts'

/**
 * UTF-16 units. A passphrase has at most 1,000 characters, which main counts composed; typed on a keyboard that
 * takes letters apart, or in a script beyond the first plane, they can be eight times as many units.
 */
export const PASSPHRASE_MAX = 8000
const passphrase = z.string().min(1).max(PASSPHRASE_MAX)
/** Words as typed; main is lenient about case, spaces and numbering. */
const code = z.string().max(600)

export const stopReason = z.enum([
  'VAULT_FILE_MISSING',
  'VAULT_FILE_DAMAGED',
  'VAULT_FILE_NEWER',
  'VAULT_FILE_UNREADABLE',
  'RECORD_MISSING',
  'PRIVATE_MISSING',
  'RECORD_DAMAGED',
  'RECORD_NEWER',
  'RECORD_CHANGED',
  'VAULT_FILE_CHANGED',
  'VAULT_FILE_OLDER',
  'PROFILE_READ_ONLY',
  'DISK_FULL',
  'IN_USE',
  /** While it was open: a part of the file, or the thread that reads it, failed. */
  'RECORD_UNREADABLE',
  'PRIVATE_UNREADABLE',
  'STORE_LOST',
  /** It is marked to be destroyed, and that cannot go on yet. */
  'DESTRUCTION_WAITING',
  'UNKNOWN',
])
export type StopReason = z.infer<typeof stopReason>

export const strengthVerdict = z.strictObject({
  score: z.int().min(0).max(4),
  accepted: z.boolean(),
  /** Why it was refused, or what weakens it. */
  reason: z.enum(['none', 'too-short', 'too-long', 'common', 'name', 'date', 'pattern', 'weak']),
})
export type StrengthVerdict = z.infer<typeof strengthVerdict>

/** Something to be told before the vault opens, which then goes on only when asked to. */
export const notice = z.enum(['OLDER_COPY', 'LOG_CHANGED', 'WITNESS_MISSING', 'LOCKS_CHANGED'])
export type Notice = z.infer<typeof notice>

export const vaultView = z.strictObject({
  /** What the small window is for at this moment. */
  page: z.enum([
    'welcome',
    'unlock',
    'stopped',
    'noticed',
    'private',
    'confirm',
    'passphrase',
    'sheets',
    'backup-passphrase',
    'without-passphrase',
    'rekeying',
    'destroy',
    'destroyed',
  ]),
  stop: stopReason.nullable(),
  notice: notice.nullable(),
  setting: setting.nullable(),
  /** Milliseconds until the next try is allowed. */
  waitMs: z.int(),
  /**
   * The keychain does not answer, or its item is gone, or was thrown away after ten wrong passphrases as its owner
   * had asked: only the recovery sheet opens the vault.
   */
  keychain: z.enum(['ready', 'item-missing', 'unavailable', 'thrown-away']),
  /** An unfinished set-up was found and put aside; nothing had been written in it. */
  setAside: z.boolean(),
  /** A session's card stays through a lock, nameless: milliseconds since it started, or null. */
  sessionRunningMs: z.int().nullable(),
  /** On the page `unlock`: its owner chose that `open` opens the record. */
  withoutPassphrase: z.boolean(),
})
export type VaultView = z.infer<typeof vaultView>

const words = z.array(z.string()).length(12)
/** 1-based places on a sheet. */
const places = z.array(z.int().min(1).max(12)).length(3)
const answers = z.array(z.string().max(40)).length(3)

const sheets = z.strictObject({
  record: words,
  private: words,
  /** Which words will have to be typed back. */
  ask: z.strictObject({ record: places, private: places }),
})

export const keyWork = z.strictObject({
  /** Null when nothing is under way. */
  work: z
    .strictObject({
      stage: z.enum(['closing', 'copying', 'reading', 'rewriting', 'checking', 'switching']),
      room: z.enum(['record', 'private']),
      /** Of all of it, from 0 to 1. */
      fraction: z.number().min(0).max(1),
    })
    .nullable(),
  /** Why it ended without new keys. */
  trouble: z.enum(codes).nullable(),
})
export type KeyWork = z.infer<typeof keyWork>

/** Everything that takes or shows a secret. Only the small page may call these. */
export const vault = {
  state: unlockChannel(nothing, vaultView),
  /** Judged in main, which alone knows the account's and the computer's names. */
  strength: unlockChannel(z.strictObject({ passphrase: z.string().max(PASSPHRASE_MAX) }), strengthVerdict),
  /** Prepares a new vault and hands out the two recovery codes; nothing exists until `finish`. */
  prepare: unlockChannel(z.strictObject({ setting, passphrase, withoutKeychain: z.boolean() }), sheets),
  /** Those words, in the order of `ask`. WORDS_DIFFER names sheet and place in `field`: "record.7". */
  confirmWords: unlockChannel(z.strictObject({ record: answers, private: answers }), nothing),
  finish: unlockChannel(nothing, nothing),
  /** Back out of `prepare`. */
  abandon: unlockChannel(nothing, nothing),
  lookAround: unlockChannel(nothing, nothing),
  unlock: unlockChannel(z.strictObject({ passphrase }), nothing),
  /** By the keychain alone, where its owner chose that. The private room still asks. */
  open: unlockChannel(nothing, nothing),
  /** "Go on with this file": after `noticed`, and only then. */
  goOn: unlockChannel(nothing, nothing),
  /** Code A opens the record; code B, when given, the private room. A new passphrase is set. */
  recover: unlockChannel(
    z.strictObject({
      recordCode: code,
      privateCode: code.nullable(),
      passphrase,
      /** The person was told what it means that the keychain does not answer, and chose to do without it. */
      withoutKeychain: z.boolean(),
    }),
    nothing,
  ),
  unlockPrivate: unlockChannel(z.strictObject({ passphrase }), nothing),
  recoverPrivate: unlockChannel(z.strictObject({ privateCode: code, passphrase }), nothing),
  /** "Confirm later", later: both codes in full, checked against the slots they open. */
  confirmCodes: unlockChannel(z.strictObject({ recordCode: code, privateCode: code }), nothing),
  /** Throttled as unlocking is. `privateChanged` is false where the private room keeps a passphrase of its own. */
  changePassphrase: unlockChannel(
    z.strictObject({ passphrase, replacement: passphrase }),
    z.strictObject({ privateChanged: z.boolean() }),
  ),
  /** New sheets. The old ones hold until `confirmSheets`, and for good if it never comes. */
  renewSheets: unlockChannel(z.strictObject({ passphrase, newKeys: z.boolean() }), sheets),
  /** Where new keys were asked for they are made now: everything closes, and `keyWork` tells how far it is. */
  confirmSheets: unlockChannel(z.strictObject({ record: answers, private: answers }), nothing),
  keyWork: unlockChannel(nothing, keyWork),
  /** Stops before the next step; files and keys are then as they were. */
  cancelNewKeys: unlockChannel(nothing, nothing),
  /** The page that said why no new keys were made was read. */
  leaveNewKeys: unlockChannel(nothing, nothing),
  keys: unlockChannel(nothing, keysView),
  /** For backups made from now on. `privateIncluded` is false where the private room needs sheet B. */
  setBackupPassphrase: unlockChannel(
    z.strictObject({ passphrase, backupPassphrase: passphrase }),
    z.strictObject({ privateIncluded: z.boolean() }),
  ),
  /** Backups made before keep theirs. */
  removeBackupPassphrase: unlockChannel(z.strictObject({ passphrase }), nothing),
  /** Whether `open` opens the record from now on. Throttled as unlocking is. */
  setWithoutPassphrase: unlockChannel(z.strictObject({ passphrase, on: z.boolean() }), nothing),
  /** Closes a small window that was opened over the application. */
  dismiss: unlockChannel(nothing, nothing),
}
