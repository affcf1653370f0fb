import type { BackupView, BackupWork } from '../../../shared/contract/backup.ts'
import { exactTimeText, now, relativeDayInText, relativeDayText } from '../../api/clock.ts'

const DAY = 24 * 3_600_000
/** Said kindly from then on. */
export const STALE_DAYS = 7

/** "Today, 2:02:41 PM": exact, because trust is shown. */
export const momentText = (instant: number): string =>
  `${relativeDayText(instant)}, ${exactTimeText(instant)}`

/** The same within a sentence: "today, 2:02:41 PM", but "Wed, Nov 18, …". */
export const momentInText = (instant: number): string =>
  `${relativeDayInText(instant)}, ${exactTimeText(instant)}`

export const stageText: Readonly<Record<BackupWork['stage'], string>> = {
  copying: 'Copying both files, encrypted as they are…',
  writing: 'Writing the backup…',
  reading: 'Reading it back from where it lies…',
  checking: 'Opening the copy and checking every page…',
}

export interface Freshness {
  readonly text: string
  readonly stale: boolean
}

/** While the newest backup is behind what opens these notes now. */
const behindText: Readonly<Record<NonNullable<BackupView['behind']>, string>> = {
  sheets: 'The newest backup opens with the old recovery sheets only.',
  passphrase: 'The newest backup opens with the recovery sheets, or the old passphrase.',
  'backup-passphrase': 'The newest backup was made before the backup passphrase was changed.',
}

/** How old the last verified backup is, in a sentence; a clock that was set back makes nothing younger than today. */
export function freshness(
  { last, folder, behind, trouble }: Pick<BackupView, 'last' | 'folder' | 'behind' | 'trouble'>,
  at = now(),
): Freshness {
  if (last === null) {
    if (trouble?.code === 'BACKUP_DAMAGED')
      return { text: 'The newest backup was found damaged. A new one is due.', stale: true }
    return {
      text: folder === null ? 'There is no backup yet.' : 'There is no verified backup yet.',
      stale: true,
    }
  }
  // However young it is: who has the new sheets alone could not open it.
  if (behind !== null) return { text: behindText[behind], stale: true }
  const days = Math.floor((at - last.createdAt) / DAY)
  if (days < 1) return { text: `Backed up and checked ${momentInText(last.createdAt)}.`, stale: false }
  const age = days === 1 ? 'a day' : `${days} days`
  return { text: `The last verified backup is ${age} old.`, stale: days >= STALE_DAYS }
}
