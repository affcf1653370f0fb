import type { Handlers } from '../../../shared/contract/index.ts'
import { Refusal } from '../../../shared/contract/result.ts'
import type { OpenPrivate } from '../../services/private/openPrivate.ts'

export interface PrivateDoor {
  room(): OpenPrivate | null
  open(): Promise<boolean>
  close(): Promise<void>
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
      get: ({ sessionId }) => room().get(sessionId),
      save: ({ sessionId, clientId, revision, sections }) =>
        room().save(sessionId, clientId, revision, sections),
      forClient: ({ clientId }) => room().forClient(clientId),
      search: async ({ text }) => ({ hits: await room().search(text) }),
    },
  }
}
