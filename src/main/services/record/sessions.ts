import { Refusal } from '../../../shared/contract/result.ts'
import type { SessionKind, SessionView } from '../../../shared/contract/sessions.ts'
import { LONGEST_SESSION_MS } from '../../../shared/domain/sessionLife.ts'
import { findClient } from '../../store/record/queries/clients.ts'
import { findNote, moveDraft } from '../../store/record/queries/notes.ts'
import * as sessions from '../../store/record/queries/sessions.ts'
import { reindexDraft } from '../../store/record/queries/wordIndex.ts'
import type { ReadHandle, WriteHandle } from '../../store/Store.ts'
import { newId } from './ids.ts'
import type { RecordStore } from './RecordStore.ts'

/** A contact is written about at once; the ten minutes before are where its times start from until they are confirmed. */
const CONTACT_MS = 10 * 60_000

interface Span {
  startsAt: number
  endsAt: number
  zone: string
}

export function sessionService({ store, clock, changed }: RecordStore) {
  const required = async (h: ReadHandle, id: string): Promise<SessionView> => {
    const session = await sessions.findSession(h, id)
    if (session === undefined) throw new Refusal('NOT_FOUND')
    return session
  }

  async function add(clientId: string, kind: SessionKind, span: Span): Promise<string> {
    checkSpan(span)
    const now = clock.now()
    const id = newId(now)
    await store.write(async (h) => {
      if ((await findClient(h, clientId)) === undefined) throw new Refusal('NOT_FOUND', 'clientId')
      await sessions.insertSession(h, { id, clientId, kind, ...span, createdAt: now })
    })
    changed('sessions', 'clients')
    return id
  }

  /** Signed notes say when their session was; the schedule may not contradict them afterwards. */
  async function change(
    id: string,
    act: (h: WriteHandle, session: SessionView) => Promise<void>,
  ): Promise<void> {
    await store.write(async (h) => {
      const session = await required(h, id)
      if (session.note !== null && session.note.state !== 'draft') throw new Refusal('SEALED')
      await act(h, session)
    })
    changed('sessions', 'clients')
  }

  return {
    day: (from: number, to: number): Promise<{ sessions: SessionView[]; unwritten: SessionView[] }> =>
      store.read(async (h) => ({
        sessions: await sessions.sessionsBetween(h, from, to),
        unwritten: await sessions.unwrittenBefore(h, from, clock.now()),
      })),

    get: (id: string): Promise<SessionView> => store.read((h) => required(h, id)),

    create: add,

    contactNow(clientId: string, zone: string): Promise<string> {
      const endsAt = clock.now()
      return add(clientId, 'contact', { startsAt: endsAt - CONTACT_MS, endsAt, zone })
    },

    async move(id: string, span: Span): Promise<void> {
      checkSpan(span)
      await change(id, async (h, session) => {
        await sessions.moveSession(h, { id, ...span })
        if (session.note !== null) await moveDraftOf(h, session.note.id, span.startsAt)
      })
    },

    setStatus: (id: string, status: SessionView['status'], line: string): Promise<void> =>
      change(id, (h) => sessions.setSessionStatus(h, { id, status, line })),

    async mark(id: string, startedAt: number | null, endedAt: number | null): Promise<void> {
      if (startedAt !== null && endedAt !== null && endedAt < startedAt) throw new Refusal('END_BEFORE_START')
      await change(id, (h) => sessions.markSession(h, { id, startedAt, endedAt }))
    },

    async bringBack(id: string): Promise<void> {
      await store.write(async (h) => {
        await required(h, id)
        await sessions.bringSessionBack(h, id)
      })
      changed('sessions', 'clients')
    },

    remove: (id: string): Promise<void> =>
      change(id, async (h, session) => {
        if (session.note !== null && !session.note.blank) throw new Refusal('HAS_NOTE')
        await sessions.removeSession(h, id, clock.now())
      }),

    between: (from: number, to: number): Promise<SessionView[]> =>
      store.read((h) => sessions.sessionsBetween(h, from, to)),
  }
}

/** The index of words counts by rows: what it holds is taken out first and put back when it is next brought up. */
async function moveDraftOf(h: WriteHandle, noteId: string, startsAt: number): Promise<void> {
  const note = await findNote(h, noteId)
  if (note === undefined) return
  await reindexDraft(h, note.row, null)
  await moveDraft(h, noteId, startsAt)
}

function checkSpan(span: Span): void {
  if (span.endsAt <= span.startsAt) throw new Refusal('END_BEFORE_START', 'endsAt')
  if (span.endsAt - span.startsAt > LONGEST_SESSION_MS) throw new Refusal('TOO_LONG_SESSION', 'endsAt')
  if (!isZone(span.zone)) throw new Refusal('BAD_INPUT', 'zone')
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
