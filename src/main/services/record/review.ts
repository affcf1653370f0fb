import { Refusal } from '../../../shared/contract/result.ts'
import type { ReviewView } from '../../../shared/contract/review.ts'
import { activeFlags, findClient } from '../../store/record/queries/clients.ts'
import { goalsOf } from '../../store/record/queries/goals.ts'
import { openLoops } from '../../store/record/queries/loops.ts'
import { countNotes, firstRowAt, noteLines } from '../../store/record/queries/notes.ts'
import { countSessionsBefore, findSession } from '../../store/record/queries/sessions.ts'
import type { RecordStore } from './RecordStore.ts'

const LAST_NOTES = 3

/** The ten minutes before a session: what matters, from the record alone. */
export function reviewService({ store }: RecordStore) {
  return {
    get: (sessionId: string): Promise<ReviewView> =>
      store.read(async (h) => {
        const session = await findSession(h, sessionId)
        if (session === undefined) throw new Refusal('NOT_FOUND')
        const client = await findClient(h, session.clientId)
        if (client === undefined) throw new Refusal('NOT_FOUND')
        // This session's own rows are among those that follow, and those of others that start with it.
        const before = firstRowAt(session.startsAt) - 1
        const lines = await noteLines(h, client.id, before, LAST_NOTES + 1)
        return {
          session,
          client,
          flags: await activeFlags(h, client.id),
          goals: await goalsOf(h, client.id),
          loops: await openLoops(h, client.id),
          lastNotes: lines.filter((line) => line.sessionId !== sessionId).slice(0, LAST_NOTES),
          counts: {
            notes: await countNotes(h, client.id),
            sessionsBefore: await countSessionsBefore(h, client.id, session.startsAt),
          },
        }
      }),
  }
}
