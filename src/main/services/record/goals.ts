import type { Goal, Trend } from '../../../shared/contract/goals.ts'
import { Refusal } from '../../../shared/contract/result.ts'
import { findClient } from '../../store/record/queries/clients.ts'
import * as goals from '../../store/record/queries/goals.ts'
import { findNote } from '../../store/record/queries/notes.ts'
import { findSession } from '../../store/record/queries/sessions.ts'
import { newId } from './ids.ts'
import type { RecordStore } from './RecordStore.ts'

export function goalService({ store, clock, changed }: RecordStore) {
  return {
    async create(clientId: string, text: string): Promise<string> {
      const now = clock.now()
      const id = newId(now)
      await store.write(async (h) => {
        if ((await findClient(h, clientId)) === undefined) throw new Refusal('NOT_FOUND', 'clientId')
        await goals.insertGoal(h, { id, clientId, text, createdAt: now })
      })
      changed('goals')
      return id
    },

    async setState(id: string, state: Goal['state']): Promise<void> {
      const found = await store.write((h) => goals.setGoalState(h, id, state))
      if (!found) throw new Refusal('NOT_FOUND')
      changed('goals')
    },

    async link(noteId: string, goalId: string, trend: Trend | null): Promise<void> {
      await store.write(async (h) => {
        const note = await findNote(h, noteId)
        if (note === undefined) throw new Refusal('NOT_FOUND', 'noteId')
        if (note.state !== 'draft') throw new Refusal('SEALED')
        const mine = (await goals.goalsOf(h, note.clientId)).some((g) => g.id === goalId)
        if (!mine) throw new Refusal('NOT_FOUND', 'goalId')
        const session = await findSession(h, note.sessionId)
        if (trend === null) await goals.unlinkGoal(h, noteId, goalId)
        else await goals.linkGoal(h, { noteId, goalId, trend, at: session?.startsAt ?? clock.now() })
      })
      changed('goals')
    },
  }
}
