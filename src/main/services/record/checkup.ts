import type { AuditLog } from './auditLog.ts'
import type { RecordStore } from './RecordStore.ts'

const WEEK_MS = 7 * 24 * 3_600_000

/** When the whole file is checked, and what came of it. The check itself holds up every save: see `run`. */
export function checkup({ store, clock }: RecordStore, log: AuditLog, afterUnclean: boolean) {
  let wanted = afterUnclean
  const last = () => log.newest('check-passed', 'check-failed')

  return {
    /** The last full check; null when none was made yet. */
    async last(): Promise<{ at: number; faults: number } | null> {
      const entry = await last()
      return entry === undefined ? null : { at: entry.at, faults: entry.count ?? 0 }
    },

    /** Weekly, after a failed one, and after an end without closing. A clock set back counts as a week. */
    async due(): Promise<boolean> {
      if (wanted) return true
      const entry = await last()
      if (entry === undefined || entry.action === 'check-failed') return true
      return Math.abs(clock.now() - entry.at) >= WEEK_MS
    },

    /** Every page and index, then every entry of the log. Nothing else runs meanwhile: call it when nobody types. */
    async run(): Promise<{ faults: number }> {
      wanted = false
      const found = await store.integrity()
      const { brokenAt } = await log.verify()
      const faults = (found === 'ok' ? 0 : found) + (brokenAt === null ? 0 : 1)
      if (faults === 0) await log.note('check-passed')
      else await log.note('check-failed', { count: faults })
      return { faults: found === 'ok' ? 0 : found }
    },
  }
}
