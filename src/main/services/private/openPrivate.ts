import { randomUUID } from 'node:crypto'
import type { PrivateLine, PrivateNote } from '../../../shared/contract/privateRoom.ts'
import { Refusal } from '../../../shared/contract/result.ts'
import type { Snippet } from '../../../shared/contract/search.ts'
import type { Section } from '../../../shared/document/document.ts'
import { PRIVATE_SECTION, PRIVATE_VERSION, privateText } from '../../../shared/document/privateDocument.ts'
import type { Clock } from '../../../shared/domain/clock.ts'
import { searchExpression, searchWords, snippetOf } from '../../../shared/domain/snippet.ts'
import {
  crossingsOf,
  insertCrossing,
  markDestroyed,
  type Crossing,
} from '../../store/private/queries/crossings.ts'
import * as notes from '../../store/private/queries/privateNotes.ts'
import type { Store } from '../../store/Store.ts'
import { privateSpellingWords } from './spellingWords.ts'

const LINES = 5
const HITS = 20

export interface PrivateStore {
  readonly store: Store
  readonly clock: Clock
  readonly changed: (...topics: 'private'[]) => void
}

type Part = PrivateLine['parts'][number]

interface PrivateHit {
  sessionId: string
  clientId: string
  updatedAt: number
  section: string | null
  snippet: Snippet
}

const writtenParts = (sections: readonly Pick<Section, 'key' | 'text'>[]): Part[] =>
  sections.flatMap(({ key, text }) => (text.trim() === '' ? [] : [{ key, text: text.trim() }]))

/** The first section in which a word stands, with its place; the whole note when only a heading has it. */
function foundIn(
  parts: readonly Part[],
  plain: string,
  words: readonly string[],
): Pick<PrivateHit, 'section' | 'snippet'> {
  for (const { key, text } of parts) {
    const snippet = snippetOf(text, words)
    if (snippet.match !== '') return { section: key, snippet }
  }
  return { section: null, snippet: snippetOf(plain, words) }
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
        document: JSON.stringify({ version: PRIVATE_VERSION, sections }),
        plain: privateText(sections),
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

    written: (sessionId: string): Promise<boolean> => store.read((h) => notes.isWritten(h, sessionId)),

    /** Remembers what crossed the wall. The same id again changes nothing and answers the same time. */
    crossed: (crossing: Crossing): Promise<{ at: number }> =>
      store.write(async (h) => ({ at: await insertCrossing(h, { ...crossing, at: clock.now() }) })),

    /** What crossed in a session, oldest first: a second check of what leaves asks for it. */
    crossings: (sessionId: string) => store.read((h) => crossingsOf(h, sessionId)),

    /**
     * Final. The words, their index rows and what was remembered of their crossings are overwritten, in the file, in
     * its log and in the copies made before migrations; ids and the time stay. NOT_FOUND when nothing was written.
     */
    async destroy(sessionId: string): Promise<{ destroyedAt: number }> {
      const at = clock.now()
      const was = await store.write(async (h) => {
        const note = await notes.findPrivateRow(h, sessionId)
        if (note === undefined) return false
        await notes.deletePrivateNote(h, note)
        await markDestroyed(h, { id: randomUUID(), sessionId, clientId: note.clientId, at })
        return true
      })
      if (was) changed('private')
      // The words are gone from every answer already; from here on it is about the bytes. Also for a second try: the
      // first may have come so far and no further (a full disk).
      await store.checkpoint()
      await store.forgetCopies()
      if (!was) throw new Refusal('NOT_FOUND')
      return { destroyedAt: at }
    },

    forClient: (clientId: string): Promise<{ notes: PrivateLine[]; more: boolean }> =>
      store.read(async (h) => {
        const rows = await notes.privateNotesOf(h, clientId, LINES + 1)
        return {
          notes: rows.slice(0, LINES).map((n) => ({
            sessionId: n.sessionId,
            updatedAt: n.updatedAt,
            text: n.plain,
            parts: writtenParts(n.sections),
          })),
          more: rows.length > LINES,
        }
      }),

    async search(text: string): Promise<PrivateHit[]> {
      const expression = searchExpression(text)
      if (expression === null) return []
      await index()
      const words = searchWords(text)
      const rows = await store.read((h) => notes.findPrivateWords(h, expression, HITS))
      return rows.map(({ sessionId, clientId, updatedAt, plain, sections }) => ({
        sessionId,
        clientId,
        updatedAt,
        ...foundIn(writtenParts(sections), plain, words),
      }))
    },

    spellingWords: privateSpellingWords({ store, clock }),

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
