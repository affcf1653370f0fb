import type { Handlers } from '../../../shared/contract/index.ts'
import { DESTROY_NOTE_WORD } from '../../../shared/contract/privateRoom.ts'
import { Refusal } from '../../../shared/contract/result.ts'
import type { OpenPrivate } from '../../services/private/openPrivate.ts'

export interface PrivateDoor {
  room(): OpenPrivate | null
  open(): Promise<boolean>
  close(): Promise<void>
  /** Before its text leaves main: the log says of which sessions a private note was shown. */
  viewed(sessionIds: readonly string[]): Promise<void>
  /** After a private note is gone: the log says of which session, and nothing else. */
  destroyed(sessionId: string): Promise<void>
  /** Whether private notes are kept at all; false where nobody can say. */
  laneOpen(): boolean
}

/** Contract to service for the private room; no logic. */
export function privateHandlers(door: PrivateDoor): Pick<Handlers, 'privateRoom'> {
  const room = (): OpenPrivate => {
    const found = door.room()
    if (found === null) throw new Refusal('PRIVATE_LOCKED')
    return found
  }
  /** Switched off, nothing more is written; what is there stays as it is. */
  const lane = (): OpenPrivate => {
    const found = room()
    if (!door.laneOpen()) throw new Refusal('LANE_OFF')
    return found
  }
  return {
    privateRoom: {
      state: async () => ({ room: door.room() === null ? 'locked' : 'open' }),
      unlock: async () => ({ opened: await door.open() }),
      lock: async () => {
        await door.close()
        return {}
      },
      get: async ({ sessionId }) => {
        const note = await room().get(sessionId)
        if (note.revision > 0) await door.viewed([sessionId])
        return note
      },
      written: async ({ sessionId }) => ({ written: await room().written(sessionId) }),
      save: async ({ sessionId, clientId, revision, sections }) =>
        lane().save(sessionId, clientId, revision, sections),
      crossed: async (crossing) => lane().crossed(crossing),
      destroy: async ({ sessionId, word }) => {
        const open = room()
        if (word !== DESTROY_NOTE_WORD) throw new Refusal('WORDS_DIFFER')
        // The one place where a legal hold on this client refuses, as soon as there are holds.
        const gone = await open.destroy(sessionId)
        await door.destroyed(sessionId)
        return gone
      },
      forClient: async ({ clientId }) => {
        const found = await room().forClient(clientId)
        await door.viewed(found.notes.map((note) => note.sessionId))
        return found
      },
      search: async ({ text }) => {
        const hits = await room().search(text)
        await door.viewed(hits.map((hit) => hit.sessionId))
        return { hits }
      },
      spellingWords: async () => ({ words: await room().spellingWords.words() }),
      addSpellingWord: async ({ word }) => {
        await room().spellingWords.add(word)
        return {}
      },
      removeSpellingWord: async ({ word }) => {
        await room().spellingWords.remove(word)
        return {}
      },
    },
  }
}
