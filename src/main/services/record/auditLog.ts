import { createHash } from 'node:crypto'
import {
  kindOfAction,
  logAction,
  type LogAction,
  type LogFindings,
  type LogKind,
  type LogLine,
} from '../../../shared/contract/auditLog.ts'
import { EARLIEST, LATEST } from '../../../shared/contract/values.ts'
import type { Clock } from '../../../shared/domain/clock.ts'
import * as log from '../../store/record/queries/log.ts'
import type { LogEntry } from '../../store/record/queries/log.ts'
import type { ReadHandle, Row, Store, WriteHandle } from '../../store/Store.ts'

const PAGE = 50
/** Small enough that a keystroke's save never waits long behind a stretch of it. */
const STRETCH = 500

export interface LogSubject {
  /** An id: never a word that anybody wrote. */
  subject?: string
  count?: number
}

export interface LogFilter {
  kind: LogKind | null
  day: { from: number; to: number } | null
}

/** Where the chain stands. Nothing written yet: 0 and ''. */
export interface Head {
  sequence: number
  hash: string
}

/** Covers every field and the entry before. The first value names the version. */
export function entryHash(e: Omit<LogEntry, 'hash'>): string {
  const fields = ['bracket/log/v1', e.sequence, e.at, e.action, e.subject, e.count, e.previous]
  return createHash('sha256').update(JSON.stringify(fields), 'utf8').digest('hex')
}

/** Is this row as it was written, and does it follow `before`? */
export function follows(row: Row, before: Head): boolean {
  const parsed = log.logEntry.safeParse(row)
  if (!parsed.success) return false
  const entry = parsed.data
  return (
    entry.sequence === before.sequence + 1 &&
    entry.previous === before.hash &&
    entry.hash === entryHash(entry)
  )
}

export async function headOf(h: ReadHandle): Promise<Head> {
  const last = await log.lastEntry(h)
  return { sequence: last?.sequence ?? 0, hash: last?.hash ?? '' }
}

/** The log of what was done with the vault. `onAppended`: something may have been added and be committed soon. */
export function auditLog({ store, clock }: { store: Store; clock: Clock }, onAppended: () => void) {
  /** In the transaction of the act itself, where the act is in the record: both are there, or neither. */
  async function append(h: WriteHandle, action: LogAction, about: LogSubject = {}): Promise<void> {
    const before = await headOf(h)
    const entry = {
      sequence: before.sequence + 1,
      at: Math.min(LATEST, Math.max(EARLIEST, Math.trunc(clock.now()))),
      action,
      subject: about.subject ?? null,
      count: about.count ?? null,
      previous: before.hash,
    }
    await log.insertEntry(h, { ...entry, hash: entryHash(entry) })
    onAppended()
  }

  const filterOf = ({ kind, day }: LogFilter) => ({
    actions: kind === null ? null : logAction.options.filter((one) => kindOfAction[one] === kind),
    from: day?.from ?? EARLIEST,
    to: day?.to ?? LATEST + 1,
  })

  return {
    append,

    /** For acts that are not in the record: a line of its own. */
    note: (action: LogAction, about: LogSubject = {}): Promise<void> =>
      store.write((h) => append(h, action, about)),

    head: (): Promise<Head> => store.read(headOf),

    list: (
      kind: LogKind | null,
      day: { from: number; to: number } | null,
      before: number | null,
    ): Promise<{ entries: LogLine[]; more: boolean }> =>
      store.read(async (h) => {
        const found = await log.logLines(h, {
          ...filterOf({ kind, day }),
          before: before ?? Number.MAX_SAFE_INTEGER,
          limit: PAGE + 1,
        })
        return { entries: found.slice(0, PAGE), more: found.length > PAGE }
      }),

    extent: (filter: LogFilter): Promise<{ entries: number; first: number | null; last: number | null }> =>
      store.read((h) => log.logExtent(h, filterOf(filter))),

    /** The newest `most` of them, newest first, in stretches, each its own place in the queue. */
    async newestLines(filter: LogFilter, most: number): Promise<LogLine[]> {
      const lines: LogLine[] = []
      for (;;) {
        const limit = Math.min(STRETCH, most - lines.length)
        const before = lines.at(-1)?.sequence ?? Number.MAX_SAFE_INTEGER
        const found = await store.read((h) => log.logLines(h, { ...filterOf(filter), before, limit }))
        lines.push(...found)
        if (found.length < limit || lines.length >= most) return lines
      }
    },

    newest: (...actions: LogAction[]): Promise<LogEntry | undefined> =>
      store.read((h) => log.newestOf(h, actions)),

    /** The whole chain, in stretches, each its own place in the queue. It reports and never repairs. */
    async verify(onRead?: (fraction: number) => void): Promise<Pick<LogFindings, 'checked' | 'brokenAt'>> {
      let before: Head = { sequence: 0, hash: '' }
      const whole = onRead === undefined ? 0 : (await store.read(headOf)).sequence
      // Whatever was put below the first is not ours either.
      for (let after = -Number.MAX_VALUE; ; after = before.sequence) {
        const rows = await store.read((h) => log.stretch(h, after, STRETCH))
        for (const row of rows) {
          if (!follows(row, before)) return { checked: before.sequence, brokenAt: before.sequence + 1 }
          before = { sequence: Number(row['sequence']), hash: String(row['hash']) }
        }
        onRead?.(whole === 0 ? 1 : Math.min(1, before.sequence / whole))
        if (rows.length < STRETCH) return { checked: before.sequence, brokenAt: null }
      }
    },
  }
}

export type AuditLog = ReturnType<typeof auditLog>
