import type { Loop, LoopEnd, LoopKind } from '../../../shared/contract/loops.ts'
import { Refusal } from '../../../shared/contract/result.ts'
import { findClient } from '../../store/record/queries/clients.ts'
import * as loops from '../../store/record/queries/loops.ts'
import { findNoteOfSession } from '../../store/record/queries/notes.ts'
import { findSession } from '../../store/record/queries/sessions.ts'
import type { ReadHandle, WriteHandle } from '../../store/Store.ts'
import { newId } from './ids.ts'
import type { RecordStore } from './RecordStore.ts'

/** What was set down in a session is part of what was signed with its note. */
async function refuseSigned(h: ReadHandle, sessionId: string): Promise<void> {
  const note = await findNoteOfSession(h, sessionId)
  if (note !== undefined && note.state !== 'draft') throw new Refusal('SEALED')
}

export function loopService({ store, clock, changed }: RecordStore) {
  const existing = async (id: string, act: (h: WriteHandle, loop: Loop) => Promise<void>): Promise<void> => {
    await store.write(async (h) => {
      const loop = await loops.findLoop(h, id)
      if (loop === undefined) throw new Refusal('NOT_FOUND')
      await act(h, loop)
    })
    changed('loops')
  }

  return {
    /** Refused SEALED once the note of its session is signed. */
    async add(clientId: string, sessionId: string | null, kind: LoopKind, text: string): Promise<string> {
      const now = clock.now()
      const id = newId(now)
      await store.write(async (h) => {
        if ((await findClient(h, clientId)) === undefined) throw new Refusal('NOT_FOUND', 'clientId')
        if (sessionId !== null) {
          const session = await findSession(h, sessionId)
          if (session?.clientId !== clientId) throw new Refusal('NOT_FOUND', 'sessionId')
          await refuseSigned(h, sessionId)
        }
        await loops.insertLoop(h, { id, clientId, sessionId, kind, text, createdAt: now })
      })
      changed('loops')
      return id
    },

    /** Refused SEALED likewise. How a loop ended is known later and may be said at any time. */
    edit: (id: string, text: string): Promise<void> =>
      existing(id, async (h, loop) => {
        if (loop.sessionId !== null) await refuseSigned(h, loop.sessionId)
        await loops.editLoop(h, id, text)
      }),

    close: (id: string, how: LoopEnd, outcome: string): Promise<void> =>
      existing(id, (h) => loops.closeLoop(h, id, how, outcome, clock.now())),

    reopen: (id: string): Promise<void> => existing(id, (h) => loops.reopenLoop(h, id)),
  }
}
