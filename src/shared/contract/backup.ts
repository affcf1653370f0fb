import { setting } from './app.ts'
import { appChannel, unlockChannel } from './channel.ts'
import { z } from './schema.ts'
import { instant, nothing } from './values.ts'
import { PASSPHRASE_MAX } from './vault.ts'

/** Rows of the record, as counted in the same turn in which it was copied. */
export const counts = z.strictObject({
  clients: z.int().min(0),
  sessions: z.int().min(0),
  notes: z.int().min(0),
  addenda: z.int().min(0),
})
export type Counts = z.infer<typeof counts>

/** Why a backup or a check did not succeed; `sentences.ts` says it in words. */
export const backupTrouble = z.enum([
  'BACKUP_FOLDER_GONE',
  'BACKUP_FOLDER_READ_ONLY',
  'BACKUP_NO_ROOM',
  'BACKUP_NOT_ONE',
  'BACKUP_DAMAGED',
  'BACKUP_OTHER_KEYS',
  'BACKUP_NEWER',
  'BACKUP_NONE',
  'DISK_FULL',
  'INTERNAL',
])
export type BackupTrouble = z.infer<typeof backupTrouble>

/** One thing at a time; `fraction` runs from 0 to 1 within the stage. */
export const backupWork = z.strictObject({
  stage: z.enum(['copying', 'writing', 'reading', 'checking']),
  fraction: z.number().min(0).max(1),
})
export type BackupWork = z.infer<typeof backupWork>

export const backupView = z.strictObject({
  /** The folder's own name, never the way to it; null until one is chosen. */
  folder: z.string().nullable(),
  last: z
    .strictObject({
      name: z.string(),
      createdAt: instant,
      /** Bytes. */
      size: z.int(),
      counts,
      /** When the record was opened and fully checked from the file as it lies there. */
      recordCheckedAt: instant,
      /** When the private part was opened and checked; null: its hash was right at `recordCheckedAt`. */
      privateCheckedAt: instant.nullable(),
    })
    .nullable(),
  /**
   * What has been made anew since `last`, which opens with that of before alone; null: nothing. A new one is due at
   * once then.
   */
  behind: z.enum(['sheets', 'passphrase', 'backup-passphrase']).nullable(),
  /** The last try that did not succeed, unless a later one did. */
  trouble: z.strictObject({ at: instant, code: backupTrouble }).nullable(),
  drill: z
    .strictObject({
      at: instant,
      name: z.string().nullable(),
      code: backupTrouble.nullable(),
      counts: counts.nullable(),
      /** Whether the private part was opened, or its hash compared alone. */
      privatePart: z.enum(['opened', 'hash']).nullable(),
    })
    .nullable(),
  /** Files of these notes in the folder, as the last backup or drill found them. */
  kept: z.int(),
  work: backupWork.nullable(),
  drilling: z.boolean(),
})
export type BackupView = z.infer<typeof backupView>

export const backup = {
  state: appChannel(nothing, backupView),
  /** Opens the system's dialog; `chosen` is false when it was closed. Main keeps the path. */
  chooseFolder: appChannel(nothing, z.strictObject({ chosen: z.boolean() })),
  /** Asks for a folder where there is none. Answers when the file is written, read back and checked. */
  backUpNow: appChannel(nothing, z.strictObject({ made: z.boolean() })),
  /** Takes the newest backup through everything a restore would do, but for putting it in place. */
  drill: appChannel(nothing, nothing),
  /** Stops what is under way; nothing half-made stays. */
  cancel: appChannel(nothing, nothing),
}

const code = z.string().max(600)
const passphrase = z.string().min(1).max(PASSPHRASE_MAX)

/** True after the person was told that this computer's keychain does not answer, and chose to go on without it. */
const withoutKeychain = z.boolean()

export const restoreOffer = z.strictObject({
  name: z.string(),
  createdAt: instant,
  setting,
  appVersion: z.string(),
  size: z.int(),
  counts,
  /** Whose notes stand on this computer now, compared with the backup's. */
  present: z.enum(['none', 'same', 'other']),
  /** The keychain of this computer (or the lack of need for one) makes the passphrase enough. */
  passphraseOpens: z.boolean(),
  /** It was made while a backup passphrase was set. */
  backupPassphrase: z.boolean(),
})
export type RestoreOffer = z.infer<typeof restoreOffer>

/**
 * Sheet A (and B) or the backup passphrase, with a passphrase that is new; or the passphrase that opened these notes
 * before.
 */
export const restoreKeys = z.union([
  z.strictObject({
    by: z.enum(['sheets']),
    recordCode: code,
    privateCode: code.nullable(),
    passphrase,
    withoutKeychain,
  }),
  z.strictObject({ by: z.enum(['passphrase']), passphrase }),
  z.strictObject({ by: z.enum(['backup']), backupPassphrase: passphrase, passphrase, withoutKeychain }),
])
export type RestoreKeys = z.infer<typeof restoreKeys>

export const restoreFinding = z.strictObject({
  checkedAt: instant,
  counts,
  privatePart: z.enum(['opened', 'hash']),
})
export type RestoreFinding = z.infer<typeof restoreFinding>

/** At the door. The chosen file is kept in main, one at a time; the page names none. */
export const restore = {
  /** Opens the system's dialog, reads the file through and compares every hash; null when it was closed. */
  choose: unlockChannel(nothing, z.strictObject({ offer: restoreOffer.nullable() })),
  /** Likewise, of the newest backup in the folder that was remembered beside the record; null: none in reach. */
  chooseNewest: unlockChannel(nothing, z.strictObject({ offer: restoreOffer.nullable() })),
  progress: unlockChannel(nothing, z.strictObject({ work: backupWork.nullable() })),
  /** The rehearsal: opens copies in a temporary folder, checks every page, compares the counts. Changes nothing. */
  check: unlockChannel(z.strictObject({ keys: restoreKeys }), restoreFinding),
  /** After `check` with the same keys: what is here moves aside, the backup takes its place and is opened. */
  apply: unlockChannel(z.strictObject({ keys: restoreKeys }), nothing),
  /** Lets go of the chosen file and of everything taken out of it. */
  forget: unlockChannel(nothing, nothing),
}
