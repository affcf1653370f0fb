import type { Code } from '../../shared/contract/result.ts'
import { refusal } from './client.ts'

const BEFORE = 'The end is before the start. Please set a later end.'

/** Of an end that is not after the start. */
export const endSentence = (same: boolean): string =>
  same ? 'The end is the same as the start. Please set a later end.' : BEFORE

/** One sentence or two for each code: what happened, what is safe, what to do. No blame, no jargon. */
export const sentences: Readonly<Record<Code, string>> = {
  FORBIDDEN: 'Bracket did not allow that from here. Nothing was changed.',
  UNKNOWN_CHANNEL: 'This part of Bracket does not answer. Your saved words are safe; please restart Bracket.',
  LOCKED: 'Bracket is locked. Your saved words are safe; unlock to go on.',
  PRIVATE_LOCKED: 'The private room is locked. Its notes are safe; open it with your passphrase to go on.',
  BAD_INPUT:
    'Something here cannot be kept as it stands. Nothing was lost; please look it over and try again.',
  TOO_LARGE:
    'This is longer than one note can hold. What was saved before is safe; please shorten it or split it.',
  NOT_FOUND: 'That is no longer here; it may have been removed. Nothing else was touched.',
  CONFLICT:
    'This note was changed somewhere else in the meantime. Nothing was overwritten; open it again to see both versions.',
  SEALED: 'This note is signed and stays as it is. You can add an addendum.',
  NOT_SEALED: 'This note is not signed yet, so it can still be edited directly.',
  END_BEFORE_START: BEFORE,
  TOO_LONG_SESSION: 'That is longer than 24 hours. Please check the date and the times.',
  HAS_NOTE: 'Something is written for this session, so it stays. You can cancel or move it instead.',
  EMPTY_NOTE: 'The note is still empty. Write at least one line before signing.',
  RECOVERY_UNCONFIRMED:
    'Before the first note is signed, please confirm your recovery sheets. The draft is saved.',
  UNDO_TOO_LATE: 'The ten seconds are over and the note is signed. You can add an addendum.',
  DISK_FULL:
    'The disk is full. Everything saved so far is safe; free some space, and Bracket goes on saving.',
  READ_ONLY:
    'Bracket may not write to its folder. Everything saved so far is safe; please ask for the right to write there.',
  DAMAGED:
    'A part of the file is damaged and is not shown. Nothing was written over it; please keep a copy of Bracket’s folder as it is.',
  CHANGED_FILE:
    'The file was changed from outside Bracket. Nothing is overwritten; please keep a copy of Bracket’s folder as it is.',
  IN_USE:
    'Another copy of Bracket has these notes open. They are safe; please use that one, or close it first.',
  NEWER:
    'These notes were written by a newer Bracket. They are safe; please install that version to open them.',
  WRONG_PASSPHRASE: 'That passphrase does not open it. Nothing was changed; please try again.',
  WAIT: 'Several tries did not match, so there is a short pause. Your notes are safe.',
  WEAK_PASSPHRASE: 'That passphrase would be easy to guess. Four or more unrelated words make a good one.',
  SAME_PASSPHRASE:
    'That is the passphrase that unlocks Bracket. A backup may be copied anywhere; please choose another one for it.',
  CODE_COUNT: 'A recovery sheet has 12 words. Please check for a missing or extra one.',
  CODE_WORD: 'One word is not on the list of recovery words. Please check its spelling.',
  CODE_CHECKSUM:
    'All words are real, but together they are not a sheet. One of them may be another word, or in another place.',
  CODE_WRONG_SHEET: 'These words belong to the other sheet. Please use the one this field asks for.',
  CODE_REFUSED:
    'These words are a sheet, but not one for these notes. They may belong to an earlier set, or two words have changed places.',
  PRIVATE_CODE_NEEDED:
    'The private room needs its own sheet as well, sheet B. The record and the private notes are safe.',
  KEYCHAIN_UNAVAILABLE:
    'This computer’s keychain does not answer. Your notes are safe; a recovery sheet opens them.',
  KEYCHAIN_ITEM_MISSING:
    'Bracket’s item is gone from this computer’s keychain. Your notes are safe; a recovery sheet opens them.',
  WORDS_DIFFER: 'Those words are not the ones on the sheet. Please look at it once more.',
  NOT_NOW: 'That cannot be done at this moment. Nothing was changed; please try again shortly.',
  BACKUP_FOLDER_GONE:
    'The folder for backups cannot be reached; a stick may be unplugged or a network drive away. Your notes here are safe. Plug it in, or choose another folder.',
  BACKUP_FOLDER_READ_ONLY:
    'Bracket may not write to that folder. Your notes here are safe; please choose another one.',
  BACKUP_NO_ROOM:
    'There is not enough room in that folder for a backup. Your notes here are safe; free some space there, or choose another folder.',
  BACKUP_NOT_ONE:
    'This file is not a backup made by Bracket. Nothing was changed; please choose one that ends in .bracketbackup.',
  BACKUP_DAMAGED:
    'This backup is not whole: a part is missing, or something in it has changed. It is not used, and nothing here was touched. Please take another one, the newest before it if you can.',
  BACKUP_OTHER_KEYS:
    'This backup was made under other keys than your notes have now, so it could not be opened here. That is no damage: every byte of it is as it was written, and it opens with the recovery sheets of its time. Keep it, and make a new one.',
  BACKUP_NEWER:
    'This backup was made by a newer Bracket. It is fine, and nothing was changed; please install that version, then restore.',
  BACKUP_NONE:
    'There is no backup of these notes in the folder yet. Your notes here are safe; make one first.',
  CANCELLED: 'Stopped, as you asked. Nothing half-made was left behind.',
  ONLY_SIGNED: 'Only signed notes go on paper. The draft is safe; sign it first.',
  NOTHING_SIGNED: 'There is no signed note in these days. Nothing was written; please choose others.',
  PLACE_REFUSED:
    'The file could not be written there, and nothing of it was left behind. Your notes are safe; please choose another place.',
  PLACE_FULL:
    'There is not enough room there for the file, and nothing of it was left behind. Your notes are safe; please choose another place.',
  NOT_PRINTED:
    'The printer did not take it. Your notes are safe; please check the printer, or save a PDF instead.',
  RULE_UNREADABLE: 'This way of recurring could not be understood. Nothing was changed; please set it again.',
  RULE_TOO_OFTEN:
    'This would take place more often than sessions can. Nothing was changed; please look at how it recurs.',
  RULE_FIXED:
    'How this one recurs names its days, so it cannot be dragged there as a whole. Nothing was changed; move this session alone, or change how it recurs.',
  NEVER_OCCURS: 'There is no day on which this would take place. Please look at the dates.',
  FROM_CALENDAR:
    'This comes from a calendar you took in. Change the series there and take it in again; this session alone can be changed here.',
  NO_MEMBERS: 'This group has no members yet. Add somebody first.',
  PAST: 'That session is over, so it stays where it was. Choose one that is still to come.',
  LANE_OFF:
    'Private notes are switched off in Settings, so this was not saved there. Those you wrote before are kept.',
  STORE_LOST:
    'Bracket lost its connection to the file. What was saved is safe; copy what is not saved yet, then lock and unlock.',
  SHORT_TAKEN:
    'There is another entry with that short form. Nothing was changed; please choose another one, or edit that entry.',
  INTERNAL: 'Something went wrong inside Bracket. Your last saved words are safe; please try again.',
}

/** The sentence for anything thrown by the client. */
export const sentenceFor = (error: unknown): string => sentences[refusal(error).code]
