import { Refusal } from '../../../shared/contract/result.ts'
import { isLate, LONGEST_SESSION_MS, SEALING_MS } from '../../../shared/domain/sessionLife.ts'
import { goalLinks, goalsOf } from '../../store/record/queries/goals.ts'
import { loopsClosedBetween, loopsOfSession } from '../../store/record/queries/loops.ts'
import * as notes from '../../store/record/queries/notes.ts'
import type { NoteRow } from '../../store/record/queries/notes.ts'
import { insertSeal, lastSeal } from '../../store/record/queries/seals.ts'
import { findSession, setWritten } from '../../store/record/queries/sessions.ts'
import { indexNote, reindexDraft } from '../../store/record/queries/wordIndex.ts'
import { type WriteHandle, StoreError } from '../../store/Store.ts'
import type { AuditLog } from './auditLog.ts'
import type { RecordStore } from './RecordStore.ts'
import { nextLink, noteContentHash } from './seal.ts'

/** A seal that could not be written (a full disk, a slow one) is tried again after this, and then ever more seldom. */
const FIRST_RETRY_MS = 2_000
const LAST_RETRY_MS = 60_000
/** A clock that was put right while the person signed must not refuse them. */
const AHEAD_MS = 60_000

export interface Signature {
  noteId: string
  revision: number
  actualStart: number
  actualEnd: number
  summary: string
}

export interface SigningRules {
  author(): string
  dueHours(): number
  /** The recovery sheets were confirmed: nobody should sign into a vault that one forgotten word loses. */
  recoveryConfirmed(): boolean
}

/**
 * Signing. A note is `sealing` for ten seconds, in which it can be undone, and then sealed for good.
 * A crash within the ten seconds leaves a draft; lock and quit complete what the person had decided.
 */
export function signingService({ store, clock, changed }: RecordStore, log: AuditLog, rules: SigningRules) {
  const timers = new Map<string, NodeJS.Timeout>()
  let stopped = false

  function forget(noteId: string): void {
    clearTimeout(timers.get(noteId))
    timers.delete(noteId)
  }

  /** Seals after `wait`; what fails is tried again as long as the record is open. The note stays `sealing`. */
  function sealLater(noteId: string, wait: number, retry: number): void {
    if (stopped) return
    forget(noteId)
    const again = (error: unknown): void => {
      // A record that is closed or lost does not come back; its next opening makes the note a draft again.
      if (error instanceof StoreError && error.code === 'CLOSED') return
      sealLater(noteId, retry, Math.min(2 * retry, LAST_RETRY_MS))
    }
    timers.set(
      noteId,
      setTimeout(() => void seal(noteId).catch(again), wait),
    )
  }

  async function seal(noteId: string): Promise<void> {
    forget(noteId)
    const sealed = await store.write(async (h) => {
      const note = await notes.findNote(h, noteId)
      if (note === undefined || note.state !== 'sealing') return false
      await sealNow(h, note)
      return true
    })
    if (!sealed) return
    // The draft's earlier words still lie in the write-ahead log; they go when the note is sealed. If not now,
    // they go at the next seal or at closing: the note is signed all the same, and the lists must say so.
    await store.checkpoint().catch(() => undefined)
    changed('notes', 'sessions', 'clients', 'goals')
  }

  async function sealNow(h: WriteHandle, note: NoteRow): Promise<void> {
    const session = await findSession(h, note.sessionId)
    const body = await notes.findBody(h, note.row)
    if (session === undefined || body === undefined || note.actualEnd === null) throw new Refusal('DAMAGED')
    const sealedAt = (note.sealingUntil ?? clock.now()) - SEALING_MS
    const goals = await goalsOf(h, note.clientId)
    const links = await goalLinks(h, note.id)
    const structured = JSON.stringify({
      session: { kind: session.kind, startsAt: session.startsAt, endsAt: session.endsAt, zone: session.zone },
      setDown: (await loopsOfSession(h, note.sessionId)).map(({ kind, text }) => ({ kind, text })),
      reviewed: (await loopsClosedBetween(h, note.clientId, note.createdAt, clock.now())).map(
        ({ kind, text, closedHow, outcome }) => ({ kind, text, closedHow, outcome }),
      ),
      goals: links.map(({ goalId, trend }) => ({
        text: goals.find((g) => g.id === goalId)?.text ?? '',
        trend,
      })),
    })
    const late = isLate(note.actualEnd, sealedAt, rules.dueHours())
    const signed = { ...note, sealedAt, late: late ? 1 : 0, structured }
    await notes.sealNote(h, { row: note.row, sealedAt, late, structured })
    await reindexDraft(h, note.row, null)
    await indexNote(h, note.row, body.plain)
    await insertSeal(
      h,
      nextLink(await lastSeal(h, note.clientId), {
        clientId: note.clientId,
        kind: 'note',
        subjectId: note.id,
        sealedAt,
        contentHash: noteContentHash(signed, body),
      }),
    )
    await setWritten(h, note.sessionId)
    await log.append(h, 'note-signed', { subject: note.id })
  }

  return {
    /** @returns until when signing can be undone, in epoch milliseconds */
    async sign(signature: Signature): Promise<number> {
      if (signature.actualEnd <= signature.actualStart) throw new Refusal('END_BEFORE_START', 'actualEnd')
      if (signature.actualEnd - signature.actualStart > LONGEST_SESSION_MS) {
        throw new Refusal('TOO_LONG_SESSION', 'actualEnd')
      }
      if (signature.actualStart > clock.now() + AHEAD_MS) throw new Refusal('BAD_INPUT', 'actualStart')
      if (!rules.recoveryConfirmed()) throw new Refusal('RECOVERY_UNCONFIRMED')
      const until = clock.now() + SEALING_MS
      await store.write(async (h) => {
        const note = await notes.findNote(h, signature.noteId)
        if (note === undefined) throw new Refusal('NOT_FOUND')
        if (note.state !== 'draft') throw new Refusal('SEALED')
        if (note.blank === 1) throw new Refusal('EMPTY_NOTE')
        const begun = await notes.beginSealing(h, {
          row: note.row,
          revision: signature.revision,
          actualStart: signature.actualStart,
          actualEnd: signature.actualEnd,
          summary: signature.summary,
          author: rules.author(),
          until,
        })
        if (!begun) throw new Refusal('CONFLICT')
      })
      sealLater(signature.noteId, SEALING_MS, FIRST_RETRY_MS)
      changed('notes', 'sessions')
      return until
    },

    async undo(noteId: string): Promise<number> {
      const revision = await store.write(async (h) => {
        const note = await notes.findNote(h, noteId)
        if (note === undefined) throw new Refusal('NOT_FOUND')
        if (note.state !== 'sealing' || clock.now() >= (note.sealingUntil ?? 0))
          throw new Refusal('UNDO_TOO_LATE')
        await notes.backToDraft(h, note.row)
        await log.append(h, 'sign-undone', { subject: note.id })
        return note.revision + 1
      })
      forget(noteId)
      changed('notes', 'sessions')
      return revision
    },

    /** Before closing: nothing is sealed by itself any more, and nothing is tried again. */
    stop(): void {
      stopped = true
      for (const noteId of [...timers.keys()]) forget(noteId)
    },

    /** Before lock and quit: what was signed is sealed now. */
    async completeAll(): Promise<void> {
      const pending = await store.read(notes.sealingNotes)
      // One that cannot be sealed must not keep the others from it; it is a draft at the next opening.
      const outcomes = await Promise.allSettled(pending.map((note) => seal(note.id)))
      const failed = outcomes.find((outcome) => outcome.status === 'rejected')
      if (failed !== undefined) throw failed.reason
    },

    /** After a crash: whatever was within its ten seconds is a draft again. */
    async revertUnfinished(): Promise<void> {
      await store.write(async (h) => {
        for (const note of await notes.sealingNotes(h)) await notes.backToDraft(h, note.row)
      })
    },
  }
}
