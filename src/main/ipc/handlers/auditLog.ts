import type { Handlers } from '../../../shared/contract/index.ts'
import { Refusal } from '../../../shared/contract/result.ts'
import type { OpenRecord } from '../../services/record/openRecord.ts'

/** Contract to service for the log; no logic. */
export function auditLogHandlers(open: () => OpenRecord | null): Pick<Handlers, 'auditLog'> {
  const record = (): OpenRecord => {
    const found = open()
    if (found === null) throw new Refusal('LOCKED')
    return found
  }
  return {
    auditLog: {
      list: async ({ kind, day, before }) => record().log.list(kind, day, before),
      lastCheck: async () => ({ check: await record().checkup.last() }),
      verify: async () => record().verifyLog(),
    },
  }
}
