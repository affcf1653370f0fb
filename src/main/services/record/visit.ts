import { z } from '../../../shared/contract/schema.ts'
import { newestChange, newestDraft } from '../../store/record/queries/notes.ts'
import { dropSetting, getSetting, putSetting } from '../../store/record/queries/settings.ts'
import type { RecordStore } from './RecordStore.ts'

const OPEN = 'open'
const ZONE = 'zone'
/** Clocks are corrected by seconds all the time; a minute is worth a sentence. */
const CLOCK_TOLERANCE_MS = 60_000

const marker = z.strictObject({ openedAt: z.int() })

export interface Visit {
  /** The draft that was being written when the application last ended without closing its vault. */
  restored: { noteId: string; sessionId: string; savedAt: number } | null
  /** By how much the clock stands behind the newest thing written, or null. */
  clockBehind: number | null
  /** The zone of the last visit, if it was another one. */
  zoneBefore: string | null
}

/** One opening of the vault: what the last one left behind, and a mark that this one is going on. */
export function visitService({ store, clock }: RecordStore) {
  return {
    async begin(zone: string): Promise<Visit> {
      return store.write(async (h) => {
        const now = clock.now()
        const left = await getSetting(h, OPEN)
        const before = await getSetting(h, ZONE)
        const newest = await newestChange(h)
        const draft = left === undefined ? undefined : await newestDraft(h)
        const since = left === undefined ? 0 : openedAt(left)
        await putSetting(h, OPEN, JSON.stringify({ openedAt: now }))
        await putSetting(h, ZONE, zone)
        return {
          restored:
            draft !== undefined && draft.updatedAt >= since
              ? { noteId: draft.id, sessionId: draft.sessionId, savedAt: draft.updatedAt }
              : null,
          clockBehind: newest !== null && newest - now > CLOCK_TOLERANCE_MS ? newest - now : null,
          zoneBefore: before !== undefined && before !== zone ? before : null,
        }
      })
    },

    end: (): Promise<void> => store.write((h) => dropSetting(h, OPEN)),
  }
}

/** A mark that cannot be read keeps nobody out; the newest draft is offered then. */
function openedAt(left: string): number {
  try {
    return marker.parse(JSON.parse(left)).openedAt
  } catch {
    return 0
  }
}
