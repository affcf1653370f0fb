import type { Counts } from '../../../../shared/contract/backup.ts'
import type { ReadHandle } from '../../Store.ts'

/** How much there is, sessions and drafts included: numbers that a copy must have in common with its original. */
export async function countRows(h: ReadHandle): Promise<Counts> {
  const row = await h.get(
    `SELECT (SELECT count(*) FROM clients) AS clients, (SELECT count(*) FROM sessions) AS sessions,
            (SELECT count(*) FROM notes) AS notes, (SELECT count(*) FROM addenda) AS addenda`,
  )
  return {
    clients: Number(row?.['clients']),
    sessions: Number(row?.['sessions']),
    notes: Number(row?.['notes']),
    addenda: Number(row?.['addenda']),
  }
}
