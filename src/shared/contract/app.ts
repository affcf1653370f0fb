import { appChannel } from './channel.ts'
import { HELD_LIMIT } from './limits.ts'
import { z } from './schema.ts'
import { details } from '../document/details.ts'
import { noteFormat, sections } from '../document/document.ts'
import { id, instant, nothing, optionalLine } from './values.ts'

export const setting = z.enum(['practice', 'school'])
export type Setting = z.infer<typeof setting>

/** Where the person was, so that unlocking brings screen and caret back. Ids and offsets, never text. */
export const place = z.strictObject({
  path: z
    .string()
    .max(300)
    .regex(/^\/[\w\-/]*$/),
  caret: z
    .strictObject({
      /** Which pane and section. */
      section: z.string().max(40),
      /** Block within the section, then offset in its text, both from 0. */
      block: z.int().min(0),
      offset: z.int().min(0),
    })
    .nullable(),
  scroll: z.number().min(0),
})
export type Place = z.infer<typeof place>

/** The dictionaries that come with Bracket. */
export const spellingLanguage = z.enum(['en', 'en-gb', 'es'])
export type SpellingLanguage = z.infer<typeof spellingLanguage>

export const preferences = z.strictObject({
  /** Minutes without a key or a movement until everything locks. */
  idleMinutes: z.int().min(1).max(60),
  /** Minutes without a key or a movement until the private room locks, when Write is not in use. */
  privateIdleMinutes: z.int().min(1).max(60),
  /** Hours after a session's end at which its note is due, and after which it is a late entry. */
  dueHours: z.int().min(1).max(168),
  theme: z.enum(['system', 'light', 'dark']),
  noteFont: z.enum(['serif', 'hyperlegible']),
  /** Percent. */
  textSize: z.int().min(80).max(200),
  notify: z.boolean(),
  contentProtection: z.boolean(),
  authorName: optionalLine(120),
  /** Whether private notes are kept at all; switched off, nothing offers to write one. */
  privateLane: z.boolean(),
  /** The language that spelling is checked in; null: it is not. */
  spelling: spellingLanguage.nullable(),
  /** Whether shorthand expands while typing. */
  shorthand: z.boolean(),
})
export type Preferences = z.infer<typeof preferences>

export const context = z.strictObject({
  setting,
  /** The throwaway vault of "Look around". */
  sample: z.boolean(),
  /** Milliseconds to add to the machine's clock; not zero only under the test seam. */
  clockOffset: z.int(),
  platform: z.enum(['mac', 'windows', 'linux']),
  version: z.string(),
  place: place.nullable(),
  preferences,
  recoveryConfirmed: z.boolean(),
  /** The draft that was open when the application last ended without closing its vault. */
  restored: z.strictObject({ noteId: id, sessionId: id, savedAt: instant }).nullable(),
  /** The clock stands earlier than the newest thing in the record by this many milliseconds; else null. */
  clockBehind: z.int().nullable(),
  /** The zone used when the vault was last open, if it is another one now. */
  zoneBefore: z.string().nullable(),
})
export type Context = z.infer<typeof context>

/** What the verifier found out about the signed notes since the vault was opened. */
export const verification = z.strictObject({
  /** `unchecked`: the check broke off before its end, and nothing was found until then. */
  state: z.enum(['running', 'intact', 'changed', 'unchecked']),
  checked: z.int(),
  /** Ids as they were found: whoever forged one need not have made it look like ours. */
  changed: z.array(
    z.strictObject({ noteId: z.string(), clientId: z.string(), clientName: z.string(), at: instant }),
  ),
})
export type Verification = z.infer<typeof verification>

/** Words of a draft that could not be committed (a full disk, a lost thread), with what they were based on. */
export const heldNote = z.strictObject({
  noteId: id,
  revision: z.int(),
  sections,
  /** What goes with a note's words; null for an addendum, which has words alone. */
  beside: z.strictObject({ format: noteFormat, details }).nullable(),
})
export type HeldNote = z.infer<typeof heldNote>
const heldNotes = z.array(heldNote).max(8)

/** What Settings and the small key window say about the keys. */
export const keysView = z.strictObject({
  /** Since when backups are made with a backup passphrase; null: there is none. */
  backupPassphraseSetAt: instant.nullable(),
  /** Whether the keychain alone opens the record; `never` in a school, in the sample, and without a keychain. */
  withoutPassphrase: z.enum(['on', 'off', 'never']),
})
export type KeysView = z.infer<typeof keysView>

export const app = {
  context: appChannel(nothing, context),
  rememberPlace: appChannel(place, nothing),
  setPreferences: appChannel(preferences, nothing),
  verification: appChannel(nothing, verification),
  lock: appChannel(nothing, nothing),
  /**
   * The page's answer to the event `flush`: everything typed is committed, but for what it hands over here.
   * Main keeps that through a lock, encrypted, and asks before it quits.
   */
  flushed: appChannel(z.strictObject({ unsaved: heldNotes }), nothing, {
    needs: 'nothing',
    limit: HELD_LIMIT,
  }),
  /** What an earlier `flushed` handed over; given out once after unlocking. */
  takeHeldBack: appChannel(nothing, z.strictObject({ notes: heldNotes })),
  /** Opens the small window that takes the words of the recovery sheets. */
  confirmRecovery: appChannel(nothing, z.strictObject({ confirmed: z.boolean() })),
  /** Opens the small window that changes the passphrase; answers when that window is done. */
  changePassphrase: appChannel(nothing, z.strictObject({ changed: z.boolean() })),
  /** Opens the small window that makes new recovery sheets. */
  renewSheets: appChannel(nothing, z.strictObject({ renewed: z.boolean() })),
  keys: appChannel(nothing, keysView),
  /** Opens the small window that sets, changes or removes the backup passphrase. */
  backupPassphrase: appChannel(nothing, z.strictObject({ changed: z.boolean() })),
  /** Opens the small window that turns opening without a passphrase on and off; a practice's alone. */
  withoutPassphrase: appChannel(nothing, z.strictObject({ changed: z.boolean() })),
  /** Puts text on the clipboard and takes it off again after 30 seconds if it is still there. */
  copy: appChannel(z.strictObject({ text: z.string().max(400_000) }), nothing, { limit: 500_000 }),
}
