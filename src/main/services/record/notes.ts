import { Refusal } from '../../../shared/contract/result.ts'
import type { NoteView } from '../../../shared/contract/notes.ts'
import {
  DOCUMENT_VERSION,
  isUntouched,
  type NoteDocument,
  type NoteWords,
  plainText,
} from '../../../shared/document/document.ts'
import { noDetails } from '../../../shared/document/details.ts'
import { type Format, headOf } from '../../../shared/document/formats/format.ts'
import { goalLinks, goalsOf } from '../../store/record/queries/goals.ts'
import { loopsClosedBetween, loopsOfSession, openLoops } from '../../store/record/queries/loops.ts'
import * as notes from '../../store/record/queries/notes.ts'
import type { NoteRow } from '../../store/record/queries/notes.ts'
import { insertSeal, lastSeal, sealOf } from '../../store/record/queries/seals.ts'
import { bringSessionBack, findSession, nextStart } from '../../store/record/queries/sessions.ts'
import { reindexDraft, staleDrafts } from '../../store/record/queries/wordIndex.ts'
import type { ReadHandle, WriteHandle } from '../../store/Store.ts'
import type { AuditLog } from './auditLog.ts'
import { newId } from './ids.ts'
import type { RecordStore } from './RecordStore.ts'
import { addendumContentHash, nextLink } from './seal.ts'

export interface Saved {
  revision: number
  savedAt: number
  sessionRestored: boolean
}

/** Which format a note of this session begins in. */
export interface FormatChoice {
  firstFor(h: ReadHandle, sessionId: string): Promise<Format>
}

export function noteService(
  { store, clock, changed }: RecordStore,
  log: AuditLog,
  author: () => string,
  formats: FormatChoice,
) {
  async function required(h: ReadHandle, noteId: string): Promise<NoteRow> {
    const note = await notes.findNote(h, noteId)
    if (note === undefined) throw new Refusal('NOT_FOUND')
    return note
  }

  async function create(h: WriteHandle, sessionId: string): Promise<NoteRow> {
    const session = await findSession(h, sessionId)
    if (session === undefined) throw new Refusal('NOT_FOUND')
    const format = await formats.firstFor(h, sessionId)
    const now = clock.now()
    const empty: NoteDocument = {
      version: DOCUMENT_VERSION,
      format: headOf(format),
      sections: format.sections.map((s) => ({ key: s.key, text: '', lexical: null })),
      details: noDetails,
    }
    const id = newId(now)
    await notes.insertNote(h, {
      row: await notes.freeRow(h, session.startsAt),
      id,
      sessionId,
      clientId: session.clientId,
      template: format.key,
      now,
      document: JSON.stringify(empty),
    })
    return required(h, id)
  }

  async function view(h: ReadHandle, note: NoteRow): Promise<NoteView> {
    const session = await findSession(h, note.sessionId)
    const body = await notes.findBody(h, note.row)
    if (session === undefined || body === undefined) throw new Refusal('DAMAGED')
    const seal = await sealOf(h, note.id)
    // Of a note that is signed for good: what is open today has nothing to do with that day.
    const open = note.state === 'sealed' ? [] : await openLoops(h, note.clientId)
    const closedHere =
      note.state === 'draft' ? await loopsClosedBetween(h, note.clientId, note.createdAt, clock.now()) : []
    return {
      id: note.id,
      session,
      state: note.state,
      revision: note.revision,
      format: body.document.format,
      sections: body.document.sections,
      details: body.document.details,
      createdAt: note.createdAt,
      updatedAt: note.updatedAt,
      summary: note.summary,
      author: note.author,
      actualStart: note.actualStart,
      actualEnd: note.actualEnd,
      sealingUntil: note.sealingUntil,
      late: note.late === 1,
      seal: seal === undefined ? null : { sealedAt: seal.sealedAt, sequence: seal.sequence, hash: seal.hash },
      addenda: await notes.addendaOf(h, note.id),
      setDown: await loopsOfSession(h, note.sessionId),
      openLoops: [...open, ...closedHere].filter((loop) => loop.sessionId !== note.sessionId),
      goals: await goalsOf(h, note.clientId),
      goalLinks: await goalLinks(h, note.id),
      nextSessionAt: await nextStart(h, clock.now()),
    }
  }

  /** Brings the index of words up to the drafts as they stand. */
  async function indexDrafts(): Promise<void> {
    if ((await store.read(staleDrafts)).length === 0) return
    await store.write(async (h) => {
      for (const draft of await staleDrafts(h)) await reindexDraft(h, draft.row, draft)
    })
  }

  return {
    indexDrafts,

    async open(sessionId: string): Promise<NoteView> {
      const found = await store.read(async (h) => {
        const note = await notes.findNoteOfSession(h, sessionId)
        return note === undefined ? undefined : view(h, note)
      })
      if (found !== undefined) return found
      const made = await store.write(async (h) =>
        view(h, (await notes.findNoteOfSession(h, sessionId)) ?? (await create(h, sessionId))),
      )
      return made
    },

    read: (noteId: string): Promise<NoteView> => store.read(async (h) => view(h, await required(h, noteId))),

    /** Saves a draft. Refuses NOT_FOUND, SEALED, or CONFLICT when another revision is in the store. */
    async save(noteId: string, revision: number, words: NoteWords): Promise<Saved> {
      const now = clock.now()
      const outcome = await store.write(async (h) => {
        const note = await required(h, noteId)
        if (note.state !== 'draft') throw new Refusal('SEALED')
        const blank = isUntouched(words)
        const saved = await notes.saveDraft(h, {
          row: note.row,
          revision,
          template: words.format.key,
          blank,
          now,
          document: JSON.stringify({ version: DOCUMENT_VERSION, ...words }),
          plain: plainText(words),
        })
        if (!saved) throw new Refusal('CONFLICT')
        const sessionRestored = !blank && (await bringSessionBack(h, note.sessionId))
        return { sessionRestored, becameOther: blank !== (note.blank === 1) }
      })
      // Not at every keystroke: only when what the lists show is another thing now.
      if (outcome.sessionRestored || outcome.becameOther) changed('sessions')
      return { revision: revision + 1, savedAt: now, sessionRestored: outcome.sessionRestored }
    },

    /** The note was left or fell idle. */
    settle: (): Promise<void> => indexDrafts(),

    async addAddendum(noteId: string, text: string): Promise<string> {
      if (text.trim() === '') throw new Refusal('EMPTY_NOTE')
      const now = clock.now()
      const addendum = { id: newId(now), text: text.trim(), author: author(), createdAt: now }
      await store.write(async (h) => {
        const note = await required(h, noteId)
        if (note.state !== 'sealed') throw new Refusal('NOT_SEALED')
        await notes.insertAddendum(h, noteId, addendum)
        // As it was stored: half a surrogate pair, for one, does not come back as it went in.
        const stored = (await notes.addendaOf(h, noteId)).find((a) => a.id === addendum.id) ?? addendum
        const link = nextLink(await lastSeal(h, note.clientId), {
          clientId: note.clientId,
          kind: 'addendum',
          subjectId: addendum.id,
          sealedAt: now,
          contentHash: addendumContentHash(noteId, stored),
        })
        await insertSeal(h, link)
        await log.append(h, 'addendum-added', { subject: addendum.id })
      })
      changed('notes', 'sessions')
      return addendum.id
    },
  }
}
