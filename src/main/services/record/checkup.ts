import type { AuditLog } from './auditLog.ts'
import type { RecordStore } from './RecordStore.ts'

const WEEK_MS = 7 * 24 * 3_600_000

export interface CheckSteps {
  /** Reads every page and gives the number of faults; the file itself, which holds up every save, unless given. */
  pages?(): Promise<number>
  /** How much of the log was read, from 0 to 1. What it throws ends the check. */
  onLog?(fraction: number): void
  /** Every signed note against its seal; it reports by itself. */
  notes?(): Promise<void>
}

/** When the whole file is checked, and what came of it. `told`: the log's break is something to be shown. */
export function checkup(
  { store, clock }: RecordStore,
  log: AuditLog,
  afterUnclean: boolean,
  told: () => void,
) {
  let wanted = afterUnclean
  let broken: number | null = null
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

    /** The number of faults in the file as it lies there. Nothing else runs meanwhile: call it when nobody types. */
    async pages(): Promise<number> {
      const found = await store.integrity()
      return found === 'ok' ? 0 : found
    },

    /** The first entry of the log that is not as it was written, as far as anybody looked since opening. */
    brokenAt: (): number | null => broken,

    /** What looked at the whole log says what it found. */
    sawLog(brokenAt: number | null): void {
      if (brokenAt === broken) return
      broken = brokenAt
      told()
    },

    /** Every page and index, every entry of the log, every signed note. What is stopped half-way counts as not run. */
    async run(steps: CheckSteps = {}): Promise<{ faults: number }> {
      const faults = await (steps.pages ?? (() => this.pages()))()
      const { brokenAt } = await log.verify(steps.onLog)
      await steps.notes?.()
      wanted = false
      this.sawLog(brokenAt)
      const count = faults + (brokenAt === null ? 0 : 1)
      if (count === 0) await log.note('check-passed')
      else await log.note('check-failed', { count })
      return { faults }
    },
  }
}
