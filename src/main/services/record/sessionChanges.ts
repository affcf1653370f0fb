import {
  detachSessions,
  makeSessions,
  placeSessions,
  rekeySessions,
  takeAway,
  type MadeSession,
  type Placed,
} from '../../store/record/queries/standing.ts'
import type { WriteHandle } from '../../store/Store.ts'
import { moveDraftOf } from './sessionDrafts.ts'

/** What becomes of sessions, gathered for one series or for many and written together. */
export class SessionChanges {
  readonly made: MadeSession[] = []
  readonly placed: Placed[] = []
  readonly rekeyed: { id: string; seriesId: string; occurrence: string }[] = []
  readonly away: string[] = []
  readonly detached: string[] = []
  readonly drafts: { noteId: string; startsAt: number }[] = []

  get count(): number {
    return this.made.length + this.placed.length + this.away.length
  }

  async write(h: WriteHandle, now: number): Promise<void> {
    await detachSessions(h, this.detached)
    await rekeySessions(h, this.rekeyed)
    await takeAway(h, this.away, now)
    await placeSessions(h, this.placed)
    await makeSessions(h, this.made)
    for (const { noteId, startsAt } of this.drafts) await moveDraftOf(h, noteId, startsAt)
  }
}
