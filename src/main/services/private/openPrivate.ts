import type { PrivateLine, PrivateNote } from '../../../shared/contract/privateRoom.ts'
import { Refusal } from '../../../shared/contract/result.ts'
import type { Snippet } from '../../../shared/contract/search.ts'
import { DOCUMENT_VERSION, type Section } from '../../../shared/document/document.ts'
import { PRIVATE_SECTION } from '../../../shared/document/templates.ts'
import type { Clock } from '../../../shared/domain/clock.ts'
import { searchExpression, searchWords, snippetOf } from '../../../shared/domain/snippet.ts'
import * as notes from '../../store/private/queries/privateNotes.ts'
import type { Store } from '../../store/Store.ts'

const LINES = 5
const HITS = 20

export interface PrivateStore {
  readonly store: Store
  readonly clock: Clock
  readonly changed: (...topics: 'private'[]) => void
}

/** The private room, open. Nothing outside services/private holds its store. */
export function openPrivate({ store, clock, changed }: PrivateStore) {
  async function index(): Promise<void> {
    if (await store.read(notes.anyStale)) await store.write(notes.indexStale)
  }

  return {
    get: (sessionId: string): Promise<PrivateNote> =>
      store.read(async (h) => {
        const note = await notes.findPrivateNote(h, sessionId)
        if (note !== undefined) {
          return { revision: note.revision, sections: note.document.sections, updatedAt: note.updatedAt }
        }
        return { revision: 0, sections: [{ key: PRIVATE_SECTION, text: '', lexical: null }], updatedAt: null }
      }),

    /** Refuses CONFLICT when another revision is in the store. Nothing is made until something is written. */
    async save(
      sessionId: string,
      clientId: string,
      revision: number,
      sections: readonly Section[],
    ): Promise<{ revision: number; savedAt: number }> {
      const now = clock.now()
      const content = {
        sessionId,
        document: JSON.stringify({ version: DOCUMENT_VERSION, sections }),
        plain: sections
          .map((s) => s.text.trim())
          .filter((text) => text !== '')
          .join('\n\n'),
        now,
      }
      const saved = await store.write((h) =>
        revision === 0
          ? notes.insertPrivateNote(h, { ...content, clientId })
          : notes.updatePrivateNote(h, { ...content, revision }),
      )
      if (!saved) throw new Refusal('CONFLICT')
      if (revision === 0) changed('private')
      return { revision: revision + 1, savedAt: now }
    },

    forClient: (clientId: string): Promise<{ notes: PrivateLine[]; more: boolean }> =>
      store.read(async (h) => {
        const rows = await notes.privateNotesOf(h, clientId, LINES + 1)
        return {
          notes: rows
            .slice(0, LINES)
            .map((n) => ({ sessionId: n.sessionId, updatedAt: n.updatedAt, text: n.plain })),
          more: rows.length > LINES,
        }
      }),

    async search(
      text: string,
    ): Promise<{ sessionId: string; clientId: string; updatedAt: number; snippet: Snippet }[]> {
      const expression = searchExpression(text)
      if (expression === null) return []
      await index()
      const words = searchWords(text)
      const rows = await store.read((h) => notes.findPrivateWords(h, expression, HITS))
      return rows.map(({ sessionId, clientId, updatedAt, plain }) => ({
        sessionId,
        clientId,
        updatedAt,
        snippet: snippetOf(plain, words),
      }))
    },

    async close(): Promise<void> {
      try {
        await index()
      } finally {
        await store.close()
      }
    },
  }
}

export type OpenPrivate = ReturnType<typeof openPrivate>
