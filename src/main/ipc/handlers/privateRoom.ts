import type { Handlers } from '../../../shared/contract/index.ts'
import { Refusal } from '../../../shared/contract/result.ts'
import type { OpenPrivate } from '../../services/private/openPrivate.ts'

export interface PrivateDoor {
  room(): OpenPrivate | null
  open(): Promise<boolean>
  close(): Promise<void>
  /** Before its text leaves main: the log says of which sessions a private note was shown. */
  viewed(sessionIds: readonly string[]): Promise<void>
}

/** Contract to service for the private room; no logic. */
export function privateHandlers(door: PrivateDoor): Pick<Handlers, 'privateRoom'> {
  const room = (): OpenPrivate => {
    const found = door.room()
    if (found === null) throw new Refusal('PRIVATE_LOCKED')
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
      save: ({ sessionId, clientId, revision, sections }) =>
        room().save(sessionId, clientId, revision, sections),
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
    },
  }
}
