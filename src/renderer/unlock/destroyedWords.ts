import type { RemovedItem } from '../../shared/contract/wiping.ts'

/** What is to be done about what is left; null when nothing is. */
export function leftWords(items: readonly Pick<RemovedItem, 'kind' | 'found'>[]): string | null {
  const left = items.filter(({ found }) => found !== 'gone')
  if (left.length === 0) return null
  if (left.some(({ kind }) => kind !== 'keychain'))
    return 'What remains could not be removed; another program may hold it. Start Bracket again: it goes on by itself.'
  return 'What is left in the keychain may open the backups that were made of these notes, for somebody who knows the passphrase. Please delete the entries named “Bracket” there by hand.'
}

/** What nobody can take back from here: said plainly, for who destroys a vault counts on it. */
export const NOT_REACHED =
  'Backups were not touched. They open with the recovery sheets, and so might traces of the old files that a disk keeps for a while. If nothing is ever to open these notes again, burn the recovery sheets and delete the backups.'
