import { z } from '../../../shared/contract/schema.ts'
import type { Notice } from '../../../shared/contract/vault.ts'
import { newestChange, newestDraft } from '../../store/record/queries/notes.ts'
import { dropSetting, getSetting, putSetting } from '../../store/record/queries/settings.ts'
import type { ReadHandle, WriteHandle } from '../../store/Store.ts'
import type { AuditLog } from './auditLog.ts'
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

/** How the vault was opened. */
export interface Opening {
  how: 'unlocked' | 'opened-without-passphrase' | 'recovered' | 'restored'
  /** Wrong passphrases since it was last opened. */
  failures: number
  /** The recovery that opened it found vault.json changed from outside. */
  locksChanged?: boolean
  /** What the person was told of before going on. */
  accepted: Notice | null
}

const NOTICED = {
  OLDER_COPY: 'older-copy-noticed',
  LOG_CHANGED: 'log-change-noticed',
  WITNESS_MISSING: 'witness-missing',
  LOCKS_CHANGED: 'locks-change-noticed',
} as const

/** Was the vault open when the application last ended? */
export async function isMarkedOpen(h: ReadHandle): Promise<boolean> {
  return (await getSetting(h, OPEN)) !== undefined
}

/** One opening of the vault: what the last one left behind, and a mark that this one is going on. */
export function visitService({ store, clock }: RecordStore, log: AuditLog) {
  let unclean = false

  async function logOpening(h: WriteHandle, opening: Opening, visit: Visit): Promise<void> {
    const { accepted, locksChanged = false } = opening
    if (accepted !== null) await log.append(h, NOTICED[accepted])
    if (locksChanged && accepted !== 'LOCKS_CHANGED') await log.append(h, NOTICED.LOCKS_CHANGED)
    if (opening.failures > 0) await log.append(h, 'unlock-failed', { count: opening.failures })
    await log.append(h, opening.how)
    if (opening.accepted !== null) await log.append(h, 'went-on')
    if (visit.clockBehind !== null) await log.append(h, 'clock-behind')
    if (visit.zoneBefore !== null) await log.append(h, 'zone-changed')
  }

  return {
    /** The application ended last time without closing the vault. */
    unclean: (): boolean => unclean,

    async begin(zone: string, opening: Opening): Promise<Visit> {
      return store.write(async (h) => {
        const now = clock.now()
        const left = await getSetting(h, OPEN)
        unclean = left !== undefined
        const before = await getSetting(h, ZONE)
        const newest = await newestChange(h)
        const draft = left === undefined ? undefined : await newestDraft(h)
        const since = left === undefined ? 0 : openedAt(left)
        await putSetting(h, OPEN, JSON.stringify({ openedAt: now }))
        await putSetting(h, ZONE, zone)
        const visit: Visit = {
          restored:
            draft !== undefined && draft.updatedAt >= since
              ? { noteId: draft.id, sessionId: draft.sessionId, savedAt: draft.updatedAt }
              : null,
          clockBehind: newest !== null && newest - now > CLOCK_TOLERANCE_MS ? newest - now : null,
          zoneBefore: before !== undefined && before !== zone ? before : null,
        }
        await logOpening(h, opening, visit)
        return visit
      })
    },

    end: (): Promise<void> =>
      store.write(async (h) => {
        await log.append(h, 'locked')
        await dropSetting(h, OPEN)
      }),
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
