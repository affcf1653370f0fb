import type { LogAction } from '../../../shared/contract/auditLog.ts'
import type { ActivityExtent } from '../../../shared/contract/paper.ts'
import { dayOf, relativeDayText } from '../../api/clock.ts'

export { findingWords, logKinds as kinds, wordsFor } from '../../../shared/domain/logWords.ts'

/** What a print of the list would hold. */
export function extentSentence({ entries, most, first, last }: ActivityExtent): string {
  if (entries === 0 || first === null || last === null) return 'Nothing of this kind was logged then.'
  const oneDay = dayOf(first).equals(dayOf(last))
  const days = oneDay ? relativeDayText(first) : `${relativeDayText(first)} to ${relativeDayText(last)}`
  const many = `${days}: ${entries.toLocaleString('en-US')} ${entries === 1 ? 'entry' : 'entries'}`
  return entries > most
    ? `${many}. The newest ${most.toLocaleString('en-US')} are printed; a kind or a day gives fewer.`
    : `${many}.`
}

/** Entries that want to be seen. */
export const notable: ReadonlySet<LogAction> = new Set<LogAction>([
  'unlock-failed',
  'locked-to-recovery',
  'recovered',
  'verification-changed',
  'check-failed',
  'damage-noticed',
  'older-copy-noticed',
  'log-change-noticed',
  'witness-missing',
  'locks-change-noticed',
  'went-on',
])
