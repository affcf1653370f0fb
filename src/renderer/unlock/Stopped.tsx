import { useEffect, useState } from 'react'
import type { StopReason, VaultView } from '../../shared/contract/vault.ts'
import { vaultApi } from '../api/client.ts'
import damage from './Damage.module.css'
import { Frame } from './Frame.tsx'
import { Push } from './parts.tsx'
import { Recover } from './Recover.tsx'
import { exactText } from './RestoreParts.tsx'
import css from './Unlock.module.css'

interface Stop {
  readonly happened: string
  readonly safe: string
  readonly todo: string
}

/** Each says what happened, what is safe, what to do. None offers a new vault over the one that is there. */
export const stops: Readonly<Record<StopReason, Stop>> = {
  VAULT_FILE_MISSING: {
    happened: 'The file with the locks, vault.json, is not in Bracket’s folder.',
    safe: 'The notes themselves are there, still encrypted. Nothing was changed or replaced.',
    todo: 'Put vault.json back from a backup of that folder, then start Bracket again.',
  },
  VAULT_FILE_DAMAGED: {
    happened: 'The file with the locks, vault.json, is damaged and cannot be read.',
    safe: 'The notes themselves are there, still encrypted. Nothing was changed or replaced.',
    todo: 'Put vault.json back from a backup of Bracket’s folder, then start Bracket again.',
  },
  VAULT_FILE_NEWER: {
    happened: 'These notes belong to a newer version of Bracket.',
    safe: 'They are untouched.',
    todo: 'Install the newest Bracket and start it again.',
  },
  VAULT_FILE_UNREADABLE: {
    happened: 'Bracket may not read the file with the locks, vault.json.',
    safe: 'The notes are untouched.',
    todo: 'Ask whoever looks after this computer for the right to read and write in Bracket’s folder.',
  },
  RECORD_MISSING: {
    happened: 'The file with the record, record.db, is not in Bracket’s folder.',
    safe: 'The locks and the private notes are untouched. No new record was made in its place.',
    todo: 'Look whether the file was moved, or put it back from a backup of that folder; then start Bracket again.',
  },
  PRIVATE_MISSING: {
    happened: 'The file with the private notes, private.db, is not in Bracket’s folder.',
    safe: 'The record is untouched. No new file was made in its place.',
    todo: 'Look whether the file was moved, or put it back from a backup of that folder; then start Bracket again.',
  },
  RECORD_DAMAGED: {
    happened: 'The file with the record is damaged, so it was not opened.',
    safe: 'Nothing was written to it, and nothing damaged is shown as if it were whole.',
    todo: 'Restore the newest backup, or first read what can still be read. The damaged file is kept either way.',
  },
  RECORD_NEWER: {
    happened: 'The record was last opened by a newer version of Bracket.',
    safe: 'It is untouched.',
    todo: 'Install the newest Bracket and start it again.',
  },
  RECORD_CHANGED: {
    happened: 'The file with the record was changed by something other than Bracket, so it was not opened.',
    safe: 'Nothing was written to it.',
    todo: 'Restore the newest backup, or first read what can still be read. The damaged file is kept either way.',
  },
  VAULT_FILE_CHANGED: {
    happened: 'The file with the locks, vault.json, was changed by something other than Bracket.',
    safe: 'The notes are still encrypted and were not opened.',
    todo: 'Keep a copy of the folder as it is. Then put vault.json back from a backup, or use a recovery sheet.',
  },
  VAULT_FILE_OLDER: {
    happened: 'The file with the locks, vault.json, is an older one than this computer remembers.',
    safe: 'The notes are still encrypted and were not opened.',
    todo: 'Keep a copy of the folder as it is. Then put back the newest vault.json, or use a recovery sheet.',
  },
  PROFILE_READ_ONLY: {
    happened: 'Bracket may not write in its folder.',
    safe: 'Everything that was saved is there.',
    todo: 'Ask whoever looks after this computer for the right to write there, then start Bracket again.',
  },
  DISK_FULL: {
    happened: 'The disk is full, so Bracket cannot keep what you would write.',
    safe: 'Everything that was saved is there.',
    todo: 'Free some space on this disk, then start Bracket again.',
  },
  IN_USE: {
    happened: 'Another copy of Bracket has these notes open.',
    safe: 'They are safe there.',
    todo: 'Use that window, or close it and start Bracket again.',
  },
  RECORD_UNREADABLE: {
    happened: 'Part of the record cannot be read: its file is damaged in at least one place.',
    safe: 'Everything that could be read is whole, and nothing damaged was shown. What you had typed was saved where the file still took it. The private notes are in another file.',
    todo: 'Restore the newest backup, or first read what can still be read: it may hold words that are newer than the backup. The damaged file is kept either way.',
  },
  PRIVATE_UNREADABLE: {
    happened: 'Part of the private notes cannot be read: their file is damaged in at least one place.',
    safe: 'The record is in another file and was closed as usual. Nothing damaged was shown.',
    todo: 'Starting Bracket again opens the record. To have the private notes back, restore the newest backup; what is here now is kept beside it.',
  },
  STORE_LOST: {
    happened: 'The part of Bracket that reads and writes the notes ended by itself.',
    safe: 'Everything that was shown as saved is on the disk.',
    todo: 'Start Bracket again. If it happens more than once, keep a copy of the folder before trying anything else.',
  },
  DESTRUCTION_WAITING: {
    happened:
      'This vault is marked to be destroyed, and that cannot be finished yet: this computer’s keychain does not answer, or something in Bracket’s folder cannot be read or removed.',
    safe: 'Until it is finished nothing is opened, made or restored here, so that nothing new is destroyed with it. Backups are not touched.',
    todo: 'Sign in to the computer’s keychain, close programs that may hold Bracket’s folder, then start Bracket again: it goes on by itself.',
  },
  UNKNOWN: {
    happened: 'Bracket could not open the notes, and does not know why.',
    safe: 'Nothing was changed, and no new file was made in their place.',
    todo: 'Start the computer again and then Bracket. If it stays so, keep a copy of the folder before trying anything else.',
  },
}

/** Where a backup would help. Not where the notes are fine and only out of reach: a full disk, a newer version. */
const restorable: readonly StopReason[] = [
  'VAULT_FILE_MISSING',
  'VAULT_FILE_DAMAGED',
  'VAULT_FILE_CHANGED',
  'VAULT_FILE_OLDER',
  'RECORD_MISSING',
  'PRIVATE_MISSING',
  'RECORD_DAMAGED',
  'RECORD_CHANGED',
  'RECORD_UNREADABLE',
  'PRIVATE_UNREADABLE',
]

/** Where the passphrase no longer counts, the sheets still do: they open the notes and make new locks. */
const recoverable: Readonly<Partial<Record<StopReason, string>>> = {
  VAULT_FILE_CHANGED:
    'The file with the locks was changed, so its passphrase is not trusted any more. Sheet A opens the record, and new locks are made with a new passphrase. Nothing in your notes is changed.',
  VAULT_FILE_OLDER:
    'The file with the locks is an older one, so its passphrase is not trusted any more. Sheet A opens the record, and new locks are made with a new passphrase. Nothing in your notes is changed.',
}

/** The file is there and its key is to be had: whatever of it is whole can be read. */
const readable: readonly StopReason[] = ['RECORD_DAMAGED', 'RECORD_CHANGED', 'RECORD_UNREADABLE']

export interface StoppedProps {
  reason: StopReason
  view?: Pick<VaultView, 'keychain' | 'waitMs'>
  onRestore?: () => void
  /** With the newest backup that is in reach, chosen already. */
  onNewest?: () => void
  onSalvage?: () => void
}

export function Stopped({ reason, view, onRestore, onNewest, onSalvage }: StoppedProps) {
  const { happened, safe, todo } = stops[reason]
  const [recovering, setRecovering] = useState(false)
  const lead = recoverable[reason]
  if (recovering && lead !== undefined && view !== undefined) {
    return (
      <Recover
        keychain={view.keychain}
        waitMs={view.waitMs}
        lead={lead}
        onBack={() => setRecovering(false)}
        onRestore={onRestore}
      />
    )
  }
  return (
    <Frame title="Bracket stopped here">
      <dl className={css.stop}>
        <dt>What happened</dt>
        <dd>{happened}</dd>
        <dt>What is safe</dt>
        <dd>{safe}</dd>
        <dt>What to do</dt>
        <dd>{todo}</dd>
      </dl>
      {lead !== undefined && view !== undefined && (
        <div className={css.buttons}>
          <Push onClick={() => setRecovering(true)}>Use a recovery sheet</Push>
        </div>
      )}
      {onRestore !== undefined && restorable.includes(reason) && (
        <Ways
          onRestore={onRestore}
          onNewest={onNewest}
          onSalvage={readable.includes(reason) ? onSalvage : undefined}
        />
      )}
    </Frame>
  )
}

interface WaysProps {
  onRestore: () => void
  onNewest: (() => void) | undefined
  onSalvage: (() => void) | undefined
}

/** What can be done, the best first. */
function Ways({ onRestore, onNewest, onSalvage }: WaysProps) {
  const [backup, setBackup] = useState<{ name: string; createdAt: number } | null>(null)
  useEffect(() => {
    vaultApi.damage.newestBackup({}).then(
      (found) => setBackup(found.backup),
      () => undefined,
    )
  }, [])
  return (
    <div className={damage.choices}>
      {backup !== null && onNewest !== undefined && (
        <div>
          <Push look="primary" onClick={onNewest}>
            Restore the newest backup
          </Push>
          <p className={damage.small}>
            Made {exactText(backup.createdAt)}. It is read through and checked before anything is replaced.
          </p>
        </div>
      )}
      <div>
        <Push onClick={onRestore}>
          {backup === null ? 'Restore from a backup' : 'Restore from another backup'}
        </Push>
        <p className={damage.small}>What is here now moves aside and is kept. Nothing is deleted.</p>
      </div>
      {onSalvage !== undefined && (
        <div>
          <Push onClick={onSalvage}>Read what can be read</Push>
          <p className={damage.small}>
            From a copy, to read only; it says how many notes are whole. The damaged file stays as it is.
          </p>
        </div>
      )}
    </div>
  )
}
