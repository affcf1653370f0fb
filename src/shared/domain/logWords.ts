import type { LogAction, LogFindings, LogKind } from '../contract/auditLog.ts'

/** One plain sentence for each entry; `count` stands where an entry has one. */
export function wordsFor(action: LogAction, count: number | null): string {
  const n = count ?? 0
  switch (action) {
    case 'unlock-failed':
      return n === 1 ? 'One wrong passphrase before this' : `${n} wrong passphrases before this`
    case 'verification-changed':
      if (n === 0) return 'Signed notes are as they were signed again'
      return n === 1 ? 'A signed note was found changed' : `${n} signed notes were found changed`
    case 'check-failed':
      return n === 1 ? 'Full check of the file: one fault' : `Full check of the file: ${n} faults`
    case 'calendar-taken':
      if (n === 0) return 'Calendar taken in: nothing in it was new'
      return `Calendar taken in: ${n === 1 ? 'one event' : `${n} events`} new, changed or gone`
    case 'calendar-dropped':
      return `Calendar dropped: ${n === 1 ? 'one coming session' : `${n} coming sessions`} left the schedule`
    case 'schedule-out':
      return `Schedule saved as a file, with initials: ${n === 1 ? 'one session' : `${n} sessions`}`
    default:
      return plain[action]
  }
}

type Counted =
  | 'unlock-failed'
  | 'verification-changed'
  | 'check-failed'
  | 'calendar-taken'
  | 'calendar-dropped'
  | 'schedule-out'

const plain: Readonly<Record<Exclude<LogAction, Counted>, string>> = {
  unlocked: 'Unlocked',
  locked: 'Locked',
  recovered: 'Opened with recovery sheet A; new passphrase set',
  'opened-without-passphrase': 'Opened without a passphrase',
  'private-opened': 'Private room opened',
  'private-closed': 'Private room closed',
  'private-viewed': 'Private note shown',
  'private-destroyed': 'Private note destroyed',
  'note-signed': 'Note signed',
  'addendum-added': 'Addendum added',
  'sign-undone': 'Signing undone within ten seconds',
  printed: 'Printed',
  'exported-pdf': 'Saved as PDF',
  'activity-printed': 'This log printed',
  'backup-made': 'Backup made',
  'backup-verified': 'Backup verified',
  restored: 'Restored from a backup',
  'recovery-confirmed': 'Recovery sheets confirmed',
  'recovery-renewed': 'New recovery sheets made',
  'passphrase-changed': 'Passphrase changed',
  'keys-renewed': 'New keys made for both files',
  'backup-passphrase-set': 'Backup passphrase set',
  'backup-passphrase-removed': 'Backup passphrase removed',
  'after-ten-on': 'Locking to the sheets after ten wrong passphrases: on',
  'after-ten-off': 'Locking to the sheets after ten wrong passphrases: off',
  'locked-to-recovery': 'Ten wrong passphrases: it had locked to the recovery sheets',
  'without-passphrase-on': 'Opening without a passphrase on this computer: on',
  'without-passphrase-off': 'Opening without a passphrase on this computer: off',
  'preferences-changed': 'Settings changed',
  'clock-behind': 'The clock stood earlier than the newest entry',
  'zone-changed': 'Another time zone than before',
  'check-passed': 'Full check of the file: no damage',
  'damage-noticed': 'Damage noticed while reading',
  'older-copy-noticed': 'An older copy of the record was noticed',
  'log-change-noticed': 'A change of the log was noticed',
  'witness-missing': 'The keychain did not know this record',
  'locks-change-noticed': 'A change of the file with the locks was noticed',
  'went-on': 'Went on with this file, having been told',
}

/** What can be chosen on the page, and stands on paper. */
export const logKinds: readonly { key: LogKind | 'all'; label: string }[] = [
  { key: 'all', label: 'Everything' },
  { key: 'opening', label: 'Unlocking and locking' },
  { key: 'private', label: 'Private room' },
  { key: 'notes', label: 'Signatures' },
  { key: 'out', label: 'Prints, PDFs and schedules' },
  { key: 'calendars', label: 'Calendars taken in' },
  { key: 'backups', label: 'Backups' },
  { key: 'keys', label: 'Passphrase and sheets' },
  { key: 'settings', label: 'Settings and clock' },
  { key: 'checks', label: 'Checks and findings' },
]

const witnessWords: Readonly<Record<LogFindings['witness'], string>> = {
  agrees: 'This computer’s keychain remembers the same.',
  none: 'This vault has no keychain, so nothing outside the file can confirm it: an older copy put back would not show.',
  missing:
    'The keychain does not answer, or has forgotten the log. If nobody reset it, keep a copy of the folder as it is.',
  differs:
    'But the keychain remembers another log. Keep a copy of the folder as it is and compare with a backup.',
  ahead:
    'But the keychain remembers entries that are not here. Keep a copy of the folder as it is and compare with a backup.',
}

const entries = (n: number): string => `${n.toLocaleString('en-US')} ${n === 1 ? 'entry' : 'entries'}`

/** What the verifier found, and whether it is as it should be. */
export function findingWords({ checked, brokenAt, witness }: LogFindings): { good: boolean; text: string } {
  if (brokenAt !== null) {
    return {
      good: false,
      text: `Entry ${brokenAt.toLocaleString('en-US')} is not as it was written${checked === 0 ? '' : `; the ${entries(checked)} before it ${checked === 1 ? 'is' : 'are'}`}. The file was changed by something other than Bracket. Keep a copy of the folder as it is and compare with a backup.`,
    }
  }
  return {
    good: witness === 'agrees' || witness === 'none',
    text: `Checked: ${entries(checked)}, unbroken. ${witnessWords[witness]}`,
  }
}
